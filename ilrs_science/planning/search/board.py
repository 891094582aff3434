"""A plan in the making: what is placed so far, and whether one more activity fits."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ilrs_science.planning.model.buffers import Buffer, Ints, buffers
from ilrs_science.planning.model.slots import SLOT_S, first_edges
from ilrs_science.planning.problem.parts import Activity, Renewable
from ilrs_science.planning.problem.problem import Problem

__all__ = ["Board"]

#: Spacing of the starts tried around a wanted one. [s]
NUDGE_S = 600


class _Amount:
    """Free amount of a renewable resource over time."""

    def __init__(self, resource: Renewable, horizon_s: int) -> None:
        steps = resource.steps(horizon_s)
        self.times = np.array([start for start, _, _ in steps], dtype=np.int64)
        self.free = np.array([amount for _, _, amount in steps], dtype=np.int64)

    def fits(self, start: int, end: int, amount: int) -> bool:
        if start == end:  # a moment holds nothing
            return True
        first = self.times.searchsorted(start, "right") - 1
        last = self.times.searchsorted(end, "left")
        return bool(last <= first or self.free[first:last].min() >= amount)

    def take(self, start: int, end: int, amount: int) -> None:
        for time in (start, end):
            index = int(self.times.searchsorted(time))
            if index == len(self.times) or self.times[index] != time:
                self.times = np.concatenate([self.times[:index], [time], self.times[index:]])
                self.free = np.concatenate(
                    [self.free[:index], self.free[index - 1 : index], self.free[index:]]
                )
        self.free[self.times.searchsorted(start) : self.times.searchsorted(end)] -= amount


class _Room:
    """Room of a buffer over time; the level at each event saturates at the size."""

    def __init__(self, buffer: Buffer, horizon_s: int) -> None:
        self.size, self.initial = buffer.size, buffer.initial
        self.times = np.append(buffer.times, horizon_s)
        self.rates = buffer.inflow
        self._settle()

    def _settle(self) -> None:
        self.levels = self._levels(self.initial, np.diff(self.times), self.rates)
        self.lowest = np.minimum.accumulate(self.levels[::-1])[::-1]

    def _levels(self, level: int, spans: Ints, rates: Ints) -> Ints:
        """Level at each event after one with a given level."""
        free = np.empty(len(spans) + 1, dtype=np.int64)
        free[0] = level
        np.cumsum(rates * spans, out=free[1:])
        free[1:] += level
        lost = np.maximum.accumulate(free) - self.size
        return np.asarray(free - lost.clip(0), dtype=np.int64)

    def _with(self, start: int, end: int, rate: int) -> tuple[int, Ints, Ints]:
        """Number of the last event up to a start, and times and rates from it on if a rate is drawn."""
        first = int(self.times.searchsorted(start, "right")) - 1
        last = int(self.times.searchsorted(end, "left"))
        times = np.concatenate(
            [self.times[first : first + 1], [start], self.times[first + 1 : last], [end], self.times[last:]]
        )
        inside = self.rates[first:last]
        changed = np.concatenate([inside[:1], inside - rate, inside[-1:], self.rates[last:]])
        return first, times, changed

    def fits(self, start: int, end: int, rate: int) -> bool:
        before = int(self.times.searchsorted(start, "right")) - 1
        if self.lowest[before] >= rate * (end - start):  # taking that much can lower no later level by more
            return True
        first, times, rates = self._with(start, end, rate)
        return bool(self._levels(int(self.levels[first]), times[1:] - times[:-1], rates).min() >= 0)

    def take(self, start: int, end: int, rate: int) -> None:
        first, times, rates = self._with(start, end, rate)
        keep = np.append(np.diff(times) > 0, True)
        self.times = np.concatenate([self.times[:first], times[keep]])
        self.rates = np.concatenate([self.rates[:first], rates[keep[:-1]]])
        self._settle()


class Board:
    """What is placed so far.

    Parameters
    ----------
    problem : Problem
        The rules; every placement keeps all of them, except that a predecessor may still be missing.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.starts: dict[str, int] = {}
        self._amounts = {entry.id: _Amount(entry, problem.horizon_s) for entry in problem.renewables}
        stores = buffers(problem)
        self._rooms = {store.id: _Room(store, problem.horizon_s) for store in stores}
        self._use = {store.id: store.use for store in stores}
        self._edges = np.array(first_edges(problem), dtype=np.int64)
        self._after = _followers(problem)
        self._apart = _apart(problem)

    @property
    def alive(self) -> bool:
        """Whether battery and storage hold with what is placed so far."""
        return all(room.lowest[0] >= 0 for room in self._rooms.values())

    def place(self, activity: Activity, start: int) -> bool:
        """Place an activity at a start if it fits; whether it did."""
        if not self._fits(activity, start):
            return False
        end = start + activity.duration_s
        if end > start:
            for name, amount in activity.demands.items():
                self._amounts[name].take(start, end, amount)
            for name, room in self._rooms.items():
                if rate := self._use[name].get(activity.id):
                    room.take(start, end, rate)
        self.starts[activity.id] = start
        return True

    def place_early(self, activity: Activity) -> bool:
        """Place an activity at the earliest start tried at which it fits; whether there is one."""
        return any(self.place(activity, start) for start in self._candidates(activity))

    def place_near(self, activity: Activity, start: int) -> bool:
        """Place an activity at a start, or up to a slot earlier or later; whether it fits anywhere there."""
        shifts = sorted(range(-SLOT_S, SLOT_S + 1, NUDGE_S), key=abs)
        return any(self.place(activity, start + shift) for shift in shifts)

    def _fits(self, activity: Activity, start: int) -> bool:
        end = start + activity.duration_s
        earliest, latest = self._limits(activity)
        spans = activity.starts(self.problem.horizon_s)
        if not earliest <= start <= latest or not any(first <= start <= last for first, last in spans):
            return False
        for name in self._apart[activity.id]:
            other = self.starts.get(name)
            if other is not None and max(start, other) < min(
                end, other + self.problem.by_id[name].duration_s
            ):
                return False
        if any(not self._amounts[name].fits(start, end, amount) for name, amount in activity.demands.items()):
            return False
        uses = ((room, self._use[name].get(activity.id)) for name, room in self._rooms.items())
        return all(room.fits(start, end, rate) for room, rate in uses if rate)

    def _limits(self, activity: Activity) -> tuple[int, int]:
        """Earliest and latest start that placed predecessors and followers leave."""
        earliest, latest = 0, self.problem.horizon_s
        for before in activity.precedences:
            if before.after in self.starts:
                ended = self.starts[before.after] + self.problem.by_id[before.after].duration_s
                earliest = max(earliest, ended + before.min_lag_s)
                if before.max_lag_s is not None:
                    latest = min(latest, ended + before.max_lag_s)
        for name, shortest, longest in self._after[activity.id]:
            if name in self.starts:
                ended = self.starts[name] - activity.duration_s
                latest = min(latest, ended - shortest)
                if longest is not None:
                    earliest = max(earliest, ended - longest)
        return earliest, latest

    def _candidates(self, activity: Activity) -> Iterator[int]:
        earliest, latest = self._limits(activity)
        points = [self._amounts[name].times for name, amount in activity.demands.items() if amount]
        if any(activity.id in use for use in self._use.values()):
            points.append(self._edges)
        ends = [
            self.starts[name] + self.problem.by_id[name].duration_s
            for name in self._apart[activity.id]
            if name in self.starts
        ]
        every = np.unique(np.concatenate([*points, np.array(ends, dtype=np.int64)]))
        for first, last in activity.starts(self.problem.horizon_s):
            low, high = max(first, earliest), min(last, latest)
            if low <= high:
                yield low
                yield from map(
                    int, every[np.searchsorted(every, low, "right") : np.searchsorted(every, high, "right")]
                )


def _followers(problem: Problem) -> dict[str, list[tuple[str, int, int | None]]]:
    found: dict[str, list[tuple[str, int, int | None]]] = {activity.id: [] for activity in problem.activities}
    for activity in problem.activities:
        for before in activity.precedences:
            found[before.after].append((activity.id, before.min_lag_s, before.max_lag_s))
    return found


def _apart(problem: Problem) -> dict[str, set[str]]:
    """Exclusions, both ways."""
    found: dict[str, set[str]] = {activity.id: set(activity.exclusions) for activity in problem.activities}
    for activity in problem.activities:
        for name in activity.exclusions:
            found[name].add(activity.id)
    return found
