"""Starts at which one more activity keeps a buffer above its limits, exact to the second and without trying them.

The room at any moment is the least of a few lines: that which follows from the epoch, and for every earlier moment that
which follows from a full buffer then. Let C be the inflow summed from the epoch less what the plan uses, and within a
phase of the activity G = C - rate t. From the begin b of a phase to a moment s within it a line changes by G(s) - G(b),
and the buffer may have been full at any moment u between: size + G(s) - G(u). After the last phase, which ends at e,
each line must last: line >= C(e) - C(s) for all later s. Between two cuts of the start (events, less the edges of the
phases) every one of these is a straight line in the start, so the good starts between two cuts are one span.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ilrs_science.planning.model.buffers import Ints
from ilrs_science.planning.model.level import Level

__all__ = ["Line", "Spans", "extremes", "good_starts", "held", "joined", "pieces"]

Spans = list[tuple[int, int]]

#: Stands for no limit; sums of three stay within 64 bits.
HUGE = 2**61


class Line(NamedTuple):
    """Something that depends on the start, piece by piece."""

    value: Ints
    """At the first start of each piece."""
    slope: Ints
    """More for each second after it."""

    def plus(self, other: Line) -> Line:
        """The sum of both."""
        return Line(self.value + other.value, self.slope + other.slope)

    def less(self, other: Line) -> Line:
        """What the other leaves of it."""
        return Line(self.value - other.value, self.slope - other.slope)


def good_starts(
    level: Level,
    use: Sequence[tuple[int, int, int]],
    spans: Sequence[tuple[int, int]],
    *,
    at_end: bool = False,
) -> Spans:
    """Starts at which an activity leaves a buffer within its limits.

    Parameters
    ----------
    level : Level
        Room of the buffer without the activity.
    use : sequence of (int, int, int)
        Begin [s], end [s] after the start and rate of each phase of the activity, in order and disjoint.
    spans : sequence of (int, int)
        First and last start of each span that is asked about. [s]
    at_end : bool
        Ask for what must be left at the horizon, in place of room at every moment.

    Returns
    -------
    list of (int, int)
        First and last start of each good span, in order and disjoint. [s]
    """
    if not use or not spans:
        return list(spans)
    phases = _phases(use)
    edges = [phases[0][0], *(end for _, end, _ in phases)]
    cuts = np.unique(np.concatenate([level.times - edge for edge in edges]))
    first, last = pieces(cuts, spans)
    return held(_Search(level, first).lines(phases, at_end=at_end), first, last)


def held(lines: Sequence[Line], first: Ints, last: Ints) -> Spans:
    """Starts at which no line is negative.

    Parameters
    ----------
    lines : sequence of Line
        Straight between the first and the last start of each piece.
    first, last : (piece,)
        Both allowed. [s]

    Returns
    -------
    list of (int, int)
        First and last start of each good span, in order and disjoint. [s]
    """
    values, slopes = (np.stack([line[part] for line in lines]) for part in (0, 1))
    rising, falling = slopes > 0, slopes < 0
    low = np.where(rising, -(values // np.where(rising, slopes, 1)), 0).max(axis=0, initial=0)
    high = np.where(falling, values // np.where(falling, -slopes, 1), HUGE).min(axis=0)
    dead = ((slopes == 0) & (values < 0)).any(axis=0)
    begin, end = first + low, np.minimum(last, first + high)
    good = ~dead & (begin <= end)
    return joined(list(zip(begin[good].tolist(), end[good].tolist(), strict=True)))


def _phases(use: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The phases in order, with nothing used in the gaps between them."""
    found: list[tuple[int, int, int]] = []
    for begin, end, rate in sorted(use):
        if found and found[-1][1] < begin:
            found.append((found[-1][1], begin, 0))
        found.append((begin, end, rate))
    return found


class _Search:
    """Lines that must not be negative for a start to be good, piece by piece."""

    def __init__(self, level: Level, first: Ints) -> None:
        self.level, self.first = level, first
        self.zero, self.size = np.zeros_like(first), np.full_like(first, level.size)
        self.full = Line(self.size, self.zero)

    def lines(self, phases: Sequence[tuple[int, int, int]], *, at_end: bool) -> list[Line]:
        """Every line that must not be negative; the last phase ends last."""
        level, begin = self.level, phases[0][0]
        here = self._segment(begin)
        since = Line(self.first + begin - level.times[here], self.zero + 1)
        rooms = [Line(level.room[here] + level.rates[here] * since.value, level.rates[here]), self.full]
        must = [rooms[0], Line(np.minimum.accumulate(level.room)[here], self.zero)]
        for begin, end, rate in phases:
            inside, rooms = self._phase(rooms, begin, end, rate)
            must += inside
        end = phases[-1][1]
        there = self._segment(end)
        reached = self._along(level.summed, level.rates, there, end)
        left = level.summed[-1] - level.final if at_end else _suffix(np.minimum, level.summed)[there + 1]
        lasting = [room.less(reached).plus(Line(left + self.zero, self.zero)) for room in rooms]
        if at_end:
            highest = _suffix(np.maximum, level.summed)[there + 1]
            return [*lasting, Line(self.size + left - highest, self.zero)]
        return [*must, *lasting, Line(self.size - _drops(level.summed)[there + 1], self.zero)]

    def _phase(self, rooms: list[Line], begin: int, end: int, rate: int) -> tuple[list[Line], list[Line]]:
        """Lines of one phase that must not be negative, and the rooms at its end."""
        level = self.level
        here, there = self._segment(begin), self._segment(end)
        series, rates = level.summed - rate * level.times, level.rates - rate
        at_begin, at_end = (
            self._along(series, rates, index, edge) for index, edge in ((here, begin), (there, end))
        )
        least, most, drop = extremes(series, here + 1, there)
        inside = here + 1 <= there
        must = [Line(np.where(inside, self.size - drop, HUGE), self.zero)]
        after = []
        for room in rooms:
            base = room.less(at_begin)
            must.append(Line(np.where(inside, base.value + least, HUGE), np.where(inside, base.slope, 0)))
            after.append(base.plus(at_end))
        was_full = at_end.plus(Line(self.size - np.where(inside, most, at_begin.value), self.zero))
        slope = was_full.slope - np.where(inside, 0, at_begin.slope)
        after.append(Line(was_full.value, slope))
        return must + after, [*after, self.full]

    def _segment(self, edge: int) -> Ints:
        """Number of the event before an edge of the activity, for the first start of each piece."""
        found = np.searchsorted(self.level.times, self.first + edge, "right") - 1
        return np.asarray(found.clip(0, len(self.level.rates) - 1), dtype=np.int64)

    def _along(self, series: Ints, rates: Ints, index: Ints, edge: int) -> Line:
        """A series at an edge of the activity."""
        return Line(
            series[index] + rates[index] * (self.first + edge - self.level.times[index]), rates[index]
        )


def _suffix(ufunc: np.ufunc, series: Ints) -> Ints:
    """Least or most of a series from each place on."""
    return np.asarray(ufunc.accumulate(series[::-1])[::-1], dtype=np.int64)


def _drops(series: Ints) -> Ints:
    """Deepest drop of a series from each place on."""
    return _suffix(np.maximum, series - _suffix(np.minimum, series))


def pieces(cuts: Ints, spans: Sequence[tuple[int, int]]) -> tuple[Ints, Ints]:
    """First and last start of each piece of the spans between two cuts. [s]"""
    firsts, lasts = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for first, last in spans:
        inner = cuts[np.searchsorted(cuts, first, "right") : np.searchsorted(cuts, last, "left")]
        edges = np.concatenate([[first], inner, [last]])
        firsts.append(edges[:-1])
        lasts.append(edges[1:])
    return np.concatenate(firsts).astype(np.int64), np.concatenate(lasts).astype(np.int64)


def extremes(series: Ints, first: Ints, last: Ints) -> tuple[Ints, Ints, Ints]:
    """Least, most and deepest drop of a series over each range of indices, by blocks of powers of two."""
    blocks = [(series, series, np.zeros_like(series))]
    while 2 ** len(blocks) <= len(series):
        half = 2 ** (len(blocks) - 1)
        low, high, drop = blocks[-1]
        blocks.append(
            _join((low[:-half], high[:-half], drop[:-half]), (low[half:], high[half:], drop[half:]))
        )
    least, most, deepest = np.full_like(first, HUGE), np.full_like(first, -HUGE), np.zeros_like(first)
    position = first.copy()
    for power in range(len(blocks) - 1, -1, -1):
        taken = position + 2**power - 1 <= last
        index = np.where(taken, position, 0).clip(0, len(blocks[power][0]) - 1)
        low, high, drop = (part[index] for part in blocks[power])
        joined = _join((least, most, deepest), (low, high, drop))
        least, most, deepest = (
            np.where(taken, new, old) for new, old in zip(joined, (least, most, deepest), strict=True)
        )
        position = np.where(taken, position + 2**power, position)
    return least, most, deepest


def _join(left: tuple[Ints, Ints, Ints], right: tuple[Ints, Ints, Ints]) -> tuple[Ints, Ints, Ints]:
    drop = np.maximum(np.maximum(left[2], right[2]), left[1] - right[0])
    return np.minimum(left[0], right[0]), np.maximum(left[1], right[1]), drop


def joined(spans: Spans) -> Spans:
    """Spans in order, those that touch as one."""
    found: Spans = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found
