"""What there is to see: tracks in the sky, points on the map, the orbit; everything for one set of choices."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from ilrs_science.catalogue.library import Catalogue
from ilrs_science.catalogue.orbit import Orbit
from ilrs_science.epochs import to_tdb
from ilrs_science.panels.sky_model import SkyChoices
from ilrs_science.panels.sky_orbit import Floats, OrbitMotion, ground_points, motion_of
from ilrs_science.sky.ephemeris import require_coverage, sky_at
from ilrs_science.sky.observe import observe
from ilrs_science.sky.place import MOON_RADIUS

__all__ = ["GroundTrack", "SkyScene", "scene_of", "sky_from"]

_SECOND = np.timedelta64(1_000_000, "us")
_COARSE, _FINE = 1200, 360
_MOST_TURNS = 70
"""More revolutions than this are not drawn as tracks over the whole span, but those around the moment."""
_AROUND = 2.0
"""Revolutions on either side of the moment that are drawn then."""
_ARC, _MOST_GROUND = 1.5, 9000
"""Distance of two samples of a track over the ground, if there are not too many. [deg]"""


@dataclass(frozen=True, eq=False)
class GroundTrack:
    """Where an orbiter flies over the ground."""

    orbit: str
    """Id of the orbit."""
    latitude: Floats
    """(n,) over the whole span. [deg]"""
    longitude: Floats
    """(n,) over the whole span, -180 to 180. [deg]"""
    now: tuple[float, float]
    """Latitude and longitude at the moment. [deg]"""
    turn: tuple[Floats, Floats]
    """Latitude and longitude over the revolution around the moment. [deg]"""


@dataclass(frozen=True, eq=False)
class SkyScene:
    """All that is drawn for one set of choices."""

    choices: SkyChoices
    """What was asked."""
    observation: xr.Dataset
    """Sky of the place with the moment among its samples; see `sky_from`."""
    partial: tuple[str, ...]
    """Ids of what is drawn around the moment only, since it goes round too often."""
    grounds: tuple[GroundTrack, ...]
    """Of each orbiter in question."""
    under: dict[str, tuple[float, float]]
    """Latitude and longitude of the points under Sun and Earth at the moment. [deg]"""
    motion: OrbitMotion
    """Of the orbit in question."""


def scene_of(choices: SkyChoices, catalogue: Catalogue) -> SkyScene:
    """All that is drawn for one set of choices.

    Parameters
    ----------
    choices : SkyChoices
        What is asked.
    catalogue : Catalogue
        Where records come from.

    Returns
    -------
    SkyScene

    Raises
    ------
    IlrsError
        If an orbiter hits the Moon, or the kernels do not cover the span.
    """
    require_coverage(*(float(time) for time in to_tdb(np.array(choices.span))))
    observation, partial = sky_from(choices, catalogue)
    flying = [choices.orbit, *(name for name in choices.shown if name in catalogue.orbits)]
    grounds = tuple(_ground(catalogue.orbits[name], choices) for name in dict.fromkeys(flying))
    motion = motion_of(catalogue.orbits[choices.orbit], *choices.span)
    return SkyScene(choices, observation, partial, grounds, _under(choices.moment), motion)


def sky_from(choices: SkyChoices, catalogue: Catalogue) -> tuple[xr.Dataset, tuple[str, ...]]:
    """Observation over the span, dense around the moment for what moves quickly.

    Parameters
    ----------
    choices : SkyChoices
        What is asked.
    catalogue : Catalogue
        Where records come from.

    Returns
    -------
    observation : xarray.Dataset
        As `ilrs_science.observe`; the elevation of a quick orbiter is not a number away from the moment. From an
        orbiter it has ``limb_elevation(time)``, that of the lunar limb. [deg]
    partial : tuple of str
        Ids of what is drawn around the moment only; the place's own id if that is all of it.
    """
    quick = {name: _turn(catalogue.orbits[name]) for name in (choices.place, *choices.shown)
             if name in catalogue.orbits and _is_quick(catalogue.orbits[name], choices)}  # fmt: skip
    ends = np.array([choices.start, choices.end - _SECOND])
    parts = [ends, np.array([choices.moment]), _even(*choices.span, _COARSE)]
    around = {name: _around(choices, _AROUND * turn) for name, turn in quick.items()}
    parts += [_even(*window, _FINE) for window in around.values()]
    flying = [
        name for name in (choices.place, *choices.shown) if name in catalogue.orbits and name not in quick
    ]
    for motion in (motion_of(catalogue.orbits[name], *choices.span) for name in flying):
        parts.append(motion.times[motion.waypoints(3.0, _COARSE)].astype("datetime64[s]"))
    times = np.unique(np.concatenate(parts))
    seen = observe(choices.place, times, list(choices.shown), catalogue=catalogue)
    if choices.aloft:
        height = motion_of(catalogue.orbits[choices.place], *choices.span)
        here = np.interp(_seconds(times, choices), _seconds(height.times, choices), height.height)
        limb = -np.degrees(np.arccos(MOON_RADIUS / (MOON_RADIUS + here)))
        seen = seen.assign(limb_elevation=("time", limb))
    elevation = seen["elevation"].values.copy()
    for column, name in enumerate(choices.shown):
        low, high = around.get(name, choices.span)
        elevation[(times < low) | (times > high), column] = np.nan
    seen = seen.assign(elevation=(("time", "body"), elevation, seen["elevation"].attrs))
    if choices.place in around:
        low, high = around[choices.place]
        seen = seen.isel(time=np.flatnonzero((times >= low) & (times <= high)))
    return seen, tuple(quick)


def _turn(orbit: Orbit) -> np.timedelta64:
    return round(orbit.period) * _SECOND


def _is_quick(orbit: Orbit, choices: SkyChoices) -> bool:
    return bool((choices.end - choices.start) / _turn(orbit) > _MOST_TURNS)


def _around(choices: SkyChoices, half: np.timedelta64) -> tuple[np.datetime64, np.datetime64]:
    """The span within so much of the moment."""
    return max(choices.start, choices.moment - half), min(choices.end - _SECOND, choices.moment + half)


def _even(start: np.datetime64, end: np.datetime64, most: int) -> NDArray[np.datetime64]:
    """Whole minutes, or seconds in a short span, at most so many."""
    seconds = int((end - start) / _SECOND)
    step = max(1, -(-seconds // most))
    step = step if step < 60 else -(-step // 60) * 60
    return np.asarray(start + np.arange(0, max(seconds, 1), step) * _SECOND)


def _seconds(times: NDArray[np.datetime64], choices: SkyChoices) -> Floats:
    return np.asarray((times - choices.start) / np.timedelta64(1, "s"))


def _ground(orbit: Orbit, choices: SkyChoices) -> GroundTrack:
    latitude, longitude = _whole_ground(orbit, *choices.span)
    low, high = _around(choices, 0.5 * _turn(orbit))
    motion = motion_of(orbit, *choices.span)
    fine = motion.times[motion.waypoints(1.0, 10**6)]
    near = np.r_[low, fine[(fine > low) & (fine < high)], high]
    turn = ground_points(orbit, choices.span, near)
    now = ground_points(orbit, choices.span, np.array([choices.moment]))
    return GroundTrack(orbit.id, latitude, longitude, (float(now[0][0]), float(now[1][0])), turn)


@lru_cache(maxsize=16)
def _whole_ground(orbit: Orbit, start: np.datetime64, end: np.datetime64) -> tuple[Floats, Floats]:
    motion = motion_of(orbit, start, end)
    return ground_points(orbit, (start, end), motion.times[motion.waypoints(_ARC, _MOST_GROUND)])


def _under(moment: np.datetime64) -> dict[str, tuple[float, float]]:
    """Points under Sun and Earth, by their true places: light time moves the Sun's by 0.001 deg."""
    sky = sky_at(to_tdb(np.array([moment])))
    points = {}
    for name in ("sun", "earth"):
        x, y, z = sky.body(name).position[0]
        points[name] = (float(np.degrees(np.arctan2(z, np.hypot(x, y)))), float(np.degrees(np.arctan2(y, x))))
    return points
