"""Search: every interval in which a piecewise Chebyshev series is positive, certified by bounds on its coefficients.

A segment whose constant term outweighs all others has no root. One whose derivative cannot vanish has at most one, and
Newton's method on the polynomial finds it. Anything else is halved and looked at again. The ephemeris is not asked again.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ilrs_science.sky.chebyshev import Floats, derivative_matrix, half_matrices, values

__all__ = ["positive_intervals", "roots"]

#: Halvings after which a touch of zero counts as none: 4 days / 2**32 is 0.08 ms.
_DEPTH = 32
_NEWTON_STEPS = 12


def roots(coefficients: Floats) -> tuple[NDArray[np.intp], Floats]:
    """Every sign change of each series inside (-1, 1).

    Parameters
    ----------
    coefficients : (m, count) ndarray
        Chebyshev coefficients, lowest degree first.

    Returns
    -------
    row : (n,) ndarray
        Which series.
    x : (n,) ndarray
        Where, in [-1, 1]; in no special order.
    """
    size = coefficients.shape[1]
    derivative, (left, right) = derivative_matrix(size), half_matrices(size)
    row, centre, half = np.arange(len(coefficients)), np.zeros(len(coefficients)), 1.0
    found: list[tuple[NDArray[np.intp], Floats]] = []
    series = coefficients
    for _ in range(_DEPTH):
        keep = np.abs(series[:, 0]) <= np.abs(series[:, 1:]).sum(axis=1)
        keep &= np.abs(series).max(axis=1) > 0.0
        row, centre, series = row[keep], centre[keep], series[keep]
        if not len(row):
            break
        slope = series @ derivative.T
        monotone = np.abs(slope[:, 0]) > np.abs(slope[:, 1:]).sum(axis=1)
        crossing = monotone & (_end_value(series, -1) * _end_value(series, 1) < 0.0)
        if crossing.any():
            x = _newton(series[crossing], slope[crossing])
            found.append((row[crossing], centre[crossing] + half * x))
        row, centre, series = row[~monotone], centre[~monotone], series[~monotone]
        half /= 2.0
        row = np.concatenate([row, row])
        centre = np.concatenate([centre - half, centre + half])
        series = np.concatenate([series @ left.T, series @ right.T])
    if not found:
        return np.empty(0, np.intp), np.empty(0)
    return np.concatenate([r for r, _ in found]), np.concatenate([x for _, x in found])


def _end_value(series: Floats, side: int) -> Floats:
    signs = np.ones(series.shape[1]) if side > 0 else (-1.0) ** np.arange(series.shape[1])
    return np.asarray(series @ signs)


def _newton(series: Floats, slope: Floats) -> Floats:
    """The one root of each monotone series, by Newton's method kept inside a shrinking bracket."""
    low, high = np.full(len(series), -1.0), np.ones(len(series))
    start, end = _end_value(series, -1), _end_value(series, 1)
    rising = end > start
    x = -1.0 - 2.0 * start / (end - start)
    for _ in range(_NEWTON_STEPS):
        value = values(series, x)
        above = (value > 0.0) == rising
        high, low = np.where(above, x, high), np.where(above, low, x)
        step = x - value / values(slope, x)
        inside = (step > low) & (step < high)
        moved = np.where(inside, step, np.where(value == 0.0, x, (low + high) / 2.0))
        if np.abs(moved - x).max() < 1e-15:
            return moved
        x = moved
    return x


def positive_intervals(coefficients: Floats, start: float, length: float) -> tuple[Floats, Floats]:
    """Intervals in which a piecewise series is positive.

    Parameters
    ----------
    coefficients : (m, count) ndarray
        One series a segment, consecutive in time.
    start : float
        Begin of the first segment. [s]
    length : float
        Length of a segment. [s]

    Returns
    -------
    starts, ends : (n,) ndarray
        In order, disjoint. [s]

    Notes
    -----
    The sign is taken in the middle of each piece between two roots, so that a root lost or doubled where two segments
    meet cannot turn day into night.
    """
    row, x = roots(coefficients)
    jumps = np.flatnonzero(_end_value(coefficients[:-1], 1) * _end_value(coefficients[1:], -1) < 0.0) + 1
    inner = np.sort(np.concatenate([row + (x + 1.0) / 2.0, jumps]))
    edges = np.concatenate([[0.0], inner, [float(len(coefficients))]])
    middle = (edges[:-1] + edges[1:]) / 2.0
    segment = np.minimum(middle.astype(np.intp), len(coefficients) - 1)
    positive = values(coefficients[segment], 2.0 * (middle - segment) - 1.0) > 0.0
    change = np.flatnonzero(np.diff(positive)) + 1
    bounds = np.concatenate([edges[:1], edges[change], edges[-1:]]) * length + start
    first = 0 if positive[0] else 1
    pairs = bounds[first : first + 2 * ((len(bounds) - first) // 2)]
    return pairs[::2], pairs[1::2]
