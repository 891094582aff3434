"""Lengths and pieces of an activity: what they are, and that the best plan with them is that of brute force."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilrs_science.errors import RequestError
from ilrs_science.planning.judge.check import Rule, check
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.expand import lengths, pieces
from ilrs_science.planning.problem.parts import Activity
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.solve import solve
from tests.planning.problems import TICK, activity, brute_force, problem, renewable


def one(name: str = "a", ticks: int = 4, **fields: Any) -> Activity:
    return Activity(**activity(name, ticks, **fields))


def asked(*entries: Activity, ticks: int = 12) -> Problem:
    return problem(
        *(entry.model_dump() for entry in entries), resources=(renewable(),), horizon_s=ticks * TICK
    )


def test_lengths_are_one_choice_from_the_longest_down() -> None:
    found = lengths(Activity(id="a.1", duration_s=24 * 3600, value=6, data_Mbit_s=0.5), 5 * 3600, 9 * 3600)
    assert [entry.id for entry in found] == ["a.1@24h", "a.1@15h", "a.1@6h", "a.1@5h"]
    assert {entry.choice for entry in found} == {"a.1"}
    assert [entry.value for entry in found] == [6.0, 3.75, 1.5, 1.25]
    assert {entry.data_Mbit_s for entry in found} == {0.5}
    assert [entry.id for entry in lengths(Activity(id="b", duration_s=5400), 601, 3000)] == [
        "b@90min", "b@40min", "b@601s",
    ]  # fmt: skip


def test_a_choice_to_which_it_belongs_stays_its_choice() -> None:
    assert {entry.choice for entry in lengths(one(choice="a.1"), TICK, TICK)} == {"a.1"}


def test_pieces_are_a_chain_of_equal_parts_that_add_up() -> None:
    found = pieces(Activity(id="a.1", name="A", duration_s=1000, value=1, precedences=["b"], choice="c"), 300)
    assert [entry.id for entry in found] == ["a.1#1", "a.1#2", "a.1#3"]
    assert [entry.duration_s for entry in found] == [333, 333, 334]
    assert sum(entry.worth for entry in found) == 1000
    assert [[before.after for before in entry.precedences] for entry in found] == [
        ["b"],
        ["a.1#1"],
        ["a.1#2"],
    ]
    assert [entry.needs for entry in found] == [("a.1#2",), ("a.1#3",), ()]
    assert [entry.choice for entry in found] == ["", "", "c"]
    assert found[1].name == "A, part 2 of 3"


def test_parts_that_count_need_no_next_one() -> None:
    found = pieces(one(choice="c"), TICK, partial=True)
    assert {entry.needs for entry in found} == {()}
    assert [entry.choice for entry in found] == ["c", "", "", ""]


def test_what_has_one_length_or_one_piece_stays_as_it_is() -> None:
    whole = one()
    assert lengths(whole, whole.duration_s, 60) == (whole,)
    assert pieces(whole, whole.duration_s // 2 + 1) == (whole,)


@pytest.mark.parametrize(("shortest", "step"), [(0, 60), (4 * TICK + 1, 60), (TICK, 0)])
def test_impossible_lengths_are_refused(shortest: int, step: int) -> None:
    with pytest.raises(RequestError, match="a: 2400 s cannot become"):
        lengths(one(), shortest, step)


def test_impossible_pieces_and_locks_are_refused() -> None:
    with pytest.raises(RequestError, match="cannot be cut into pieces of 0 s"):
        pieces(one(), 0)
    locked = one(locked_start=0)
    with pytest.raises(RequestError, match="a is locked and has several pieces"):
        pieces(locked, TICK)
    with pytest.raises(RequestError, match="a is locked and has several lengths"):
        lengths(locked, TICK, TICK)


def test_windows_that_are_too_short_are_left_to_the_shorter_ones() -> None:
    found = lengths(one(windows=[(0, TICK), (2 * TICK, 4 * TICK)]), TICK, TICK)
    assert [len(entry.windows or ()) for entry in found] == [0, 0, 1, 2]
    assert [entry.windows for entry in pieces(one(windows=[(0, TICK), (2 * TICK, 4 * TICK)]), 2 * TICK)] == [
        ((2 * TICK, 4 * TICK),), ((2 * TICK, 4 * TICK),),
    ]  # fmt: skip


@st.composite
def busy_robots(draw: st.DrawFn) -> tuple[Activity, Activity, int]:
    """Something of two to four ticks in one or two windows of seven ticks, and a rival for the robot."""
    spans = draw(st.lists(st.tuples(st.integers(0, 6), st.integers(1, 4)), min_size=1, max_size=2))
    ends = [(start * TICK, min(7, start + ticks) * TICK) for start, ticks in spans]
    entry = one(ticks=draw(st.integers(2, 4)), windows=ends, value=12, demands={"robot": 1})
    rival = one("b", draw(st.integers(1, 3)), value=draw(st.integers(1, 12)), demands={"robot": 1})
    return entry, rival, draw(st.integers(1, 2))


def room(entry: Activity, free: list[bool], ticks: int) -> list[int]:
    """Ticks at which so many ticks of an entry can start."""
    return [
        first
        for first in range(len(free) - ticks + 1)
        if all(free[first : first + ticks])
        and any(s <= first * TICK and (first + ticks) * TICK <= e for s, e in entry.spans(0))
    ]


def by_hand(entry: Activity, rival: Activity, options: list[list[int]], gains: list[float]) -> float:
    """Best value of the rival at any tick or never, and any option as parts in order that the robot is free for."""
    best = 0.0
    slots = 7 - rival.duration_s // TICK + 1
    for at in [None, *range(slots)]:
        taken = range(0) if at is None else range(at, at + rival.duration_s // TICK)
        free = [tick not in taken for tick in range(7)]
        worth = [0.0]
        for parts, gain in zip(options, gains, strict=True):
            now: int | None = 0
            for ticks in parts:  # the earliest start of each part leaves most to the next
                starts = [first for first in room(entry, free, ticks) if now is not None and first >= now]
                now = min(starts) + ticks if starts else None
            worth += [gain] if now is not None else []
        best = max(best, max(worth) + (0 if at is None else rival.value))
    return best


@given(busy_robots())
@settings(max_examples=40)
def test_the_best_of_several_lengths_is_that_of_trying_all(case: tuple[Activity, Activity, int]) -> None:
    entry, rival, step = case
    whole = entry.duration_s // TICK
    every = [*range(whole, 1, -step), 1]
    known = by_hand(entry, rival, [[ticks] for ticks in every], [12 * ticks / whole for ticks in every])
    wanted = asked(*lengths(entry, TICK, step * TICK), rival, ticks=7)
    result = solve(wanted, time_limit="10 s", workers=1)
    assert (result.status, result.checked) == ("OPTIMAL", True)
    assert result.objective == pytest.approx(known)
    assert brute_force(wanted) == pytest.approx(known)


@pytest.mark.parametrize("partial", [False, True])
@given(case=busy_robots())
@settings(max_examples=25)
def test_the_best_of_pieces_is_that_of_trying_all(
    partial: bool, case: tuple[Activity, Activity, int]
) -> None:
    entry, rival, _ = case
    whole = entry.duration_s // TICK
    counts = range(1, whole + 1) if partial else [whole]
    known = by_hand(entry, rival, [[1] * count for count in counts], [12 * count / whole for count in counts])
    wanted = asked(*pieces(entry, TICK, partial=partial), rival, ticks=7)
    result = solve(wanted, time_limit="10 s", workers=1)
    assert (result.status, result.checked) == ("OPTIMAL", True)
    assert result.objective == pytest.approx(known)


def test_all_or_none_is_what_the_checker_asks() -> None:
    parts = pieces(one(ticks=3), TICK)
    wanted = asked(*parts)
    starts = {entry.id: number * 2 * TICK for number, entry in enumerate(parts)}
    assert check(wanted, Plan.of(wanted, starts)) == []
    del starts["a#3"]
    assert [fault.rule for fault in check(wanted, Plan.of(wanted, starts))] == [Rule.NEED]
    loose = asked(*pieces(one(ticks=3), TICK, partial=True))
    assert check(loose, Plan.of(loose, starts)) == []
