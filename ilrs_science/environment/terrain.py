"""Terrain: height grids of the Moon, nested finest first; the only module that reads raster files."""

from __future__ import annotations

import hashlib
import math
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.errors import NotGeoreferencedWarning, RasterioError

from ilrs_science.environment import bilinear
from ilrs_science.environment.bilinear import Float32s, PackedGrids
from ilrs_science.errors import RequestError
from ilrs_science.paths import verified_path

__all__ = ["MOON_RADIUS_M", "Dem", "TerrainStack", "shipped_terrain", "terrain_of"]

MOON_RADIUS_M = 1_737_400.0
"""Radius of the sphere that heights refer to [m]; LOLA data products, Smith et al. 2010, doi:10.1029/2009GL041367"""

SHIPPED = (
    "terrain/lola_south_1600m.tif",
    "terrain/lola_north_1600m.tif",
    "terrain/lola_global_0p25deg.tif",
)
"""The grids that come with the package, finest first (LRO LOLA GDR, NASA, public domain)."""

LARGEST_PIXELS = 400_000_000
"""Most pixels of one grid: 1.6 GB of heights in memory (assumed)."""

HIGHEST_M = 30_000.0
"""A height beyond this is a wrong unit or reference: the Moon spans -9.1 to +10.8 km (Smith et al. 2010). [m]"""

_UNITS = {
    "": 1.0,
    "m": 1.0,
    "metre": 1.0,
    "meter": 1.0,
    "metres": 1.0,
    "meters": 1.0,
    "km": 1000.0,
}


@dataclass(frozen=True)
class Projection:
    """How longitude and latitude become a grid's x and y."""

    kind: int
    """`bilinear.GEOGRAPHIC` (x, y in degrees), `bilinear.NORTH` or `bilinear.SOUTH` (metres)."""
    metres: float = 1.0
    """Length of one unit of x and y of the file, or the degrees in it for a geographic grid."""
    scale: float = 2.0 * MOON_RADIUS_M
    """``2 R k`` of the polar stereographic projection. [m]"""
    meridian: float = 0.0
    """Central meridian. [deg]"""
    east: float = 0.0
    """x of the projection's origin (false easting). [m or deg]"""
    north: float = 0.0
    """y of the projection's origin (false northing). [m or deg]"""


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
        x and y of the first pixel's centre. [m or deg]
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
            GeoTIFF or any other format GDAL knows, with a coordinate reference system on the 1737.4 km sphere:
            longitude and latitude, equirectangular, or polar stereographic. Scale, offset, no-data value and unit
            of the band are honoured; radii are turned into heights.

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
                    projection = _projection(path, dataset)
                    heights = _heights(path, dataset)
                    transform = dataset.transform
        except (RasterioError, OSError) as error:
            raise RequestError(
                f"terrain file {path} cannot be read: {_first_line(error)}"
            ) from error
        if transform.b or transform.d or not transform.a or not transform.e:
            raise RequestError(
                f"terrain file {path} is rotated or has no pixel size; resample it north up"
            )
        unit = projection.metres
        x0 = (transform.c + 0.5 * transform.a) * unit - projection.east
        y0 = (transform.f + 0.5 * transform.e) * unit - projection.north
        return cls(
            path.name,
            heights,
            projection,
            x0,
            y0,
            transform.a * unit,
            transform.e * unit,
        )

    @property
    def cell(self) -> float:
        """Size of a pixel along a meridian. [m]"""
        return abs(self.dy) * (
            math.radians(MOON_RADIUS_M)
            if self.projection.kind == bilinear.GEOGRAPHIC
            else 1.0
        )

    @property
    def wraps(self) -> bool:
        """Whether the columns go round the whole Moon."""
        round_moon = abs(abs(self.dx) * self.heights.shape[1] - 360.0) < 0.5 * abs(
            self.dx
        )
        return self.projection.kind == bilinear.GEOGRAPHIC and round_moon

    def height(
        self, latitude: npt.ArrayLike, longitude: npt.ArrayLike
    ) -> npt.NDArray[np.float64]:
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
        place = (
            self.heights.shape,
            self.projection,
            self.x0,
            self.y0,
            self.dx,
            self.dy,
        )
        return hashlib.sha256(
            repr(place).encode() + np.ascontiguousarray(self.heights).tobytes()
        ).hexdigest()

    def _row(self, start: int) -> list[float]:
        rows, columns = self.heights.shape
        p, turn = self.projection, math.radians(self.projection.meridian)
        place = [
            float(p.kind),
            float(start),
            float(rows),
            float(columns),
            self.x0,
            self.y0,
        ]
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
        self.digest = hashlib.sha256(
            " ".join(dem.digest for dem in dems).encode()
        ).hexdigest()

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
        table = np.array(
            [
                dem._row(int(start))
                for dem, start in zip(self.dems, starts[:-1], strict=True)
            ]
        )
        flat = np.concatenate([dem.heights.ravel() for dem in self.dems])
        return PackedGrids(flat, table, float(np.nanmax(flat)))

    def height(
        self, latitude: npt.ArrayLike, longitude: npt.ArrayLike
    ) -> npt.NDArray[np.float64]:
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

    def source(
        self, latitude: npt.ArrayLike, longitude: npt.ArrayLike
    ) -> npt.NDArray[np.int64]:
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
        phi, lam = np.broadcast_arrays(
            np.asarray(latitude, float), np.asarray(longitude, float)
        )
        heights, levels = np.empty(phi.size), np.empty(phi.size, np.int64)
        grids = self.packed
        bilinear.heights_at(
            grids.heights, grids.table, phi.ravel(), lam.ravel(), heights, levels
        )
        return heights.reshape(phi.shape), levels.reshape(phi.shape)


def shipped_terrain() -> TerrainStack:
    """Give the grids that come with the package: 1600 m around both poles, 0.25 deg elsewhere.

    Returns
    -------
    TerrainStack
        South polar, north polar (both poleward of 70 deg), global; read once in a process.
    """
    return TerrainStack([_dem(*_state(verified_path(name))) for name in SHIPPED])


def terrain_of(
    choice: str | Path | TerrainStack | Iterable[str | Path],
) -> TerrainStack | None:
    """Turn what a user asks for into grids.

    Parameters
    ----------
    choice : "auto", "none", file, files or TerrainStack
        ``"auto"`` is the shipped grids; ``"none"`` the bare sphere; files are laid over each other in the given
        order, finest first, and ``"auto"`` among them stands for the shipped grids, which are below all files if it
        is left out too.

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
def _dem(path: Path, size: int, changed_ns: int) -> Dem:
    return Dem.open(path)


def _first_line(error: BaseException) -> str:
    cause = error.__cause__ or error
    return (str(cause).strip() or type(cause).__name__).splitlines()[0]


def _projection(path: Path, dataset: Any) -> Projection:
    """The file's reference system, or the one error that says why it will not do."""
    if dataset.crs is None:
        raise RequestError(
            f"terrain file {path} has no coordinate reference system; set one on the 1737.4 km sphere"
        )
    crs = dataset.crs.to_dict()
    radius = float(crs.get("R", crs.get("a", math.nan)))
    if (
        not abs(radius - MOON_RADIUS_M) < 1.0
        or abs(float(crs.get("b", radius)) - radius) > 1.0
    ):
        body = (
            crs.get("datum")
            or crs.get("ellps")
            or crs.get("init")
            or f"a sphere of {radius:.0f} m"
        )
        raise RequestError(
            f"terrain file {path} is on {body}, not on the Moon's sphere of 1737400 m"
        )
    kind, unit = (
        crs.get("proj"),
        {"m": 1.0, "km": 1000.0}.get(str(crs.get("units", "m")), math.nan),
    )
    x0, y0, lon0 = (float(crs.get(key, 0.0)) for key in ("x_0", "y_0", "lon_0"))
    if kind == "longlat" and not float(crs.get("pm", 0.0)):
        return Projection(bilinear.GEOGRAPHIC)
    if kind == "eqc" and not math.isnan(unit) and not float(crs.get("lat_0", 0.0)):
        degree = math.radians(MOON_RADIUS_M) / unit
        if abs(float(crs.get("lat_ts", 0.0))) < 1e-9:
            # x = R (lon - lon_0), y = R lat: degrees in disguise.
            return Projection(
                bilinear.GEOGRAPHIC,
                1.0 / degree,
                east=x0 / unit / degree - lon0,
                north=y0 / unit / degree,
            )
    if (
        kind == "stere"
        and abs(float(crs.get("lat_0", 0.0))) == 90.0
        and not math.isnan(unit)
    ):
        true_scale = (
            1.0 + math.sin(math.radians(abs(float(crs.get("lat_ts", 90.0)))))
        ) / 2.0
        scale = (
            2.0 * MOON_RADIUS_M * true_scale * float(crs.get("k", crs.get("k_0", 1.0)))
        )
        pole = bilinear.NORTH if float(crs["lat_0"]) > 0 else bilinear.SOUTH
        return Projection(pole, unit, scale, lon0, x0, y0)
    raise RequestError(
        f"terrain file {path} is in projection {kind!r}; use longitude and latitude, equirectangular with true "
        "scale at the equator, or polar stereographic"
    )


def _heights(path: Path, dataset: Any) -> Float32s:
    """Heights in metres with NaN for no data."""
    if dataset.count != 1:
        raise RequestError(
            f"terrain file {path} has {dataset.count} bands; one band of heights is expected"
        )
    if dataset.width * dataset.height > LARGEST_PIXELS:
        size = f"{dataset.width} x {dataset.height}"
        raise RequestError(
            f"terrain file {path} is too large ({size} pixels); cut out the part around the site"
        )
    if min(dataset.width, dataset.height) < 2:
        raise RequestError(
            f"terrain file {path} is {dataset.width} x {dataset.height} pixels; at least 2 x 2 needed"
        )
    unit = _UNITS.get(str(dataset.units[0] or "").lower())
    if unit is None or np.dtype(dataset.dtypes[0]).kind not in "iuf":
        raise RequestError(
            f"terrain file {path} holds {dataset.dtypes[0]} in {dataset.units[0]!r}, not heights in m"
        )
    band = dataset.read(1, masked=True)
    values = np.ma.filled(band.astype(np.float64), np.nan)
    values = (values * dataset.scales[0] + dataset.offsets[0]) * unit
    values[~np.isfinite(values)] = np.nan
    if np.isnan(values).all():
        raise RequestError(f"terrain file {path} has no data in any pixel")
    if (
        np.nanmin(values) > MOON_RADIUS_M - HIGHEST_M
    ):  # radii, as in PDS3 labels with OFFSET = 1737400
        values -= MOON_RADIUS_M
    if np.nanmax(np.abs(values)) > HIGHEST_M:
        worst = float(values.flat[int(np.nanargmax(np.abs(values)))])
        raise RequestError(
            f"terrain file {path} has a height of {worst:.6g} m; check its unit and no-data value"
        )
    return values.astype(np.float32)
