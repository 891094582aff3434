"""What activities surely use of a buffer within a span of time, wherever their windows let them start.

Over a span no plan can use more than a full buffer and what comes in meanwhile. Stated on presence alone, this tells a
solver at once what the balance over slots says only after much search: two long recordings between the last pass and
the next do not both fit a storage that holds one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ilrs_science.planning.model.buffers import Buffer, Ints
from ilrs_science.planning.problem.problem import Problem

__all__ = ["Knapsack", "knapsacks"]

#: Moments that spans begin or end at, and knapsacks kept, at the most. (assumed)
MOMENTS, KEPT = 64, 150


@dataclass(frozen=True)
class Knapsack:
    """One span: the sum of the shares of what is done never exceeds the room. [mJ] or [bit]"""

    start_s: int
    """Begin of the span. [s]"""
    end_s: int
    """End of the span. [s]"""
    room: int
    """What is there at the most, and what comes in."""
    shares: dict[str, int]
    """What each activity surely uses within the span if it is done."""


def knapsacks(problem: Problem, buffer: Buffer) -> list[Knapsack]:
    """The knapsacks of a buffer that can bind, the tightest first.

    Parameters
    ----------
    problem : Problem
        Whose windows count.
    buffer : Buffer
        Whose room is shared.

    Returns
    -------
    list of Knapsack
        Each holds for every true plan.
    """
    horizon = problem.horizon_s
    spans = {name: problem.by_id[name].starts(horizon) for name in buffer.use}
    names = [name for name in buffer.use if spans[name]]
    held = {name: (min(use)[0], max(phase.end for phase in use)) for name, use in buffer.use.items()}
    opens, closes = _moments(problem, names, spans, held)
    start, end = (grid.ravel() for grid in np.meshgrid(opens, closes, indexing="ij"))
    start, end = start[start < end], end[start < end]
    room = np.where(start == 0, buffer.initial, buffer.size) + buffer.restored(end) - buffer.restored(start)
    room = room - np.where(end == horizon, buffer.final, 0)
    shares = np.zeros((len(names), len(start)), dtype=np.int64)
    for row, name in enumerate(names):
        at = np.array(spans[name], dtype=np.int64).reshape(-1, 1)
        for begin, finish, rate in buffer.use[name]:
            if rate > 0:  # the overlap is smallest at the end of a span
                overlap = np.minimum(at + finish, end) - np.maximum(at + begin, start)
                shares[row] += np.clip(overlap, 0, None).min(axis=0) * rate
            else:
                room = room - rate * np.minimum(finish - begin, end - start)
    total = shares.sum(axis=0)
    tight = [
        index for index in np.argsort(room / np.maximum(1, total)).tolist() if total[index] > room[index]
    ]
    kept: dict[tuple[tuple[int, ...], int], int] = {}
    for index in tight:
        kept.setdefault((tuple(shares[:, index].tolist()), int(room[index])), index)
        if len(kept) == KEPT:
            break
    return [
        Knapsack(
            int(start[index]),
            int(end[index]),
            limit,
            {name: share for name, share in zip(names, column, strict=True) if share},
        )
        for (column, limit), index in kept.items()
    ]


def _moments(
    problem: Problem,
    names: list[str],
    spans: dict[str, list[tuple[int, int]]],
    held: dict[str, tuple[int, int]],
) -> tuple[Ints, Ints]:
    """Moments at which windows open and close, and the ends of the horizon. [s]"""
    opens = {first + held[name][0] for name in names for first, _ in spans[name]}
    closes = {last + held[name][1] for name in names for _, last in spans[name]}
    found = []
    for edge, moments in ((0, opens), (problem.horizon_s, closes)):
        every = np.array(sorted(moments), dtype=np.int64)
        if len(every) > MOMENTS:
            every = every[np.linspace(0, len(every) - 1, MOMENTS).astype(int)]
        found.append(np.unique(np.append(every, edge)))
    return found[0], found[1]
