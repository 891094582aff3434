"""Records: compiled values and derivatives of Chebyshev records, at any epochs or on equal segments."""

from __future__ import annotations

import numpy as np

from ilrs_science.sky.chebyshev import Floats
from ilrs_science.sky.compiled import compiled, compiled_sum

__all__ = ["evaluate_at", "evaluate_on"]


@compiled
def evaluate_at(coefficients: Floats, begin: float, step: float, times: Floats, out: Floats) -> None:
    """Value and two derivatives at any times, by the recurrences of T and of its derivatives.

    Parameters
    ----------
    coefficients : (records, components, count) ndarray
        Lowest degree first.
    begin, step : float
        Begin of the first record and length of each. [s]
    times : (n,) ndarray
        Inside the records. [s]
    out : (3, n, components) ndarray
        Filled with value, first and second time derivative.
    """
    records, components, count = coefficients.shape
    scale = 2.0 / step
    basis = np.empty((3, count))
    basis[:, 0] = 1.0, 0.0, 0.0
    for i in range(times.size):
        index = min(int((times[i] - begin) // step), records - 1)
        x = scale * (times[i] - (begin + index * step)) - 1.0
        if count > 1:
            basis[0, 1], basis[1, 1], basis[2, 1] = x, scale, 0.0
        for k in range(2, count):
            for order in range(3):
                basis[order, k] = 2.0 * x * basis[order, k - 1] - basis[order, k - 2]
            basis[1, k] += 2.0 * scale * basis[0, k - 1]
            basis[2, k] += 4.0 * scale * basis[1, k - 1]
        for order in range(3):
            for component in range(components):
                total = 0.0
                for k in range(count):
                    total += coefficients[index, component, k] * basis[order, k]
                out[order, i, component] = total


@compiled_sum
def evaluate_on(coefficients: Floats, offset: int, tables: Floats, scale: float, out: Floats) -> None:
    """Value and two derivatives at the same points of consecutive segments.

    Parameters
    ----------
    coefficients : (records, components, count) ndarray
        Lowest degree first.
    offset : int
        Segments before the first one.
    tables : (parts, 3, count, p) ndarray
        Polynomials and their derivatives at the points of each part of a record.
    scale : float
        Derivative of the polynomials' variable. [1/s]
    out : (3, segments, p, components) ndarray
        Filled with value, first and second time derivative.
    """
    parts, _, count, points = tables.shape
    row = np.empty(points)
    for i in range(out.shape[1]):
        index, part = divmod(offset + i, parts)
        factor = 1.0
        for order in range(3):
            for component in range(out.shape[3]):
                row[:] = 0.0
                for k in range(count):
                    c = coefficients[index, component, k]
                    for p in range(points):
                        row[p] += c * tables[part, order, k, p]
                for p in range(points):
                    out[order, i, p, component] = factor * row[p]
            factor *= scale
