"""Bounds from parts hold, and prove at once what small conflicts cost."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ilrs_science.planning.judge.hopeless import hopeless
from ilrs_science.planning.model.limits import Limits
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.search.greedy import greedy
from ilrs_science.planning.search.incumbent import Incumbent
from ilrs_science.planning.search.prove import prove
from tests.planning.problems import (
    TICK,
    activity,
    brute_force,
    problem,
    renewable,
    rich_problems,
    small_problems,
)


def proved(asked: Problem) -> Incumbent:
    """The greedy plan, and the bound of parts."""
    best = Incumbent(asked, Limits(30.0, workers=1))
    plan = greedy(asked)
    if plan is not None:
        best.offer(plan.starts)
    prove(best, 10.0, 1)
    return best


@given(st.one_of(small_problems(), rich_problems()))
@settings(max_examples=25)
def test_no_plan_of_brute_force_exceeds_the_bound(asked: Problem) -> None:
    assume(not hopeless(asked))
    value = brute_force(asked)
    if value is not None:
        assert proved(asked).bound >= round(1000 * value)


def test_losses_of_conflicts_far_apart_add_up() -> None:
    # Three pairs that want one robot for the same two ticks, a window of its own each: one of each pair is lost.
    entries = [
        activity(
            f"{name}{k}", 2, value=value, windows=[(4 * k * TICK, (4 * k + 2) * TICK)], demands={"robot": 1}
        )
        for k in range(3)
        for name, value in (("good", 5), ("bad", 3))
    ]
    best = proved(problem(*entries, resources=(renewable(),)))
    assert best.bound == 15_000
    assert best.proved


def test_nothing_is_claimed_where_parts_do_not_stand_alone() -> None:
    asked = problem(
        activity("a", 1, demands={"robot": 1}),
        activity("b", 12, demands={"robot": 1}),
        resources=(renewable(),),
    )
    best = Incumbent(asked, Limits(10.0))
    prove(best, 10.0, 1)  # without a plan nobody is left out
    assert best.bound == 2000
