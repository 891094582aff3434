"""A plan in the making: what is placed so far, and whether one more activity fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from ilrs_science.planning.judge.delivery import late_data
from ilrs_science.planning.model.buffers import Buffer, Ints, buffers
from ilrs_science.planning.model.slots import SLOT_S, first_edges
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.parts import Activity, Phase, Renewable
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
        self.size, self.initial, self.final = buffer.size, buffer.initial, buffer.final
        self.times = np.append(buffer.times, horizon_s)
        self.rates = buffer.inflow
        self._settle()

    def _settle(self) -> None:
        self.levels = self._levels(self.initial, np.diff(self.times), self.rates)
        self.lowest = np.minimum.accumulate(self._spare(self.levels)[::-1])[::-1]

    def _spare(self, levels: Ints) -> Ints:
        """What is above the least level at each event, of which the last is the end of the plan."""
        return np.append(levels[:-1], levels[-1] - self.final)

    def _levels(self, level: int, spans: Ints, rates: Ints) -> Ints:
        """Level at each event after one with a given level."""
        free = np.empty(len(spans) + 1, dtype=np.int64)
        free[0] = level
        np.cumsum(rates * spans, out=free[1:])
        free[1:] += level
        lost = np.maximum.accumulate(free) - self.size
        return np.asarray(free - lost.clip(0), dtype=np.int64)

    def _with(self, start: int, use: tuple[Phase, ...]) -> tuple[int, Ints, Ints]:
        """Number of the last event up to the first phase, and times and rates from it on with what is used."""
        first = int(self.times.searchsorted(start + use[0].begin, "right")) - 1
        times, rates = self.times[first:], self.rates[first:]
        for begin, end, rate in use:
            times, rates = _drawn(times, rates, start + begin, start + end, rate)
        return first, times, rates

    def fits(self, start: int, use: tuple[Phase, ...]) -> bool:
        before = int(self.times.searchsorted(start + use[0].begin, "right")) - 1
        total = sum(rate * (end - begin) for begin, end, rate in use if rate > 0)
        if self.lowest[before] >= total:  # taking that much can lower no later level by more
            return True
        first, times, rates = self._with(start, use)
        levels = self._levels(int(self.levels[first]), times[1:] - times[:-1], rates)
        return bool(self._spare(levels).min() >= 0)

    def take(self, start: int, use: tuple[Phase, ...]) -> None:
        first, times, rates = self._with(start, use)
        keep = np.append(np.diff(times) > 0, True)
        self.times = np.concatenate([self.times[:first], times[keep]])
        self.rates = np.concatenate([self.rates[:first], rates[keep[:-1]]])
        self._settle()


def _drawn(times: Ints, rates: Ints, start: int, end: int, rate: int) -> tuple[Ints, Ints]:
    """Times and rates if a rate is drawn from start to end; the first time is not after the start."""
    first = int(times.searchsorted(start, "right")) - 1
    last = int(times.searchsorted(end, "left"))
    inside = rates[first:last]
    return (
        np.concatenate([times[: first + 1], [start], times[first + 1 : last], [end], times[last:]]),
        np.concatenate([rates[: first + 1], inside - rate, inside[-1:], rates[last:]]),
    )


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
        self._punctual = any(activity.latency_s is not None for activity in problem.activities)

    @property
    def alive(self) -> bool:
        """Whether battery and storage hold with what is placed so far."""
        return all(room.lowest[0] >= 0 for room in self._rooms.values())

    def place(self, activity: Activity, start: int) -> bool:
        """Place an activity at a start if it fits; whether it did."""
        if not self._fits(activity, start):
            return False
        begin, end = _held(activity, start)
        if end > begin:
            for name, amount in activity.demands.items():
                self._amounts[name].take(begin, end, amount)
            for name, room in self._rooms.items():
                if use := self._use[name].get(activity.id):
                    room.take(start, use)
        self.starts[activity.id] = start
        return True

    def place_early(self, activity: Activity) -> bool:
        """Place an activity at the earliest of the best starts tried at which it fits; whether there is one."""
        starts: Iterable[int] = self._candidates(activity)
        if activity.value_curve:
            starts = sorted(starts, key=lambda start: (-activity.worth_at(start), start))
        return any(self.place(activity, start) for start in starts)

    def place_near(self, activity: Activity, start: int) -> bool:
        """Place an activity at a start, or up to a slot earlier or later; whether it fits anywhere there."""
        shifts = sorted(range(-SLOT_S, SLOT_S + 1, NUDGE_S), key=abs)
        return any(self.place(activity, start + shift) for shift in shifts)

    def _fits(self, activity: Activity, start: int) -> bool:
        if any(name in self.starts for name in self.problem.members.get(activity.choice, ())):
            return False
        begin, end = _held(activity, start)
        earliest, latest = self._limits(activity)
        spans = activity.starts(self.problem.horizon_s)
        if not earliest <= start <= latest or not any(first <= start <= last for first, last in spans):
            return False
        for name in self.problem.apart[activity.id]:
            if name in self.starts:
                opens, closes = _held(self.problem.by_id[name], self.starts[name])
                if max(begin, opens) < min(end, closes):
                    return False
        if any(not self._amounts[name].fits(begin, end, amount) for name, amount in activity.demands.items()):
            return False
        uses = ((room, self._use[name].get(activity.id)) for name, room in self._rooms.items())
        return all(room.fits(start, use) for room, use in uses if use) and not self._late(activity, start)

    def _late(self, activity: Activity, start: int) -> bool:
        """Whether some data would leave too late if the activity started then."""
        if not (self._punctual and activity.data_Mbit_s):
            return False
        plan = Plan.of(self.problem, {**self.starts, activity.id: start})
        return any(True for store in self.problem.storages for _ in late_data(self.problem, store, plan))

    def _limits(self, activity: Activity) -> tuple[int, int]:
        """Earliest and latest start that placed predecessors and followers leave."""
        earliest, latest = 0, self.problem.horizon_s
        for before in activity.precedences:
            for name in self.problem.members[before.after]:
                if name not in self.starts:
                    continue
                ended = self.starts[name] + self.problem.by_id[name].duration_s
                earliest = max(earliest, ended + before.min_lag_s)
                if before.max_lag_s is not None:
                    latest = min(latest, ended + before.max_lag_s)
        for name, shortest, longest in self.problem.followers[activity.id]:
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
            _held(self.problem.by_id[name], self.starts[name])[1]
            for name in self.problem.apart[activity.id]
            if name in self.starts
        ]
        held = [point + activity.warm_up_s for point in [*points, np.array(ends, dtype=np.int64)]]
        curve = np.array([time for time, _ in activity.value_curve], dtype=np.int64)
        every = np.unique(np.concatenate([*held, curve]))
        for first, last in activity.starts(self.problem.horizon_s):
            low, high = max(first, earliest), min(last, latest)
            if low <= high:
                yield low
                yield from map(
                    int, every[np.searchsorted(every, low, "right") : np.searchsorted(every, high, "right")]
                )


def _held(activity: Activity, start: int) -> tuple[int, int]:
    """When an activity holds what it demands if it starts then. [s]"""
    return start - activity.warm_up_s, start + activity.duration_s + activity.cool_down_s
