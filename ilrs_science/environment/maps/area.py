"""Area of a map: which pixels of which grid, and the tiles it is worked in."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.environment.maps.projection import columns_rows, latitude_longitude, vectors
from ilrs_science.environment.terrain.bilinear import GEOGRAPHIC
from ilrs_science.environment.terrain.raster import MOON_RADIUS_M
from ilrs_science.environment.terrain.stack import Dem, TerrainStack
from ilrs_science.errors import RequestError
from ilrs_science.units import parse_quantity

__all__ = ["Tile", "area_of", "square_of", "tiles_of"]

TILE_PIXELS = 128
"""Side of a tile at the most [pixel]: 47 MB of skylines at 720 azimuths."""

SMALLEST_PIXELS = 32
"""Side of a tile at the least, unless the area is smaller [pixel]: every tile lays its own lattices (assumed)."""

TILES = 6
"""Tiles along each side that an area is cut into, if they are neither too large nor too small (assumed)."""

TILE_RADIUS = math.radians(5.0)
"""Farthest corner of a tile at the most [rad] (assumed); beyond it the sky differs too much across a tile."""

POLEWARD = 80.0
"""A grid of longitude and latitude is mapped up to here: nearer to a pole its pixels are slivers. [deg]"""

_AREA = re.compile(r"\s*(?P<place>[-+\d.eE]+\s*,\s*[-+\d.eE]+|[^,]+?)\s*,\s*(?P<size>[\d.eE+]+\s*[a-z]+)\s*")


@dataclass(frozen=True)
class Tile:
    """A rectangle of pixels of one grid: a whole area or one of its tiles."""

    level: int
    """Index of the grid in its stack."""
    row: int
    """First row."""
    column: int
    """First column."""
    rows: int
    """How many rows."""
    columns: int
    """How many columns."""
    latitude: float
    """Of its middle. [deg]"""
    longitude: float
    """Of its middle. [deg]"""
    radius: float
    """Angle at the Moon's centre from its middle to its farthest corner. [rad]"""

    @property
    def slices(self) -> tuple[slice, slice]:
        """Rows and columns of the grid."""
        return slice(self.row, self.row + self.rows), slice(self.column, self.column + self.columns)

    @classmethod
    def of(cls, dem: Dem, level: int, row: int, column: int, rows: int, columns: int) -> Tile:
        """Give the tile with its middle and radius.

        Parameters
        ----------
        dem : Dem
            The grid.
        level : int
            Its index in its stack.
        row, column, rows, columns : int
            Which pixels.

        Returns
        -------
        Tile
        """
        i = row + np.array([0.0, 0.5, 1.0]) * (rows - 1)
        j = column + np.array([0.0, 0.5, 1.0]) * (columns - 1)
        latitude, longitude = latitude_longitude(dem, j[None, :], i[:, None])
        toward = vectors(latitude, longitude)
        radius = float(np.arccos(np.clip(toward @ toward[1, 1], -1.0, 1.0)).max())
        return cls(level, row, column, rows, columns, float(latitude[1, 1]), float(longitude[1, 1]), radius)


def area_of(terrain: TerrainStack, area: str) -> Tile:
    """Read what a user calls an area.

    Parameters
    ----------
    terrain : TerrainStack
        Grids, finest first.
    area : str
        ``"LAT,LON,SIZE"`` such as ``"-89.45,222.69,10 km"``, ``"SITE,SIZE"`` with the id of a site of the catalogue:
        a square in the finest grid that holds all of it; ``"all"``, the whole finest grid; or the name of a grid.

    Returns
    -------
    Tile
        Pixels of one grid.

    Raises
    ------
    RequestError
        If the area cannot be read, or no grid holds all of it.
    """
    if area == "all" or area in terrain.names:
        level = 0 if area == "all" else terrain.names.index(area)
        return _checked(
            terrain, Tile.of(terrain.dems[level], level, 0, 0, *terrain.dems[level].heights.shape)
        )
    square = square_of(area)
    if square is None:
        names = ", ".join(terrain.names)
        raise RequestError(
            f"area {area!r} is neither LAT,LON,SIZE such as '-89.45,222.69,10 km', nor SITE,SIZE, nor 'all', nor one "
            f"of the grids ({names})"
        )
    latitude, longitude, size = square
    for level, dem in enumerate(terrain.dems):
        if dem.projection.kind * latitude < 0.0:
            continue  # a grid of the other pole
        column, row = (float(part) for part in columns_rows(dem, vectors(latitude, longitude)))
        count = max(1, round(size / dem.cell))
        first_row, first_column = round(row - (count - 1) / 2), round(column - (count - 1) / 2)
        rows, columns = dem.heights.shape
        if (
            min(first_row, first_column) >= 0
            and first_row + count <= rows
            and first_column + count <= columns
        ):
            return _checked(terrain, Tile.of(dem, level, first_row, first_column, count, count))
    raise RequestError(
        f"no grid holds all of {area!r} (grids: {', '.join(terrain.names)}); ask for a smaller area"
    )


def square_of(area: str) -> tuple[float, float, float] | None:
    """Read an area that is a square around a place.

    Parameters
    ----------
    area : str
        As `area_of` takes it.

    Returns
    -------
    tuple of float or None
        Latitude, longitude [deg] and side [m]; None for anything else.

    Raises
    ------
    RequestError
        If the place or the size is impossible.
    """
    match = _AREA.fullmatch(area)
    if match is None:
        return None
    size = parse_quantity(match["size"], "m")
    if not size > 0.0:
        raise RequestError(f"area {area!r} has no size")
    return (*_place(match["place"]), size)


def tiles_of(dem: Dem, area: Tile) -> list[list[Tile]]:
    """Cut an area into tiles, the same on every machine.

    Parameters
    ----------
    dem : Dem
        The grid of the area.
    area : Tile
        The whole.

    Returns
    -------
    list of list of Tile
        Row by row.
    """
    wanted = min(max(math.ceil(max(area.rows, area.columns) / TILES), SMALLEST_PIXELS), TILE_PIXELS)
    side = max(1, min(wanted, int(TILE_RADIUS * MOON_RADIUS_M * math.sqrt(2.0) / dem.cell)))
    starts_r = range(0, area.rows, side)
    starts_c = range(0, area.columns, side)
    return [
        [
            Tile.of(
                dem,
                area.level,
                area.row + i,
                area.column + j,
                min(side, area.rows - i),
                min(side, area.columns - j),
            )
            for j in starts_c
        ]
        for i in starts_r
    ]


def _place(text: str) -> tuple[float, float]:
    if "," not in text:
        site = load_catalogue().sites[text]
        return site.latitude, site.longitude
    try:
        latitude, longitude = (float(part) for part in text.split(","))
    except ValueError:
        raise RequestError(f"{text!r} is no place; give LAT,LON in degrees, east positive") from None
    if not (-90.0 <= latitude <= 90.0 and -360.0 <= longitude <= 360.0):
        raise RequestError(f"{text!r} is no place on the Moon; give LAT,LON in degrees, east positive")
    return latitude, longitude


def _checked(terrain: TerrainStack, area: Tile) -> Tile:
    dem = terrain.dems[area.level]
    if dem.projection.kind == GEOGRAPHIC:
        latitude, _ = latitude_longitude(dem, 0, np.array([area.row, area.row + area.rows - 1]))
        if float(np.abs(latitude).max()) > POLEWARD:
            raise RequestError(
                f"the area reaches beyond {POLEWARD:g} deg of latitude on {dem.name}, whose pixels are slivers there; "
                "use a polar grid"
            )
    return area
