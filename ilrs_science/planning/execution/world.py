"""What there is at each moment while a plan runs: the amounts of the problem, less what goes wrong."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import pairwise

from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.execution.steps import Steps
from ilrs_science.planning.problem.parts import MEGABIT, Activity
from ilrs_science.planning.problem.problem import Problem

__all__ = ["World"]

#: Steps of a loss that grows. (assumed)
DUST_STEPS = 20


class World:
    """Supplies over time under disruptions.

    Parameters
    ----------
    problem : Problem
        What was planned.
    disruptions : iterable of Disruption
        What goes wrong.
    sun : Steps, optional
        Elevation of the Sun. [0.001 deg]

    Raises
    ------
    UnknownNameError
        If a disruption hits what the problem does not have.
    RequestError
        If a disruption ends before it begins, or hits nothing.
    """

    def __init__(
        self, problem: Problem, disruptions: Iterable[Disruption] = (), sun: Steps | None = None
    ) -> None:
        self.problem, self.sun = problem, sun
        horizon = problem.horizon_s
        self.planned = {
            entry.id: Steps.of((start, amount) for start, _, amount in entry.steps(horizon))
            for entry in problem.renewables
        }
        self.amounts = dict(self.planned)
        self.generation = {
            one.id: Steps.of((time, round(watt * 1000)) for time, watt in one.generation)
            for one in problem.batteries
        }
        self.load = {
            one.id: Steps.of((time, round(watt * 1000)) for time, watt in one.load)
            for one in problem.batteries
        }
        self.expected, self.needed = dict(self.generation), dict(self.load)
        self.dark: list[tuple[int, int, set[str]]] = []
        self.halts: list[tuple[int, int, str, set[str]]] = []
        for disruption in disruptions:
            self._apply(disruption)
        self.drained = {store.id: self._drained(store.id) for store in problem.storages}
        self.sending = {store.id: self._sending(store.id) for store in problem.batteries}
        every = [self.amounts, self.generation, self.load, self.drained, self.sending]
        edges = {time for group in every for steps in group.values() for time in steps.times}
        edges |= set(sun.times if sun is not None else ())
        edges |= {time for start, end, _ in self.dark for time in (start, end)}
        edges |= {time for start, end, _, _ in self.halts for time in (start, end)}
        self.edges = sorted(time for time in edges if 0 <= time <= horizon)

    def halted(self, activity: Activity, time: int) -> str:
        """What holds everything at the station of an activity at a time; empty if nothing does."""
        battery = self.problem.battery_of(activity)
        return next(
            (
                label
                for start, end, label, hit in self.halts
                if start <= time < end and (battery in hit or not hit)
            ),
            "",
        )

    def silent(self, names: Iterable[str], time: int) -> bool:
        """Whether a way home that needs these resources has no contact at a time."""
        return any(start <= time < end and hit & set(names) for start, end, hit in self.dark)

    def _apply(self, disruption: Disruption) -> None:
        start, end = disruption.span(self.problem.horizon_s)
        if disruption.end_s is not None and disruption.end_s < disruption.start_s:
            raise RequestError(f"{disruption.label} ends before it begins")
        match disruption.kind:
            case "instrument_fault" | "thermal_trip" | "particle_event":
                for name in self._known(disruption, self.amounts):
                    self.amounts[name] = self.amounts[name].within(start, end, lambda _: 0)
            case "array_loss" | "dust":
                for name in self._known(disruption, self.generation, everything=True):
                    for begin, finish, left in _left(disruption, start, end):
                        self.generation[name] = self.generation[name].within(
                            begin, finish, partial(_part, left)
                        )
            case "extra_load":
                extra = round(disruption.power_W * 1000)
                for name in self._known(disruption, self.load, everything=True):
                    self.load[name] = self.load[name].within(start, end, extra.__add__)
            case "outage":
                links = {link.id: link for link in self.problem.links}
                hit = self._known(disruption, {**links, **self.amounts}, everything=True)
                self.dark.append((start, end, set(hit)))
            case "safe_mode":
                batteries = self._known(disruption, self.generation, everything=True)
                self.halts.append((start, end, disruption.label, set(batteries)))

    def _known(
        self, disruption: Disruption, known: Iterable[str], *, everything: bool = False
    ) -> tuple[str, ...]:
        """What a disruption hits, of what there is."""
        there = list(known)
        for name in disruption.resources:
            if name not in there:
                raise UnknownNameError(f"resource of {disruption.label}", name, there)
        if not disruption.resources and not everything:
            raise RequestError(f"{disruption.label} must say which resources it hits")
        return disruption.resources or tuple(there)

    def _passes(
        self, *, storage: str | None = None, battery: str | None = None
    ) -> list[tuple[int, int, int, int]]:
        """(start, end, rate [bit/s], power [mW]) of what is left of the passes of the links of a store."""
        found = []
        for link in self.problem.links:
            if storage not in (None, self.problem.storage_of(link)):
                continue
            if battery not in (None, self.problem.battery_of(link)):
                continue
            for start, end, rate in link.passes:
                for begin, finish in self.heard(link.id, start, end):
                    found.append((begin, finish, round(rate * MEGABIT), round(link.power_W * 1000)))
        return found

    def heard(self, link: str, start: int, end: int) -> list[tuple[int, int]]:
        """Parts of a pass of a link with contact, as (start, end). [s]"""
        parts = [(start, end)]
        for opens, closes, hit in self.dark:
            if link in hit:
                parts = [
                    (begin, finish)
                    for low, high in parts
                    for begin, finish in ((low, min(high, opens)), (max(low, closes), high))
                    if begin < finish
                ]
        return parts

    def _drained(self, storage: str) -> Steps:
        return Steps.summed((start, end, rate) for start, end, rate, _ in self._passes(storage=storage))

    def _sending(self, battery: str) -> Steps:
        return Steps.summed((start, end, power) for start, end, _, power in self._passes(battery=battery))


def _left(disruption: Disruption, start: int, end: int) -> list[tuple[int, int, float]]:
    """(start, end, share of the power that is left) of a loss, which grows in steps if it is dust."""
    if disruption.kind != "dust":
        return [(start, end, 1 - disruption.share)]
    edges = [start + (end - start) * step // DUST_STEPS for step in range(DUST_STEPS + 1)]
    return [
        (begin, finish, 1 - disruption.share * (step + 0.5) / DUST_STEPS)
        for step, (begin, finish) in enumerate(pairwise(edges))
    ]


def _part(share: float, power: int) -> int:
    return round(power * share)
