"""Starts at which one more activity keeps a buffer above zero, exact to the second and without trying them.

Let C be the inflow summed from the epoch less what the plan uses, X the room under the plan, and G = C - rate t. With
the activity from t to e = t + duration the room at s is the least of X(t) + G(s) - G(t) and of size + G(s) - G(u) over
every u from t to s; after e the room must last: X'(e) >= C(e) - min C. Between two cuts of t (events, and events less
the duration) each of these is the least of a few straight lines, so the good starts of each piece are one span.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial

import numpy as np

from ilrs_science.planning.model.buffers import Buffer, Ints

__all__ = ["Level", "Spans", "level_of"]

Spans = list[tuple[int, int]]

#: Stands for no limit; sums of two stay within 64 bits.
HUGE = 2**61


@dataclass(frozen=True)
class Level:
    """Room of a buffer under a plan; straight lines between the times, saturating at the size."""

    size: int
    """Room when nothing is used. [mJ] or [bit]"""
    times: Ints
    """Events from 0 to the horizon. [s]"""
    rates: Ints
    """Net inflow from each event to the next."""
    summed: Ints
    """Net inflow from the epoch to each event, without saturation."""
    room: Ints
    """Room at each event."""
    final: int = 0
    """Room that must be left at the horizon."""

    @cached_property
    def spare(self) -> Ints:
        """Room above what must be left at each event."""
        return np.append(self.room[:-1], self.room[-1] - self.final)

    @cached_property
    def _least_after(self) -> Ints:
        last = np.append(self.summed[:-1], self.summed[-1] - self.final)
        return np.minimum.accumulate(last[::-1])[::-1]

    def good_starts_of(self, use: Sequence[tuple[int, int, int]], spans: Sequence[tuple[int, int]]) -> Spans:
        """Starts at which an activity that uses several rates leaves no moment without room.

        Between two cuts the least room is the least of straight lines in the start, so that the good starts of each
        piece are one span around the best of them.

        Parameters
        ----------
        use : sequence of (int, int, int)
            Begin [s], end [s] after the start and rate of each phase, in order.
        spans : sequence of (int, int)
            First and last start of each span that is asked about. [s]

        Returns
        -------
        list of (int, int)
            First and last start of each good span, in order and disjoint. [s]
        """
        if len(use) == 1:
            begin, end, rate = use[0]
            shifted = [(first + begin, last + begin) for first, last in spans]
            return [(low - begin, high - begin) for low, high in self.good_starts(rate, end - begin, shifted)]
        cuts = np.unique(
            np.concatenate([self.times - edge for begin, end, _ in use for edge in (begin, end)])
        )
        found: Spans = []
        for first, last in zip(*(part.tolist() for part in _pieces(cuts, spans)), strict=True):
            margin = cache(partial(self._margin, tuple(use)))
            best = _summit(margin, first, last)
            if margin(best) >= 0:
                low = bisect_left(range(first, best), True, key=lambda at: margin(at) >= 0)
                high = bisect_left(range(best + 1, last + 1), True, key=lambda at: margin(at) < 0)
                found.append((first + low, best + high))
        return _joined(found)

    def _margin(self, use: tuple[tuple[int, int, int], ...], start: int) -> int:
        """Least room above what must be left if an activity starts then."""
        return int(self.with_uses(use, start).spare.min())

    def with_uses(self, use: Sequence[tuple[int, int, int]], start: int) -> Level:
        """Room if several rates are used after a start as well."""
        level = self
        for begin, end, rate in use:
            level = level.with_use(rate, start + begin, start + end)
        return level

    def good_starts(self, rate: int, duration_s: int, spans: Sequence[tuple[int, int]]) -> Spans:
        """Starts at which an activity that uses a rate leaves no moment without room.

        Parameters
        ----------
        rate : int
            What it uses. [mW] or [bit/s]
        duration_s : int
            For how long. [s]
        spans : sequence of (int, int)
            First and last start of each span that is asked about. [s]

        Returns
        -------
        list of (int, int)
            First and last start of each good span, in order and disjoint. [s]
        """
        if not rate or not duration_s:
            return list(spans)
        first, last = _pieces(np.union1d(self.times, self.times - duration_s), spans)
        values, slopes = self._lines(rate, duration_s, first)
        rising, falling = slopes > 0, slopes < 0
        low = np.where(rising, -(values // np.where(rising, slopes, 1)), 0).max(axis=0, initial=0)
        high = np.where(falling, values // np.where(falling, -slopes, 1), HUGE).min(axis=0)
        dead = ((slopes == 0) & (values < 0)).any(axis=0)
        begin, end = first + low, np.minimum(last, first + high)
        good = ~dead & (begin <= end)
        return _joined(list(zip(begin[good].tolist(), end[good].tolist(), strict=True)))

    def with_use(self, rate: int, start: int, end: int) -> Level:
        """Room if a rate is used from a start to an end as well."""
        times = np.union1d(self.times, [start, end])
        net = self.rates[np.searchsorted(self.times, times[:-1], "right") - 1]
        net = net - rate * ((times[:-1] >= start) & (times[:-1] < end))
        return _level(self.size, int(self.room[0]), times, net, self.final)

    def _lines(self, rate: int, duration_s: int, first: Ints) -> tuple[Ints, Ints]:
        """Margins at the first start of each piece, and their slopes; a start is good where none is negative."""
        final = len(self.rates) - 1
        here = np.minimum(np.searchsorted(self.times, first, "right") - 1, final)
        there = np.minimum(np.searchsorted(self.times, first + duration_s, "right") - 1, final)
        falling = self.summed - rate * self.times
        in_rate, out_rate = self.rates[here], self.rates[there]
        at_start = falling[here] + (in_rate - rate) * (first - self.times[here])
        at_end = falling[there] + (out_rate - rate) * (first + duration_s - self.times[there])
        lasting = self._least_after[there + 1] - rate * (first + duration_s)
        unsaturated = self.room[here] + in_rate * (first - self.times[here])
        least, most, drop = _extremes(falling, here + 1, there)
        zero, size = np.zeros_like(first), np.full_like(first, self.size)
        inside = here + 1 <= there
        lines = [(np.where(inside, size - drop, HUGE), zero)]
        for begin, slope in ((unsaturated, in_rate), (size, zero)):
            used = slope - (in_rate - rate)
            lines.append((np.where(inside, begin - at_start + least, HUGE), np.where(inside, used, 0)))
            lines.append((begin - at_start + at_end, used + out_rate - rate))
            lines.append((begin - at_start + lasting, used - rate))
        lines.append((np.where(inside, size + at_end - most, HUGE), np.where(inside, out_rate - rate, 0)))
        lines.append((np.where(inside, size + lasting - most, HUGE), np.where(inside, -rate, 0)))
        return np.stack([line[0] for line in lines]), np.stack([line[1] for line in lines])


def level_of(buffer: Buffer, placed: Sequence[tuple[int, int, int]], horizon_s: int) -> Level:
    """Room of a buffer under a plan.

    Parameters
    ----------
    buffer : Buffer
        The buffer.
    placed : sequence of (int, int, int)
        Start [s], end [s] and rate of each activity that uses it.
    horizon_s : int
        End of the problem. [s]

    Returns
    -------
    Level
        At every event.
    """
    starts, ends, rates = np.array(placed, dtype=np.int64).reshape(-1, 3).T
    times = np.unique(np.concatenate([buffer.times, starts, ends, [0, horizon_s]]))
    change = np.zeros(len(times), dtype=np.int64)
    np.add.at(change, np.searchsorted(times, starts), rates)
    np.subtract.at(change, np.searchsorted(times, ends), rates)
    inflow = buffer.inflow[np.searchsorted(buffer.times, times[:-1], "right") - 1]
    net = inflow - np.cumsum(change)[:-1]
    return _level(buffer.size, buffer.initial, times, net, buffer.final)


def _summit(margin: Callable[[int], int], first: int, last: int) -> int:
    """Where a margin that rises and then falls is largest."""
    while last - first > 2:
        third = (last - first) // 3
        left, right = first + third, last - third
        if margin(left) < margin(right):
            first = left + 1
        else:
            last = right
    return max(range(first, last + 1), key=margin)


def _level(size: int, initial: int, times: Ints, net: Ints, final: int) -> Level:
    summed = np.concatenate([[0], np.cumsum(net * np.diff(times))])
    free = summed + initial
    lost = (np.maximum.accumulate(free) - size).clip(0)
    return Level(size, times, net, summed, free - lost, final)


def _pieces(cuts: Ints, spans: Sequence[tuple[int, int]]) -> tuple[Ints, Ints]:
    """First and last start of each piece of the spans between two cuts."""
    firsts, lasts = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for first, last in spans:
        inner = cuts[np.searchsorted(cuts, first, "right") : np.searchsorted(cuts, last, "left")]
        edges = np.concatenate([[first], inner, [last]])
        firsts.append(edges[:-1])
        lasts.append(edges[1:])
    return np.concatenate(firsts).astype(np.int64), np.concatenate(lasts).astype(np.int64)


def _extremes(series: Ints, first: Ints, last: Ints) -> tuple[Ints, Ints, Ints]:
    """Least, most and deepest drop of a series over each range of indices, by blocks of powers of two."""
    blocks = [(series, series, np.zeros_like(series))]
    while 2 ** len(blocks) <= len(series):
        half = 2 ** (len(blocks) - 1)
        low, high, drop = blocks[-1]
        blocks.append(
            _join((low[:-half], high[:-half], drop[:-half]), (low[half:], high[half:], drop[half:]))
        )
    found = (np.full_like(first, HUGE), np.full_like(first, -HUGE), np.zeros_like(first))
    position = first.copy()
    for power in range(len(blocks) - 1, -1, -1):
        taken = position + 2**power - 1 <= last
        index = np.where(taken, position, 0)
        block = tuple(part[index] for part in blocks[power])
        joined = _join(found, (block[0], block[1], block[2]))
        found = tuple(np.where(taken, new, old) for new, old in zip(joined, found, strict=True))  # type: ignore[assignment]
        position = np.where(taken, position + 2**power, position)
    return found


def _join(left: tuple[Ints, Ints, Ints], right: tuple[Ints, Ints, Ints]) -> tuple[Ints, Ints, Ints]:
    drop = np.maximum(np.maximum(left[2], right[2]), left[1] - right[0])
    return np.minimum(left[0], right[0]), np.maximum(left[1], right[1]), drop


def _joined(spans: Spans) -> Spans:
    """Spans in order, those that touch as one."""
    found: Spans = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found
