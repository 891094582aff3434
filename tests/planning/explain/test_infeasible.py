"""Where a search proves that there is no plan, the fewest duties to blame are named, or that none were found."""

from __future__ import annotations

from ilrs_science.planning.explain.budget import Budget
from ilrs_science.planning.explain.infeasible import NO_REASON, infeasible
from ilrs_science.planning.judge.hopeless import hopeless
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.solve import solve
from tests.planning.problems import TICK, activity, problem, renewable

ROBOT = {"demands": {"robot": 1}, "optional": False}


def split() -> Problem:
    """Three duties whose hours fit, but not side by side around a break of the robot; and two that do no harm."""
    return problem(
        activity("a", 5, **ROBOT), activity("b", 3, **ROBOT), activity("c", 3, **ROBOT),
        activity("d", 2, optional=False),
        activity("e", 1, value=5), resources=(renewable(profile=[(4 * TICK + 60, 0), (4 * TICK + 120, 1)]),),
    )  # fmt: skip


def test_the_fewest_duties_and_the_family_are_named() -> None:
    asked = split()
    assert hopeless(asked) == []
    result = solve(asked, time_limit="10 s")
    assert result.status == "INFEASIBLE"
    assert result.certificate.note == (
        "'a', 'b' and 'c' must be done but cannot all be (proved); to blame: crew and robots"
    )
    assert result.certificate.note in repr(result)


def test_without_time_or_with_the_same_plan_each_time_no_reason_is_made_up() -> None:
    spent = Budget("10 s", cancel=lambda: True)
    assert infeasible(split(), spent) == NO_REASON
    result = solve(split(), time_limit="10 s", deterministic=True, workers=1)
    assert (result.status, result.certificate.note) == ("INFEASIBLE", NO_REASON)


def test_a_choice_of_which_one_must_be_done_is_a_duty() -> None:
    ways = [
        activity(name, 9, choice="way", optional=False, demands={"robot": 1}, windows=[(0, 10 * TICK)])
        for name in ("left", "right")
    ]
    asked = problem(*ways, activity("a", 4, **ROBOT), resources=(renewable(),))
    assert infeasible(asked, Budget("10 s")) == (
        "'a' and 'way' must be done but cannot all be (proved); to blame: crew and robots"
    )
