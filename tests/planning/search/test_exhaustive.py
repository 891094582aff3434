"""Trying every plan gives what brute force gives, and says when it gave up."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilrs_science.planning.judge.check import check
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.search import exhaustive
from ilrs_science.planning.search.exhaustive import Exhaustive, few_plans
from ilrs_science.planning.search.whole import score
from tests.planning.problems import (
    TICK,
    activity,
    brute_force,
    in_seconds,
    problem,
    rich_problems,
    small_problems,
)

few = st.one_of(small_problems(), rich_problems()).filter(lambda asked: len(asked.activities) < 4)


class Best:
    """The best plan so far."""

    def __init__(self, asked: Problem) -> None:
        self.problem = asked
        self.starts: Mapping[str, int] | None = None

    def floor(self) -> int | None:
        return None if self.starts is None else score(self.problem, self.starts)

    def offer(self, starts: Mapping[str, int]) -> None:
        assert check(self.problem, Plan.of(self.problem, dict(starts))) == []
        assert self.starts is None or score(self.problem, starts) > score(self.problem, self.starts)
        self.starts = dict(starts)

    def run(self) -> bool:
        return Exhaustive(self.problem, self.floor, self.offer, lambda: False).run()


@given(few, st.booleans())
@settings(max_examples=40, deadline=None)
def test_it_finds_the_best_of_all_plans(asked: Problem, makespan: bool) -> None:
    asked = in_seconds(asked)
    if makespan:
        duties = [entry.model_copy(update={"optional": False}) for entry in asked.activities]
        asked = asked.replace(objective="makespan", shares={}, activities=duties)
    best = Best(asked)
    assert few_plans(asked)
    assert best.run()
    known = brute_force(asked, 1)
    found = best.floor()
    if known is None or found is None:
        assert known is None
        assert found is None
    else:
        assert found == round(known * (1 if makespan else 1000))


def test_many_plans_are_not_few() -> None:
    few = [activity(f"a{number}", 12) for number in range(5)]
    assert few_plans(problem(*few))
    many = [activity(f"a{number}", 12, windows=[(0, 12 * TICK)]) for number in range(18)]
    assert not few_plans(problem(*many))  # each may be left out
    assert not few_plans(problem(activity("a", 11)))


def test_it_says_when_it_gave_up(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = in_seconds(problem(activity("a", 2), activity("b", 2, exclusions=["a"]), activity("c", 12)))
    assert Best(asked).run()
    monkeypatch.setattr(exhaustive, "BRANCHES", 1)
    assert not Best(asked).run()


def test_a_stop_ends_it() -> None:
    asked = problem(activity("a", 2), horizon_s=4 * TICK)
    assert not Exhaustive(asked, lambda: None, lambda _: None, lambda: True).run()
