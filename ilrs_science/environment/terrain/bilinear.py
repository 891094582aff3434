"""Height of the ground at a direction from the Moon's centre: bilinear, over nested grids, compiled.

Grids lie one after the other in one flat array, finest first; a table tells where each starts and how a
direction maps to its columns and rows. The first grid that has four valid neighbours answers.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ilrs_science.sky.compiled import compiled

Float64s = npt.NDArray[np.float64]
Int64s = npt.NDArray[np.int64]
Float32s = npt.NDArray[np.float32]

GEOGRAPHIC, NORTH, SOUTH = 0, 1, -1
"""Kinds of grid: longitude and latitude in degrees, or polar stereographic on a sphere in metres."""

KIND, START, ROWS, COLUMNS, X0, Y0, PER_X, PER_Y, SCALE, COS0, SIN0, CELL, WRAPS = range(13)
"""Columns of `PackedGrids.table`."""

EDGE = 1e-6
"""A place this little outside the outermost pixel centres is rounding. [pixel]"""


class PackedGrids(NamedTuple):
    """Nested height grids in the form the compiled loops read."""

    heights: Float32s
    """All grids, row by row, one after the other; NaN where there is no data. [m]"""
    table: Float64s
    """One row per grid, finest first: kind, start, rows, columns, x and y of the first pixel's centre, pixels
    per unit of x and y, stereographic scale [m], cosine and sine of the central meridian, cell size [m],
    wraps."""
    highest: float
    """Greatest height of all grids. [m]"""


@compiled
def _interpolate(heights: Float32s, start: int, columns: int, rows: int, column: float, row: float) -> float:
    """Bilinear value at a fractional column and row inside the grid (NaN if a neighbour is)."""
    j = min(max(math.floor(column), 0), columns - 2)
    i = min(max(math.floor(row), 0), rows - 2)
    s, t = column - j, row - i
    at = start + i * columns + j
    upper = heights[at] * (1.0 - s) + heights[at + 1] * s
    lower = heights[at + columns] * (1.0 - s) + heights[at + columns + 1] * s
    return float(upper * (1.0 - t) + lower * t)


@compiled
def _wrapped(heights: Float32s, start: int, columns: int, rows: int, column: float, row: float) -> float:
    """Bilinear value on a grid that goes round the Moon: columns are periodic, rows clamped at the poles."""
    j = math.floor(column)
    s = column - j
    j, k = j % columns, (j + 1) % columns
    row = min(max(row, 0.0), rows - 1.0)
    i = min(math.floor(row), rows - 2)
    t = row - i
    at = start + i * columns
    upper = heights[at + j] * (1.0 - s) + heights[at + k] * s
    lower = heights[at + columns + j] * (1.0 - s) + heights[at + columns + k] * s
    return float(upper * (1.0 - t) + lower * t)


@compiled
def height_towards(
    heights: Float32s, table: Float64s, finest: int, x: float, y: float, z: float
) -> tuple[float, int]:
    """Give the height of the ground in a direction, and which grid gave it.

    Parameters
    ----------
    heights, table : ndarray
        See `PackedGrids`.
    finest : int
        Index of the first grid that is asked.
    x, y, z : float
        Unit vector from the Moon's centre, MOON_ME. [1]

    Returns
    -------
    height : float
        Height above the 1737.4 km sphere; NaN where no grid answers. [m]
    level : int
        Index of the grid that answered, -1 if none.

    Notes
    -----
    Polar stereographic on a sphere needs no angle: ``rho = 2 R k cos(lat) / (1 +- sin(lat))`` with
    ``cos(lat) = hypot(x, y)`` and ``sin(lat) = z``.
    """
    for level in range(finest, table.shape[0]):
        grid = table[level]
        if grid[KIND] == GEOGRAPHIC:
            east, north = (math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y))))
            # Into the 360 deg that begin half a pixel west of the first column's centre.
            west = grid[X0] - 0.5 / abs(grid[PER_X])
            east -= 360.0 * math.floor((east - west) / 360.0)
        else:
            below = 1.0 + grid[KIND] * z
            if below < 0.1:  # the far hemisphere's end, where the projection runs to infinity
                continue
            scale = grid[SCALE] / below
            east = scale * (y * grid[COS0] - x * grid[SIN0])
            north = -grid[KIND] * scale * (x * grid[COS0] + y * grid[SIN0])
        column, row = (east - grid[X0]) * grid[PER_X], (north - grid[Y0]) * grid[PER_Y]
        rows, columns, start = int(grid[ROWS]), int(grid[COLUMNS]), int(grid[START])
        if grid[WRAPS] > 0.0:
            if not -0.5 <= row <= rows - 0.5:
                continue
            value = _wrapped(heights, start, columns, rows, column, row)
        elif -EDGE <= column <= columns - 1.0 + EDGE and -EDGE <= row <= rows - 1.0 + EDGE:
            value = _interpolate(heights, start, columns, rows, column, row)
        else:
            continue
        if not math.isnan(value):
            return value, level
    return math.nan, -1


@compiled
def heights_at(
    heights: Float32s, table: Float64s, latitude: Float64s, longitude: Float64s, out: Float64s, level: Int64s
) -> None:
    """Fill `out` with heights and `level` with the grids that gave them, for flat arrays of places.

    Parameters
    ----------
    heights, table : ndarray
        See `PackedGrids`.
    latitude, longitude : ndarray
        Selenographic, MOON_ME, east positive. [deg]
    out : ndarray
        Receives heights above the 1737.4 km sphere. [m]
    level : ndarray
        Receives the index of the grid that answered, -1 if none.
    """
    for i in range(latitude.size):
        phi, lam = math.radians(latitude[i]), math.radians(longitude[i])
        x, y, z = (math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi))
        out[i], level[i] = height_towards(heights, table, 0, x, y, z)
