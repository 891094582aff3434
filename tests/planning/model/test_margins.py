"""Good starts are what trying every second finds, for any level and any phases."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ilrs_science.planning.model.buffers import Buffer
from ilrs_science.planning.model.level import Level, level_of
from ilrs_science.planning.model.margins import good_starts

HORIZON = 60


@st.composite
def levels(draw: st.DrawFn) -> Level:
    """A buffer over a minute, with a few inflows and something that already uses it; it may break by itself."""
    size = draw(st.integers(0, 40))
    times = sorted({0, *draw(st.lists(st.integers(1, HORIZON - 1), max_size=4))})
    inflow = draw(st.lists(st.integers(-3, 4), min_size=len(times), max_size=len(times)))
    initial, final = draw(st.integers(0, size)), draw(st.integers(0, size))
    placed = draw(
        st.lists(st.tuples(st.integers(0, 30), st.integers(31, HORIZON), st.integers(-2, 2)), max_size=2)
    )
    buffer = Buffer("battery", size, initial, np.array(times), np.array(inflow), {}, final)
    return level_of(buffer, placed, HORIZON)


phases = st.lists(st.tuples(st.integers(1, 6), st.integers(0, 3), st.integers(-3, 5)), min_size=1, max_size=3).map(
    lambda parts: [
        (sum(length + gap for length, gap, _ in parts[:number]) - 4,
         sum(length + gap for length, gap, _ in parts[:number]) - 4 + parts[number][0], parts[number][2])
        for number in range(len(parts))
    ]
)  # fmt: skip


def tried(level: Level, use: list[tuple[int, int, int]], start: int, *, at_end: bool) -> bool:
    """Whether a start is good, second by second."""
    room, lowest = int(level.room[0]), int(level.room[0])
    for second in range(HORIZON):
        segment = int(np.searchsorted(level.times, second, "right")) - 1
        drawn = sum(rate for begin, end, rate in use if start + begin <= second < start + end)
        room = min(level.size, room + int(level.rates[segment]) - drawn)
        lowest = min(lowest, room)
    return room >= level.final if at_end else lowest >= 0


@settings(max_examples=300, deadline=None)
@given(levels(), phases, st.booleans())
def test_good_starts_are_those_that_hold_second_by_second(
    level: Level, use: list[tuple[int, int, int]], at_end: bool
) -> None:
    spans = [(4, 20), (25, 60 - max(end for _, end, _ in use))]
    spans = [span for span in spans if span[0] <= span[1]]
    found = good_starts(level, use, spans, at_end=at_end)
    good = {start for first, last in found for start in range(first, last + 1)}
    asked = {start for first, last in spans for start in range(first, last + 1)}
    assert good == {start for start in asked if tried(level, use, start, at_end=at_end)}


def test_nothing_used_or_nothing_asked_is_no_question() -> None:
    level = level_of(Buffer("battery", 5, 5, np.array([0]), np.array([0]), {}), [], HORIZON)
    assert good_starts(level, [], [(3, 9)]) == [(3, 9)]
    assert good_starts(level, [(0, 2, 1)], []) == []
