"""Which file is the problem and which the plan is told apart before anything is judged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ilrs_science.cli.judging import judged, problem_fields
from ilrs_science.errors import RequestError
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.solve import solve
from tests.planning.problems import activity, problem

ASKED = problem(activity("a"))


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "P.json").write_text(ASKED.to_json(), "utf-8")
    (tmp_path / "R.json").write_text(Plan.of(ASKED, {"a": 0}).to_json(), "utf-8")
    return tmp_path / "P.json", tmp_path / "R.json"


def test_files_in_the_wrong_order_are_to_be_swapped(files: tuple[Path, Path]) -> None:
    asked, plan = files
    for pair, says in (
        ((plan, asked), "'R.json' is a plan, 'P.json' the problem; swap the two files"),
        ((asked, asked), "'P.json' is a problem, not a plan"),
        ((plan, plan), "'R.json' is a plan, not a problem"),
    ):
        with pytest.raises(RequestError) as told:
            judged(*pair)
        assert str(told.value) == says


def test_a_plan_in_the_place_of_a_problem_is_refused(files: tuple[Path, Path]) -> None:
    assert problem_fields(files[0])
    with pytest.raises(RequestError, match="give its problem before it"):
        problem_fields(files[1])


def test_a_bare_plan_is_checked_and_a_result_verified(files: tuple[Path, Path]) -> None:
    bare = judged(*files)
    assert (bare.result, bare.violations) == (None, ())
    result = solve(ASKED, time_limit="2 s")
    files[1].write_text(result.to_json(), "utf-8")
    assert judged(*files).result == result
    altered = result.model_copy(update={"plan": Plan.of(ASKED, {"a": 601})})
    files[1].write_text(altered.to_json(), "utf-8")
    assert "is not what was certified" in str(judged(*files).violations[0])


@pytest.mark.parametrize(
    "command",
    [("solve", "P.json"), ("solve", "P.json", "--first", "R.json"), ("explain", "P.json", "R.json"),
     ("export", "R.json"), ("replan", "P.json", "R.json", "--now", "2031-01-01T00:10"),
     ("autonomy", "P.json", "R.json")],
)  # fmt: skip
def test_no_command_of_plans_writes_over_what_it_reads(
    ilrs: Callable[..., Any],
    files: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
) -> None:
    monkeypatch.chdir(files[0].parent)
    last = [word for word in command if word.endswith(".json")][-1]
    before = Path(last).read_text("utf-8")
    run = ilrs(*command, "--output", last)
    assert (run.status, run.out, Path(last).read_text("utf-8")) == (2, "", before)
    assert "is the input itself" in run.err
