"""Charge and data while a plan runs: rates now, when a limit is met, what is there after some time."""

from __future__ import annotations

import copy
from collections.abc import Iterable

from ilrs_science.planning.execution.job import Job
from ilrs_science.planning.execution.ledger import DataBalance, EnergyBalance
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
        self.energy = {one.id: EnergyBalance.begun(round(one.initial_Wh * WATT_HOUR)) for one in batteries}
        self.size = {one.id: round(one.capacity_Mbit * MEGABIT) for one in storages}
        self.data = {one.id: DataBalance.begun(round(one.initial_Mbit * MEGABIT)) for one in storages}

    @property
    def charge(self) -> dict[str, int]:
        """Charge of each battery now. [mJ]"""
        return {name: balance.final_mJ for name, balance in self.energy.items()}

    @property
    def volume(self) -> dict[str, int]:
        """Data in each storage now. [bit]"""
        return {name: balance.final_bit for name, balance in self.data.items()}

    def in_world(self, world: World) -> Levels:
        """The same levels, to go on by themselves in another world."""
        other = copy.copy(self)
        other.world, other.energy, other.data = world, dict(self.energy), dict(self.data)
        return other

    def level(self, battery: str, share: float) -> int:
        """Charge at a share of what is between minimum and capacity. [mJ]"""
        return self.low[battery] + round(share * (self.full[battery] - self.low[battery]))

    def power(self, battery: str, time: int, jobs: Iterable[Job], load: float = 1.0) -> int:
        """Net power into a battery. [mW]"""
        return self.world.generation[battery].at(time) - self._asked(battery, time, jobs, load)

    def flow(self, storage: str, time: int, jobs: Iterable[Job]) -> int:
        """Net rate at which data come to a storage. [bit/s]"""
        made, room = self._rates(storage, time, jobs)
        return made - room

    def advance(self, time: int, seconds: int, jobs: list[Job], loads: dict[str, float]) -> None:
        """Let some time pass; a full battery takes no more, an empty one and an empty storage give no more."""
        for name, balance in self.energy.items():
            generated = self.world.generation[name].at(time) * seconds
            asked = self._asked(name, time, jobs, loads[name]) * seconds
            self.energy[name] = balance.after(generated, asked, self.full[name])
        for name, held in self.data.items():
            made, room = self._rates(name, time, jobs)
            self.data[name] = held.after(made * seconds, room * seconds)

    def _asked(self, battery: str, time: int, jobs: Iterable[Job], load: float) -> int:
        """Power that the station, its radio and its activities ask of a battery. [mW]"""
        own = self.world.load[battery].at(time)
        base = own if load == 1.0 else round(own * load)
        used = sum(job.draw(time) for job in jobs if self.problem.battery_of(job.activity) == battery)
        return base + self.world.sending[battery].at(time) + used

    def _rates(self, storage: str, time: int, jobs: Iterable[Job]) -> tuple[int, int]:
        """Rate at which data are made, and at which the ways home can take them. [bit/s]"""
        made, room = 0, self.world.drained[storage].at(time)
        for job in jobs:
            if self.problem.storage_of(job.activity) == storage:
                made += job.makes(time)
                if not self.world.silent(job.activity.demands, time):
                    room += job.drains(time)
        return made, room
