"""Search: every interval in which a piecewise Chebyshev series is positive, certified by bounds on its coefficients.

A piece whose constant term outweighs all others has no root. One whose derivative cannot vanish has at most one, and
Newton's method on the polynomial finds it. Anything else is halved and looked at again. The ephemeris is not asked
again.

Roots are only candidates for an edge: the sign of the stretch between two of them decides. So a root may be found
twice, on both sides of a border, or where the series merely touches zero; what must not happen is that a crossing is
lost.
"""

from __future__ import annotations

import numpy as np

from ilrs_science.sky.chebyshev import Floats, half_matrices
from ilrs_science.sky.compiled import compiled

__all__ = ["positive_intervals", "roots"]

#: Halvings after which a piece is a point: 4 days / 2**40 is 0.3 microseconds.
_DEPTH = 40
#: Rounding of a series in units of the sum of its coefficients: below it a value has no sign.
_ROUNDING = 16 * float(np.finfo(np.float64).eps)
#: Newton gains a digit a step at the least (bisection, 3 bits) and doubles them at the end.
_NEWTON_STEPS = 60
#: Newton's method has arrived when it moves by less than this part of half a piece: 0.03 microseconds of 4 days.
_ARRIVED = 2e-13
#: Where in a stretch its sign is looked at; the largest value counts.
_LOOKS = (0.29, 0.5, 0.73)
#: Candidates that one piece may have before it is taken for noise.
_MOST = 512


def roots(series: Floats) -> Floats:
    """Every place where a series may change its sign.

    Parameters
    ----------
    series : (count,) ndarray
        Chebyshev coefficients, lowest degree first.

    Returns
    -------
    (n,) ndarray
        In [-1, 1], increasing. No crossing is left out; a touch of zero may be in, and a root on the border of two
        halves may be in twice.
    """
    left, right = half_matrices(len(series))
    found, stack = np.empty(_MOST), np.empty((_DEPTH + 2, len(series) + 3))
    noise = _ROUNDING * np.abs(series).sum()
    return found[: _roots(series, noise, left, right, stack, np.empty(len(series)), found)]


def positive_intervals(
    coefficients: Floats, edges: Floats, *, limit: float = 0.0, sign: float = 1.0
) -> tuple[Floats, Floats]:
    """Intervals in which a piecewise series is above, or below, a limit.

    Parameters
    ----------
    coefficients : (m, count) ndarray
        One series a piece, consecutive in time.
    edges : (m + 1,) ndarray
        Borders of the pieces. [s]
    limit : float
        What the series is compared with.
    sign : float
        1 for above, -1 for below.

    Returns
    -------
    starts, ends : (n,) ndarray
        In order, disjoint. [s]

    Notes
    -----
    A stretch whose values are all within rounding of the limit, as where a maximum touches it, takes the sign of the
    stretch before it.
    """
    left, right = half_matrices(coefficients.shape[1])
    changes = np.empty(128)
    count = _changes(coefficients, edges, limit, sign, left, right, changes)
    if count > len(changes):
        changes = np.empty(count)
        _changes(coefficients, edges, limit, sign, left, right, changes)
    # the first bound begins a positive stretch; the last one, if it stays open, ends with the pieces
    bounds = changes[:count] if count % 2 == 0 else np.append(changes[:count], edges[-1])
    return bounds[::2], bounds[1::2]


@compiled
def _value(series: Floats, x: float) -> float:
    """Value of a series, by Clenshaw's recurrence."""
    high, higher = 0.0, 0.0
    for k in range(len(series) - 1, 0, -1):
        high, higher = series[k] + 2.0 * x * high - higher, high
    return float(series[0] + x * high - higher)


@compiled
def _newton(series: Floats, slope: Floats, start: float, end: float, arrived: float) -> float:
    """The one root of a monotone series, by Newton's method kept inside a shrinking bracket."""
    low, high, rising = -1.0, 1.0, end > start
    x = min(max(-1.0 - 2.0 * start / (end - start), -1.0), 1.0)
    for _ in range(_NEWTON_STEPS):
        value = _value(series, x)
        if (value > 0.0) == rising:
            high = x
        else:
            low = x
        moved = x - value / _value(slope, x)
        if not low <= moved <= high:
            moved = x if value == 0.0 else (low + high) / 2.0
        shift, x = abs(moved - x), moved
        if shift < arrived:
            break
    return x


@compiled
def _differentiate(series: Floats, slope: Floats) -> float:
    """Fill the coefficients of the derivative; return the sum of their sizes beyond the first."""
    count = len(series)
    slope[count - 1], rest = 0.0, 0.0
    above, higher = 0.0, 0.0
    for k in range(count - 1, 0, -1):
        value = higher + 2.0 * k * series[k]
        higher, above = above, value
        slope[k - 1] = value
        if k > 1:
            rest += abs(value)
    slope[0] *= 0.5
    return rest


@compiled
def _roots(
    series: Floats, noise: float, left: Floats, right: Floats, stack: Floats, slope: Floats, found: Floats
) -> int:
    """Fill `found` in order; the stack holds pieces to be looked at: centre, half length, depth, coefficients."""
    count, total, height = len(series), 0, 1
    stack[0, 0], stack[0, 1], stack[0, 2] = 0.0, 1.0, 0.0
    stack[0, 3:] = series
    while height > 0:
        height -= 1
        centre, half, depth, piece = stack[height, 0], stack[height, 1], stack[height, 2], stack[height, 3:]
        size, start, end, alternate = 0.0, piece[0], piece[0], -1.0
        for k in range(1, count):
            size += abs(piece[k])
            start += alternate * piece[k]
            end += piece[k]
            alternate = -alternate
        if abs(piece[0]) > size or noise == 0.0:
            continue
        if total == len(found):
            break
        if abs(piece[0]) + size <= noise or depth >= _DEPTH:
            found[total] = centre
            total += 1
            continue
        rest = _differentiate(piece, slope)
        if abs(slope[0]) > rest:
            if min(abs(start), abs(end)) <= noise or (start > 0.0) != (end > 0.0):
                found[total] = centre + half * _newton(piece, slope, start, end, _ARRIVED / half)
                total += 1
            continue
        _halve(stack, height, centre, half / 2.0, depth + 1.0, left, right)
        height += 2
    return total


@compiled
def _halve(
    stack: Floats, height: int, centre: float, half: float, depth: float, left: Floats, right: Floats
) -> None:
    """Put the right and, on top of it, the left half of the piece at `height` in its place."""
    count = stack.shape[1] - 3
    for i in range(count):
        one, other = 0.0, 0.0
        for k in range(i, count):  # both matrices are upper triangular
            one += left[i, k] * stack[height, 3 + k]
            other += right[i, k] * stack[height, 3 + k]
        stack[height + 1, 3 + i] = one
        stack[height, 3 + i] = other  # entries before i are not needed any more
    stack[height, 0], stack[height + 1, 0] = centre + half, centre - half
    stack[height : height + 2, 1], stack[height : height + 2, 2] = half, depth


@compiled
def _changes(
    coefficients: Floats,
    edges: Floats,
    limit: float,
    sign: float,
    left: Floats,
    right: Floats,
    changes: Floats,
) -> int:
    """Fill the instants at which the sign changes, the first to positive; return how many there are."""
    count = coefficients.shape[1]
    series, slope = np.empty(count), np.empty(count)
    stack, found = np.empty((_DEPTH + 2, count + 3)), np.empty(_MOST + 1)
    known, positive, total = False, False, 0
    for i in range(len(coefficients)):
        size = 0.0
        for k in range(count):
            series[k] = sign * coefficients[i, k]
            size += abs(series[k])
        series[0] -= sign * limit
        size += abs(series[0]) - abs(coefficients[i, 0])
        noise = _ROUNDING * size
        number = _roots(series, noise, left, right, stack, slope, found[:_MOST])
        found[number] = 1.0
        begin = -1.0
        for j in range(number + 1):
            end = found[j]
            best, clear = 0.0, False
            if number == 0 and noise > 0.0:
                best, clear = series[0], True
            elif end > begin:
                for part in _LOOKS:
                    value = _value(series, begin + part * (end - begin))
                    best = value if abs(value) > abs(best) else best
                    clear = clear or abs(value) > noise
            if clear and (best > 0.0) != positive:
                if total < len(changes):
                    at = edges[i] + (edges[i + 1] - edges[i]) * (begin + 1.0) / 2.0
                    changes[total] = at if known else edges[0]
                total += 1
                positive = not positive
            known = known or clear
            begin = max(begin, end)
    return total
