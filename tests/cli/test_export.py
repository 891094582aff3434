"""``ilrs export`` gives a plan as a table, a calendar or a bare plan."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ilrs_science.planning.plan import Plan
from tests.planning.problems import TICK, activity, problem

ASKED = problem(activity("a", 2) | {"name": "Drill"}, activity("b"), activity("c"), name="two of three")
PLAN = Plan.of(ASKED, {"b": 0, "a": 3 * TICK})


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """The plan and its problem."""
    (tmp_path / "PLAN.json").write_text(PLAN.to_json(), "utf-8")
    (tmp_path / "PROBLEM.json").write_text(ASKED.to_json(), "utf-8")
    return tmp_path / "PLAN.json", tmp_path / "PROBLEM.json"


def test_a_table_by_default(ilrs: Callable[..., Any], files: tuple[Path, Path]) -> None:
    run = ilrs("export", files[0])
    assert (run.status, run.out, run.err) == (0, PLAN.to_csv(), "")


def test_a_calendar_takes_its_titles_from_the_problem(
    ilrs: Callable[..., Any], files: tuple[Path, Path]
) -> None:
    plan, asked = files
    bare = ilrs("export", plan, "--format", "ics").out
    named = ilrs("export", plan, "--format", "ics", "--problem", asked).out
    mine = ilrs("export", plan, "--format", "ics", "--problem", asked, "--name", "Mine").out
    assert "X-WR-CALNAME:Plan" in bare
    assert "SUMMARY:a" in bare
    assert "X-WR-CALNAME:two of three" in named
    assert "SUMMARY:Drill" in named
    assert "SUMMARY:b" in named
    assert "X-WR-CALNAME:Mine" in mine


def test_a_bare_plan_can_be_read_back(ilrs: Callable[..., Any], files: tuple[Path, Path]) -> None:
    out = files[0].with_name("out.json")
    run = ilrs("export", files[0], "--format", "json", "--output", out)
    assert (run.status, run.out, run.err) == (0, "", f"wrote {out}\n")
    assert Plan.from_json(out) == PLAN


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("nowhere.json",), "cannot read the plan 'nowhere.json'"),
        ((".",), "is no result bundle"),
        (("PLAN.json", "--format", "xml"), "--format"),
        (("PLAN.json", "--problem", "nowhere.json"), "cannot read the problem 'nowhere.json'"),
        (("PROBLEM.json",), "this is not a plan but a problem"),
    ],
)
def test_a_wrong_request_is_one_line(
    ilrs: Callable[..., Any],
    files: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    says: str,
) -> None:
    monkeypatch.chdir(files[0].parent)
    run = ilrs("export", *arguments)
    assert (run.status, run.out) == (2, "")
    assert says in run.err
    assert run.err.count("\n") == 1
