"""A plan in the making as arrays: who starts when, what is free, and how full the buffers are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from ilrs_science.planning.model.buffers import Ints, buffers
from ilrs_science.planning.packing.facts import Facts
from ilrs_science.planning.packing.levels import settle
from ilrs_science.planning.problem.problem import Problem

__all__ = ["State", "as_array", "as_starts", "empty_state"]


class State(NamedTuple):
    """What compiled code changes. Rows hold `pieces` or `events` entries in order of time, and room for more."""

    start: Ints
    """(activity,) Start; -1 if it is left out. [s]"""
    times: Ints
    """(renewable, event) Times from which an amount is free. [s]"""
    free: Ints
    """(renewable, event) Amount that is free from then on."""
    pieces: Ints
    """(renewable,)"""
    moments: Ints
    """(buffer, event) Times of events, the last is the horizon. [s]"""
    rate: Ints
    """(buffer, event) Net inflow from then on. [mW] or [bit/s]"""
    level: Ints
    """(buffer, event) Room at the event. [mJ] or [bit]"""
    spare: Ints
    """(buffer, event) Most that could be taken at the event without any level falling below zero later."""
    events: Ints
    """(buffer,)"""
    sums: Ints
    """(2,) What the plan is worth, and the state of the random numbers."""


def empty_state(problem: Problem, known: Facts, seed: int = 0) -> State:
    """A plan that holds nothing.

    Parameters
    ----------
    problem : Problem
        What is shared.
    known : Facts
        The arrays of the same problem.
    seed : int
        Of the random choices.

    Returns
    -------
    State
        Arrays of its own.
    """
    steps = [resource.steps(problem.horizon_s) for resource in problem.renewables]
    holders = np.bincount(known.hold_of, minlength=len(steps))
    width = max((len(rows) + 2 * int(many) for rows, many in zip(steps, holders, strict=True)), default=0) + 4
    times, free = (np.zeros((len(steps), width), dtype=np.int64) for _ in range(2))
    for row, entries in enumerate(steps):
        times[row, : len(entries)] = [start for start, _, _ in entries]
        free[row, : len(entries)] = [amount for _, _, amount in entries]
    stores = buffers(problem)
    users = np.bincount(known.use_of, minlength=len(stores))
    widest = (
        max((len(store.times) + 2 * int(many) for store, many in zip(stores, users, strict=True)), default=0)
        + 4
    )
    moments, rate, level, spare = (np.zeros((len(stores), widest), dtype=np.int64) for _ in range(4))
    events = np.array([len(store.times) + 1 for store in stores], dtype=np.int64)
    for row, store in enumerate(stores):
        last = len(store.times)
        moments[row, :last], moments[row, last] = store.times, problem.horizon_s
        rate[row, :last], level[row, 0] = store.inflow, store.initial
        settle(moments[row], rate[row], level[row], spare[row], events[row], 0, last, store.size, store.final)
    return State(
        np.full(len(known.duration), -1, dtype=np.int64),
        times,
        free,
        np.array([len(entries) for entries in steps], dtype=np.int64),
        moments,
        rate,
        level,
        spare,
        events,
        np.array([0, 88172645463325252 + 7919 * seed], dtype=np.int64),
    )


def as_starts(problem: Problem, start: Ints) -> dict[str, int]:
    """Starts by id, of what has one. [s]"""
    return {
        activity.id: int(at)
        for activity, at in zip(problem.activities, start.tolist(), strict=True)
        if at >= 0
    }


def as_array(problem: Problem, starts: Mapping[str, int]) -> Ints:
    """Starts in the order of the activities, -1 where there is none. [s]"""
    return np.array([starts.get(activity.id, -1) for activity in problem.activities], dtype=np.int64)
