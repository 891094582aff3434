"""What a plan does to batteries and storages, simulated exactly and without knowing how the plan was made.

Between two events every power and every data rate is constant, so charge and volume are straight lines that
saturate: a full battery takes no more, an empty storage gives no more. All sums are exact integers. Below the minimum
charge and above the capacity of the storage the lines go on, so that a breach shows its depth.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from ilrs_science.planning.judge.delivery import inflows, late_data, outflows
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.parts import MEGABIT, WATT_HOUR, Battery, Storage
from ilrs_science.planning.problem.problem import Problem

if TYPE_CHECKING:  # tables take a second to import
    import pandas as pd

__all__ = ["Breach", "Simulation", "simulate"]


@dataclass(frozen=True)
class Breach:
    """A time during which a battery is too low, a storage too full or data too late."""

    resource: str
    """Id of the battery or storage."""
    kind: Literal["battery", "final_charge", "storage", "latency"]
    """What is broken: the minimum, the charge at the end, the capacity, or the time by which data leave."""
    start_s: int
    """Last whole second that is still within the limit. [s]"""
    end_s: int
    """First event at which it is within the limit again, or the end of the plan. [s]"""
    depth: float
    """Farthest distance beyond the limit. [Wh] or [Mbit]"""
    activity: str | None = None
    """Id of the activity whose data are late."""

    def __str__(self) -> str:
        if self.kind == "latency":
            return (
                f"{self.depth:.3f} Mbit of {self.activity!r} are still in {self.resource!r} "
                f"at {self.end_s} s, {self.end_s - self.start_s} s after its end"
            )
        if self.kind == "final_charge":
            return f"battery {self.resource!r} ends {self.depth:.3f} Wh below its final charge"
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
    charge_mJ: dict[str, tuple[int, ...]]
    """Charge of each battery at each event. [mJ]"""
    volume_bit: dict[str, tuple[int, ...]]
    """Data in each storage at each event. [bit]"""
    breaches: tuple[Breach, ...]
    """Times beyond a limit, in order of time for each resource."""

    def to_frame(self) -> pd.DataFrame:
        """Series for a figure.

        Returns
        -------
        pandas.DataFrame
            Index `time` (UTC), columns `battery_charge` [Wh] and `stored_data` [Mbit] where there are such; of several
            each has its id behind a colon.
        """
        import pandas as pd

        start = np.datetime64(self.problem.epoch.removesuffix("Z"), "us")
        index = pd.DatetimeIndex(start + np.array(self.times).astype("timedelta64[s]"), name="time")
        columns = {}
        for word, unit, levels in (
            ("battery_charge", WATT_HOUR, self.charge_mJ),
            ("stored_data", MEGABIT, self.volume_bit),
        ):
            for name, series in levels.items():
                columns[word if len(levels) == 1 else f"{word}:{name}"] = np.array(series) / unit
        return pd.DataFrame(columns, index=index)


def simulate(problem: Problem, plan: Plan, moments: Iterable[int] = ()) -> Simulation:
    """Batteries and storages under a plan, over the whole horizon.

    Parameters
    ----------
    problem : Problem
        What is shared.
    plan : Plan
        What is done; activities that the problem does not know draw nothing.
    moments : iterable of int
        More times at which levels are asked. [s]

    Returns
    -------
    Simulation
        Levels at every event and moment, and every breach of a limit.
    """
    power = {store.id: _changes(problem, _powers(problem, store, plan)) for store in problem.batteries}
    net = {store.id: _changes(problem, _flows(problem, store.id, plan)) for store in problem.storages}
    times = tuple(sorted({0, problem.horizon_s, *moments, *itertools.chain(*power.values(), *net.values())}))
    charge: dict[str, tuple[int, ...]] = {}
    volume: dict[str, tuple[int, ...]] = {}
    breaches: list[Breach] = []
    for battery in problem.batteries:
        full, low = (round(level * WATT_HOUR) for level in (battery.capacity_Wh, battery.minimum_Wh))
        charges = [round(battery.initial_Wh * WATT_HOUR)]
        for rate, span in _spans(times, power[battery.id]):
            charges.append(min(full, charges[-1] + rate * span))
        charge[battery.id] = tuple(charges)
        breaches += _breaches(battery.id, "battery", times, [level - low for level in charges])
        missing = round(battery.final_Wh * WATT_HOUR) - charges[-1]
        if missing > 0 and battery.final_Wh > battery.minimum_Wh:
            breaches.append(Breach(battery.id, "final_charge", times[-1], times[-1], missing / WATT_HOUR))
    for storage in problem.storages:
        size = round(storage.capacity_Mbit * MEGABIT)
        volumes = [round(storage.initial_Mbit * MEGABIT)]
        for rate, span in _spans(times, net[storage.id]):
            volumes.append(max(0, volumes[-1] + rate * span))
        volume[storage.id] = tuple(volumes)
        breaches += _breaches(storage.id, "storage", times, [size - level for level in volumes])
        breaches += _late(problem, storage, plan)
    return Simulation(problem, times, charge, volume, tuple(breaches))


def _late(problem: Problem, storage: Storage, plan: Plan) -> Iterator[Breach]:
    """Data that are still in a storage when they should have left."""
    for name, end, moment, left in late_data(problem, storage, plan):
        yield Breach(storage.id, "latency", end, moment, left / MEGABIT, name)


def _powers(problem: Problem, battery: Battery, plan: Plan) -> Iterator[tuple[int, int]]:
    """(time [s], change of net power [mW])."""
    for steps, sign in ((battery.generation, 1), (battery.load, -1)):
        before = 0
        for time, watt in steps:
            now = round(watt * 1000)
            yield time, sign * (now - before)
            before = now
    for link in problem.links:
        if problem.battery_of(link) == battery.id:
            for start, end, _ in link.passes:
                yield start, -round(link.power_W * 1000)
                yield end, round(link.power_W * 1000)
    for placed in plan.placements:
        activity = problem.by_id.get(placed.id)
        if activity is not None and problem.battery_of(activity) == battery.id:
            begin, finish = placed.start_s - activity.warm_up_s, placed.end_s + activity.cool_down_s
            moments = (begin, placed.start_s, placed.end_s, finish)
            watts = (activity.warm_up_W, activity.energy_W, activity.cool_down_W)
            for (start, end), watt in zip(itertools.pairwise(moments), watts, strict=True):
                yield start, -round(watt * 1000)
                yield end, round(watt * 1000)


def _flows(problem: Problem, storage: str, plan: Plan) -> Iterator[tuple[int, int]]:
    """(time [s], change of the net rate at which data come [bit/s])."""
    for start, end, rate, _ in inflows(problem, storage, plan):
        yield start, rate
        yield end, -rate
    for start, end, rate in outflows(problem, storage, plan):
        yield start, -rate
        yield end, rate


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


def _breaches(
    name: str, kind: Literal["battery", "storage"], times: tuple[int, ...], room: list[int]
) -> Iterator[Breach]:
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
