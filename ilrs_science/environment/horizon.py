"""Horizon of a place: rays marched over the curved Moon through nested grids."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Protocol

import numpy as np
import numpy.typing as npt
import xarray as xr

from ilrs_science.environment.bilinear import CELL, Float32s, Float64s, height_towards
from ilrs_science.environment.compiled import compiled, share_out
from ilrs_science.environment.terrain import MOON_RADIUS_M, TerrainStack
from ilrs_science.errors import RequestError
from ilrs_science.units import parse_quantity

__all__ = ["Position", "horizon", "metres", "sphere_dip"]

RANGE_M = 300_000.0
"""How far rays go [m]. A 10 km peak shows to 186 km from the 1737.4 km sphere; stopping at 100 km costs up to 3.6
points of mean illumination."""

SHORTEST_RANGE_M = 200_000.0
"""Shortest range that is allowed. [m]"""

AZIMUTH_STEP_DEG = 0.25
"""Spacing of the rays [deg], about the Sun's radius. Twice that misses notches as wide as the disc: the longest
darkness at 89.4395 S 222.8066 E, 2 m mast, 10 m grid, comes out as 8.1 instead of 4.8 days."""

FIRST_CELLS = 1.0
"""Rays begin this many pixels of the grid under the observer away [1]. Nearer, the interpolated surface is made of the
very pixels the observer stands on: their slope over 1600 m is no obstacle for a mast on a ridge (mean illumination
at 89.45 S 222.69 E falls from 93.4 to 67.9 % when rays begin at 10 m on the 1600 m grid)."""

GROWTH = 0.05
"""Near the observer the step is at most this fraction of the distance. [1]"""

COARSEST = 5e-4
"""Far away the step may grow to this fraction of the distance [1]; a slope of 30 deg between samples hides at most
a quarter of it, 0.004 deg."""

OWN_GRID_CELLS = 5.0
"""Within this many pixels of the grid under the observer no finer grid is asked [1] (assumed). A coarse grid blurs a
ridge by 100 m and more: a fine tile that begins beside the observer would stand there as a cliff."""


class Position(Protocol):
    """Anything that stands on the Moon: a place of the sky layer or a site of the catalogue."""

    @property
    def latitude(self) -> float:
        """Selenographic latitude, MOON_ME. [deg]"""

    @property
    def longitude(self) -> float:
        """Selenographic longitude, MOON_ME, east positive. [deg]"""


def horizon(
    place: Position,
    terrain: TerrainStack | None,
    *,
    mast: str | float = "2 m",
    reach: str | float = RANGE_M,
    azimuth_step: float = AZIMUTH_STEP_DEG,
) -> xr.Dataset:
    """Trace the horizon that an observer sees.

    Parameters
    ----------
    place : Position
        Where the observer stands.
    terrain : TerrainStack or None
        Grids, finest first; None for the bare sphere through the site.
    mast : str or float
        Height of the eye, antenna or array above the ground, with unit or in metres. [m]
    reach : str or float
        How far the rays go, with unit or in metres; at least 200 km. [m]
    azimuth_step : float
        Spacing of the rays; must divide 360. [deg]

    Returns
    -------
    Dataset
        ``horizon_elevation(azimuth)``: elevation of the skyline above the normal of the 1737.4 km sphere at the
        place, azimuth from north through east [deg]. Attributes: the grids, which of them the observer stands on,
        the observer's height above the sphere, mast and range.

    Raises
    ------
    RequestError
        If no grid knows the place, or mast, range or spacing are impossible.

    Notes
    -----
    The observer stands on the grid's own surface plus the mast, never at a surveyed elevation: on a 1600 m grid the
    true elevation of a ridge lifts the eye above its blurred surroundings and adds 5 points of mean illumination.

    A sample at central angle ``t`` and radius ``r`` has elevation ``atan2(r cos t - r0, r sin t)`` for an eye at
    radius ``r0``; the skyline is the greatest along the ray. Steps are half a pixel of the finest grid that knows
    the sample, shorter near the observer (5 % of the distance), longer far away (0.05 %). The
    first lies one pixel of the grid under the observer away; within five of its pixels no finer grid is asked.
    Where no grid knows the ground, nothing rises.
    """
    mast_m, reach_m = metres(mast), metres(reach)
    if not mast_m >= 0.0:
        raise RequestError(
            f"mast of {mast_m:g} m is below the ground; give 0 m or more"
        )
    if not SHORTEST_RANGE_M <= reach_m <= 1e6:
        raise RequestError(
            f"horizon range of {reach_m / 1e3:g} km; give 200 km to 1000 km"
        )
    count = round(360.0 / azimuth_step) if azimuth_step > 0.0 else 0
    if not 4 <= count <= 36_000 or abs(count * azimuth_step - 360.0) > 1e-9:
        raise RequestError(
            f"azimuth step of {azimuth_step:g} deg does not divide 360 deg"
        )
    azimuth = np.arange(count) * azimuth_step
    attrs: dict[str, object] = {"mast_m": mast_m, "range_km": reach_m / 1e3}
    if terrain is None:
        ground = float(getattr(place, "height_m", None) or 0.0)
        elevation = np.full(count, sphere_dip(mast_m, ground))
        attrs |= {
            "dem": "none",
            "ground_dem": "none",
            "observer_height_m": ground + mast_m,
        }
    else:
        elevation, ground, level = _traced(
            terrain, place.latitude, place.longitude, mast_m, reach_m, count
        )
        attrs |= {"dem": ", ".join(terrain.names), "ground_dem": terrain.names[level]}
        attrs |= {"observer_height_m": ground + mast_m}
    attrs |= {"latitude": place.latitude, "longitude": place.longitude}
    names = {
        "units": "degree",
        "long_name": "elevation of the skyline above the normal of the 1737.4 km sphere",
    }
    along = {"units": "degree", "long_name": "azimuth from north through east"}
    return xr.Dataset(
        {"horizon_elevation": ("azimuth", elevation, names)},
        {"azimuth": ("azimuth", azimuth, along)},
        attrs,
    )


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
    return parse_quantity(value, "m") if isinstance(value, str) else float(value)


@lru_cache(maxsize=256)
def _traced(
    terrain: TerrainStack,
    latitude: float,
    longitude: float,
    mast: float,
    reach: float,
    count: int,
) -> tuple[npt.NDArray[np.float64], float, int]:
    """Skyline [deg], ground height [m] and the grid it comes from; kept by the content of the grids."""
    ground, level = (
        float(terrain.height(latitude, longitude)),
        int(terrain.source(latitude, longitude)),
    )
    if level < 0:
        where = f"{latitude:g}, {longitude:g}"
        raise RequestError(
            f"no grid knows the ground at {where} (grids: {', '.join(terrain.names)})"
        )
    grids = terrain.packed
    skyline = np.empty(count)
    start = FIRST_CELLS * terrain.dems[level].cell

    def work(first: int, last: int) -> None:
        where = (
            math.radians(latitude),
            math.radians(longitude),
            MOON_RADIUS_M + ground + mast,
        )
        march(
            grids.heights,
            grids.table,
            grids.highest,
            level,
            *where,
            start,
            reach,
            first,
            last,
            skyline,
        )

    share_out(work, count, smallest=64)
    skyline.flags.writeable = False
    return skyline, ground, level


@compiled
def march(
    heights: Float32s,
    table: Float64s,
    highest: float,
    own: int,
    latitude: float,
    longitude: float,
    eye: float,
    start: float,
    reach: float,
    first: int,
    last: int,
    skyline: Float64s,
) -> None:
    """March the rays first <= i < last of `skyline` and write the greatest elevation of each.

    Parameters
    ----------
    heights, table, highest
        See `PackedGrids`.
    own : int
        Index of the grid under the observer.
    latitude, longitude : float
        Of the observer. [rad]
    eye : float
        Radius of the eye. [m]
    start, reach : float
        First and last distance along the 1737.4 km sphere. [m]
    first, last : int
        Which rays.
    skyline : ndarray
        Receives the elevations; its length is the number of rays round the compass. [deg]
    """
    radius = 1_737_400.0
    sin_phi, cos_phi = math.sin(latitude), math.cos(latitude)
    sin_lam, cos_lam = math.sin(longitude), math.cos(longitude)
    top = max(radius + highest, eye)
    for ray in range(first, last):
        azimuth = 2.0 * math.pi * ray / skyline.size
        north, east = math.cos(azimuth), math.sin(azimuth)
        ahead_x = -north * sin_phi * cos_lam - east * sin_lam
        ahead_y = -north * sin_phi * sin_lam + east * cos_lam
        ahead_z = north * cos_phi
        best = -1e9
        distance = start
        while distance <= reach:
            sin_t, cos_t = math.sin(distance / radius), math.cos(distance / radius)
            # Nothing further on can rise above `best`: this bound falls with distance.
            if top * cos_t - eye <= best * top * sin_t:
                break
            height, level = height_towards(
                heights,
                table,
                own if distance < OWN_GRID_CELLS * table[own, CELL] else 0,
                cos_t * cos_phi * cos_lam + sin_t * ahead_x,
                cos_t * cos_phi * sin_lam + sin_t * ahead_y,
                cos_t * sin_phi + sin_t * ahead_z,
            )
            if level < 0:
                cell = 2000.0
            else:
                cell = table[level, CELL]
                ground = radius + height
                best = max(best, (ground * cos_t - eye) / (ground * sin_t))
            distance += max(min(0.5 * cell, GROWTH * distance), COARSEST * distance)
        skyline[ray] = math.degrees(math.atan(best))
