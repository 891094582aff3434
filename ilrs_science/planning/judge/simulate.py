"""What a plan does to battery and storage, simulated exactly and without knowing how the plan was made.

Between two events every power and every data rate is constant, so charge and volume are straight lines that
saturate: a full battery takes no more, an empty storage gives no more. All sums are exact integers. Below the minimum
charge and above the capacity of the storage the lines go on, so that a breach shows its depth.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.parts import MEGABIT, WATT_HOUR
from ilrs_science.planning.problem.problem import Problem

if TYPE_CHECKING:  # tables take a second to import
    import pandas as pd

__all__ = ["Breach", "Simulation", "simulate"]


@dataclass(frozen=True)
class Breach:
    """A time during which a battery is too low or a storage too full."""

    resource: str
    """Id of the battery or storage."""
    kind: str
    """``"battery"`` or ``"storage"``."""
    start_s: int
    """Last whole second that is still within the limit. [s]"""
    end_s: int
    """First event at which it is within the limit again, or the end of the plan. [s]"""
    depth: float
    """Farthest distance beyond the limit. [Wh] or [Mbit]"""

    def __str__(self) -> str:
        if self.kind == "battery":
            return f"battery {self.resource!r} falls {self.depth:.3f} Wh below its minimum after {self.start_s} s"
        return f"storage {self.resource!r} overflows by {self.depth:.3f} Mbit after {self.start_s} s"


@dataclass(frozen=True)
class Simulation:
    """Charge and volume at every event of a plan; straight lines (or saturation) between them."""

    problem: Problem
    """What was simulated."""
    times: tuple[int, ...]
    """Event times, from 0 to the horizon. [s]"""
    charge_mJ: tuple[int, ...]
    """Battery charge at each event; empty without a battery. [mJ]"""
    volume_bit: tuple[int, ...]
    """Stored data at each event; empty without a storage. [bit]"""
    breaches: tuple[Breach, ...]
    """Times beyond a limit, in order of time for each resource."""

    def to_frame(self) -> pd.DataFrame:
        """Series for a figure.

        Returns
        -------
        pandas.DataFrame
            Index `time` (UTC), columns `battery_charge` [Wh] and `stored_data` [Mbit] where there are such.
        """
        import pandas as pd

        start = np.datetime64(self.problem.epoch.removesuffix("Z"), "us")
        index = pd.DatetimeIndex(start + np.array(self.times).astype("timedelta64[s]"), name="time")
        columns = {}
        if self.charge_mJ:
            columns["battery_charge"] = np.array(self.charge_mJ) / WATT_HOUR
        if self.volume_bit:
            columns["stored_data"] = np.array(self.volume_bit) / MEGABIT
        return pd.DataFrame(columns, index=index)


def simulate(problem: Problem, plan: Plan) -> Simulation:
    """Battery and storage under a plan, over the whole horizon.

    Parameters
    ----------
    problem : Problem
        What is shared.
    plan : Plan
        What is done; activities that the problem does not know draw nothing.

    Returns
    -------
    Simulation
        Levels at every event, and every breach of a limit.
    """
    power, inflow, outflow = (
        _changes(problem, flow)
        for flow in (_powers(problem, plan), _inflows(problem, plan), _outflows(problem))
    )
    times = tuple(sorted({0, problem.horizon_s, *power, *inflow, *outflow}))
    charge: list[int] = []
    volume: list[int] = []
    breaches: list[Breach] = []
    if battery := problem.battery:
        full, low = (round(battery.capacity_Wh * WATT_HOUR), round(battery.minimum_Wh * WATT_HOUR))
        charge = [round(battery.initial_Wh * WATT_HOUR)]
        for rate, span in _spans(times, power):
            charge.append(min(full, charge[-1] + rate * span))
        breaches += _breaches(battery.id, "battery", times, [level - low for level in charge])
    if storage := problem.storage:
        size = round(storage.capacity_Mbit * MEGABIT)
        volume = [round(storage.initial_Mbit * MEGABIT)]
        for net, span in _spans(times, {time: inflow[time] - outflow[time] for time in [*inflow, *outflow]}):
            volume.append(max(0, volume[-1] + net * span))
        breaches += _breaches(storage.id, "storage", times, [size - level for level in volume])
    return Simulation(problem, times, tuple(charge), tuple(volume), tuple(breaches))


def _powers(problem: Problem, plan: Plan) -> Iterator[tuple[int, int]]:
    """(time [s], change of net bus power [mW])."""
    if problem.battery is None:
        return
    for steps, sign in ((problem.battery.generation, 1), (problem.battery.load, -1)):
        before = 0
        for time, watt in steps:
            now = round(watt * 1000)
            yield time, sign * (now - before)
            before = now
    for link in problem.links:
        for start, end, _ in link.passes:
            yield start, -round(link.power_W * 1000)
            yield end, round(link.power_W * 1000)
    for placed in plan.placements:
        if activity := problem.by_id.get(placed.id):
            yield placed.start_s, -activity.power_mW
            yield placed.end_s, activity.power_mW


def _inflows(problem: Problem, plan: Plan) -> Iterator[tuple[int, int]]:
    """(time [s], change of the rate at which data are made [bit/s])."""
    for placed in plan.placements:
        if activity := problem.by_id.get(placed.id):
            yield placed.start_s, activity.rate_bit_s
            yield placed.end_s, -activity.rate_bit_s


def _outflows(problem: Problem) -> Iterator[tuple[int, int]]:
    """(time [s], change of the rate at which passes drain data [bit/s])."""
    for link in problem.links:
        for start, end, rate in link.passes:
            yield start, round(rate * MEGABIT)
            yield end, -round(rate * MEGABIT)


def _changes(problem: Problem, flow: Iterator[tuple[int, int]]) -> defaultdict[int, int]:
    """Changes summed by time; those before the epoch count from it, those after the horizon never."""
    total: defaultdict[int, int] = defaultdict(int)
    for time, change in flow:
        if change and time < problem.horizon_s:
            total[max(0, time)] += change
    return total


def _spans(times: tuple[int, ...], changes: dict[int, int]) -> Iterator[tuple[int, int]]:
    """(rate, length [s]) between each event and the next."""
    rate = 0
    for start, end in itertools.pairwise(times):
        rate += changes.get(start, 0)
        yield rate, end - start


def _breaches(name: str, kind: str, times: tuple[int, ...], room: list[int]) -> Iterator[Breach]:
    """Spans with less than no room; the moment it runs out is found on the straight line."""
    unit = WATT_HOUR if kind == "battery" else MEGABIT
    start: int | None = None
    depth = 0
    for index, (time, left) in enumerate(zip(times, room, strict=True)):
        if left < 0 and start is None:
            start, depth = time, 0
            if index:
                before, at = room[index - 1], times[index - 1]
                start = at + before * (time - at) // (before - left)
        depth = max(depth, -left)
        if start is not None and (left >= 0 or index == len(times) - 1):
            yield Breach(name, kind, start, time, depth / unit)
            start = None
            depth = 0
