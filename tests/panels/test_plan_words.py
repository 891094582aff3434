"""Explanations, edits and changes as HTML."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import pytest

from ilrs_science.panels.plan_words import (
    answer_words,
    binding_table,
    changes_table,
    edit_words,
    explanation_words,
    front_table,
)
from ilrs_science.planning.explain.changes import changes
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.result import PlanResult
from ilrs_science.planning.shares import share_tradeoff
from ilrs_science.planning.solve import solve
from tests.panels.planned import five_sessions
from tests.planning.problems import TICK, activity, problem

KNOWN = {"volatile_drilling", "surface_radiation"}


@pytest.fixture(scope="module")
def result() -> PlanResult:
    return solve(five_sessions(), time_limit="10 s")


def test_an_explanation_grows_with_its_answers(result: PlanResult) -> None:
    steps: list[Any] = []
    last = result.explain("surface_radiation.2", depth="family", progress=steps.append)
    first = explanation_words(steps[0], busy=True, known=KNOWN)
    assert "surface_radiation.2 is left out" in first
    assert "asking the solver" in first.lower()
    assert "[%]" in first
    assert "<b>Price:</b>" in explanation_words(steps[-2], busy=True, known=KNOWN)
    assert "<b>To blame:</b> Asking the solver" in explanation_words(steps[-2], busy=True, known=KNOWN)
    whole = explanation_words(last, busy=False, known=KNOWN)
    assert "asking" not in whole.lower()
    assert "costs" in whole
    assert "What would change" in whole
    assert "<b>To blame:</b> Would fit without crew and robots." in whole
    assert answer_words(last).startswith("Would fit without crew and robots. Forcing it in costs")


def test_what_is_done_is_said_to_be_done(result: PlanResult) -> None:
    words = explanation_words(result.explain(next(iter(result.plan.starts))), busy=False, known=KNOWN)
    assert "is in the plan" in words


@pytest.mark.parametrize(
    ("least", "says"),
    [
        (2.0, "costs less (proved)"),
        (1.0, "costs 1 at least (proved)"),
        (-1.0, "1 dropped. The plan"),
        (None, "1 dropped. The plan"),
    ],
)
def test_an_edit_tells_its_cost_and_how_far_it_is_proved(least: float | None, says: str) -> None:
    moves = changes(
        problem(activity("a")), Plan.of(problem(activity("a")), {"a": 0}), Plan.of(problem(activity("a")), {})
    )
    edit = SimpleNamespace(
        after=3.0, cost=2.0, least=least, told=lambda moved: f"lock a: costs 2 (5 to 3); {moved}", moves=moves
    )
    words = edit_words(edit, {"a"})  # type: ignore[arg-type]
    assert says in words
    assert "<td>dropped</td>" in words


def test_an_edit_without_a_plan_is_an_alert() -> None:
    edit = SimpleNamespace(after=None, summary="move a: no plan keeps it (proved)")
    assert 'role="alert">Move a: no plan keeps it (proved).<' in edit_words(edit, KNOWN)  # type: ignore[arg-type]


def test_long_tables_are_cut_and_say_so() -> None:
    asked = problem(*[activity(f"a.{number}") for number in range(12)])
    first, second = (Plan.of(asked, {f"a.{n}": (n + shift) * TICK for n in range(11)}) for shift in (0, 1))
    table = changes_table(changes(asked, first, second), "What differs", {"a"})
    assert table.count("<tr>") == 1 + 8
    assert "What differs (first 8 of 11)" in table
    assert "2031-01-01 00:10" in table
    assert changes_table(changes(asked, first, first), "Nothing", {"a"}) == ""


def test_sessions_are_listed_and_downlink_turns_are_counted() -> None:
    names = [*(f"relay/base.{number}" for number in range(9)), "dig.1"]
    asked = problem(*[activity(name) for name in names])
    first, second = (Plan.of(asked, dict.fromkeys(names, shift * TICK)) for shift in (0, 1))
    table = changes_table(changes(asked, first, second), "What differs", {"dig"})
    assert "<td>dig.1</td>" in table
    assert "relay/base" not in table
    assert "Not listed: downlink turns that change, 9." in table
    turns = changes_table(changes(asked, first, second), "What differs", {"nothing"})
    assert "Downlink turn</th>" in turns
    assert "first 8 of 10" in turns


def test_what_binds_is_listed_with_its_bound(result: PlanResult) -> None:
    gains = result.what_binds(time_limit="10 s").gains
    table = binding_table(gains)
    assert "<td>robot</td><td>from 1 to 2</td>" in table
    assert f'"number">{gains[0].gain:g}</td>' in table
    assert binding_table(()) == ""


def test_the_front_has_units_and_dashes_for_the_unknown() -> None:
    front = share_tradeoff(five_sessions(), time_limit="10 s", asked=(0.0, 1.0))
    table = front_table(front)
    assert "Value [points]" in table
    assert "china [%]" in table
    assert math.isclose(front.points[0].asked, 0.0)
    assert table.count("<tr>") == 3
