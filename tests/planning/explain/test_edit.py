"""An edit by hand is planned anew, certified, and told what it cost; locks that cannot hold are named."""

from __future__ import annotations

import pytest

from ilrs_science.errors import RequestError
from ilrs_science.planning.judge.certificate import verify
from ilrs_science.planning.result import PlanResult
from ilrs_science.planning.solve import solve
from tests.planning.problems import TICK, activity, problem, renewable

ROBOT = {"demands": {"robot": 1}}


def line() -> PlanResult:
    """Three activities of four ticks that fill twelve ticks of one robot."""
    asked = problem(
        activity("a", 4, value=5, **ROBOT), activity("b", 4, value=4, **ROBOT), activity("c", 4, value=3, **ROBOT),
        resources=(renewable(),),
    )  # fmt: skip
    return solve(asked, time_limit="5 s")


def certified(result: PlanResult) -> bool:
    """Whether the certificate of a result holds for its own problem."""
    return not verify(result.problem, result.plan, result.certificate)


def test_a_lock_that_leaves_room_costs_nothing_and_is_proved_at_once() -> None:
    found = line().lock("c", 0)
    assert found.plan.starts["c"] == 0
    assert found.status == "OPTIMAL"
    assert found.edit is not None
    assert (found.edit.cost, found.edit.least) == (0, 0)
    assert certified(found)


def test_a_lock_in_the_middle_costs_what_no_longer_fits() -> None:
    found = line().lock("a", "2031-01-01T00:20:00Z")
    assert found.edit is not None
    assert found.problem.by_id["a"].locked_start == 2 * TICK
    assert (found.objective, found.edit.cost, found.edit.least) == (9.0, 3.0, 3.0)
    assert found.edit.summary.startswith("lock a at 2031-01-01T00:20:00Z: costs 3 (12 to 9); 1 dropped")
    assert found.edit.moves.loc["c", "change"] == "dropped"
    assert certified(found)


def test_a_move_drops_what_is_in_the_way_and_moves_nothing_else() -> None:
    before = line()
    first, last = (
        min(before.plan.starts, key=before.plan.starts.get),
        max(before.plan.starts, key=before.plan.starts.get),
    )
    found = before.move(first, 8 * TICK)
    assert last not in found.plan.starts
    assert set(found.edit.moves["change"]) == {"dropped", "moved"}
    assert list(found.edit.moves.index) == [last, first]
    assert certified(found)
    assert found.move(first, 8 * TICK, others="replan").objective == 12


def test_a_forbidden_span_is_kept_and_unlocking_gives_the_value_back() -> None:
    before = line()
    found = before.forbid("a", (0, 2 * TICK)).forbid("a", (6 * TICK, 12 * TICK))
    assert found.plan.starts["a"] == 2 * TICK
    assert found.objective == 9
    locked = before.lock("a", 2 * TICK)
    free = locked.unlock("a")
    assert free.objective == 12
    assert free.edit.cost == -3
    assert certified(free)


def test_an_experiment_is_locked_where_it_is() -> None:
    asked = problem(activity("e.1", 2), activity("e.2", 2, precedences=["e.1"]))
    result = solve(asked, time_limit="5 s").lock("e")
    assert [entry.locked_start for entry in result.problem.activities] == list(result.plan.starts.values())
    with pytest.raises(RequestError, match="2 sessions"):
        result.lock("e", 0)


def test_locks_that_cannot_hold_together_are_named() -> None:
    result = line().lock("a", 0).lock("b", 2 * TICK)
    assert result.status == "INFEASIBLE"
    assert result.certificate.note.startswith(
        "'a' (locked: 2031-01-01T00:00:00Z to 2031-01-01T00:40:00Z) and 'b' ("
    )
    assert "need 2 of 'robot' but there is 1" in result.edit.summary
    assert certified(result)


def test_a_lock_outside_the_windows_says_where_it_could_be() -> None:
    with pytest.raises(RequestError, match=r"nearest start that its windows allow is 2031-01-01 01:20[^(]*$"):
        line().lock("a", 11 * TICK)
    with pytest.raises(RequestError, match="not in the plan"):
        line().lock("a", 2 * TICK).lock("c")
    with pytest.raises(RequestError, match=r"from 2031-01-02 \S+ to 2031-01-01 \S+ .*is empty or reversed"):
        line().forbid("a", ("2031-01-02", "2031-01-01"))
    with pytest.raises(RequestError, match="empty or reversed"):
        line().forbid("a", (5, 5))


def test_a_move_with_the_others_in_place_keeps_every_bound_that_still_holds() -> None:
    before = line()
    first = min(before.plan.starts, key=before.plan.starts.get)
    once = before.move(first, 8 * TICK)
    assert (once.status, once.bound) == ("FEASIBLE", 12.0)
    assert "with the others in place" in once.certificate.note
    assert "with the others in place" in once.edit.summary
    twice = once.move(first, 7 * TICK)  # no tighter than the one before, but than the first
    assert (twice.bound, certified(twice)) == (12.0, True)
    free = once.unlock(first, others="stay")
    assert free.bound == 12.0


def test_a_lock_of_the_problem_that_is_moved_is_bounded_by_what_all_are_worth() -> None:
    asked = problem(
        activity("a", 4, value=5, locked_start=0, **ROBOT),
        activity("b", 10, value=4, **ROBOT),
        resources=(renewable(),),
    )
    found = solve(asked, time_limit="5 s").move("a", 8 * TICK)
    assert (found.objective, found.bound) == (5.0, 9.0)
    assert certified(found)


def test_what_the_others_in_place_make_impossible_is_proved() -> None:
    asked = problem(
        activity("a", 4, optional=False, **ROBOT), activity("b", 4, **ROBOT), resources=(renewable(),)
    )
    made = solve(asked, time_limit="5 s")
    found = made.move("b", made.plan.starts["a"])
    assert (found.status, found.bound, found.certificate.stopped) == ("INFEASIBLE", None, "proof")
    assert found.certificate.note == (
        "not possible with the others in place (proved); let them be planned anew"
    )
    assert certified(found)
    assert made.move("b", made.plan.starts["a"], others="replan").objective == 2


def test_a_bound_does_not_outlive_other_resources() -> None:
    before = line()
    more = before.problem.replace(resources=({"kind": "renewable", "id": "robot", "capacity": 2},))
    assert before.edited(more, "a second robot", others="stay").bound == 12
    tight = line().problem.replace(horizon_s=8 * TICK)
    made = solve(tight, time_limit="5 s")
    twice = tight.replace(resources=({"kind": "renewable", "id": "robot", "capacity": 2},))
    assert (made.objective, made.edited(twice, "a second robot").objective) == (9, 12)
