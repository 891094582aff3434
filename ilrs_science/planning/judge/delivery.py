"""When data leave a storage: the urgent first, those of one rank in the order they came.

A storage is a queue by rank. What all ranks from one upwards hold together empties as if nothing else were there, so
its level is that of a storage of its own; what one rank has sent is the difference of two such storages. All sums are
exact integers at the moments that are asked for.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator

from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.parts import MEGABIT, Storage
from ilrs_science.planning.problem.problem import Problem

__all__ = ["inflows", "late_data", "outflows"]


def inflows(problem: Problem, storage: str, plan: Plan) -> Iterator[tuple[int, int, int, int]]:
    """Data that come to a storage.

    Parameters
    ----------
    problem : Problem
        Where activities are looked up.
    storage : str
        Id of the storage.
    plan : Plan
        What is done.

    Yields
    ------
    (int, int, int, int)
        Start [s], end [s], rate [bit/s], rank.
    """
    for placed in plan.placements:
        activity = problem.by_id.get(placed.id)
        if activity is not None and activity.data_Mbit_s and problem.storage_of(activity) == storage:
            yield placed.start_s, placed.end_s, round(activity.data_Mbit_s * MEGABIT), activity.urgency


def outflows(problem: Problem, storage: str, plan: Plan) -> Iterator[tuple[int, int, int]]:
    """Passes of links and planned downlinks that empty a storage.

    Parameters
    ----------
    problem : Problem
        Where links and activities are looked up.
    storage : str
        Id of the storage.
    plan : Plan
        What is done.

    Yields
    ------
    (int, int, int)
        Start [s], end [s], rate [bit/s].
    """
    for link in problem.links:
        if problem.storage_of(link) == storage:
            for start, end, rate in link.passes:
                yield start, end, round(rate * MEGABIT)
    for placed in plan.placements:
        activity = problem.by_id.get(placed.id)
        if activity is not None and activity.drain_Mbit_s and problem.storage_of(activity) == storage:
            yield placed.start_s, placed.end_s, round(activity.drain_Mbit_s * MEGABIT)


def late_data(problem: Problem, storage: Storage, plan: Plan) -> Iterator[tuple[str, int, int, int]]:
    """Activities whose data are in a storage for too long.

    Parameters
    ----------
    problem : Problem
        Where activities and links are looked up.
    storage : Storage
        The storage.
    plan : Plan
        What is done.

    Yields
    ------
    (str, int, int, int)
        Id of the activity, its end [s], the moment by which its data must have left [s], what is still there [bit].
    """
    asked = []
    for placed in plan.placements:
        activity = problem.by_id.get(placed.id)
        if activity is None or activity.latency_s is None or problem.storage_of(activity) != storage.id:
            continue
        moment = placed.end_s + activity.latency_s
        if activity.data_Mbit_s and moment <= problem.horizon_s:
            asked.append((placed.id, placed.end_s, moment, activity.urgency))
    if not asked:
        return
    moments = {time for _, end, moment, _ in asked for time in (end, moment)}
    flows = list(inflows(problem, storage.id, plan))
    drains = list(outflows(problem, storage.id, plan))
    first = min([0, *(rank for *_, rank in flows)])
    initial = round(storage.initial_Mbit * MEGABIT)
    sent: dict[int, dict[int, int]] = {}
    for rank in sorted({rank for *_, rank in flows}):
        for least in (rank, rank + 1):
            held = initial if least <= first else 0
            chosen = [(start, end, rate) for start, end, rate, its in flows if its >= least]
            sent[least] = _sent(held, chosen, drains, moments, problem.horizon_s)
    for name, end, moment, rank in asked:
        before = initial if rank <= first else 0
        made = sum(rate * max(0, min(close, end) - start) for start, close, rate, its in flows if its == rank)
        left = before + made - (sent[rank][moment] - sent[rank + 1][moment])
        if left > 0:
            yield name, end, moment, left


def _sent(
    initial: int,
    flows: list[tuple[int, int, int]],
    drains: list[tuple[int, int, int]],
    moments: set[int],
    horizon_s: int,
) -> dict[int, int]:
    """What has left a storage by each event, if it held nothing but these data. [bit]"""
    inward, outward = _changes(flows, horizon_s), _changes(drains, horizon_s)
    times = sorted({0, horizon_s, *inward, *outward, *moments})
    level, made, rate_in, rate_out = initial, initial, 0, 0
    gone = {0: 0}
    for start, end in itertools.pairwise(times):
        rate_in, rate_out = rate_in + inward.get(start, 0), rate_out + outward.get(start, 0)
        made += rate_in * (end - start)
        level = max(0, level + (rate_in - rate_out) * (end - start))
        gone[end] = made - level
    return gone


def _changes(flows: list[tuple[int, int, int]], horizon_s: int) -> dict[int, int]:
    """Changes of a summed rate within the horizon, by time."""
    total: defaultdict[int, int] = defaultdict(int)
    for start, end, rate in flows:
        begin, finish = max(0, start), min(end, horizon_s)
        if begin < finish:
            total[begin] += rate
            total[finish] -= rate
    return total
