"""The locks that leave no plan are named, and no others."""

from __future__ import annotations

from ilrs_science.planning.explain.budget import Budget
from ilrs_science.planning.explain.conflict import conflict
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.solve import solve
from tests.planning.problems import TICK, activity, problem, renewable

ROBOT = {"demands": {"robot": 1}}


def three_locks() -> Problem:
    """Locks of a and c leave no room for what must be done; that of b is innocent."""
    return problem(
        activity("a", 4, locked_start=2 * TICK, **ROBOT),
        activity("b", 1, locked_start=0),
        activity("c", 4, locked_start=8 * TICK, **ROBOT),
        activity("must", 3, optional=False, **ROBOT),
        resources=(renewable(),),
    )


def test_locks_that_leave_no_room_for_what_must_be_done_are_found_by_search() -> None:
    found = conflict(three_locks(), Budget("5 s"))
    assert found is not None
    assert found.locks == ("a", "c")
    assert found.summary.endswith("cannot hold together with what must be done")


def test_there_is_no_conflict_where_a_plan_exists() -> None:
    assert conflict(problem(activity("a", locked_start=0)), Budget("5 s")) is None
    assert conflict(problem(activity("a")), Budget("5 s")) is None


def test_a_conflict_that_shows_without_a_search_leaves_the_innocent_out() -> None:
    locked = [
        activity(name, 4, locked_start=at * TICK, **ROBOT) for name, at in (("a", 0), ("b", 4), ("c", 6))
    ]
    found = conflict(problem(*locked, resources=(renewable(),)), Budget("5 s"))
    assert found is not None
    assert found.locks == ("b", "c")
    assert "'robot'" in repr(found)


def test_what_is_impossible_without_any_lock_is_not_blamed_on_one() -> None:
    asked = problem(
        activity("a", locked_start=0), activity("x", 8, optional=False, **ROBOT),
        activity("y", 8, optional=False, **ROBOT), resources=(renewable(),),
    )  # fmt: skip
    assert conflict(asked, Budget("5 s")) is None


def test_a_solve_without_a_plan_says_which_locks_are_to_blame() -> None:
    result = solve(three_locks(), time_limit="5 s")
    assert result.status == "INFEASIBLE"
    assert result.certificate.note.startswith("the locks of a at 2031-01-01 00:20 and c at 2031-01-01 01:20")
