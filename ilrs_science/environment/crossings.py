"""Crossings: when a smooth function of time is above zero, to the microsecond."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from ilrs_science.epochs import Epochs

__all__ = ["Clearance", "first_changed", "spans_above"]

#: A smooth function of time that is above zero where something holds; epochs come in any order.
Clearance: TypeAlias = Callable[[Epochs], npt.NDArray[np.float64]]

#: An extreme between two samples is sought among so many points, so many times over.
_POINTS, _ROUNDS = 9, 7
_INSTANT = np.timedelta64(1, "us")

Bools: TypeAlias = npt.NDArray[np.bool_]


def first_changed(holds: Callable[[Epochs], Bools], low: Epochs, high: Epochs, before: Bools) -> Epochs:
    """Give the first epoch of the new state in each bracket, by halving all at once.

    Parameters
    ----------
    holds : callable
        State at any epochs.
    low, high : (n,) ndarray of datetime64[us]
        The state at the second is not that at the first.
    before : (n,) ndarray of bool
        State at the first.

    Returns
    -------
    (n,) ndarray of datetime64[us]
        To the microsecond.
    """
    while len(low) and (high - low).max() > _INSTANT:
        middle = low + (high - low) // 2
        same = holds(middle) == before
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    return high


def spans_above(function: Clearance, start: np.datetime64, end: np.datetime64, step: float) -> Epochs:
    """Give the spans in which a function is above zero.

    Parameters
    ----------
    function : callable
        Continuous; at most one extreme within two steps.
    start, end : datetime64
        UTC; nothing outside is asked for.
    step : float
        Between samples; shorter spans are found too if the function has an extreme there. [s]

    Returns
    -------
    (n, 2) ndarray of datetime64[us]
        Start and end of each, in order; above zero at both but for the microsecond of rounding. A span that reaches
        beyond the search ends with it.

    Notes
    -----
    Samples, then the extremes between them, then bisection of all edges at once. A maximum that stays below zero, or a
    minimum above it, costs nothing but its search.
    """
    first, last = (int(epoch.astype("datetime64[us]").astype(np.int64)) for epoch in (start, end))
    count = max(int(np.ceil((last - first) / (step * 1e6))), 2)
    nodes = np.unique(np.linspace(first, last, count + 1).round().astype(np.int64))

    def above(microseconds: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        return function(microseconds.astype("datetime64[us]"))

    nodes, values = _with_extremes(above, nodes, above(nodes))
    positive = values > 0.0
    changes = np.flatnonzero(positive[1:] != positive[:-1])
    times = nodes.astype("datetime64[us]")
    edges = first_changed(
        lambda when: function(when) > 0.0, times[changes], times[changes + 1], positive[changes]
    )
    edges = np.where(positive[changes], edges - _INSTANT, edges)  # the function is above zero on this side
    borders = [times[:1]] * bool(positive[0]) + [edges] + [times[-1:]] * bool(positive[-1])
    return np.concatenate(borders).reshape(-1, 2)


def _with_extremes(
    above: Callable[[npt.NDArray[np.int64]], npt.NDArray[np.float64]],
    nodes: npt.NDArray[np.int64],
    values: npt.NDArray[np.float64],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """The nodes, and with them each extreme on the other side of zero than its neighbours."""
    # hidden passes are maxima below zero, hidden gaps minima above it: turned over, both are maxima below zero
    turned = np.where(values > 0.0, -values, values)
    middle = turned[1:-1]
    same = (values[1:-1] > 0.0) == (values[:-2] > 0.0)
    same &= (values[1:-1] > 0.0) == (values[2:] > 0.0)
    index = 1 + np.flatnonzero(same & (middle >= turned[:-2]) & (middle >= turned[2:]))
    sign = np.where(values[index] > 0.0, -1.0, 1.0)
    low, high = nodes[index - 1], nodes[index + 1]
    share = np.linspace(0.0, 1.0, _POINTS)
    best, height = nodes[index], turned[index]
    for _ in range(_ROUNDS if index.size else 0):
        inside = (low[:, None] + ((high - low)[:, None] * share).round()).astype(np.int64)
        found = sign[:, None] * above(inside.ravel()).reshape(inside.shape)
        place = np.argmax(found, axis=1)
        rows = np.arange(index.size)
        best, height = inside[rows, place], found[rows, place]
        low = inside[rows, np.maximum(place - 1, 0)]
        high = inside[rows, np.minimum(place + 1, _POINTS - 1)]
    new = (height > 0.0) & ~np.isin(best, nodes)
    order = np.argsort(np.concatenate([nodes, best[new]]), kind="stable")
    everything = np.concatenate([nodes, best[new]])[order]
    return everything, np.concatenate([values, (sign * height)[new]])[order]
