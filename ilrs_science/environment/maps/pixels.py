"""Pixels of a tile as the compiled loop of skylines reads them."""

from __future__ import annotations

import math

import numpy as np

from ilrs_science.environment.maps.area import Tile
from ilrs_science.environment.maps.projection import axes_of, columns_rows, latitude_longitude
from ilrs_science.environment.terrain.bilinear import GEOGRAPHIC, Float64s
from ilrs_science.environment.terrain.raster import MOON_RADIUS_M
from ilrs_science.environment.terrain.stack import TerrainStack

__all__ = ["pixels_of"]

HALFWAY_CELLS = 2.5
"""How many pixels away the scale of the grid is taken along north and east. [1]"""


def pixels_of(terrain: TerrainStack, tile: Tile, mast: float) -> Float64s:
    """Describe each pixel of a tile to the compiled loop.

    Parameters
    ----------
    terrain : TerrainStack
        Grids, finest first.
    tile : Tile
        Which pixels of which grid.
    mast : float
        Height of the eye above the ground. [m]

    Returns
    -------
    (pixel, 16) ndarray
        In the order of the columns in `skylines`; the first is NaN where the grid has no data.
    """
    dem = terrain.dems[tile.level]
    row, column = (part.ravel() for part in np.mgrid[tile.slices])
    axes = axes_of(*latitude_longitude(dem, column, row))
    plane = axes_of(tile.latitude, tile.longitude)
    north, east, up = (axes[:, k] @ plane.T for k in range(3))
    ground = dem.heights[row, column].astype(float)
    # The grid's own scale halfway to the end of the near field.
    q = HALFWAY_CELLS * dem.cell / MOON_RADIUS_M
    change = []
    for k in range(2):
        ahead = (axes[:, 2] + q * axes[:, k]) / math.sqrt(1.0 + q * q)
        to_column, to_row = columns_rows(dem, ahead)
        to_column -= column
        if dem.projection.kind == GEOGRAPHIC:
            turn = 360.0 / abs(dem.dx)
            to_column = (to_column + turn / 2) % turn - turn / 2
        change.append((to_column / q, (to_row - row) / q))
    (column_north, row_north), (column_east, row_east) = change
    return np.stack(
        [
            MOON_RADIUS_M + ground + mast,
            up[:, 0] / up[:, 2],
            up[:, 1] / up[:, 2],
            up[:, 2],
            *north.T,
            *east.T,
            column.astype(float),
            row.astype(float),
            column_north,
            column_east,
            row_north,
            row_east,
        ],
        axis=1,
    )
