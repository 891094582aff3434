"""One grid of heights in memory."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ilrs_science.environment.terrain import bilinear
from ilrs_science.environment.terrain.bilinear import Float32s
from ilrs_science.environment.terrain.grid import Grid
from ilrs_science.environment.terrain.grid_file import open_grid
from ilrs_science.environment.terrain.heights import check_unit
from ilrs_science.environment.terrain.raster import MOON_RADIUS_M, Projection
from ilrs_science.errors import RequestError

__all__ = ["LARGEST_PIXELS", "Dem"]

LARGEST_PIXELS = 400_000_000
"""Most pixels of a grid that is read whole: 1.6 GB of heights in memory (assumed)."""


@dataclass(frozen=True, eq=False)
class Dem:
    """One grid of heights above the 1737.4 km sphere, in memory.

    Parameters
    ----------
    name : str
        File name, and which part of it; shown wherever a result depends on this grid.
    heights : (row, column) ndarray of float32
        Heights; NaN where there is no data. [m]
    projection : Projection
        What x and y mean.
    x0, y0 : float
        Where the first pixel's centre lies. [m or deg]
    dx, dy : float
        From one column, one row to the next; either sign. [m or deg]
    """

    name: str
    heights: Float32s
    projection: Projection
    x0: float
    y0: float
    dx: float
    dy: float

    def __repr__(self) -> str:
        rows, columns = self.heights.shape
        return f"<Dem {self.name}: {rows} x {columns}, {self.cell:.4g} m>"

    @classmethod
    def open(cls, path: str | Path) -> Dem:
        """Read a file of heights.

        Parameters
        ----------
        path : str or Path
            GeoTIFF, PDS3 image or its label, PDS4 label, CF netCDF or any other format GDAL knows, with a
            coordinate reference system on the 1737.4 km sphere: longitude and latitude, equirectangular, or
            polar stereographic. Scale, offset, no-data value and unit are honoured; radii are turned into
            heights. Rows and columns may run either way.

        Returns
        -------
        Dem
            The whole grid.

        Raises
        ------
        RequestError
            If the file is missing, unreadable, truncated, empty, of another body, not placed on the Moon, or too
            large to be read whole; `rings.dems_around` reads the part around a place.
        """
        with open_grid(path) as grid:
            return cls.whole(grid)

    @classmethod
    def whole(cls, grid: Grid) -> Dem:
        """Read all of an open file.

        Parameters
        ----------
        grid : Grid
            From `open_grid`.

        Returns
        -------
        Dem
            The whole grid.

        Raises
        ------
        RequestError
            If it is too large, has no data, or cannot be in metres.
        """
        if grid.pixels > LARGEST_PIXELS:
            raise RequestError(
                f"terrain file {grid.path} is too large to be read whole ({grid.columns} x {grid.rows} pixels); "
                "ask for one place, around which it is read, or cut out the part around the site"
            )
        heights = grid.read(slice(0, grid.rows), slice(0, grid.columns))
        if np.isnan(heights).all():
            raise RequestError(f"terrain file {grid.path} has no data in any pixel")
        check_unit(grid.path, heights, grid.scale.unit, grid.width)
        return cls(grid.path.name, heights, grid.projection, grid.x0, grid.y0, grid.dx, grid.dy)

    @property
    def cell(self) -> float:
        """Size of a pixel along a meridian. [m]"""
        return abs(self.dy) * (
            math.radians(MOON_RADIUS_M) if self.projection.kind == bilinear.GEOGRAPHIC else 1.0
        )

    @property
    def wraps(self) -> bool:
        """Whether the columns go round the whole Moon."""
        round_moon = abs(abs(self.dx) * self.heights.shape[1] - 360.0) < 0.5 * abs(self.dx)
        return self.projection.kind == bilinear.GEOGRAPHIC and round_moon

    def height(self, latitude: npt.ArrayLike, longitude: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Give the height of the ground by bilinear interpolation.

        Parameters
        ----------
        latitude, longitude : array_like
            Selenographic, MOON_ME, east positive. [deg]

        Returns
        -------
        ndarray
            Height above the 1737.4 km sphere; NaN outside the grid and beside pixels without data. [m]
        """
        phi, lam = np.broadcast_arrays(np.asarray(latitude, float), np.asarray(longitude, float))
        heights, levels = np.empty(phi.size), np.empty(phi.size, np.int64)
        flat, table = np.ascontiguousarray(self.heights).ravel(), np.array([self.row(0)])
        bilinear.heights_at(flat, table, phi.ravel(), lam.ravel(), heights, levels)
        return heights.reshape(phi.shape)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the heights and where they lie."""
        place = (self.heights.shape, self.projection, self.x0, self.y0, self.dx, self.dy)
        return hashlib.sha256(repr(place).encode() + np.ascontiguousarray(self.heights).tobytes()).hexdigest()

    def row(self, start: int) -> list[float]:
        """Describe the grid to the compiled loops: its row of `PackedGrids.table`.

        Parameters
        ----------
        start : int
            Where its heights begin in the flat array.

        Returns
        -------
        list of float
            In the order of the columns of the table.
        """
        rows, columns = self.heights.shape
        p, turn = self.projection, math.radians(self.projection.meridian)
        place = [float(p.kind), float(start), float(rows), float(columns), self.x0, self.y0]
        more = [
            1.0 / self.dx,
            1.0 / self.dy,
            p.scale,
            math.cos(turn),
            math.sin(turn),
            self.cell,
            float(self.wraps),
        ]
        return place + more
