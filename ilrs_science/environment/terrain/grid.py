"""Grid: a file of heights that lies open, of which any part can be read."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ilrs_science.environment.terrain.bilinear import GEOGRAPHIC, Float32s
from ilrs_science.environment.terrain.heights import Scale, heights_of
from ilrs_science.environment.terrain.raster import MOON_RADIUS_M, Projection
from ilrs_science.errors import RequestError

__all__ = ["Grid", "placed"]

Numbers = Callable[[slice, slice], npt.NDArray[np.generic]]


@dataclass(frozen=True)
class Grid:
    """What a file says about its grid, and how to read pixels of it while it is open."""

    path: Path
    """The file."""
    rows: int
    """How many. [1]"""
    columns: int
    """How many. [1]"""
    projection: Projection
    """What x and y mean."""
    x0: float
    """x of the first pixel's centre. [m or deg]"""
    y0: float
    """y of the first pixel's centre. [m or deg]"""
    dx: float
    """From one column to the next, either sign. [m or deg]"""
    dy: float
    """From one row to the next, either sign. [m or deg]"""
    scale: Scale
    """What the numbers mean."""
    numbers: Numbers
    """Gives the numbers of some rows and columns, masked or NaN where there is no data."""
    files: tuple[Path, ...] = ()
    """All that belongs to it: the file, its label, its image."""
    tags: tuple[tuple[str, str], ...] = ()
    """What the file says of itself: names and texts of its tags."""

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Least x, least y, greatest x, greatest y of the pixels' edges. [m or deg]"""
        x = (self.x0 - 0.5 * self.dx, self.x0 + (self.columns - 0.5) * self.dx)
        y = (self.y0 - 0.5 * self.dy, self.y0 + (self.rows - 0.5) * self.dy)
        return min(x), min(y), max(x), max(y)

    @property
    def pixels(self) -> int:
        """How many there are. [1]"""
        return self.rows * self.columns

    @property
    def cell(self) -> float:
        """Size of a pixel along a meridian. [m]"""
        return abs(self.dy) * (math.radians(MOON_RADIUS_M) if self.projection.kind == GEOGRAPHIC else 1.0)

    @property
    def width(self) -> float:
        """Across the longer side of the map. [m]"""
        return self.cell * max(self.rows, self.columns)

    @property
    def round_moon(self) -> bool:
        """Whether the columns go round the whole Moon."""
        round_moon = abs(abs(self.dx) * self.columns - 360.0) < 0.5 * abs(self.dx)
        return self.projection.kind == GEOGRAPHIC and round_moon

    def read(self, rows: slice, columns: slice) -> Float32s:
        """Read heights.

        Parameters
        ----------
        rows, columns : slice
            Which, with start and stop inside the grid.

        Returns
        -------
        ndarray of float32
            Heights above the 1737.4 km sphere, NaN where there is no data. [m]
        """
        return heights_of(self.path, self.numbers(rows, columns), self.scale)


def placed(
    path: Path,
    size: tuple[int, int],
    projection: Projection,
    corner: tuple[float, float],
    step: tuple[float, float],
    *,
    scale: Scale,
    numbers: Numbers,
) -> Grid:
    """Make a grid from what a file says in its own units.

    Parameters
    ----------
    path : Path
        The file.
    size : tuple of int
        Rows and columns.
    projection : Projection
        What x and y mean.
    corner : tuple of float
        x and y of the first pixel's centre, in the file's unit.
    step : tuple of float
        From one column, one row to the next, in the file's unit.
    scale : Scale
        What the numbers mean.
    numbers : callable
        Gives numbers of rows and columns.

    Returns
    -------
    Grid
        In metres or degrees from the projection's origin.

    Raises
    ------
    RequestError
        If it has fewer than 2 x 2 pixels, no pixel size, or lies beyond the poles.
    """
    rows, columns = size
    if min(rows, columns) < 2:
        raise RequestError(f"terrain file {path} is {columns} x {rows} pixels; at least 2 x 2 needed")
    unit_x, unit_y = projection.metres * projection.stretch, projection.metres
    x0, y0 = corner[0] * unit_x - projection.east, corner[1] * unit_y - projection.north
    dx, dy = step[0] * unit_x, step[1] * unit_y
    if not (dx and dy) or not math.isfinite(x0 + y0 + dx + dy):
        raise RequestError(f"terrain file {path} has no pixel size; give it a geotransform")
    if projection.kind == GEOGRAPHIC:
        latitudes = (y0, y0 + (rows - 1) * dy)
        if max(map(abs, latitudes)) > 90.0 + abs(dy) or abs(dx) * columns > 360.0 + 2.0 * abs(dx):
            raise RequestError(
                f"terrain file {path} spans {min(latitudes):.6g} to {max(latitudes):.6g} deg of latitude and "
                f"{abs(dx) * columns:.6g} deg of longitude; its geotransform cannot be right"
            )
    return Grid(path, rows, columns, projection, x0, y0, dx, dy, scale, numbers)
