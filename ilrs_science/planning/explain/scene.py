"""A plan as one more activity sees it: what is free, who holds the rest, how full battery and storage are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ilrs_science.planning.model.buffers import Buffer, Ints, buffers
from ilrs_science.planning.model.level import Level, level_of
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.parts import Renewable
from ilrs_science.planning.problem.problem import Problem

__all__ = ["Holding", "Scene", "Store"]


@dataclass(frozen=True)
class Holding:
    """Free amount of a renewable resource over time, and the activities that hold the rest."""

    resource: Renewable
    """What is held."""
    times: Ints
    """Times from which each free amount holds, the horizon at the end. [s]"""
    free: Ints
    """Free amount from each of the times to the next. [1]"""
    holders: tuple[str, ...]
    """Ids of those that hold it."""
    starts: Ints
    """Their starts. [s]"""
    ends: Ints
    """Their ends. [s]"""

    def within(self, start: int, end: int) -> tuple[str, ...]:
        """Ids of those that hold it at some time between two moments, in order of start."""
        inside = np.flatnonzero((self.starts < end) & (self.ends > start))
        return tuple(self.holders[index] for index in inside[np.argsort(self.starts[inside], kind="stable")])


@dataclass(frozen=True)
class Store:
    """A battery or storage under a plan."""

    buffer: Buffer
    """Its size, inflow and users."""
    level: Level
    """Its room."""


class Scene:
    """A plan as one more activity sees it.

    Parameters
    ----------
    problem : Problem
        What was planned.
    plan : Plan
        What is done; activities that the problem does not know are passed over.
    """

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.spans: Mapping[str, tuple[int, int]] = {
            placed.id: (placed.start_s, placed.end_s)
            for placed in plan.placements
            if placed.id in problem.by_id
        }

    def held(self, name: str) -> tuple[int, int]:
        """When an activity that is done holds what it demands, from warm-up to cool-down. [s]"""
        (start, end), activity = self.spans[name], self.problem.by_id[name]
        return start - activity.warm_up_s, end + activity.cool_down_s

    def without(self, name: str) -> Scene:
        """The scene without one activity."""
        if name not in self.spans:
            return self
        starts = {other: start for other, (start, _) in self.spans.items() if other != name}
        return Scene(self.problem, Plan.of(self.problem, starts))

    @cached_property
    def holdings(self) -> dict[str, Holding]:
        """Each renewable resource by id."""
        return {resource.id: self._holding(resource) for resource in self.problem.renewables}

    @cached_property
    def stores(self) -> list[Store]:
        """Batteries and storages."""
        found = []
        for buffer in buffers(self.problem):
            placed = [
                (self.spans[name][0] + begin, self.spans[name][0] + end, rate)
                for name, use in buffer.use.items()
                if name in self.spans
                for begin, end, rate in use
            ]
            found.append(Store(buffer, level_of(buffer, placed, self.problem.horizon_s)))
        return found

    def _holding(self, resource: Renewable) -> Holding:
        by_id = self.problem.by_id
        users = [
            (name, *self.held(name), by_id[name].demands[resource.id])
            for name in self.spans
            if by_id[name].demands.get(resource.id) and by_id[name].held_s
        ]
        starts, ends, amounts = np.array([user[1:] for user in users], dtype=np.int64).reshape(-1, 3).T
        steps = np.array(resource.steps(self.problem.horizon_s), dtype=np.int64)
        times = np.unique(np.concatenate([steps[:, 0], starts, ends, [self.problem.horizon_s]]))
        change = np.zeros(len(times), dtype=np.int64)
        np.add.at(change, np.searchsorted(times, starts), amounts)
        np.subtract.at(change, np.searchsorted(times, ends), amounts)
        there = steps[np.searchsorted(steps[:, 0], times[:-1], "right") - 1, 2]
        return Holding(
            resource, times, there - np.cumsum(change)[:-1], tuple(user[0] for user in users), starts, ends
        )
