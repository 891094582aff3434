"""Amounts that stay the same from one moment to the next."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass

__all__ = ["Steps"]


@dataclass(frozen=True)
class Steps:
    """An amount over time: each value holds from its time to the next."""

    times: tuple[int, ...]
    """Increasing; the first is 0. [s]"""
    values: tuple[int, ...]
    """One for each time."""

    @classmethod
    def of(cls, points: Iterable[tuple[int, int]]) -> Steps:
        """Steps of (time, value) in order of time; nothing before the first."""
        found: dict[int, int] = {0: 0}
        for time, value in points:
            found[max(0, time)] = value
        return cls(tuple(found), tuple(found.values()))

    @classmethod
    def summed(cls, spans: Iterable[tuple[int, int, int]]) -> Steps:
        """Sum of (start, end, amount)."""
        changes: dict[int, int] = {0: 0}
        for start, end, amount in spans:
            begin, finish = max(0, start), max(0, end)
            if begin < finish:
                changes[begin] = changes.get(begin, 0) + amount
                changes[finish] = changes.get(finish, 0) - amount
        level, points = 0, []
        for time in sorted(changes):
            level += changes[time]
            points.append((time, level))
        return cls.of(points)

    def at(self, time: int) -> int:
        """Value at a time."""
        return self.values[bisect_right(self.times, time) - 1]

    def between(self, start: int, end: int) -> tuple[int, ...]:
        """Times of change after a start and before an end."""
        return self.times[bisect_right(self.times, start) : bisect_left(self.times, end)]

    def least(self, start: int, end: int) -> int:
        """Least value from a start until an end."""
        first, last = (bisect_right(self.times, moment) - 1 for moment in (start, max(start, end - 1)))
        return min(self.values[first : last + 1])

    def within(self, start: int, end: int, change: Callable[[int], int]) -> Steps:
        """The same with each value from a start until an end changed."""
        if start >= end:
            return self
        times = sorted({*self.times, max(0, start), max(0, end)})
        return Steps(
            tuple(times),
            tuple(change(self.at(time)) if start <= time < end else self.at(time) for time in times),
        )
