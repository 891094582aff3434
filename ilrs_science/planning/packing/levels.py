"""Levels of a buffer that saturates, kept event by event in compiled code."""

from __future__ import annotations

import numpy as np

from ilrs_science.planning.model.buffers import Ints
from ilrs_science.sky.compiled import compiled, compiled_part

__all__ = ["draw", "holds", "settle"]


@compiled
def settle(
    moments: Ints,
    rate: Ints,
    level: Ints,
    spare: Ints,
    count: int,
    first: int,
    last: int,
    size: int,
    final: int,
) -> None:
    """Levels after a first event, and spares before where they end, once rates between first and last have changed."""
    stop = count - 1
    for index in range(first, count - 1):
        after = min(size, level[index] + rate[index] * (moments[index + 1] - moments[index]))
        if index >= last and level[index + 1] == after:
            stop = index + 1
            break
        level[index + 1] = after
    if stop == count - 1:
        spare[stop] = level[stop] - final
    start = min(stop, count - 2)
    for index in range(start, -1, -1):
        lost = max(0, level[index] + rate[index] * (moments[index + 1] - moments[index]) - size)
        now = min(level[index], lost + spare[index + 1])
        if index < first and spare[index] == now:
            break
        spare[index] = now


@compiled_part
def holds(
    moments: Ints,
    rate: Ints,
    level: Ints,
    spare: Ints,
    count: int,
    size: int,
    start: int,
    begin: Ints,
    end: Ints,
    drawn: Ints,
) -> bool:
    """Whether drawing rates over phases after a start lets no level fall below zero, then or later."""
    at = start + begin[0]
    index = np.searchsorted(moments[:count], at, side="right") - 1
    now = min(size, level[index] + rate[index] * (at - moments[index]))
    left = now
    for phase in range(len(begin)):
        for until, more in ((start + begin[phase], np.int64(0)), (start + end[phase], drawn[phase])):
            while at < until:
                ahead = min(until, moments[index + 1])
                now = min(size, now + rate[index] * (ahead - at))
                left = min(size, left + (rate[index] - more) * (ahead - at))
                if left < 0:
                    return False
                at = ahead
                if at == moments[index + 1] and index < count - 2:
                    index += 1
    if at == moments[index + 1]:
        return bool(now - left <= spare[index + 1])
    lost = max(0, now + rate[index] * (moments[index + 1] - at) - size)
    return bool(now - left <= min(now, lost + spare[index + 1]))


@compiled_part
def draw(
    moments: Ints,
    rate: Ints,
    level: Ints,
    spare: Ints,
    count: int,
    start: int,
    end: int,
    drawn: int,
    size: int,
    final: int,
) -> int:
    """Draw a rate from start to end, or give it back if it is negative; the new number of events."""
    first, count = _cut(moments, rate, level, spare, count, start)
    last, count = _cut(moments, rate, level, spare, count, end)
    for index in range(first, last):
        rate[index] -= drawn
    count = _join(moments, rate, level, spare, count, last)
    count = _join(moments, rate, level, spare, count, first)
    settle(moments, rate, level, spare, count, max(0, first - 1), min(last, count - 1), size, final)
    return count


@compiled_part
def _cut(moments: Ints, rate: Ints, level: Ints, spare: Ints, count: int, at: int) -> tuple[int, int]:
    """Make `at` an event; its level is left to be settled."""
    index = int(np.searchsorted(moments[:count], at, side="left"))
    if index < count and moments[index] == at:
        return index, count
    for later in range(count, index, -1):
        moments[later] = moments[later - 1]
        rate[later] = rate[later - 1]
        level[later] = level[later - 1]
        spare[later] = spare[later - 1]
    moments[index] = at
    rate[index] = rate[index - 1]
    return index, count + 1


@compiled_part
def _join(moments: Ints, rate: Ints, level: Ints, spare: Ints, count: int, index: int) -> int:
    """Remove an event at which the rate does not change, but for the first and the last."""
    if index <= 0 or index >= count - 1 or rate[index] != rate[index - 1]:
        return count
    for later in range(index, count - 1):
        moments[later] = moments[later + 1]
        rate[later] = rate[later + 1]
        level[later] = level[later + 1]
        spare[later] = spare[later + 1]
    return count - 1
