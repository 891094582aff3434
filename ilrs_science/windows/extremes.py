"""Extremes: the highest value of a piecewise series inside windows, and when it is reached."""

from __future__ import annotations

import numpy as np

from ilrs_science.epochs import to_tdb
from ilrs_science.intervals import Windows
from ilrs_science.sky.chebyshev import Floats, derivative_matrix, values
from ilrs_science.windows.pieces import Pieces
from ilrs_science.windows.search import positive_intervals

__all__ = ["highest"]


def highest(pieces: Pieces, sign: float, within: Windows) -> tuple[float, float]:
    """Largest value of a series, or the smallest, inside windows.

    Parameters
    ----------
    pieces : Pieces
        The series.
    sign : float
        1 for the largest value, -1 for the smallest.
    within : Windows
        At least one, inside the pieces.

    Returns
    -------
    value : float
        In the scale of the series.
    tdb : float
        When it is reached first. [s past J2000 TDB]
    """
    starts, ends = (to_tdb(edge) - pieces.origin for edge in (within.starts, within.ends))
    times = np.unique(np.concatenate([starts, ends, _turning_points(pieces)]))
    index = np.searchsorted(starts, times, side="right") - 1
    times = times[(index >= 0) & (times <= ends[np.maximum(index, 0)])]
    found = sign * _at(pieces, times)
    best = int(np.argmax(found))
    return float(sign * found[best]), float(pieces.origin + times[best])


def _turning_points(pieces: Pieces) -> Floats:
    """Borders of the pieces and times at which the slope changes its sign. [s]"""
    slopes = pieces.coefficients @ derivative_matrix(pieces.coefficients.shape[1]).T
    starts, ends = positive_intervals(np.ascontiguousarray(slopes), pieces.edges)
    return np.concatenate([pieces.edges, starts, ends])


def _at(pieces: Pieces, times: Floats) -> Floats:
    index = np.clip(np.searchsorted(pieces.edges, times, side="right") - 1, 0, len(pieces.coefficients) - 1)
    low, high = pieces.edges[index], pieces.edges[index + 1]
    x = np.clip(2.0 * (times - low) / (high - low) - 1.0, -1.0, 1.0)
    return values(pieces.coefficients[index], x)
