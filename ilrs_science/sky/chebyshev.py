"""Chebyshev series: values, derivatives, nodes and the exact change to a sub-interval."""

from __future__ import annotations

from functools import cache
from typing import TypeAlias

import numpy as np
from numpy.polynomial import chebyshev
from numpy.typing import NDArray

__all__ = ["Floats", "derivative_matrix", "half_matrices", "node_matrix", "nodes", "values", "vander"]

#: Arrays of float64.
Floats: TypeAlias = NDArray[np.float64]


def vander(x: Floats, count: int, derivative: int = 0) -> Floats:
    """Chebyshev polynomials, or a derivative of them, at points.

    Parameters
    ----------
    x : (n,) ndarray
        Points in [-1, 1].
    count : int
        Number of polynomials, degree 0 to ``count - 1``.
    derivative : int
        Order of the derivative with respect to `x`.

    Returns
    -------
    (n, count) ndarray
    """
    table = chebyshev.chebvander(x, count - 1)
    for _ in range(derivative):
        table = table @ derivative_matrix(count)
    return np.asarray(table)


@cache
def derivative_matrix(count: int) -> Floats:
    """Matrix D with ``T'(x) = T(x) @ D`` for the row of polynomials T; ``D @ c`` differentiates a series.

    Parameters
    ----------
    count : int
        Number of coefficients.

    Returns
    -------
    (count, count) ndarray
    """
    matrix = np.zeros((count, count))
    for degree in range(1, count):
        matrix[:degree, degree] = chebyshev.chebder(np.eye(count)[degree])[:degree]
    return matrix


@cache
def nodes(count: int) -> Floats:
    """Chebyshev nodes of the first kind, increasing.

    Parameters
    ----------
    count : int
        Number of nodes.

    Returns
    -------
    (count,) ndarray
        Points in (-1, 1).
    """
    return np.asarray(-np.cos(np.pi * (np.arange(count) + 0.5) / count))


@cache
def node_matrix(count: int) -> Floats:
    """Matrix that turns values at `nodes` into series coefficients, lowest first.

    Parameters
    ----------
    count : int
        Number of nodes and of coefficients.

    Returns
    -------
    (count, count) ndarray
        Coefficients are ``matrix @ values``.
    """
    matrix = vander(nodes(count), count).T * (2.0 / count)
    matrix[0] /= 2.0
    return matrix


@cache
def half_matrices(count: int) -> tuple[Floats, Floats]:
    """Matrices that carry a series on [-1, 1] to its left and right half.

    Parameters
    ----------
    count : int
        Number of coefficients.

    Returns
    -------
    tuple of (count, count) ndarray
        New coefficients of the left and the right half are ``matrix @ coefficients``.
    """
    left, right = (node_matrix(count) @ vander((nodes(count) + shift) / 2.0, count) for shift in (-1.0, 1.0))
    return left, right


def values(coefficients: Floats, x: Floats) -> Floats:
    """Values of many series, each at its own point, by Clenshaw's recurrence.

    Parameters
    ----------
    coefficients : (m, count) ndarray
        Lowest degree first.
    x : (m,) ndarray
        Points in [-1, 1].

    Returns
    -------
    (m,) ndarray
    """
    high = np.zeros_like(x)
    higher = np.zeros_like(x)
    for column in coefficients.T[:0:-1]:
        high, higher = column + 2.0 * x * high - higher, high
    return coefficients[:, 0] + x * high - higher
