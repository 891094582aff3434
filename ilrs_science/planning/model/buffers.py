"""Battery and storage as one kind of thing: room that activities use up and that a fixed inflow restores.

The room of a battery is its charge above the minimum, restored by the arrays. The room of a storage is its free
volume, restored by the passes. Both saturate at `size` and must never be below zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ilrs_science.planning.problem.parts import MEGABIT, WATT_HOUR, Battery, Phase, Storage
from ilrs_science.planning.problem.problem import Problem

__all__ = ["Buffer", "Ints", "buffers"]

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Buffer:
    """Room that activities use up. Amounts are in [mJ] or [bit], rates in [mW] or [bit/s]."""

    id: str
    """Id of the battery or storage."""
    size: int
    """Room when it is full of charge, or empty of data."""
    initial: int
    """Room at the epoch."""
    times: Ints
    """Times from which each inflow holds, the first is 0. [s]"""
    inflow: Ints
    """Net rate of restoring from each of the times on; negative where the station itself uses it up."""
    use: dict[str, tuple[Phase, ...]]
    """Rates over the time after the start of each activity that uses it; negative where it restores."""
    final: int = 0
    """Room that must be left at the end of the plan."""

    @cached_property
    def most(self) -> int:
        """Largest amount that one activity moves."""
        return max(
            (sum(abs(rate) * (end - begin) for begin, end, rate in use) for use in self.use.values()),
            default=0,
        )

    @cached_property
    def _restored(self) -> Ints:
        return np.concatenate([[0], np.cumsum(self.inflow[:-1] * np.diff(self.times))]).astype(np.int64)

    def restored(self, at: Ints) -> Ints:
        """Inflow summed from the epoch to each time, without saturation."""
        index = np.searchsorted(self.times, at, side="right") - 1
        return np.asarray(
            self._restored[index] + self.inflow[index] * (at - self.times[index]), dtype=np.int64
        )

    def drainable(self, start_s: int, end_s: int) -> int:
        """Most that can be restored within a span, by the inflow and by what activities restore."""
        first, last = self.restored(np.array([start_s, end_s], dtype=np.int64)).tolist()
        drains = [phase for use in self.use.values() for phase in use if phase.rate < 0]
        return int(last - first) + sum(
            -rate * min(end - begin, end_s - start_s) for begin, end, rate in drains
        )


def buffers(problem: Problem) -> list[Buffer]:
    """Batteries and storages of a problem as buffers.

    Parameters
    ----------
    problem : Problem
        Where to look for them.

    Returns
    -------
    list of Buffer
        Batteries first.
    """
    return [
        *(_charge(problem, battery) for battery in problem.batteries),
        *(_free_volume(problem, storage) for storage in problem.storages),
    ]


def _charge(problem: Problem, battery: Battery) -> Buffer:
    low = round(battery.minimum_Wh * WATT_HOUR)
    flows = [
        (start, end, -round(link.power_W * 1000))
        for link in problem.links
        if problem.battery_of(link) == battery.id
        for start, end, _ in link.passes
    ]
    for steps, sign in ((battery.generation, 1000), (battery.load, -1000)):
        ends = [time for time, _ in steps[1:]] + [problem.horizon_s]
        flows += [(time, end, round(sign * watt)) for (time, watt), end in zip(steps, ends, strict=False)]
    return Buffer(
        battery.id,
        round(battery.capacity_Wh * WATT_HOUR) - low,
        round(battery.initial_Wh * WATT_HOUR) - low,
        *_merged(flows, problem.horizon_s),
        {
            activity.id: activity.draws
            for activity in problem.activities
            if activity.draws and problem.battery_of(activity) == battery.id
        },
        max(0, round(battery.final_Wh * WATT_HOUR) - low),
    )


def _free_volume(problem: Problem, storage: Storage) -> Buffer:
    flows = [
        (start, end, round(rate * MEGABIT))
        for link in problem.links
        if problem.storage_of(link) == storage.id
        for start, end, rate in link.passes
    ]
    size = round(storage.capacity_Mbit * MEGABIT)
    return Buffer(
        storage.id,
        size,
        size - round(storage.initial_Mbit * MEGABIT),
        *_merged(flows, problem.horizon_s),
        {
            activity.id: activity.makes
            for activity in problem.activities
            if activity.makes and problem.storage_of(activity) == storage.id
        },
    )


def _merged(flows: Iterable[tuple[int, int, int]], horizon_s: int) -> tuple[Ints, Ints]:
    """Sum of (start, end, rate) as steps within the horizon."""
    changes: defaultdict[int, int] = defaultdict(int)
    changes[0] += 0
    for start, end, rate in flows:
        begin, finish = max(0, start), min(end, horizon_s)
        if rate and begin < finish:
            changes[begin] += rate
            changes[finish] -= rate
    times = sorted(time for time in changes if time < horizon_s)
    rates = np.cumsum([changes[time] for time in times])
    return np.array(times, dtype=np.int64), rates.astype(np.int64)
