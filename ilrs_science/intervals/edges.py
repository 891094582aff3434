"""Edges: sorted, disjoint intervals as whole microseconds, and the sweeps that combine them."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ilrs_science.errors import EpochError

__all__ = ["Edges", "Ints", "clip", "outside", "overlaps", "tidy"]

Ints: TypeAlias = NDArray[np.int64]
#: Starts and ends of intervals. [us since 1970]
Edges: TypeAlias = tuple[Ints, Ints]

#: The integer that numpy reads as "not a time".
_MISSING = int(np.iinfo(np.int64).min)
#: Before and after every epoch that text can state; twice as far still fits 64 bits.
_NEVER, _FOREVER = np.array([-(2**61)]), np.array([2**61])
#: Up to so many intervals a sweep in plain Python is quicker than a dozen calls of numpy. [measured]
_FEW = 16


def tidy(starts: Ints, ends: Ints) -> Edges:
    """Sorted, disjoint, non-empty intervals out of intervals in any order.

    Parameters
    ----------
    starts, ends : (n,) ndarray
        [us since 1970]

    Returns
    -------
    Edges
        New arrays; overlapping and touching intervals are one.

    Raises
    ------
    EpochError
        If an interval ends before it starts, or a date is missing.
    """
    if not len(starts):
        return starts.copy(), ends.copy()
    if starts[0] != _MISSING and (starts < ends).all() and (starts[1:] > ends[:-1]).all():
        return starts.copy(), ends.copy()
    if (starts == _MISSING).any() or (ends == _MISSING).any():
        raise EpochError("a date is missing")
    if (ends < starts).any():
        raise EpochError("an interval ends before it starts")
    keep = starts < ends
    order = np.argsort(starts[keep], kind="stable")
    starts, reach = starts[keep][order], np.maximum.accumulate(ends[keep][order])
    fresh = starts[1:] > reach[:-1]
    edge = np.ones(min(len(starts), 1), bool)
    return starts[np.concatenate([edge, fresh])], reach[np.concatenate([fresh, edge])]


def clip(edges: Edges, low: int, high: int) -> Edges:
    """What intervals leave between two epochs.

    Parameters
    ----------
    edges : Edges
        Sorted and disjoint.
    low, high : int
        [us since 1970]

    Returns
    -------
    Edges
        The same arrays if nothing sticks out.
    """
    starts, ends = edges
    if not len(starts) or (starts[0] >= low and ends[-1] <= high):
        return edges
    starts, ends = np.maximum(starts, low), np.minimum(ends, high)
    keep = starts < ends
    return starts[keep], ends[keep]


def outside(edges: Edges) -> Edges:
    """All time that is in no interval.

    Parameters
    ----------
    edges : Edges
        Sorted and disjoint.

    Returns
    -------
    Edges
        The first and the last reach beyond every epoch.
    """
    return np.concatenate((_NEVER, edges[1])), np.concatenate((edges[0], _FOREVER))


def overlaps(a: Edges, b: Edges, level: int) -> Edges:
    """Where at least so many of two sets of intervals hold.

    Parameters
    ----------
    a, b : Edges
        Each sorted and disjoint.
    level : int
        1 is the union, 2 the intersection.

    Returns
    -------
    Edges
        Sorted, disjoint, new arrays.

    Notes
    -----
    One sweep over all edges in order of time, at a tie starts first: the depth rises by one at each start and falls by
    one at each end. Where one set ends as the other starts, an intersection of no length is left out.
    """
    few = len(a[0]) + len(b[0]) <= _FEW
    starts, ends = (_sweep_few if few else _sweep_many)(a, b, level)
    keep = starts < ends
    return (starts, ends) if keep.all() else (starts[keep], ends[keep])


def _sweep_many(a: Edges, b: Edges, level: int) -> Edges:
    epochs = np.concatenate((a[0], b[0], a[1], b[1]))
    order = epochs.argsort(kind="stable")
    rises = order < len(a[0]) + len(b[0])
    depth = np.where(rises, 1, -1).cumsum()
    epochs = epochs[order]
    return epochs[rises & (depth == level)], epochs[~rises & (depth == level - 1)]


def _sweep_few(a: Edges, b: Edges, level: int) -> Edges:
    events = [
        2 * epoch for epoch in (*a[0].tolist(), *b[0].tolist())
    ]  # even: a start, before an end at a tie
    events += [2 * epoch + 1 for epoch in (*a[1].tolist(), *b[1].tolist())]
    depth, starts, ends = 0, [], []
    for event in sorted(events):
        if event & 1:
            if depth == level:
                ends.append(event >> 1)
            depth -= 1
        else:
            depth += 1
            if depth == level:
                starts.append(event >> 1)
    return np.array(starts, np.int64), np.array(ends, np.int64)
