"""Amounts of a renewable resource that are free over time, in compiled code."""

from __future__ import annotations

import numpy as np

from ilrs_science.planning.model.buffers import Ints
from ilrs_science.sky.compiled import compiled_part

__all__ = ["clash", "cut", "hold", "join"]


@compiled_part
def cut(times: Ints, values: Ints, count: int, at: int) -> tuple[int, int]:
    """Make `at` an event; its index and the new number of events."""
    index = int(np.searchsorted(times[:count], at, side="left"))
    if index < count and times[index] == at:
        return index, count
    for later in range(count, index, -1):
        times[later] = times[later - 1]
        values[later] = values[later - 1]
    times[index] = at
    if index > 0:
        values[index] = values[index - 1]
    return index, count + 1


@compiled_part
def join(times: Ints, values: Ints, count: int, index: int) -> int:
    """Remove an event at which nothing changes; the new number of events."""
    if index <= 0 or index >= count or values[index] != values[index - 1]:
        return count
    for later in range(index, count - 1):
        times[later] = times[later + 1]
        values[later] = values[later + 1]
    return count - 1


@compiled_part
def hold(times: Ints, free: Ints, count: int, start: int, end: int, amount: int) -> int:
    """Take an amount from start to end, or give it back if it is negative; the new number of events."""
    first, count = cut(times, free, count, start)
    last, count = cut(times, free, count, end)
    for index in range(first, last):
        free[index] -= amount
    count = join(times, free, count, last)
    return join(times, free, count, first)


@compiled_part
def clash(
    times: Ints,
    free: Ints,
    count: int,
    start: int,
    end: int,
    amount: int,
    forward: bool,  # noqa: FBT001 - compiled
) -> int:
    """-1 if the amount is free from start to end; else when the last clash ends, or when the first one begins."""
    low = np.searchsorted(times[:count], start, side="right") - 1
    found = -1
    index = low
    while index < count and times[index] < end:
        if free[index] < amount:
            if not forward:
                return int(max(0, times[index]))
            found = int(times[index + 1]) if index + 1 < count else 2**60
        index += 1
    return found
