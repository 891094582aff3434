"""Starts after which data would be in a storage for too long: its own, or those of others that have to wait for it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import pairwise

import numpy as np

from ilrs_science.planning.explain.names import listed
from ilrs_science.planning.explain.obstacle import Obstacle
from ilrs_science.planning.explain.scene import Scene
from ilrs_science.planning.judge.check import Rule
from ilrs_science.planning.judge.delivery import inflows, late_data, outflows
from ilrs_science.planning.model.buffers import Ints
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.parts import Activity

__all__ = ["late"]

#: Starts that are tried over all spans; between two that differ the change is found to the second. (assumed)
TRIED = 200


def late(scene: Scene, activity: Activity) -> Iterator[Obstacle]:
    """Starts after which data would be late.

    Parameters
    ----------
    scene : Scene
        A plan without the activity.
    activity : Activity
        What is to be placed.

    Yields
    ------
    Obstacle
        Found by trying starts, so that what passes within a few minutes of a long span may be missed.
    """
    problem = scene.problem
    waiting = [problem.by_id[name] for name in scene.spans] + [activity]
    if not activity.makes or all(entry.latency_s is None for entry in waiting):
        return
    storage = next(one for one in problem.storages if one.id == problem.storage_of(activity))
    starts = {name: start for name, (start, _) in scene.spans.items()}

    @cache
    def names(at: int) -> tuple[str, ...]:
        plan = Plan.of(problem, {**starts, activity.id: at})
        return tuple(name for name, *_ in late_data(problem, storage, plan))

    spans = activity.starts(problem.horizon_s)
    total = max(1, sum(last - first for first, last in spans))
    edges = _edges(scene, activity, storage.id)
    for first, last in spans:
        even = np.linspace(first, last, max(2, TRIED * (last - first) // total)).astype(np.int64)
        inside = edges[(edges > first) & (edges < last)]
        for low, high in _bad(np.union1d(even, inside).tolist(), lambda at: bool(names(at))):
            by = names((low + high) // 2) or names(low)
            text = f"data of {listed(by)} would leave {storage.id} too late"
            others = tuple(one for one in by if one != activity.id)
            yield Obstacle(low, high, Rule.LATENCY, storage.id, others, text)


def _edges(scene: Scene, activity: Activity, storage: str) -> Ints:
    """Starts at which an edge of the activity, or its deadline, meets one of what fills or empties the storage."""
    problem, length = scene.problem, activity.duration_s
    plan = Plan.of(problem, {name: start for name, (start, _) in scene.spans.items()})
    flows = [*outflows(problem, storage, plan), *(flow[:3] for flow in inflows(problem, storage, plan))]
    moments = {time for start, end, _ in flows for time in (start, end)} | {problem.horizon_s}
    kept = np.array(sorted(moments), dtype=np.int64)
    if len(kept) > TRIED:
        kept = kept[np.linspace(0, len(kept) - 1, TRIED).astype(int)]
    shifts = [0, length] if activity.latency_s is None else [0, length, length + activity.latency_s]
    return np.unique(np.concatenate([kept - shift for shift in shifts] + [kept - length - 1]))


def _bad(tried: list[int], bad: Callable[[int], bool]) -> Iterator[tuple[int, int]]:
    """First and last start of each bad span between the first and the last that are tried."""
    begin = tried[0] if bad(tried[0]) else None
    for low, high in pairwise(tried):
        if bad(low) == bad(high):
            continue
        change = low + bisect_left(range(low, high + 1), x=True, key=partial(_differs, bad, low))
        if begin is None:
            begin = change
        else:
            yield begin, change - 1
            begin = None
    if begin is not None:
        yield begin, tried[-1]


def _differs(bad: Callable[[int], bool], one: int, other: int) -> bool:
    return bad(one) != bad(other)
