"""Terrain: height grids of the Moon, nested finest first; the only module that reads raster files."""

from __future__ import annotations

import hashlib
import math
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.errors import NotGeoreferencedWarning, RasterioError

from ilrs_science.environment import bilinear
from ilrs_science.environment.bilinear import Float32s, PackedGrids
from ilrs_science.environment.raster import MOON_RADIUS_M, Projection, heights_of, projection_of
from ilrs_science.errors import RequestError
from ilrs_science.paths import verified_path

__all__ = ["MOON_RADIUS_M", "Dem", "TerrainStack", "shipped_terrain", "terrain_of"]

SHIPPED = ("terrain/lola_south_1600m.tif", "terrain/lola_north_1600m.tif", "terrain/lola_global_0p25deg.tif")
"""The grids that come with the package, finest first (LRO LOLA GDR, NASA, public domain)."""


@dataclass(frozen=True, eq=False)
class Dem:
    """One grid of heights above the 1737.4 km sphere, in memory.

    Parameters
    ----------
    name : str
        File name, shown wherever a result depends on this grid.
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
        """Read a raster file of heights.

        Parameters
        ----------
        path : str or Path
            GeoTIFF or any other format GDAL knows, with a coordinate reference system on the 1737.4 km
            sphere: longitude and latitude, equirectangular, or polar stereographic. Scale, offset, no-data
            value and unit of the band are honoured; radii are turned into heights.

        Returns
        -------
        Dem
            The whole grid.

        Raises
        ------
        RequestError
            If the file is missing, unreadable, truncated, empty, of another body, or not placed on the Moon.
        """
        path = Path(path)
        if not path.is_file():
            raise RequestError(f"terrain file {path} does not exist")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", NotGeoreferencedWarning)
                with rasterio.open(path) as dataset:
                    projection = projection_of(path, dataset)
                    heights = heights_of(path, dataset)
                    transform = dataset.transform
        except (RasterioError, OSError) as error:
            raise RequestError(f"terrain file {path} cannot be read: {_first_line(error)}") from error
        if transform.b or transform.d or not transform.a or not transform.e:
            raise RequestError(f"terrain file {path} is rotated or has no pixel size; resample it north up")
        unit = projection.metres
        x0 = (transform.c + 0.5 * transform.a) * unit - projection.east
        y0 = (transform.f + 0.5 * transform.e) * unit - projection.north
        return cls(path.name, heights, projection, x0, y0, transform.a * unit, transform.e * unit)

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
        return TerrainStack([self]).height(latitude, longitude)

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


class TerrainStack:
    """Grids laid over one another: the first one that knows a place answers.

    Parameters
    ----------
    dems : sequence of Dem
        Finest first.

    Notes
    -----
    Two stacks of the same content are equal, so that results can be kept by content.
    """

    def __init__(self, dems: Sequence[Dem]) -> None:
        if not dems:
            raise RequestError("terrain needs at least one grid")
        self.dems = tuple(dems)
        self.names = tuple(dem.name for dem in dems)
        self.digest = hashlib.sha256(" ".join(dem.digest for dem in dems).encode()).hexdigest()

    def __repr__(self) -> str:
        return f"<TerrainStack {' over '.join(self.names)}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TerrainStack) and other.digest == self.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    @cached_property
    def packed(self) -> PackedGrids:
        """The grids in the form the compiled loops read."""
        starts = np.cumsum([0, *(dem.heights.size for dem in self.dems)])
        table = np.array([dem.row(int(start)) for dem, start in zip(self.dems, starts[:-1], strict=True)])
        flat = np.concatenate([dem.heights.ravel() for dem in self.dems])
        return PackedGrids(flat, table, float(np.nanmax(flat)))

    def height(self, latitude: npt.ArrayLike, longitude: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Give the height of the ground by bilinear interpolation in the finest grid that knows the place.

        Parameters
        ----------
        latitude, longitude : array_like
            Selenographic, MOON_ME, east positive; broadcast against each other. [deg]

        Returns
        -------
        ndarray
            Height above the 1737.4 km sphere; NaN where no grid answers. [m]
        """
        return self._answers(latitude, longitude)[0]

    def source(self, latitude: npt.ArrayLike, longitude: npt.ArrayLike) -> npt.NDArray[np.int64]:
        """Tell which grid answers at a place.

        Parameters
        ----------
        latitude, longitude : array_like
            Selenographic, MOON_ME, east positive. [deg]

        Returns
        -------
        ndarray
            Index into `dems` and `names`; -1 where no grid answers.
        """
        return self._answers(latitude, longitude)[1]

    def _answers(
        self, latitude: npt.ArrayLike, longitude: npt.ArrayLike
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
        phi, lam = np.broadcast_arrays(np.asarray(latitude, float), np.asarray(longitude, float))
        heights, levels = np.empty(phi.size), np.empty(phi.size, np.int64)
        grids = self.packed
        bilinear.heights_at(grids.heights, grids.table, phi.ravel(), lam.ravel(), heights, levels)
        return heights.reshape(phi.shape), levels.reshape(phi.shape)


def shipped_terrain() -> TerrainStack:
    """Give the grids that come with the package: 1600 m around both poles, 0.25 deg elsewhere.

    Returns
    -------
    TerrainStack
        South polar, north polar (both poleward of 70 deg), global; read once in a process.
    """
    return TerrainStack([_dem(*_state(verified_path(name))) for name in SHIPPED])


def terrain_of(choice: str | Path | TerrainStack | Iterable[str | Path]) -> TerrainStack | None:
    """Turn what a user asks for into grids.

    Parameters
    ----------
    choice : "auto", "none", file, files or TerrainStack
        ``"auto"`` is the shipped grids; ``"none"`` the bare sphere; files are laid over each other in the
        given order, finest first, and ``"auto"`` among them stands for the shipped grids, which are below all
        files if it is left out too.

    Returns
    -------
    TerrainStack or None
        None for the bare sphere.
    """
    if isinstance(choice, TerrainStack):
        return choice
    names = [choice] if isinstance(choice, str | Path) else list(choice)
    if "none" in names:
        if len(names) > 1:
            raise RequestError("terrain 'none' cannot stand beside other terrain")
        return None
    dems = [_dem(*_state(Path(name))) for name in names if name != "auto"]
    return TerrainStack([*dems, *shipped_terrain().dems])


def _state(path: Path) -> tuple[Path, int, int]:
    """A file and what changes when it is written again, so that a grid is read once."""
    if not path.is_file():
        raise RequestError(f"terrain file {path} does not exist")
    state = path.stat()
    return path.resolve(), state.st_size, state.st_mtime_ns


@lru_cache(maxsize=16)
def _dem(path: Path, *_state: int) -> Dem:
    return Dem.open(path)


def _first_line(error: BaseException) -> str:
    cause = error.__cause__ or error
    return (str(cause).strip() or type(cause).__name__).splitlines()[0]
