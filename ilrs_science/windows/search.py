"""Search: every interval in which a piecewise Chebyshev series is positive, certified by bounds on its coefficients.

A segment whose constant term outweighs all others has no root. One whose derivative cannot vanish has at most one, and
Newton's method on the polynomial finds it. Anything else is halved and looked at again. The ephemeris is not asked
again.

Roots are only candidates for an edge: the sign of each piece between two of them decides. So a root may be found twice,
on both sides of a border, or where the series merely touches zero; what must not happen is that a crossing is lost.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ilrs_science.sky.chebyshev import Floats, derivative_matrix, half_matrices, values

__all__ = ["positive_intervals", "roots"]

#: Halvings after which a piece is a point: 4 days / 2**40 is 0.3 microseconds.
_DEPTH = 40
#: Rounding of a series in units of the sum of its coefficients: below it a value has no sign.
_ROUNDING = 16 * float(np.finfo(np.float64).eps)
#: Newton gains a digit a step at the least (bisection, 3 bits) and doubles them at the end.
_NEWTON_STEPS = 60
#: Newton's method has arrived when it moves by less than this part of half a segment: 0.03 microseconds of 4 days.
_ARRIVED = 2e-13
#: Where in a piece its sign is looked at; the largest value counts.
_LOOKS = (0.29, 0.5, 0.73)

_Found = list[tuple[NDArray[np.intp], Floats]]


def roots(coefficients: Floats) -> tuple[NDArray[np.intp], Floats]:
    """Every place where a series may change its sign.

    Parameters
    ----------
    coefficients : (m, count) ndarray
        Chebyshev coefficients, lowest degree first.

    Returns
    -------
    row : (n,) ndarray
        Which series.
    x : (n,) ndarray
        Where, in [-1, 1]; in no special order. No crossing is left out; a touch of zero may be in, and a root on the
        border of two pieces may be in twice.
    """
    left, right = half_matrices(coefficients.shape[1])
    noise = _noise(coefficients)
    row, centre, half = np.arange(len(coefficients)), np.zeros(len(coefficients)), 1.0
    series, found = coefficients, [(np.empty(0, np.intp), np.empty(0))]
    for _ in range(_DEPTH):
        keep = (np.abs(series[:, 0]) <= np.abs(series[:, 1:]).sum(axis=1)) & (noise[row] > 0.0)
        row, centre, series = row[keep], centre[keep], series[keep]
        if not len(row):
            break
        open_ = _settle(found, row, centre, half, series, noise[row])
        row, centre, series, half = row[open_], centre[open_], series[open_], half / 2.0
        row = np.concatenate([row, row])
        centre = np.concatenate([centre - half, centre + half])
        series = np.concatenate([series @ left.T, series @ right.T])
    found.append((row, centre))
    return np.concatenate([r for r, _ in found]), np.concatenate([x for _, x in found])


def _settle(
    found: _Found, row: NDArray[np.intp], centre: Floats, half: float, series: Floats, noise: Floats
) -> NDArray[np.bool_]:
    """Add the roots of the pieces that can be decided to `found`; True for those that must be halved."""
    flat = np.abs(series).sum(axis=1) <= noise
    found.append((row[flat], centre[flat]))
    slope = series @ derivative_matrix(series.shape[1]).T
    monotone = ~flat & (np.abs(slope[:, 0]) > np.abs(slope[:, 1:]).sum(axis=1))
    start, end = _end_value(series, -1), _end_value(series, 1)
    touching = np.minimum(np.abs(start), np.abs(end)) <= noise
    crossing = monotone & (touching | ((start > 0.0) != (end > 0.0)))
    if crossing.any():
        x = _newton(series[crossing], slope[crossing], _ARRIVED / half)
        found.append((row[crossing], centre[crossing] + half * x))
    return np.asarray(~(flat | monotone))


def _noise(series: Floats) -> Floats:
    """Size below which the value of each series is rounding."""
    return np.asarray(_ROUNDING * np.abs(series).sum(axis=1))


def _end_value(series: Floats, side: int) -> Floats:
    signs = np.ones(series.shape[1]) if side > 0 else (-1.0) ** np.arange(series.shape[1])
    return np.asarray(series @ signs)


def _newton(series: Floats, slope: Floats, arrived: float) -> Floats:
    """The one root of each monotone series, by Newton's method kept inside a shrinking bracket."""
    low, high = np.full(len(series), -1.0), np.ones(len(series))
    start, end = _end_value(series, -1), _end_value(series, 1)
    rising = end > start
    x = np.clip(-1.0 - 2.0 * start / (end - start), -1.0, 1.0)
    for _ in range(_NEWTON_STEPS):
        value = values(series, x)
        above = (value > 0.0) == rising
        high, low = np.where(above, x, high), np.where(above, low, x)
        step = x - value / values(slope, x)
        inside = (step >= low) & (step <= high)
        moved = np.where(inside, step, np.where(value == 0.0, x, (low + high) / 2.0))
        shift, x = np.abs(moved - x).max(), moved
        if shift < arrived:
            break
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
    A piece whose values are all within rounding of zero, as where a maximum touches the limit, takes the sign of the
    piece before it.
    """
    row, x = roots(coefficients)
    falls = (_end_value(coefficients[:-1], 1) > 0.0) != (_end_value(coefficients[1:], -1) > 0.0)
    inner = np.sort(np.concatenate([row + (x + 1.0) / 2.0, np.flatnonzero(falls) + 1]))
    edges = np.concatenate([[0.0], inner, [float(len(coefficients))]])
    positive = _positive_pieces(coefficients, edges)
    change = np.flatnonzero(np.diff(positive)) + 1
    bounds = np.concatenate([edges[:1], edges[change], edges[-1:]]) * length + start
    first = 0 if positive[0] else 1
    pairs = bounds[first : first + 2 * ((len(bounds) - first) // 2)]
    return pairs[::2], pairs[1::2]


def _positive_pieces(coefficients: Floats, edges: Floats) -> NDArray[np.bool_]:
    """Whether the series is positive between each pair of neighbouring edges. [segments]"""
    seen, noise = np.zeros(len(edges) - 1), _noise(coefficients)
    clear = np.zeros(len(seen), bool)
    for part in _LOOKS:
        place = edges[:-1] + part * np.diff(edges)
        segment = np.minimum(place.astype(np.intp), len(coefficients) - 1)
        value = values(coefficients[segment], 2.0 * (place - segment) - 1.0)
        seen = np.where(np.abs(value) > np.abs(seen), value, seen)
        clear |= np.abs(value) > noise[segment]
    known = np.flatnonzero(clear)
    if not len(known):
        return clear
    nearest = np.searchsorted(known, np.arange(len(seen)), side="right") - 1
    return np.asarray(seen[known[np.maximum(nearest, 0)]] > 0.0)
