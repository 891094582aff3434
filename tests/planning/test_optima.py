"""Optima where locks, lags, exclusions, profiles and duties meet; brute force over whole ticks tells."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilrs_science.planning.judge.check import check
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.search.greedy import greedy
from ilrs_science.planning.search.whole import score
from ilrs_science.planning.solve import solve
from tests.planning.problems import TICK, activity, brute_force, problem, renewable

FEW = settings(max_examples=25)
TICKS = 6


@st.composite
def bound_problems(draw: st.DrawFn, objective: str = "value") -> Problem:
    """Up to four activities over six ticks, with everything that binds but the stores; times are whole ticks."""
    entries: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 4))):
        length = draw(st.integers(0, 3))
        entry = activity(
            f"a{number}", length, demands=draw(st.sampled_from([{}, {"robot": 1}, {"robot": 2}]))
        )
        if objective == "value":
            entry |= {"value": draw(st.integers(0, 9)), "optional": draw(st.booleans())}
        if draw(st.integers(0, 3)) == 0:
            entry["locked_start"] = TICK * draw(st.integers(0, TICKS - length))
        if number and draw(st.booleans()):
            least = draw(st.integers(-2, 2))
            most = draw(st.none() | st.integers(least, 3))
            entry["precedences"] = [
                {
                    "after": f"a{draw(st.integers(0, number - 1))}",
                    "min_lag_s": least * TICK,
                    "max_lag_s": None if most is None else most * TICK,
                }
            ]
        if number and draw(st.booleans()):
            entry["exclusions"] = [f"a{draw(st.integers(0, number - 1))}"]
        entries.append(entry)
    profile = draw(st.sampled_from([[], [(2 * TICK, 1)], [(2 * TICK, 0), (3 * TICK, 2)]]))
    robots = renewable(capacity=draw(st.integers(1, 2)), profile=profile)
    return problem(*entries, resources=(robots,), horizon_s=TICKS * TICK, objective=objective)


@given(bound_problems())
@FEW
def test_the_best_value_is_that_of_brute_force_or_both_find_none(asked: Problem) -> None:
    best = brute_force(asked)
    result = solve(asked, time_limit="20 s", workers=1)
    if best is None:
        assert (result.status, result.objective) == ("INFEASIBLE", None)
    else:
        assert (result.status, result.objective, result.bound) == ("OPTIMAL", best, best)
        assert check(asked, result.plan) == []


@given(bound_problems("makespan"))
@FEW
def test_the_earliest_end_is_that_of_brute_force_or_both_find_none(asked: Problem) -> None:
    best = brute_force(asked)
    result = solve(asked, time_limit="20 s", workers=1)
    if best is None:
        assert (result.status, result.objective) == ("INFEASIBLE", None)
    else:
        assert (result.status, result.objective, result.bound) == ("OPTIMAL", -best, -best)


@given(bound_problems())
def test_a_greedy_plan_keeps_every_rule_and_is_never_better_than_the_best(asked: Problem) -> None:
    plan = greedy(asked)
    if plan is not None:
        assert check(asked, plan) == []
        assert score(asked, plan.starts) <= 1000 * (brute_force(asked) or 0)


@pytest.mark.parametrize(
    ("limits", "apart"),
    [({}, 0), ({"min_lag_s": 2 * TICK}, 2), ({"min_lag_s": -TICK}, -1), ({"min_lag_s": -9 * TICK}, -2)],
)
def test_the_makespan_follows_the_lag(limits: dict[str, int], apart: int) -> None:
    # a of 2 ticks, then b of 3: the earliest end is 2 + lag + 3, and b cannot start before the epoch.
    asked = problem(
        activity("a", 2), activity("b", 3, precedences=[{"after": "a", **limits}]), objective="makespan"
    )
    result = solve(asked, time_limit="10 s", workers=1)
    assert result.objective == (5 + apart) * TICK
    assert result.status == "OPTIMAL"


def test_a_follower_is_worth_its_predecessor() -> None:
    # a alone is worth less than c, which excludes it in time; with its follower b it is worth more.
    asked = problem(
        activity("a", 8, value=1, demands={"robot": 1}),
        activity("b", 4, value=5, demands={"robot": 1}, precedences=["a"]),
        activity("c", 12, value=4, demands={"robot": 1}),
        resources=(renewable(),),
    )
    result = solve(asked, time_limit="10 s", workers=1)
    assert (result.objective, result.plan.starts) == (6.0, {"a": 0, "b": 8 * TICK})


def test_what_demands_more_than_there_ever_is_is_left_out_or_makes_it_hopeless() -> None:
    greedy_one = activity("a", 1, demands={"robot": 3})
    assert solve(problem(greedy_one, resources=(renewable(capacity=2),))).plan.left_out == ("a",)
    must = problem(greedy_one | {"optional": False}, resources=(renewable(capacity=2),))
    assert solve(must).status == "INFEASIBLE"


def test_a_moment_is_planned_whatever_it_demands() -> None:
    asked = problem(
        activity("a", 0, demands={"robot": 9}, optional=False, locked_start=3 * TICK),
        activity("b", 12, demands={"robot": 1}),
        resources=(renewable(),),
    )
    plan = greedy(asked)
    assert plan is not None
    assert plan.starts == solve(asked, time_limit="10 s", workers=1).plan.starts == {"a": 3 * TICK, "b": 0}
