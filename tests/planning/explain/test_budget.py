"""A chain of questions shares its time, and what is not known is said so."""

from __future__ import annotations

import pytest

from ilrs_science.errors import RequestError
from ilrs_science.planning.explain.budget import Budget
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.search.progress import Progress
from tests.planning.problems import activity, problem, renewable

ROBOT = {"demands": {"robot": 1}}


def test_an_answer_is_yes_no_or_unknown() -> None:
    budget = Budget("10 s")
    fits = problem(activity("a", optional=False, value=3))
    assert (budget.ask(fits).verdict, budget.ask(fits).value, budget.ask(fits).status) == (True, 3, "OPTIMAL")
    both = [activity(name, 8, optional=False, **ROBOT) for name in "ab"]
    assert budget.ask(problem(*both, resources=(renewable(),))).verdict is False
    assert Budget("5 s", cancel=lambda: True).ask(fits).verdict is None


def test_a_part_takes_its_share_and_a_cancel_ends_both() -> None:
    stop: list[bool] = []
    whole = Budget("100 s", cancel=lambda: bool(stop))
    part = whole.part(0.25)
    assert 20 < part.left <= 25
    assert 95 < whole.left <= 100
    stop.append(True)
    assert part.left == 0
    stop.clear()
    assert whole.left == 0
    assert whole.cancelled


def test_a_plan_that_reaches_a_known_bound_ends_the_search_as_proved() -> None:
    asked = problem(*(activity(name, 8, value=5, **ROBOT) for name in "abc"), resources=(renewable(),))
    told: list[Progress] = []
    found = Budget("10 s").ask(asked, first=Plan.of(asked, {"a": 0}), bound=5, progress=told.append)
    assert (found.status, found.value, found.bound) == ("OPTIMAL", 5, 5)
    assert told[0].objective == 5


def test_a_makespan_has_its_bound_below() -> None:
    asked = problem(activity("a", 2), objective="makespan")
    found = Budget("10 s").ask(asked, bound=600)
    assert (found.status, found.value, found.bound) == ("OPTIMAL", 1200, 1200)


def test_a_time_limit_needs_a_unit() -> None:
    with pytest.raises(RequestError, match="10"):
        Budget("10")
