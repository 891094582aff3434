"""Horizon of a place: rays marched over the curved Moon through nested grids."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Protocol, cast

import numpy as np
import numpy.typing as npt
import xarray as xr

from ilrs_science.catalogue.station import Station
from ilrs_science.environment.ground import MAST, Terrain, place_on_ground, site_of
from ilrs_science.environment.light.march import march
from ilrs_science.environment.terrain.stack import MOON_RADIUS_M, TerrainStack, terrain_of
from ilrs_science.environment.threads import share_out
from ilrs_science.errors import RequestError
from ilrs_science.nomenclature import describe
from ilrs_science.units import number_in

__all__ = ["Position", "horizon", "metres", "sphere_dip"]

RANGE_M = 300_000.0
"""How far rays go [m]. A 10 km peak shows to 186 km from the 1737.4 km sphere; stopping at 100 km costs up to
3.6 points of mean illumination."""

SHORTEST_RANGE_M = 200_000.0
"""Shortest range that is allowed. [m]"""

AZIMUTH_STEP_DEG = 0.25
"""Spacing of the rays [deg], about the Sun's radius. Twice that misses notches as wide as the disc: the
longest darkness at 89.4395 S 222.8066 E, 2 m mast, 10 m grid, comes out as 8.1 instead of 4.8 days."""

HIGHEST_MAST_M = 100_000.0
"""Highest mast that is taken, that of a place of the sky (assumed). [m]"""

FIRST_CELLS = 1.0
"""Rays begin this many pixels of the grid under the observer away [1]. Nearer, the interpolated surface is
made of the very pixels the observer stands on: their slope over 1600 m is no obstacle for a mast on a ridge
(mean illumination at 89.45 S 222.69 E falls from 93.4 to 67.9 % when rays begin at 10 m on the 1600 m
grid)."""


class Position(Protocol):
    """Anything that stands on the Moon: a place of the sky layer or a site of the catalogue."""

    @property
    def latitude(self) -> float:
        """Selenographic latitude, MOON_ME. [deg]"""

    @property
    def longitude(self) -> float:
        """Selenographic longitude, MOON_ME, east positive. [deg]"""

    @property
    def height(self) -> float | None:
        """Height above the 1737.4 km sphere, None where the terrain shall tell. [m]"""


def horizon(
    place: Position | Station | str,
    terrain: Terrain | None,
    *,
    mast: str | float | None = None,
    reach: str | float = RANGE_M,
    azimuth_step: float = AZIMUTH_STEP_DEG,
) -> xr.Dataset:
    """Trace the horizon that an observer sees.

    Parameters
    ----------
    place : Position, Station or str
        Where the observer stands; text is the id of a site or station.
    terrain : TerrainStack, what `terrain_of` takes, or None
        Grids, finest first; None for the bare sphere through the site.
    mast : str or float, optional
        Height of the eye, antenna or array above the ground, with unit or in metres; a station's own, else 2 m, by
        default. [m]
    reach : str or float
        How far the rays go, with unit or in metres; at least 200 km. [m]
    azimuth_step : float
        Spacing of the rays; must divide 360. [deg]

    Returns
    -------
    Dataset
        ``horizon_elevation(azimuth)``: elevation of the skyline above the normal of the 1737.4 km sphere at
        the place, azimuth from north through east [deg]. Attributes: the grids, which of them the observer
        stands on, the observer's height above the sphere, mast and range.

    Raises
    ------
    RequestError
        If no grid knows the place, or mast, range or spacing are impossible.

    Notes
    -----
    The observer stands on the grid's own surface plus the mast, never at a surveyed elevation: on a 1600 m
    grid the true elevation of a ridge lifts the eye above its blurred surroundings and adds 5 points of mean
    illumination.

    A sample at central angle ``t`` and radius ``r`` has elevation ``atan2(r cos t - r0, r sin t)`` for an eye at
    radius ``r0``; the skyline is the greatest along the ray. Rays begin one pixel of the grid under the
    observer away; steps grow with the distance to half a pixel of the finest grid that knows the sample. Within
    five pixels of the grid under the observer no finer grid is asked. Where no grid knows the ground, nothing rises.
    """
    mast = _mast(place) if mast is None else mast
    if isinstance(place, str | Station) or not hasattr(place, "latitude"):
        place = site_of(cast("Station | str", place))
    if terrain is not None and not isinstance(terrain, TerrainStack):
        terrain = terrain_of(terrain, around=(place.latitude, place.longitude))
    mast_m, reach_m = metres(mast), metres(reach)
    if not mast_m >= 0.0:
        raise RequestError(f"mast of {mast_m:g} m is below the ground; give 0 m or more")
    if mast_m > HIGHEST_MAST_M:
        raise RequestError(
            f"mast of {mast_m:g} m is above {HIGHEST_MAST_M:g} m; an orbiter is a place of its own"
        )
    if not SHORTEST_RANGE_M <= reach_m <= 1e6:
        raise RequestError(f"horizon range of {reach_m / 1e3:g} km; give 200 km to 1000 km")
    count = round(360.0 / azimuth_step) if azimuth_step > 0.0 else 0
    if not 4 <= count <= 36_000 or abs(count * azimuth_step - 360.0) > 1e-9:
        raise RequestError(f"azimuth step of {azimuth_step:g} deg does not divide 360 deg")
    azimuth = np.arange(count) * azimuth_step
    attrs: dict[str, object] = {"mast_m": mast_m, "range_km": reach_m / 1e3}
    if terrain is None:
        ground = place.height or 0.0
        elevation = np.full(count, sphere_dip(mast_m, ground))
        attrs |= {"dem": "none", "ground_dem": "none", "observer_height_m": ground + mast_m}
    else:
        elevation, ground, level = _traced(terrain, place.latitude, place.longitude, mast_m, reach_m, count)
        attrs |= {"dem": ", ".join(terrain.names), "ground_dem": terrain.names[level]}
        attrs |= {"observer_height_m": ground + mast_m}
    attrs |= {"latitude": place.latitude, "longitude": place.longitude % 360.0}
    skyline = xr.Dataset({"horizon_elevation": ("azimuth", elevation)}, {"azimuth": azimuth}, attrs)
    return describe(skyline)


def sphere_dip(mast: float, ground: float = 0.0) -> float:
    """Give the horizon's elevation on a bare sphere.

    Parameters
    ----------
    mast : float
        Height of the eye above the ground. [m]
    ground : float
        Height of the ground above the 1737.4 km sphere; the bare sphere goes through it. [m]

    Returns
    -------
    float
        ``-acos(r / (r + mast))``, zero or less. [deg]
    """
    radius = MOON_RADIUS_M + ground
    # atan of the tangent's length keeps the digits that acos loses near 1.
    return -math.degrees(math.atan(math.sqrt(mast * (2.0 * radius + mast)) / radius))


def _mast(place: object) -> str | float:
    """Height of the eye at a station, else the usual one. [m]"""
    found = place_on_ground(place) if isinstance(place, str) else place
    return found.mast if isinstance(found, Station) else MAST


def metres(value: str | float) -> float:
    """Read a length.

    Parameters
    ----------
    value : str or float
        Text with a unit, or a number of metres.

    Returns
    -------
    float
        Length. [m]
    """
    return number_in(value, "m", "length")


@lru_cache(maxsize=256)
def _traced(
    terrain: TerrainStack, latitude: float, longitude: float, mast: float, reach: float, count: int
) -> tuple[npt.NDArray[np.float64], float, int]:
    """Skyline [deg], ground height [m] and the grid it comes from; kept by the content of the grids."""
    ground, level = (float(terrain.height(latitude, longitude)), int(terrain.source(latitude, longitude)))
    if level < 0:
        where = f"{latitude:g}, {longitude % 360.0:g}"
        raise RequestError(f"no grid knows the ground at {where} (grids: {', '.join(terrain.names)})")
    grids = terrain.packed
    skyline = np.empty(count)
    start = FIRST_CELLS * terrain.dems[level].cell

    def work(first: int, last: int) -> None:
        where = (math.radians(latitude), math.radians(longitude), MOON_RADIUS_M + ground + mast)
        march(grids.heights, grids.table, grids.highest, level, *where, start, reach, first, last, skyline)

    share_out(work, count, smallest=64)
    skyline.flags.writeable = False
    return skyline, ground, level
