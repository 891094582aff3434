"""Placing in compiled code agrees with the checker, and removing undoes it exactly."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from ilrs_science.planning.judge.check import Rule, check
from ilrs_science.planning.judge.hopeless import hopeless
from ilrs_science.planning.packing.facts import facts
from ilrs_science.planning.packing.placing import place, remove
from ilrs_science.planning.packing.rounds import fill
from ilrs_science.planning.packing.state import as_array, as_starts, empty_state
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from tests.planning.problems import (
    TICK,
    activity,
    battery,
    known_whole,
    link,
    problem,
    renewable,
    rich_problems,
    small_problems,
    storage,
)

EITHER = st.one_of(small_problems(), rich_problems())


@given(EITHER)
def test_what_is_filled_breaks_no_rule_but_a_duty(asked: Problem) -> None:
    assume(known_whole(asked) and not hopeless(asked))
    known = facts(asked)
    state = empty_state(asked, known)
    fill(known, state, np.arange(len(asked.activities)), len(asked.activities))
    plan = Plan.of(asked, as_starts(asked, state.start))
    assert [fault for fault in check(asked, plan) if fault.rule is not Rule.MANDATORY] == []


@given(EITHER, st.data())
def test_removing_undoes_placing_exactly(asked: Problem, data: st.DataObject) -> None:
    known = facts(asked)
    state = empty_state(asked, known)
    before = [array.copy() for array in state]
    placed = []
    for number, entry in enumerate(asked.activities):
        for first, last in entry.starts(asked.horizon_s)[:1]:
            placed.append(number)
            place(known, state, number, data.draw(st.integers(first, last)))
    for number in data.draw(st.permutations(placed)):
        remove(known, state, number)
    rows = [len(state.pieces), len(state.events)]
    assert state.start.tolist() == before[0].tolist()
    assert state.sums.tolist() == before[-1].tolist()
    assert state.pieces.tolist() == before[3].tolist()
    for row in range(rows[0]):
        many = state.pieces[row]
        assert state.free[row, :many].tolist() == before[2][row, :many].tolist()
    for row in range(rows[1]):
        many = state.events[row]
        assert state.spare[row, 0] == before[7][row, 0]
        assert state.level[row, many - 1] == before[6][row, before[8][row] - 1]


def test_levels_are_those_of_the_battery() -> None:
    # 10 Wh at most, 5 at first; 6 W for one tick is 1 Wh. 2 Wh a tick go over ticks 1 and 2; 1 Wh a tick comes in.
    asked = problem(activity("a", 2, energy_W=12), resources=(battery(10, 5, generation=[(0, 6.0)]),))
    known = facts(asked)
    state = empty_state(asked, known)
    place(known, state, 0, TICK)
    many = state.events[0]
    assert state.moments[0, :many].tolist() == [0, TICK, 3 * TICK, 12 * TICK]
    assert (state.level[0, :many] / 3_600_000).tolist() == [5, 6, 4, 10]


def test_the_earliest_start_waits_for_room_in_the_storage() -> None:
    # Two recordings of 600 Mbit; 600 Mbit fit, and a pass over ticks 4 and 5 takes 600 Mbit away.
    entries = [activity(name, 1, data_Mbit_s=1) for name in "ab"]
    asked = problem(*entries, resources=(storage(600), link((4, 6, 0.5))))
    known = facts(asked)
    state = empty_state(asked, known)
    assert fill(known, state, np.array([0, 1]), 2) == 2
    starts = as_starts(asked, state.start)
    assert starts["a"] == 0
    assert 4 * TICK < starts["b"] <= 6 * TICK
    assert as_array(asked, starts).tolist() == state.start.tolist()


def test_a_robot_is_held_from_warm_up_to_cool_down() -> None:
    warm = {"warm_up_s": TICK, "cool_down_s": TICK, "demands": {"robot": 1}}
    asked = problem(activity("a", 2, **warm), activity("b", 2, **warm), resources=(renewable(),))
    known = facts(asked)
    state = empty_state(asked, known)
    fill(known, state, np.array([0, 1]), 2)
    assert as_starts(asked, state.start) == {"a": TICK, "b": 5 * TICK}
