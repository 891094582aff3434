"""The two sides of the balance enclose every true plan."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.planning.judge.check import check
from ilrs_science.planning.model.buffers import buffers
from ilrs_science.planning.model.slots import Ledger, StartSlot, first_edges, ledger, refined, start_slots
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from tests.planning.problems import TICK, activity, battery, link, problem, small_problems, storage

HOUR = 3600


def test_slots_are_cut_at_passes_and_where_the_array_starts_and_stops() -> None:
    generation = [(0, 0.0), (5 * HOUR, 10.0), (6 * HOUR, 12.0), (8 * HOUR, 0.0)]
    asked = problem(
        resources=(battery(generation=generation), storage(), link((1, 2, 1.0))), horizon_s=10 * HOUR
    )
    assert first_edges(asked) == [0, 600, 1200, 3 * HOUR, 5 * HOUR, 6 * HOUR, 8 * HOUR, 9 * HOUR, 10 * HOUR]


def test_starts_are_cut_into_slots() -> None:
    asked = problem(activity("a", windows=[(0, 2 * TICK), (3 * TICK, 9 * TICK)]))
    slots = start_slots(asked.by_id["a"], asked.horizon_s, [0, 4 * TICK, 12 * TICK])
    assert slots == [StartSlot(0, 4 * TICK - 1), StartSlot(4 * TICK, 8 * TICK)]


def test_a_start_at_the_very_end_has_a_slot() -> None:
    asked = problem(activity("a", 0, locked_start=12 * TICK))
    assert start_slots(asked.by_id["a"], asked.horizon_s, [0, 4 * TICK, 12 * TICK]) == [StartSlot(7200, 7200)]


def test_refining_cuts_at_the_moment_and_around_it_but_not_below_the_finest() -> None:
    edges = refined([0, 3 * HOUR, 6 * HOUR, 9 * HOUR], [4 * HOUR])
    assert edges == [0, HOUR * 3 // 2, 3 * HOUR, 4 * HOUR, HOUR * 9 // 2, 6 * HOUR, HOUR * 15 // 2, 9 * HOUR]
    assert refined([0, 100], [50]) == [0, 100]
    assert refined([0, 100], [50], 1) == [0, 50, 100]


@given(small_problems(), st.data())
def test_every_true_plan_satisfies_the_relaxed_balance(asked: Problem, data: st.DataObject) -> None:
    starts = {
        entry.id: start
        for entry in asked.activities
        if (start := data.draw(st.none() | st.integers(0, asked.horizon_s - entry.duration_s))) is not None
    }
    free = asked.replace(
        activities=[entry.model_copy(update={"windows": None}) for entry in asked.activities]
    )
    stores = {"battery", "storage"}
    broken = {found.rule.value for found in check(free, Plan.of(free, starts))} & stores
    edges = sorted({0, free.horizon_s, *data.draw(st.lists(st.integers(1, free.horizon_s - 1), max_size=4))})
    slots = {entry.id: start_slots(entry, free.horizon_s, edges) for entry in free.activities}
    for name, buffer in zip(("battery", "storage"), buffers(free), strict=True):
        if name not in broken:
            assert _satisfied(ledger(buffer, slots, edges, "relaxed"), slots, starts)


def _satisfied(book: Ledger, slots: dict[str, list[StartSlot]], starts: dict[str, int]) -> bool:
    level = book.start
    for gain, draws in zip(book.gains, book.draws, strict=True):
        here = [
            draw
            for draw in draws
            if draw.activity in starts and starts[draw.activity] <= slots[draw.activity][draw.start_slot].last
        ]
        most = book.size + sum(draw.open for draw in here)
        level = min(level + gain - sum(draw.drawn for draw in here), most)
        if level < 0:
            return False
    return True


def test_at_a_cut_the_restricted_balance_is_never_above_the_true_room() -> None:
    # 30 W from within [0, 2 ticks) for 2 ticks out of 10 Wh: at the cut after 2 ticks, 0 to 10 Wh may be used.
    asked = problem(activity("a", 2, windows=[(0, 4 * TICK)], energy_W=30), resources=(battery(20, 10),))
    edges = [0, 2 * TICK, 4 * TICK, 12 * TICK]
    slots = {"a": start_slots(asked.by_id["a"], asked.horizon_s, edges)}
    (buffer,) = buffers(asked)
    first = {side: ledger(buffer, slots, edges, side).draws[1][0] for side in ("relaxed", "restricted")}
    assert first["relaxed"].drawn == 30_000  # the latest start in the slot runs for one second of it
    assert first["restricted"].drawn == 10 * 3_600_000
    assert (
        first["relaxed"].open
        == first["restricted"].open
        == first["restricted"].drawn - first["relaxed"].drawn
    )


def test_astronomic_amounts_are_counted_in_coarser_steps_that_still_enclose() -> None:
    asked = problem(
        activity("a", 2, windows=[(0, 4 * TICK)], energy_W=999_999.999),
        resources=(battery(987_654_321.0, 876_543_210.0, generation=[(0, 3.301)]),),
        horizon_s=300_000_000,
    )
    edges = [0, 2 * TICK, 4 * TICK, asked.horizon_s]
    slots = {"a": start_slots(asked.by_id["a"], asked.horizon_s, edges)}
    (buffer,) = buffers(asked)
    loose, safe = (ledger(buffer, slots, edges, side) for side in ("relaxed", "restricted"))
    assert loose.size > safe.size
    assert loose.start >= safe.start
    assert sum(loose.gains) > sum(safe.gains)
