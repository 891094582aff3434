"""Charge and data while a plan runs: rates now, when a limit is met, what is there after some time."""

from __future__ import annotations

from collections.abc import Iterable

from ilrs_science.planning.execution.job import Job
from ilrs_science.planning.execution.world import World
from ilrs_science.planning.problem.parts import MEGABIT, WATT_HOUR

__all__ = ["Levels"]


class Levels:
    """Batteries and storages of a problem while a plan runs.

    Parameters
    ----------
    world : World
        What there is.
    """

    def __init__(self, world: World) -> None:
        self.world, self.problem = world, world.problem
        batteries, storages = self.problem.batteries, self.problem.storages
        self.full = {one.id: round(one.capacity_Wh * WATT_HOUR) for one in batteries}
        self.low = {one.id: round(one.minimum_Wh * WATT_HOUR) for one in batteries}
        self.charge = {one.id: round(one.initial_Wh * WATT_HOUR) for one in batteries}
        self.size = {one.id: round(one.capacity_Mbit * MEGABIT) for one in storages}
        self.volume = {one.id: round(one.initial_Mbit * MEGABIT) for one in storages}

    def level(self, battery: str, share: float) -> int:
        """Charge at a share of what is between minimum and capacity. [mJ]"""
        return self.low[battery] + round(share * (self.full[battery] - self.low[battery]))

    def power(self, battery: str, time: int, jobs: Iterable[Job], load: float = 1.0) -> int:
        """Net power into a battery. [mW]"""
        world, own = self.world, self.world.load[battery].at(time)
        used = sum(job.draw(time) for job in jobs if self.problem.battery_of(job.activity) == battery)
        base = own if load == 1.0 else round(own * load)
        return world.generation[battery].at(time) - base - world.sending[battery].at(time) - used

    def flow(self, storage: str, time: int, jobs: Iterable[Job]) -> int:
        """Net rate at which data come to a storage. [bit/s]"""
        net = -self.world.drained[storage].at(time)
        for job in jobs:
            if self.problem.storage_of(job.activity) == storage:
                net += job.makes(time)
                if not self.world.silent(job.activity.demands, time):
                    net -= job.drains(time)
        return net

    def advance(self, powers: dict[str, int], flows: dict[str, int], seconds: int) -> None:
        """Let some time pass; a full battery takes no more, an empty one and an empty storage give no more."""
        for name, net in powers.items():
            self.charge[name] = max(0, min(self.full[name], self.charge[name] + net * seconds))
        for name, net in flows.items():
            self.volume[name] = max(0, self.volume[name] + net * seconds)
