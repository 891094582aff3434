"""Clearance: whether the ends of a link see each other, as smooth functions of time that are above zero if so."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import xarray as xr

from ilrs_science.environment.light.illumination import skyline_at
from ilrs_science.sky.apparent import Observer, apparent
from ilrs_science.sky.ephemeris import Mover, SkyState
from ilrs_science.sky.ground import GroundPlace
from ilrs_science.sky.place import MOON_RADIUS, SurfacePlace
from ilrs_science.sky.trajectory import Trajectory

__all__ = ["Sight", "from_dish", "from_moon", "past_the_moon"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Sight:
    """What one end of a link sees of the other; arrays follow the epochs."""

    clearance: Floats
    """Above zero where the other end is in sight: above skyline and mask [deg], or beside the Moon. [km]"""
    elevation: Floats
    """Of the other end above the horizontal plane. [deg]"""
    distance: Floats
    """With light time. [km]"""


def from_moon(
    sky: SkyState, place: SurfacePlace, target: Mover | str, *, skyline: xr.Dataset, mask: float
) -> Sight:
    """Give what a place on the Moon sees of something.

    Parameters
    ----------
    sky : SkyState
        Epochs.
    place : SurfacePlace
        With the mast of its antenna.
    target : Mover or str
        Ground station, orbiter or name of a body.
    skyline : Dataset
        ``horizon_elevation(azimuth)``. [deg]
    mask : float
        Lowest elevation of the antenna. [deg]

    Returns
    -------
    Sight
        Above the higher of skyline and mask.
    """
    direction, distance = apparent(sky, target, place.observer(sky))
    north, east, up = (place.axes @ direction[..., None])[..., 0].T
    elevation = np.degrees(np.arctan2(up, np.hypot(north, east)))
    below = skyline_at(skyline, np.degrees(np.arctan2(east, north)) % 360.0)
    return Sight(elevation - np.maximum(below, mask), elevation, distance)


def from_dish(sky: SkyState, dish: GroundPlace, target: Mover, *, mask: float) -> Sight:
    """Give what a dish on the Earth sees of something.

    Parameters
    ----------
    sky : SkyState
        Epochs.
    dish : GroundPlace
        Where it stands.
    target : Mover
        On or about the Moon.
    mask : float
        Lowest elevation of the dish. [deg]

    Returns
    -------
    Sight
        Above the mask, without refraction.
    """
    direction, distance = apparent(sky, target, dish.observer(sky))
    sine = np.einsum("...i,...i->...", direction, dish.vertical(sky))
    elevation = np.degrees(np.arcsin(np.clip(sine, -1.0, 1.0)))
    return Sight(elevation - mask, elevation, distance)


def past_the_moon(sky: SkyState, orbiter: Trajectory, target: Mover | str) -> Sight:
    """Give what an orbiter sees of something beside the Moon, a sphere of 1737.4 km.

    Parameters
    ----------
    sky : SkyState
        Epochs.
    orbiter : Trajectory
        That looks.
    target : Mover or str
        Ground station, another orbiter or name of a body.

    Returns
    -------
    Sight
        Clearance is the height above the sphere at which the ray passes. [km]
    """
    position = orbiter.observer(sky).position
    # in the frame of the Moon its limb is at rest, so a ray is blocked or not by where it comes from in that frame
    direction, distance = apparent(sky, target, Observer(position, np.zeros(3)))
    along = np.clip(-np.einsum("...i,...i->...", position, direction), 0.0, distance)
    nearest = np.linalg.norm(position + along[..., None] * direction, axis=-1)
    up = position / np.linalg.norm(position, axis=-1)[..., None]
    sine = np.clip(np.einsum("...i,...i->...", direction, up), -1.0, 1.0)
    return Sight(nearest - MOON_RADIUS, np.degrees(np.arcsin(sine)), distance)
