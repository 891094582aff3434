"""Fit: a piecewise Chebyshev series to any smooth motion, on segments that never straddle an ephemeris record."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from ilrs_science.sky.chebyshev import Floats, node_matrix, nodes, vander
from ilrs_science.sky.kernels import ephemeris_series
from ilrs_science.sky.trajectory import Trajectory

__all__ = ["CELL", "first_cell", "fit_trajectory"]

#: Length of the shortest records of the ephemeris, 4 days; segments are halves of halves of it. [s]
CELL = 345600.0
#: Coefficients of a segment.
_COUNT = 24
#: Shortest segment is the cell over two to this power: 0.66 s.
_DEEPEST = 19

#: (n,) times after the origin [s] to (n, 3) positions. [km]
Motion: TypeAlias = Callable[[Floats], Floats]


def first_cell(tdb: float) -> float:
    """Begin of the ephemeris record in which an epoch lies.

    Parameters
    ----------
    tdb : float
        [s past J2000 TDB]

    Returns
    -------
    float
        [s past J2000 TDB]
    """
    begin = ephemeris_series()[3, 301].start
    return begin + CELL * float((tdb - begin) // CELL)


def fit_trajectory(
    name: str,
    motion: Motion,
    origin: float,
    span: tuple[float, float],
    *,
    tolerance: float = 1e-4,
    shortest: float = 0.0,
) -> Trajectory:
    """Trajectory from a motion that can be asked anywhere in a span.

    Parameters
    ----------
    name : str
        What flies.
    motion : callable
        Times after the origin [s] to positions in ICRF axes. [km]
    origin : float
        [s past J2000 TDB]
    span : tuple of float
        First and last time after the origin. [s]
    tolerance : float
        Greatest distance between motion and series. [m]
    shortest : float
        Segments no longer than this are not halved again: a motion with jumps is never met. [s]

    Returns
    -------
    Trajectory
        With segments halved until the series holds at points between its nodes.
    """
    offset = first_cell(origin + span[0]) - origin
    cells = np.arange(int(np.ceil((span[1] - offset) / CELL)))
    done: list[tuple[Floats, Floats, Floats, Floats]] = []
    for level in range(_DEEPEST + 1):
        length = CELL / 2**level
        low = np.maximum(offset + cells * length, span[0])
        high = np.minimum(offset + (cells + 1) * length, span[1])
        kept = low < high
        cells, low, high = cells[kept], low[kept], high[kept]
        coefficients, error = _fit(motion, low, high)
        good = (error <= tolerance / 1e3) | (length <= shortest) | (level == _DEEPEST)
        done.append((low[good], high[good], coefficients[good], error[good]))
        cells = (2 * cells[~good, None] + np.arange(2)).ravel()
        if not cells.size:
            break
    low, high, coefficients, error = (np.concatenate(column) for column in zip(*done, strict=True))
    order = np.argsort(low)
    edges = np.append(low[order], high.max())
    return Trajectory(name, origin, edges, coefficients[order], float(error.max()) * 1e3)


def _fit(motion: Motion, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Coefficients (segments, 3, count) and greatest error between the nodes (segments,). [km]"""
    middle, half = (low + high) / 2.0, (high - low) / 2.0
    points = np.concatenate([nodes(_COUNT), _checks()])
    times = np.clip(middle[:, None] + half[:, None] * points, low[:, None], high[:, None])
    values = motion(times.ravel()).reshape(len(low), len(points), 3)
    coefficients = np.swapaxes(node_matrix(_COUNT) @ values[:, :_COUNT], 1, 2)
    found = np.swapaxes(coefficients @ vander(_checks(), _COUNT).T, 1, 2)
    error = np.sqrt(((found - values[:, _COUNT:]) ** 2).sum(axis=2)).max(axis=1)
    return np.ascontiguousarray(coefficients), error


def _checks() -> Floats:
    """Points between the nodes, and the ends, where an interpolant is at its worst."""
    inner = (nodes(_COUNT)[1:] + nodes(_COUNT)[:-1]) / 2.0
    return np.concatenate([[-1.0], inner, [1.0]])
