"""Edits by hand: what is missing is said, the line is what is done."""

from __future__ import annotations

from typing import Any

import pytest

from ilrs_science.errors import IlrsError, RequestError, UnknownNameError
from ilrs_science.panels.plan_edit import EditChoice
from ilrs_science.planning.result import PlanResult
from ilrs_science.planning.solve import solve
from tests.panels.planned import five_sessions

DRILL = "volatile_drilling.1"


@pytest.fixture(scope="module")
def result() -> PlanResult:
    return solve(five_sessions(), time_limit="10 s")


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"session": "nothing"}, "Choose a session."),
        ({"action": "unlock"}, f"{DRILL} is not locked."),
        ({"action": "move", "start": " "}, "Write the start, such as 2031-03-01 12:00."),
        (
            {"action": "forbid", "start": "2031-02-24"},
            "Write the start and the end, such as 2031-03-01 12:00.",
        ),
        (
            {"session": "surface_radiation.3"},
            "surface_radiation.3 is not in the plan: put it at a start instead.",
        ),
        ({}, ""),
    ],
)
def test_what_is_missing_is_said(result: PlanResult, fields: dict[str, str], says: str) -> None:
    choice = EditChoice(**{"session": DRILL, **fields})
    assert choice.fault(result) == says
    if says:
        with pytest.raises(RequestError, match=says[:12]):
            choice.made(result)


def test_without_a_plan_there_is_nothing_to_edit() -> None:
    assert EditChoice(session=DRILL).fault(None) == "There is no plan to edit yet."


@pytest.mark.parametrize(
    "fields",
    [
        {"action": "lock"},
        {"action": "move", "start": "2031-02-24 01:20", "others": "stay"},
        {"action": "move", "start": "2031-02-24 00:40", "others": "replan"},
        {"action": "forbid", "start": "2031-02-24 00:00", "end": "2031-02-24 00:30"},
    ],
)
def test_the_line_of_python_does_the_same(result: PlanResult, fields: dict[str, str]) -> None:
    choice = EditChoice(session=DRILL, **fields)
    made = choice.made(result, time_limit="10 s")
    said: dict[str, Any] = {"plan1": result}
    exec(f"plan2 = {choice.call('plan1', 10)}", said)
    assert said["plan2"].problem == made.problem
    assert said["plan2"].objective == made.objective
    assert made.checked


def test_a_locked_session_can_be_set_free(result: PlanResult) -> None:
    locked = EditChoice(session=DRILL).made(result, time_limit="10 s")
    choice = EditChoice(session=DRILL, action="unlock")
    assert choice.fault(locked) == ""
    assert choice.made(locked, time_limit="10 s").problem == result.problem


def test_nonsense_is_one_sentence(result: PlanResult) -> None:
    with pytest.raises(IlrsError, match="not a date"):
        EditChoice(session=DRILL, action="move", start="noon").made(result)
    with pytest.raises(UnknownNameError, match="lock"):
        EditChoice(action="lokc")
    with pytest.raises(UnknownNameError, match="stay"):
        EditChoice(others="go")


def test_a_time_is_short_and_quoted_in_the_line() -> None:
    choice = EditChoice(session=DRILL, action="move", start='"); import os' + 100 * " and more")
    assert len(choice.start) == 40
    compile(choice.call("plan1", 5), "line", "eval")
