"""``ilrs explain`` tells why activities are left out, in three forms."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ilrs_science.planning.plan import Plan
from ilrs_science.planning.solve import solve
from tests.planning.problems import TICK, activity, problem, renewable

ASKED = problem(
    activity("a", 8, demands={"robot": 1}, value=3),
    activity("b", 6, demands={"robot": 1}, value=2),
    activity("c", 1, demands={"robot": 1}, windows=[]),
    resources=(renewable(),),
)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """The problem, and a plan that holds the first activity alone."""
    (tmp_path / "PROBLEM.json").write_text(ASKED.to_json(), "utf-8")
    (tmp_path / "PLAN.json").write_text(Plan.of(ASKED, {"a": 2 * TICK}).to_json(), "utf-8")
    return tmp_path / "PROBLEM.json", tmp_path / "PLAN.json"


def test_without_an_id_every_activity_that_is_left_out_has_its_reason(
    ilrs: Callable[..., Any], files: tuple[Path, Path]
) -> None:
    rows = list(csv.DictReader(io.StringIO(ilrs("explain", *files, "--format", "csv").out)))
    assert [row["id"] for row in rows] == ["b", "c"]
    assert rows[0]["reason"] == "no start is free: robot 100% (a)"
    assert rows[1]["reason"] == "never possible in this span"
    assert json.loads(ilrs("explain", *files, "--format", "json").out)[0]["value"] == 2.0


def test_an_id_is_answered_in_sentences_and_a_table(
    ilrs: Callable[..., Any], files: tuple[Path, Path]
) -> None:
    run = ilrs("explain", *files, "b", "--time-limit", "10s")
    assert run.status == 0
    lines = run.out.splitlines()
    assert lines[0] == "b is left out"
    assert "proved not to fit beside the other one, even if it moves" in lines
    assert any(line.startswith("forcing it in costs 1 of 3 (proved): a goes") for line in lines)
    assert "a holds robot" in run.out


def test_json_has_the_answers_as_numbers(ilrs: Callable[..., Any], files: tuple[Path, Path]) -> None:
    found = json.loads(ilrs("explain", *files, "b", "--format", "json").out)
    assert (found["name"], found["done"], found["fits"]) == ("b", False, False)
    assert found["price"] == {"cost": 1.0, "least": 1.0, "proved": True, "impossible": False}
    assert found["blocked"][0]["hours"] == pytest.approx(1.0)


def test_the_first_question_takes_no_solver(ilrs: Callable[..., Any], files: tuple[Path, Path]) -> None:
    found = json.loads(ilrs("explain", *files, "b", "--depth", "blocked", "--format", "json").out)
    assert "fits" not in found
    assert "price" not in found
    assert found["blocked"][0]["by"] == "a"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("PROBLEM.json",), "give a result bundle, or PROBLEM.json and PLAN.json"),
        (("PROBLEM.json", "PLAN.json", "bb"), "'bb'; did you mean b"),
        (("PROBLEM.json", "PLAN.json", "a", "b"), "one ID at a time, not 'a' and 'b'"),
        (("nowhere.json", "PLAN.json"), "cannot read the problem 'nowhere.json'"),
        (("PROBLEM.json", "PLAN.json", "b", "--time-limit", "0s"), "must be above 0 s"),
        (("PROBLEM.json", "PLAN.json", "b", "--depth", "deep"), "--depth"),
        ((".",), "is no result bundle"),
    ],
)
def test_a_wrong_request_is_one_line(
    ilrs: Callable[..., Any],
    files: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    says: str,
) -> None:
    monkeypatch.chdir(files[0].parent)
    run = ilrs("explain", *words)
    assert (run.status, run.out) == (2, "")
    assert says in run.err
    assert run.err.count("\n") == 1


def test_a_plan_that_breaks_a_rule_or_its_certificate_is_not_explained(
    ilrs: Callable[..., Any], files: tuple[Path, Path]
) -> None:
    files[1].write_text(Plan.of(ASKED, {"a": 5 * TICK}).to_json(), "utf-8")
    run = ilrs("explain", *files, "b")
    assert (run.status, run.out) == (1, "")
    assert "the plan is not explained: 1 violation, such as window: 'a' from" in run.err
    result = solve(ASKED, time_limit="2 s")
    files[1].write_text(result.to_json(), "utf-8")
    assert ilrs("explain", *files).status == 0
    files[0].write_text(ASKED.replace(name="altered").to_json(), "utf-8")
    run = ilrs("explain", *files)
    assert run.status == 1
    assert "it was made for another problem, or the problem was altered" in run.err


def test_a_problem_without_a_plan_says_so(ilrs: Callable[..., Any], files: tuple[Path, Path]) -> None:
    asked = problem(
        *(activity(name, 8, optional=False, demands={"robot": 1}) for name in "ab"), resources=(renewable(),)
    )
    files[0].write_text(asked.to_json(), "utf-8")
    files[1].write_text(solve(asked, time_limit="2 s").to_json(), "utf-8")
    run = ilrs("explain", *files, "--format", "json")
    assert run.status == 1
    assert all(row["reason"].startswith("there is no plan: 'a' and 'b' must") for row in json.loads(run.out))
    run = ilrs("explain", *files, "a")
    assert run.status == 1
    assert run.out.splitlines()[1].startswith("there is no plan: 'a' and 'b' must hold 'robot'")


def test_the_input_is_not_written_over(ilrs: Callable[..., Any], files: tuple[Path, Path]) -> None:
    for path in files:
        before = path.read_text("utf-8")
        run = ilrs("explain", *files, "--output", path)
        assert (run.status, path.read_text("utf-8")) == (2, before)
        assert "is the input itself" in run.err
