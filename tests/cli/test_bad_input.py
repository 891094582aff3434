"""Whatever is given to the planner's commands, they say in a line what is wrong, and never show a traceback."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ilrs_science.planning.judge.certificate import certify
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.result import PlanResult
from ilrs_science.planning.solve import solve
from tests.planning.problems import TICK, activity, battery, problem, renewable

HUGE = 10**30
A, B = {"id": "a", "duration_s": 600}, {"id": "b", "duration_s": 600}
ROBOT = {"kind": "renewable", "id": "robot", "capacity": 1}
#: Fields beside the horizon, and what `ilrs check` says of them.
FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "window too short": (
        {"activities": [A | {"windows": [[0, 300], [400, 900]]}]},
        "activity 'a': no window holds its 600 s (the longest has 500 s)",
    ),
    "unknown resource": (
        {"activities": [A | {"demands": {"robt": 1}}], "resources": [ROBOT]},
        "activity 'a': unknown resource 'robt'; did you mean robot? (renewable: robot)",
    ),
    "negative duration": (
        {"activities": [A | {"duration_s": -600}]},
        "activity 'a': duration_s is -600; it must be 0 or more",
    ),
    "unknown predecessor": (
        {"activities": [A, B | {"precedences": ["aa"]}]},
        "activity 'b': unknown activity 'aa'; did you mean a?",
    ),
    "text for a number": (
        {"activities": [A | {"value": "much"}]},
        "activity 'a': value: must be a number (given: 'much')",
    ),
    "number for a list": ({"activities": 5}, "activities: must be a list (given: 5)"),
    "list for a record": ({"activities": [[]]}, "activities[0]: must be an object (given: [])"),
    "half a second": (
        {"activities": [A | {"duration_s": 0.5}]},
        "activity 'a': duration_s: must be a whole number (given: 0.5)",
    ),
    "beyond floats": (
        {"activities": [A | {"value": 1e300}]},
        "activity 'a': value is 1e+300; it must be 0 to 10^9",
    ),
    "huge duration": (
        {"activities": [A | {"duration_s": HUGE}]},
        f"activity 'a': duration_s is {HUGE}, longer than the horizon of 7200 s",
    ),
    "huge window": (
        {"activities": [A | {"windows": [[-HUGE, HUGE]]}]},
        f"activity 'a': window [{-HUGE}, {HUGE}] leaves the horizon [0, 7200]",
    ),
    "huge lag": (
        {"activities": [A, B | {"precedences": [{"after": "a", "min_lag_s": HUGE}]}]},
        f"activity 'b': min_lag_s after 'a' is {HUGE}; it must be -320000000 to 320000000 s",
    ),
    "huge warm-up": (
        {"activities": [A | {"warm_up_s": HUGE}]},
        "activity 'a': warm_up_s is 1000000000000000000000000000000; it must be 0 to 320000000 s",
    ),
    "huge battery": (
        {"resources": [battery(1e300, 1e299)]},
        "battery 'battery': capacity_Wh is 1e+300; it must be 0 to 10^9 Wh",
    ),
    "half a letter": (
        {"activities": [A | {"id": "\ud800"}]},
        ("activity '\\ud800': id: must be text in Unicode (given: '\\ud800')"),
    ),
    "no kind": (
        {"resources": [{"id": "r"}]},
        "resource 'r': must say its kind: renewable, battery, storage, link",
    ),
    "dead battery": (
        {"resources": [battery(10, 5, load=[[0, 6.0]])]},
        (
            "battery 'battery' falls 7.000 Wh below its minimum after 3000 s (2000-01-01T00:50:00Z) "
            "even if nothing is done"
        ),
    ),
    "locks": (
        {
            "activities": [
                one | {"locked_start": at, "demands": {"robot": 1}} for one, at in ((A, 0), (B, 300))
            ],
            "resources": [ROBOT],
        },
        (
            "'a' (locked: 2000-01-01T00:00:00Z to 2000-01-01T00:10:00Z) and "
            "'b' (locked: 2000-01-01T00:05:00Z to 2000-01-01T00:15:00Z) need 2 of 'robot' "
            "but there is 1 at 2000-01-01T00:05:00Z"
        ),
    ),
}


def given(folder: Path, fields: dict[str, Any]) -> Path:
    path = folder / "PROBLEM.json"
    path.write_text(json.dumps({"horizon_s": 7200} | fields), "utf-8")
    return path


@pytest.mark.parametrize("what", FAULTS)
def test_every_fault_is_a_line_of_check_and_keeps_solve_from_a_plan(
    ilrs: Callable[..., Any], tmp_path: Path, what: str
) -> None:
    fields, said = FAULTS[what]
    path = given(tmp_path, fields)
    checked = ilrs("check", path)
    assert (checked.status, checked.out.splitlines()) == (1, [said])
    solved = ilrs("solve", path)
    assert solved.status in (1, 2)
    assert said in solved.err
    assert solved.err.count("\n") == 1
    assert (solved.out == "") == (solved.status == 2)


TEXTS = {
    "empty": (b"", "is not JSON"),
    "binary": (bytes(range(256)), "it is no text in UTF-8"),
    "zeros": (bytes(1000), "is not JSON"),
    "deep": (b'{"activities":' * 50_000, "nested too deeply"),
    "deep list": (b"[" * 1_000_000, "nested too deeply"),
    "two keys": (b'{"horizon_s": 7200, "horizon_s": 9}', "the key 'horizon_s' stands twice in one object"),
    "NaN": (b'{"horizon_s": 7200, "activities": [{"id": "a", "duration_s": NaN}]}', "NaN is no number"),
    "list": (b"[1]", "not a JSON object"),
    "null": (b"null", "not a JSON object"),
    "cut off": (b'{"horizon_s": 72', "is not JSON"),
    "digits": (b'{"horizon_s": ' + b"9" * 10_000 + b"}", "digits"),
}


@pytest.mark.parametrize("what", TEXTS)
@pytest.mark.parametrize("command", ["check", "solve"])
def test_what_is_no_problem_at_all_is_a_wrong_request(
    ilrs: Callable[..., Any], tmp_path: Path, command: str, what: str
) -> None:
    text, said = TEXTS[what]
    path = tmp_path / "PROBLEM.json"
    path.write_bytes(text)
    run = ilrs(command, path)
    assert (run.status, run.out) == (2, "")
    assert said in run.err
    assert run.err.count("\n") == 1
    assert len(run.err) < 300


def test_a_folder_and_a_missing_file_are_named(ilrs: Callable[..., Any], tmp_path: Path) -> None:
    for path, said in ((tmp_path, "it is a folder"), (tmp_path / "no.json", "there is no such file")):
        run = ilrs("solve", path)
        assert (run.status, run.out) == (2, "")
        assert run.err == f"ilrs: cannot read the problem {path.name!r}: {said}\n"


def test_nothing_to_do_is_done(ilrs: Callable[..., Any], tmp_path: Path) -> None:
    run = ilrs("solve", given(tmp_path, {}))
    assert run.status == 0
    assert json.loads(run.out)["status"] == "OPTIMAL"


def test_two_hundred_thousand_windows_are_checked_and_planned(
    ilrs: Callable[..., Any], tmp_path: Path
) -> None:
    windows = [[20 * k, 20 * k + 10 + k % 7] for k in range(200_000)]
    path = given(
        tmp_path, {"horizon_s": 4_000_010, "activities": [A | {"duration_s": 16, "windows": windows}]}
    )
    began = time.monotonic()
    assert ilrs("check", path).status == 0
    run = ilrs("solve", path, "--time-limit", "5s")
    assert run.status == 0
    assert json.loads(run.out)["plan"]["placements"][0]["start_s"] == 120
    assert time.monotonic() - began < 120.0, "not a promise, only that it ends"


def test_a_time_limit_too_short_gives_the_greedy_plan_and_says_so(
    ilrs: Callable[..., Any], tmp_path: Path
) -> None:
    jobs = [activity(f"a{k}", 1 + k % 3, demands={"robot": 1}, value=1 + k % 5) for k in range(40)]
    asked = problem(*jobs, resources=(renewable(),))
    (tmp_path / "PROBLEM.json").write_text(asked.to_json(), "utf-8")
    run = ilrs("solve", tmp_path / "PROBLEM.json", "--time-limit", "1 ms")
    result = PlanResult.model_validate(json.loads(run.out))
    assert (run.status, result.status, result.certificate.stopped) == (0, "FEASIBLE", "time")
    assert result.bound is not None
    assert result.objective is not None
    assert result.bound > result.objective > 0


ASKED = problem(activity("a", 2, value=2), activity("b"), resources=(battery(),))


@pytest.fixture
def sealed(tmp_path: Path) -> tuple[Path, dict[str, Any]]:
    """A problem, and the fields of its result."""
    (tmp_path / "PROBLEM.json").write_text(ASKED.to_json(), "utf-8")
    return tmp_path / "PROBLEM.json", json.loads(solve(ASKED, time_limit="5 s").to_json())


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("plan", "placements", 0, "start_s"), 1, "'a', from 1 to 1200 s, is not what was certified"),
        (("plan", "placements", 0, "end_s"), 1201, "'a', from 0 to 1201 s, is not what was certified"),
        (("plan", "placements", 0, "id"), "c", "the problem has no activity 'c'"),
        (("plan", "placements"), [], "'a' is in the certificate but not in the plan"),
        (("plan", "epoch"), "2031-01-01T00:00:01Z", "the plan counts from 2031-01-01T00:00:01Z"),
        (("certificate", "versions", "ortools"), "9.0", "the certificate itself was altered"),
        (("certificate", "seed"), 1, "the certificate itself was altered"),
        (("certificate", "bound"), 4.0, "the certificate itself was altered"),
        (("certificate", "time_limit_s"), 6.0, "the certificate itself was altered"),
        (("certificate", "stopped"), "killed", "the certificate itself was altered"),
        (("certificate", "note"), "fine", "the certificate itself was altered"),
        (("certificate", "digest"), "0" * 64, "the certificate itself was altered"),
        (("certificate", "problem"), "0" * 64, "it was made for another problem, or the problem was altered"),
        (("status",), "FEASIBLE", "the result says status FEASIBLE, its certificate OPTIMAL"),
        (("bound",), 9.0, "the result says bound 9.0, its certificate 3.0"),
        (("objective",), 2.5, "the result says objective 2.5, its certificate 3.0"),
        (("certificate",), None, "nothing is certified: no certificate"),
        (("certificate", "seals", "a"), "0" * 24, "'a', from 0 to 1200 s, is not what was certified"),
    ],
)
def test_whatever_is_altered_in_a_result_is_told_without_a_solver(
    ilrs: Callable[..., Any],
    sealed: tuple[Path, dict[str, Any]],
    path: tuple[str | int, ...],
    value: object,
    said: str,
) -> None:
    asked, fields = sealed
    place: Any = fields
    for step in path[:-1]:
        place = place[step]
    assert place[path[-1]] != value
    place[path[-1]] = value
    altered = asked.with_name("RESULT.json")
    altered.write_text(json.dumps(fields), "utf-8")
    run = ilrs("check", asked, altered)
    assert run.status == 1
    assert said in run.out


def test_a_result_without_its_certificate_is_checked_but_not_certified(
    ilrs: Callable[..., Any], sealed: tuple[Path, dict[str, Any]]
) -> None:
    asked, fields = sealed
    del fields["certificate"]
    result, bare = asked.with_name("RESULT.json"), asked.with_name("PLAN.json")
    result.write_text(json.dumps(fields), "utf-8")
    bare.write_text(json.dumps(fields["plan"]), "utf-8")
    run = ilrs("check", asked, result)
    assert (run.status, run.out.splitlines()) == (1, ["certificate: nothing is certified: no certificate"])
    assert ilrs("check", asked, bare).status == 0


@pytest.mark.parametrize(
    "change", [{"name": "x"}, {"horizon_s": 13 * TICK}, {"epoch": "2031-01-01T00:00:01Z"}]
)
def test_an_altered_problem_is_told(
    ilrs: Callable[..., Any], sealed: tuple[Path, dict[str, Any]], change: dict[str, Any]
) -> None:
    asked, fields = sealed
    result = asked.with_name("RESULT.json")
    result.write_text(json.dumps(fields), "utf-8")
    assert ilrs("check", asked, result).status == 0
    asked.write_text(Problem.from_json(asked).replace(**change).to_json(), "utf-8")
    run = ilrs("check", asked, result)
    assert run.status == 1
    assert "it was made for another problem, or the problem was altered" in run.out
    assert "is not what was certified" not in run.out


def test_a_plan_that_breaks_a_rule_fails_even_if_its_certificate_was_made_for_it(
    ilrs: Callable[..., Any], sealed: tuple[Path, dict[str, Any]]
) -> None:
    asked, fields = sealed
    result = PlanResult.model_validate(fields)
    first, *rest = result.plan.placements
    late = first.model_copy(update={"start_s": 11 * TICK, "end_s": 13 * TICK})
    plan = result.plan.replace(placements=[*rest, late])
    claims = result.certificate.model_dump(
        include={"seed", "deterministic", "time_limit_s", "stopped", "status", "bound"}
    )
    forged = result.model_copy(update={"plan": plan, "certificate": certify(ASKED, plan, **claims)})
    asked.with_name("RESULT.json").write_text(forged.to_json(), "utf-8")
    run = ilrs("check", asked, asked.with_name("RESULT.json"))
    assert run.status == 1
    assert "window: 'a' from 6600 to 7800 s is not within one of its windows" in run.out
