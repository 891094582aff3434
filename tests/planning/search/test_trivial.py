"""The bound without a search holds, and knows windows, lags, needs and choices."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.search.trivial import earliest_starts, trivial_bound
from tests.planning.problems import TICK, activity, brute_force, problem, rich_problems, small_problems


@given(st.one_of(small_problems(), rich_problems()))
def test_no_plan_of_brute_force_exceeds_it(asked: Problem) -> None:
    best = brute_force(asked)
    if best is not None:
        assert round(1000 * best) <= trivial_bound(asked)


def test_a_follower_whose_windows_close_too_early_counts_nothing() -> None:
    late = activity("a", 2, value=3, windows=[(4 * TICK, 12 * TICK)])
    follower = activity("b", 1, value=5, windows=[(0, 6 * TICK)], precedences=["a"])
    third = activity("c", 1, value=7, needs=["b"])
    asked = problem(late, follower, third)
    assert earliest_starts(asked) == {"a": 4 * TICK}
    assert trivial_bound(asked) == 3000


def test_a_follower_moves_to_a_later_window() -> None:
    follower = activity("b", 1, windows=[(0, 3 * TICK), (6 * TICK, 9 * TICK)], precedences=["a"])
    assert earliest_starts(problem(activity("a", 4), follower)) == {"a": 0, "b": 6 * TICK}


def test_of_a_choice_the_best_counts_at_its_best_start() -> None:
    curve = [(0, 1.0), (3 * TICK, 0.5)]
    one = activity("b", 1, value=8, value_curve=curve, choice="one", precedences=["a"])
    other = activity("c", 1, value=5, choice="one")
    assert trivial_bound(problem(activity("a", 4, value=1), one, other)) == 1000 + 5000


def test_the_makespan_is_no_shorter_than_the_longest_chain() -> None:
    asked = problem(
        activity("a", 4),
        activity("b", 3, precedences=[{"after": "a", "min_lag_s": TICK}]),
        objective="makespan",
    )
    assert trivial_bound(asked) == -8 * TICK
