"""The ground around a place, in kilometres east and north of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from ilrs_science.environment.terrain.stack import MOON_RADIUS_M, Dem, TerrainStack
from ilrs_science.errors import RequestError
from ilrs_science.sky.frames import horizontal_axes
from ilrs_science.units import parse_quantity

__all__ = ["Patch", "Spot", "from_local", "hillshade_of", "patch_of", "to_local"]

LIGHT_FROM, LIGHT_HEIGHT = 315.0, 40.0
"""Where the light of a hillshade comes from [deg]: upper left, as maps have it; no Sun stands there."""

_SMALLEST_KM, _LARGEST_KM = 0.02, 1000.0

Floats = npt.NDArray[np.float64]


class Spot(Protocol):
    """Anything with a place on the Moon: a site of the catalogue or a place of the sky layer."""

    @property
    def latitude(self) -> float:
        """Selenographic latitude, MOON_ME. [deg]"""

    @property
    def longitude(self) -> float:
        """Selenographic longitude, MOON_ME, east positive. [deg]"""


@dataclass(frozen=True, eq=False)
class Patch:
    """A square of ground around a place, north up."""

    across: Floats
    """(n,) east of the place, and north of it. [km]"""
    heights: Floats
    """(north, east) above the 1737.4 km sphere; NaN where no grid answers. [m]"""
    latitude: Floats
    """(north, east) [deg]"""
    longitude: Floats
    """(north, east), -180 to 180. [deg]"""
    dem: Dem
    """The grid under the place."""
    others: tuple[str, ...]
    """Names of the other grids that were needed."""

    @property
    def step(self) -> float:
        """Distance between samples. [m]"""
        return float(self.across[1] - self.across[0]) * 1000.0

    @property
    def slope(self) -> Floats:
        """(north, east) steepness over two samples. [deg]"""
        north, east = np.gradient(self.heights, self.step)
        return np.asarray(np.degrees(np.arctan(np.hypot(north, east))))

    def words(self) -> str:
        """Give the grids and their pixel, for a caption."""
        text = f"{self.dem.name}, {self.dem.cell:.4g} m a pixel"
        more = f", beyond it {', '.join(self.others)}" if self.others else ""
        coarser = f", drawn every {self.step:.3g} m" if self.step > 1.2 * self.dem.cell else ""
        return text + coarser + more


def patch_of(terrain: TerrainStack, place: Spot, size: str | float, *, most: int = 361) -> Patch:
    """Read the heights around a place.

    Parameters
    ----------
    terrain : TerrainStack
        Grids, finest first.
    place : Spot
        The middle.
    size : str or float
        Length of a side, with unit or in kilometres. [km]
    most : int
        Largest number of samples along a side; more pixels than that are left out evenly.

    Returns
    -------
    Patch
        Sampled at the pixel of the grid under the place, or coarser.

    Raises
    ------
    RequestError
        If the size is impossible, or no grid knows the place.
    """
    wide = parse_quantity(size, "km") if isinstance(size, str) else float(size)
    if not _SMALLEST_KM <= wide <= _LARGEST_KM:
        raise RequestError(f"a map of {wide:g} km is impossible; give {_SMALLEST_KM:g} to {_LARGEST_KM:g} km")
    level = int(terrain.source(place.latitude, place.longitude))
    if level < 0:
        raise RequestError(
            f"no grid knows the ground at {place.latitude:g}, {place.longitude % 360.0:g} "
            f"(grids: {', '.join(terrain.names)})"
        )
    cells = wide * 1000.0 / terrain.dems[level].cell
    count = int(np.clip(2 * round(cells / 2) + 1, 21, most))
    across = np.linspace(-wide / 2.0, wide / 2.0, count)
    latitude, longitude = from_local(place, across[None, :], across[:, None])
    used = np.unique(terrain.source(latitude, longitude))
    others = tuple(terrain.names[one] for one in used if one >= 0 and one != level)
    heights = terrain.height(latitude, longitude)
    return Patch(across, heights, latitude, longitude, terrain.dems[level], others)


def from_local(place: Spot, east: npt.ArrayLike, north: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Latitude and longitude of points given by their distance and direction from a place.

    Parameters
    ----------
    place : Spot
        The middle.
    east, north : array_like
        Along the ground, in the direction of the place's own east and north; broadcast against each other. [km]

    Returns
    -------
    latitude, longitude : ndarray
        Longitude -180 to 180. [deg]

    Notes
    -----
    The azimuthal equidistant projection of the 1737.4 km sphere: distances and azimuths from the place are true.
    """
    x, y = np.broadcast_arrays(np.asarray(east, float), np.asarray(north, float))
    far = np.hypot(x, y)
    arc = far * 1000.0 / MOON_RADIUS_M
    part = np.divide(np.sin(arc), far, out=np.full_like(far, 1000.0 / MOON_RADIUS_M), where=far > 0)
    level = np.stack([part * y, part * x, np.cos(arc)], axis=-1)
    found = level @ horizontal_axes(place.latitude, place.longitude)
    up = np.hypot(found[..., 0], found[..., 1])
    return np.degrees(np.arctan2(found[..., 2], up)), np.degrees(np.arctan2(found[..., 1], found[..., 0]))


def to_local(place: Spot, latitude: npt.ArrayLike, longitude: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Turn latitude and longitude into distances east and north of a place, the inverse of `from_local`.

    Parameters
    ----------
    place : Spot
        The middle.
    latitude, longitude : array_like
        Of the points. [deg]

    Returns
    -------
    east, north : ndarray
        Along the ground. [km]
    """
    phi, lam = (np.radians(np.asarray(part, float)) for part in (latitude, longitude))
    point = np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)], axis=-1)
    north, east, up = np.moveaxis(point @ horizontal_axes(place.latitude, place.longitude).T, -1, 0)
    flat = np.hypot(north, east)
    far = np.arctan2(flat, up) * MOON_RADIUS_M / 1000.0
    part = np.divide(far, flat, out=np.full_like(far, MOON_RADIUS_M / 1000.0), where=flat > 0)
    return east * part, north * part


def hillshade_of(
    heights: Floats,
    step: float,
    *,
    azimuth: float = LIGHT_FROM,
    elevation: float = LIGHT_HEIGHT,
    steeper: float = 1.0,
) -> Floats:
    """Brightness of ground lit from one direction.

    Parameters
    ----------
    heights : (north, east) ndarray
        Rows from south to north. [m]
    step : float
        Between samples. [m]
    azimuth, elevation : float
        Where the light is. [deg]
    steeper : float
        How much heights are exaggerated. [1]

    Returns
    -------
    (north, east) ndarray
        Cosine of the angle between light and ground, 0 to 1; NaN where the height is unknown. [1]
    """
    north, east = (steeper * part for part in np.gradient(heights, step))
    turn, high = np.radians((azimuth, elevation))
    towards = north * np.cos(turn) + east * np.sin(turn)
    shade = (np.sin(high) - np.cos(high) * towards) / np.sqrt(1.0 + north**2 + east**2)
    return np.asarray(np.clip(shade, 0.0, 1.0))
