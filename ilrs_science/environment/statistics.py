"""Illumination of a place over years: mean light, longest darkness, and how far the numbers may be off."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station
from ilrs_science.environment.ground import MAST, Terrain, site_of, standing_place, terrain_at
from ilrs_science.environment.light.directions import seen_nearby
from ilrs_science.environment.light.horizon import horizon, metres
from ilrs_science.environment.light.illumination import RADIUS_KM, angular_radius, visible_fraction
from ilrs_science.environment.terrain.raster import MOON_RADIUS_M
from ilrs_science.environment.terrain.stack import TerrainStack
from ilrs_science.epochs import format_epoch, grid, parse_span
from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.sky.observe import observe
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.units import parse_quantity

__all__ = ["DEFINITION", "Illumination", "illumination_statistics", "longest_run"]

DEFINITION = (
    "fraction: area of the uniform solar disc above the terrain horizon, mean over time; lit: fraction > 0; "
    "dark: fraction = 0; Earth eclipses not counted"
)
"""What the numbers mean."""

DARKENED = "light of the solar disc, darkened to its limb with u = {:g},"

OF_EARTH = (
    "fraction: area of the Earth's disc above the terrain horizon, mean over time; lit: fraction > 0, the Earth in "
    "view; dark: fraction = 0"
)

NUMBERS = ("mean_fraction", "lit_fraction", "longest_dark_days", "longest_lit_days")
YEAR = np.timedelta64(round(365.25 * 86400), "s")

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Illumination:
    """Light at a place over a span, with everything the numbers depend on."""

    mean_fraction: float
    """Time mean of the visible fraction of the Sun's disc. [1]"""
    lit_fraction: float
    """Part of the time in which any of the disc shows. [1]"""
    longest_dark_days: float
    """Longest time without any of the disc. [d]"""
    longest_lit_days: float
    """Longest time with some of the disc. [d]"""
    dem: str
    """The grids, finest first."""
    ground_dem: str
    """The grid under the observer."""
    mast_m: float
    """Height of the eye above the ground. [m]"""
    range_km: float
    """How far the horizon was traced. [km]"""
    start: str
    """UTC."""
    end: str
    """UTC."""
    step_s: float
    """Between epochs. [s]"""
    definition: str
    """What is counted."""
    spread: dict[str, dict[str, list[float]]]
    """Smallest and largest of each number over the eight neighbours one pixel away, over half and double the mast,
    and (mean and lit part alone) over the single years of the span."""


def illumination_statistics(
    site: Station | Site | SurfacePlace | str,
    start: object,
    end: object,
    *,
    mast: str | float | None = None,
    terrain: Terrain = "auto",
    step: str = "1 h",
    body: Literal["sun", "earth"] = "sun",
    limb_darkening: float = 0.0,
) -> Illumination:
    """Tell how much light a place gets, or how long it sees the Earth, and how far that number may be off.

    Parameters
    ----------
    site : Station, Site, SurfacePlace or str
        Where; text is the id of a site or station.
    start, end : str, datetime or datetime64
        UTC. One year instead of 19 moves the mean by a point.
    mast : str or float, optional
        Height of the eye above the ground, with unit or in metres; by default the station's, else 2 m. [m]
    terrain : "auto", file, name, several of them, or TerrainStack
        Files, or names in the store of ``ilrs data``, are nested over the shipped grids, finest first.
    step : str
        Between epochs, with a unit.
    body : {"sun", "earth"}
        Whose disc.
    limb_darkening : float
        Of the Sun, see `visible_fraction`; 0 is a uniform disc. [1]

    Returns
    -------
    Illumination
        Numbers, their spread, and the grids, mast, span and definition they hold for.

    References
    ----------
    Gläser et al. 2014, doi:10.1016/j.icarus.2014.08.013; Mazarico et al. 2011, doi:10.1016/j.icarus.2010.10.030.
    """
    if body not in RADIUS_KM:
        raise UnknownNameError("disc", str(body), RADIUS_KM)
    ground = site_of(site)
    grids = terrain_at(ground, terrain)
    if grids is None:
        raise RequestError("illumination statistics need terrain; give 'auto' or a file instead of 'none'")
    first, last = parse_span(start, end)
    step_s = parse_quantity(step, "s")
    place, mast_m = standing_place(ground, grids), metres(_mast(site) if mast is None else mast)
    seen = observe(place, grid(first, last, step), [body]).isel(body=0)
    azimuth, elevation = seen["azimuth"].values, seen["elevation"].values
    radius = angular_radius(body, seen["range"].values)

    def light(there: SurfacePlace, mast: float) -> Floats:
        return visible_fraction(
            *turned(azimuth, elevation, place, there),
            radius,
            horizon(there, grids, mast=mast),
            limb_darkening=limb_darkening,
        )

    here = light(place, mast_m)
    numbers = _numbers(here, step_s)
    pixels = [_numbers(light(there, mast_m), step_s) for there in neighbours(place, grids)]
    masts = [_numbers(light(place, mast_m * factor), step_s) for factor in (0.5, 2.0)] if mast_m else []
    years = _yearly(here, last - first)
    skyline = horizon(place, grids, mast=mast_m).attrs
    return Illumination(
        mean_fraction=numbers["mean_fraction"],
        lit_fraction=numbers["lit_fraction"],
        longest_dark_days=numbers["longest_dark_days"],
        longest_lit_days=numbers["longest_lit_days"],
        dem=skyline["dem"],
        ground_dem=skyline["ground_dem"],
        mast_m=mast_m,
        range_km=skyline["range_km"],
        start=format_epoch(first, "s"),
        end=format_epoch(last, "s"),
        step_s=step_s,
        definition=_definition(body, limb_darkening),
        spread={
            "one_pixel": _extremes([numbers, *pixels]),
            "half_and_double_mast": _extremes([numbers, *masts]),
            "single_years": _extremes(years or [numbers]),
        },
    )


def _mast(site: object) -> str | float:
    if isinstance(site, str):
        site = load_catalogue().stations.get(site)
    return site.mast if isinstance(site, Station) else MAST


def _definition(body: str, limb_darkening: float) -> str:
    if body == "earth":
        return OF_EARTH
    dark = DARKENED.format(limb_darkening)
    return DEFINITION.replace("area of the uniform solar disc", dark) if limb_darkening else DEFINITION


def longest_run(mask: npt.NDArray[np.bool_]) -> int:
    """Give the length of the longest run of true values.

    Parameters
    ----------
    mask : (time,) ndarray of bool
        Evenly spaced in time.

    Returns
    -------
    int
        Samples.
    """
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    return int((edges[1::2] - edges[::2]).max(initial=0))


def turned(
    azimuth: Floats, elevation: Floats, here: SurfacePlace, there: SurfacePlace
) -> tuple[Floats, Floats]:
    """Turn directions seen from one place into those seen from a place nearby.

    Parameters
    ----------
    azimuth, elevation : ndarray
        Of the Sun, seen from `here`. [deg]
    here, there : SurfacePlace
        A few km apart: 2 km shift the Sun by 3e-6 arcsec, which is left out.

    Returns
    -------
    tuple of ndarray
        Azimuth and elevation seen from `there`. [deg]
    """
    if here == there:
        return azimuth, elevation
    return seen_nearby(azimuth, elevation, there.axes @ here.axes.T)


def neighbours(place: SurfacePlace, terrain: TerrainStack) -> list[SurfacePlace]:
    """Give the eight places one pixel away, north, north-east and so on.

    Parameters
    ----------
    place : SurfacePlace
        The middle.
    terrain : TerrainStack
        Tells the size of the pixel under it.

    Returns
    -------
    list of SurfacePlace
        Those that some grid knows.
    """
    pixel = terrain.dems[int(terrain.source(place.latitude, place.longitude))].cell / MOON_RADIUS_M
    north, east, up = place.axes
    found = []
    for i, j in ((1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1)):
        x, y, z = up + pixel * (i * north + j * east)
        there = SurfacePlace(
            math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x)), place.height
        )
        if terrain.source(there.latitude, there.longitude) >= 0:
            found.append(there)
    return found


def _numbers(fraction: Floats, step_s: float) -> dict[str, float]:
    values = (
        float(fraction.mean()),
        float(np.mean(fraction > 0.0)),
        longest_run(fraction == 0.0) * step_s / 86400.0,
        longest_run(fraction > 0.0) * step_s / 86400.0,
    )
    return dict(zip(NUMBERS, values, strict=True))


def _yearly(fraction: Floats, span: np.timedelta64) -> list[dict[str, float]]:
    """Mean and lit part of each whole year of the span; 730 days are two."""
    years = int(span / YEAR + 0.01)
    parts = np.array_split(fraction, years) if years else []
    return [
        {"mean_fraction": float(part.mean()), "lit_fraction": float(np.mean(part > 0.0))} for part in parts
    ]


def _extremes(cases: list[dict[str, float]]) -> dict[str, list[float]]:
    return {name: [min(case[name] for case in cases), max(case[name] for case in cases)] for name in cases[0]}
