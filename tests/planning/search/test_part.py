"""A part is a relaxation of the whole, and holds what stands in the way of its target."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.search.part import close_ones, part, separable
from ilrs_science.planning.search.trivial import earliest_starts
from tests.planning.problems import (
    TICK,
    activity,
    battery,
    brute_force,
    link,
    problem,
    renewable,
    rich_problems,
    small_problems,
    storage,
)


@given(st.one_of(small_problems(), rich_problems()), st.data())
def test_the_best_of_two_parts_is_no_less_than_the_best_of_the_whole(
    asked: Problem, data: st.DataObject
) -> None:
    early = earliest_starts(asked)
    best = brute_force(asked)
    assume(separable(asked) and best is not None)
    one: set[str] = set()
    for entry in asked.activities:
        if entry.id in early and data.draw(st.booleans()):
            one |= set(asked.members[entry.choice or entry.id]) & early.keys()
    halves = [brute_force(part(asked, names, early)) for names in (one, early.keys() - one)]
    assert None not in halves
    assert sum(half or 0 for half in halves) >= (best or 0) - 1e-9


def test_a_part_keeps_what_holds_between_those_that_stay() -> None:
    asked = problem(
        activity("a", 2, windows=[(2 * TICK, 12 * TICK)]),
        activity("b", precedences=["a"], exclusions=["c", "d"], needs=["c"]),
        activity("c"),
        activity("d"),
    )
    early = earliest_starts(asked)
    small = part(asked, {"b", "c"}, early)
    assert list(small.by_id) == ["b", "c"]
    follower = small.by_id["b"]
    assert (follower.precedences, follower.exclusions, follower.needs) == ((), ("c",), ("c",))
    assert follower.starts(small.horizon_s) == [
        (4 * TICK, 11 * TICK)
    ]  # it still cannot come before a has ended


def test_the_closest_run_when_the_target_may_and_take_what_it_needs() -> None:
    held = {"demands": {"robot": 1}}
    asked = problem(
        activity("a", 2, windows=[(0, 4 * TICK)], precedences=["e"], **held),
        activity("b", 2, windows=[(0, 4 * TICK)], **held),
        activity("c", 2, windows=[(0, 12 * TICK)], **held),
        activity("d", 2, windows=[(0, 4 * TICK)]),
        activity("e", 0),
        resources=(renewable(),),
    )
    assert close_ones(asked, asked.by_id["a"], asked.by_id, 3) == {"a", "e", "b"}
    assert close_ones(asked, asked.by_id["a"], asked.by_id, 9) == {"a", "e", "b", "c"}


def test_stores_bring_activities_close() -> None:
    recording, heating = activity("b", 1, data_Mbit_s=1), activity("c", 1, energy_W=6)
    asked = problem(
        activity("a", 1, data_Mbit_s=1),
        recording,
        heating,
        resources=(battery(), storage(), link((1, 2, 1.0))),
    )
    assert close_ones(asked, asked.by_id["a"], asked.by_id, 9) == {"a", "b"}


def test_where_others_make_room_parts_do_not_stand_alone() -> None:
    downlink = activity("b", 1, drain_Mbit_s=1)
    assert not separable(problem(activity("a", 1, data_Mbit_s=1), downlink, resources=(storage(),)))
    assert not separable(problem(activity("a", 1), objective="makespan"))
    assert separable(problem(activity("a", 1)))
