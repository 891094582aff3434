"""``ilrs solve`` and ``ilrs check``: a bare problem becomes a certified result, and any change of it is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.result import PlanResult
from tests.planning.problems import TICK, activity, battery, problem, renewable

ASKED = problem(
    activity("a", 2, demands={"robot": 1}, value=2),
    activity("b", 11, demands={"robot": 1}),
    name="two for one",
    resources=(renewable(),),
)
HOPELESS = problem(activity("a"), resources=(battery(10, 5, load=[(0, 60.0)]),))


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    return written(tmp_path / "PROBLEM.json", ASKED)


def written(path: Path, what: Problem | Plan | PlanResult) -> Path:
    path.write_text(what.to_json(), "utf-8")
    return path


@pytest.fixture
def solved(ilrs: Callable[..., Any], asked: Path) -> Path:
    path = asked.with_name("RESULT.json")
    assert ilrs("solve", asked, "--time-limit", "5 s", "--output", path).status == 0
    return path


def test_the_result_is_json_on_stdout_and_a_line_on_stderr(ilrs: Callable[..., Any], asked: Path) -> None:
    outcome = ilrs("solve", asked, "--time-limit", "5s", "--seed", "3")
    assert outcome.status == 0
    result = PlanResult.model_validate(json.loads(outcome.out))
    assert (result.status, result.objective, result.plan.left_out) == ("OPTIMAL", 2.0, ("b",))
    assert (result.certificate.seed, result.certificate.time_limit_s) == (3, 5.0)
    assert "<PlanResult OPTIMAL: 1 of 2, value 2.0 (bound 2.0), checked>" in outcome.err


def test_the_output_file_holds_the_result_and_stdout_nothing(ilrs: Callable[..., Any], asked: Path) -> None:
    path = asked.with_name("RESULT.json")
    outcome = ilrs("solve", asked, "--time-limit", "5 s", "--output", path)
    assert (outcome.status, outcome.out) == (0, "")
    assert PlanResult.from_json(path).objective == 2.0


def test_no_plan_is_status_1_and_still_a_result(ilrs: Callable[..., Any], tmp_path: Path) -> None:
    outcome = ilrs("solve", written(tmp_path / "p.json", HOPELESS))
    assert outcome.status == 1
    assert json.loads(outcome.out)["status"] == "INFEASIBLE"
    assert "no plan exists" in outcome.err


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--time-limit", "5"), "no unit"),
        (("--time-limit", "0 s"), "must be above 0 s"),
        (("--time-limit", "5 m"), "'m'"),
        (("--seed", "-1"), "--seed"),
        (("--seed", "x"), "--seed"),
        (("--output", "."), "--output"),
        (("--output", "absent/x.json"), "cannot write"),
    ],
)
def test_a_wrong_option_is_refused(
    ilrs: Callable[..., Any], asked: Path, options: tuple[str, str], says: str
) -> None:
    outcome = ilrs("solve", asked, *options)
    assert (outcome.status, outcome.out) == (2, "")
    assert says in outcome.err.splitlines()[-1]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "the problem is not JSON"),
        ("[]", "not a JSON object"),
        ("\xff", "is not JSON"),
        ('{"horizon_s": 0}', "1 fault in the problem: horizon_s is 0"),
    ],
)
@pytest.mark.parametrize("command", ["solve", "check"])
def test_what_is_no_problem_is_refused(
    ilrs: Callable[..., Any], tmp_path: Path, command: str, text: str, says: str
) -> None:
    path = tmp_path / "p.json"
    path.write_text(text, "utf-8")
    plan = [written(tmp_path / "plan.json", Plan.of(ASKED, {}))] if command == "check" else []
    outcome = ilrs(command, path, *plan)
    assert (outcome.status, outcome.out) == (2, "")
    assert says in outcome.err
    assert outcome.err.count("\n") == 1


def test_a_result_passes_the_check(ilrs: Callable[..., Any], asked: Path, solved: Path) -> None:
    outcome = ilrs("check", asked, solved)
    assert (outcome.status, outcome.out) == (0, "")
    assert outcome.err == f"no violation in {solved}\n"
    assert ilrs("check", asked, solved, "--format", "json").out == "[]\n"


def test_a_bare_plan_is_checked_against_the_rules_alone(ilrs: Callable[..., Any], asked: Path) -> None:
    good = written(asked.with_name("good.json"), Plan.of(ASKED, {"a": 5}))
    assert ilrs("check", asked, good).status == 0
    bad = written(asked.with_name("bad.json"), Plan.of(ASKED, {"a": 5, "b": TICK}))
    outcome = ilrs("check", asked, bad)
    assert outcome.status == 1
    assert outcome.out == "resource: 2 of 'robot' are held at 600 s but there are 1\n"
    assert outcome.err == f"1 violation in {bad}\n"


def test_every_violation_is_listed_in_both_forms(ilrs: Callable[..., Any], asked: Path) -> None:
    bad = written(asked.with_name("bad.json"), Plan.of(ASKED, {"a": -5, "b": 2 * TICK}))
    table, form = ilrs("check", asked, bad), ilrs("check", asked, bad, "--format=json")
    assert table.status == form.status == 1
    assert json.loads(form.out) == table.out.splitlines()
    assert len(table.out.splitlines()) == 2
    assert "2 violations in" in table.err


def test_an_altered_result_is_told(ilrs: Callable[..., Any], asked: Path, solved: Path) -> None:
    fields = json.loads(solved.read_text("utf-8"))
    fields["certificate"]["bound"] = 99.0
    solved.write_text(json.dumps(fields), "utf-8")
    outcome = ilrs("check", asked, solved)
    assert outcome.status == 1
    assert "certificate: the certificate itself was altered" in outcome.out


def test_another_problem_is_told(ilrs: Callable[..., Any], asked: Path, solved: Path) -> None:
    other = written(asked.with_name("other.json"), ASKED.replace(name="three for one"))
    outcome = ilrs("check", other, solved)
    assert outcome.status == 1
    assert "it was made for another problem, or the problem was altered" in outcome.out


def test_what_to_give_is_said(ilrs: Callable[..., Any], asked: Path, solved: Path, tmp_path: Path) -> None:
    alone = ilrs("check", solved)
    assert alone.status == 2
    assert "'RESULT.json' is a plan; give its problem before it" in alone.err
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "is no result bundle: it has no problem.json" in ilrs("check", empty).err
    both = ilrs("check", empty, asked)
    assert both.status == 2
    assert "a result bundle holds its own plan; give the folder alone" in both.err


def test_a_sound_problem_alone_passes(ilrs: Callable[..., Any], asked: Path) -> None:
    outcome = ilrs("check", asked)
    assert (outcome.status, outcome.out, outcome.err) == (0, "", f"no fault in {asked}\n")
    assert ilrs("check", asked, "--format", "json").out == "[]\n"


def test_every_fault_of_a_problem_is_told_at_once(ilrs: Callable[..., Any], asked: Path) -> None:
    fields = json.loads(asked.read_text("utf-8"))
    fields["activities"][0] |= {"duration_s": -1}
    fields["activities"][1] |= {"demands": {"robott": 1}}
    asked.write_text(json.dumps(fields), "utf-8")
    outcome = ilrs("check", asked)
    assert outcome.status == 1
    assert outcome.out.splitlines() == [
        "activity 'a': duration_s is -1; it must be 0 or more",
        "activity 'b': unknown resource 'robott'; did you mean robot? (renewable: robot)",
    ]
    assert outcome.err == f"2 faults in {asked}\n"
    assert json.loads(ilrs("check", asked, "--format", "json").out) == outcome.out.splitlines()


def test_a_battery_that_does_not_survive_the_first_night_is_told(
    ilrs: Callable[..., Any], tmp_path: Path
) -> None:
    path = written(tmp_path / "p.json", HOPELESS)
    outcome = ilrs("check", path)
    assert outcome.status == 1
    assert outcome.out == (
        "battery 'battery' falls 115.000 Wh below its minimum after 300 s (2031-01-01T00:05:00Z) "
        "even if nothing is done\n"
    )
    assert outcome.err == f"1 contradiction in {path}\n"


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"certificate": 1}', '{"plan": {}}'])
def test_what_is_no_plan_is_refused(ilrs: Callable[..., Any], asked: Path, text: str) -> None:
    path = asked.with_name("plan.json")
    path.write_text(text, "utf-8")
    outcome = ilrs("check", asked, path)
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith("ilrs: ")
    assert outcome.err.count("\n") == 1


def test_a_missing_file_is_named(ilrs: Callable[..., Any], asked: Path) -> None:
    assert "cannot read the plan 'nowhere.json'" in ilrs("check", asked, "nowhere.json").err
    assert "cannot read the problem 'nowhere.json'" in ilrs("solve", "nowhere.json").err
