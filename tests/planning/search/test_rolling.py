"""Lunation by lunation: plans keep the rules, bounds hold, and two months that share nothing are solved exactly."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, assume, given, settings

from ilrs_science.planning.judge.check import check
from ilrs_science.planning.judge.hopeless import hopeless
from ilrs_science.planning.model.limits import Limits
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.search import span as spans
from ilrs_science.planning.search.engine import search
from ilrs_science.planning.search.greedy import greedy
from ilrs_science.planning.search.incumbent import Incumbent
from ilrs_science.planning.search.outcome import Outcome
from ilrs_science.planning.search.rolling import bound_by_lunations, long, roll
from tests.planning.problems import (
    TICK,
    activity,
    battery,
    brute_force,
    problem,
    renewable,
    rich_problems,
    small_problems,
)


def inner(asked: Problem, limits: Limits, first: Plan | None, cancel: Callable[[], bool]) -> Outcome:
    """The search of one lunation."""
    return search(asked, limits, first=first, cancel=cancel)


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lunations of two ticks."""
    monkeypatch.setattr(spans, "LUNATION_S", 2 * TICK)


@given(small_problems() | rich_problems())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_plans_keep_the_rules_and_bounds_hold(asked: Problem) -> None:
    asked = asked.replace(shares={})
    best = Incumbent(asked, Limits(20.0, workers=1))
    plan = greedy(asked)
    assume(plan is not None and not hopeless(asked))
    assert plan is not None
    best.offer(plan.starts)
    roll(best, 0.5, inner)
    assert best.best is not None
    assert check(asked, Plan.of(asked, best.best)) == []
    bound_by_lunations(best, inner)
    known = brute_force(asked)
    assert known is not None
    assert best.bound >= 1000 * known - 1e-6


def test_what_a_lunation_leaves_in_the_battery_is_what_the_next_one_has() -> None:
    asked = problem(
        activity("early", 1, energy_W=24, value=2, windows=[(0, 2 * TICK)]),
        activity("late", 1, energy_W=18, value=3, windows=[(2 * TICK, 3 * TICK)]),
        resources=(battery(capacity=5, initial=5),),
    )
    best = Incumbent(asked, Limits(20.0, workers=1))
    roll(best, 0.9, inner)
    assert best.best is not None
    assert set(best.best) == {"late"}  # either leaves too little for the other; here both were seen at once
    assert long(asked)


def test_what_must_be_done_but_can_wait_waits() -> None:
    first = activity("a", 2, value=5, demands={"robot": 1}, windows=[(0, 2 * TICK)])
    duty = activity("duty", 2, optional=False, value=0, demands={"robot": 1})
    asked = problem(first, duty, resources=(renewable(),))
    best = Incumbent(asked, Limits(20.0, workers=1))
    roll(best, 0.9, inner)
    assert best.best is not None
    assert set(best.best) == {"a", "duty"}


def test_a_long_problem_is_searched_by_lunations_and_proved() -> None:
    days = [
        activity(
            f"m{month}_{k}",
            1,
            value=1 + k,
            demands={"robot": 1},
            windows=[(2 * month * TICK, 2 * (month + 1) * TICK)],
        )
        for month in range(20)
        for k in range(3)
    ]
    asked = problem(*days, resources=(renewable(),), horizon_s=40 * TICK)
    phases = set()
    found = search(asked, Limits(60.0), progress=lambda step: phases.add(step.phase))
    assert found.status == "OPTIMAL"
    assert sum(asked.by_id[name].value for name in found.starts) == 20 * 5
    assert check(asked, Plan.of(asked, found.starts)) == []


def test_the_same_plan_twice() -> None:
    entries = [
        activity(
            f"a{k}",
            1 + k % 2,
            value=1 + k % 7,
            energy_W=6 * (k % 3),
            demands={"robot": 1},
            windows=[(k % 10 * TICK, (k % 10 + 4) * TICK)],
        )
        for k in range(60)
    ]
    asked = problem(*entries, resources=(renewable(), battery(generation=[(0, 5)])), horizon_s=14 * TICK)
    found = [search(asked, Limits(2.0, seed=3, workers=1, deterministic=True)).starts for _ in range(2)]
    assert found[0] == found[1]
    assert found[0]


def test_partners_with_shares_and_a_makespan_are_never_cut() -> None:
    entry = activity("a", 1, value=1, partner="north")
    assert not long(problem(entry, shares={"north": 0.5}))
    assert not long(problem(entry, objective="makespan"))
    assert long(problem(entry))
