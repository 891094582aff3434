"""Quantities: what each constraint looks at, as smooth functions of the sky and a place."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from ilrs_science.sky.apparent import LIGHT_SPEED, Observer, apparent, fixed_observer
from ilrs_science.sky.bodies import BODIES
from ilrs_science.sky.chebyshev import Floats
from ilrs_science.sky.ephemeris import BodyState, SkyState
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.sky.stars import Star

__all__ = [
    "Signal",
    "covered_limb",
    "elevated_limb",
    "hour_angle",
    "minus_cosine_of_phase",
    "minus_cosine_of_separation",
    "range_to",
    "sine_of_elevation",
    "sine_of_solar_latitude",
    "tail_alignment",
]

#: Value at each epoch of a sky; smooth in time, and rising with the quantity it stands for.
Signal: TypeAlias = Callable[[SkyState, SurfacePlace], Floats]


def _dot(one: Floats, two: Floats) -> Floats:
    return np.asarray(np.einsum("...i,...i->...", one, two))


def _unit(vectors: Floats) -> Floats:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1)[..., None])


def sine_of_elevation(target: str | Star) -> Signal:
    """Sine of the elevation of a body or star above the horizontal plane."""

    def signal(sky: SkyState, place: SurfacePlace) -> Floats:
        return np.asarray(apparent(sky, target, place.observer(sky))[0] @ place.axes[2])

    return signal


def minus_cosine_of_separation(first: str | Star, second: str | Star) -> Signal:
    """Minus the cosine of the angle between two bodies or stars."""

    def signal(sky: SkyState, place: SurfacePlace) -> Floats:
        observer = place.observer(sky)
        return -_dot(*(apparent(sky, target, observer)[0] for target in (first, second)))

    return signal


def range_to(body: str) -> Signal:
    """Distance of a body with light time. [km]"""

    def signal(sky: SkyState, place: SurfacePlace) -> Floats:
        return apparent(sky, body, place.observer(sky))[1]

    return signal


def minus_cosine_of_phase(body: str) -> Signal:
    """Minus the cosine of the angle at a body between the Sun and the place.

    The body is seen at the place with light time and aberration; the Sun is seen at the body, when that light left it,
    with light time and aberration again, as SPICE ``gfpa`` has it.
    """

    def signal(sky: SkyState, place: SurfacePlace) -> Floats:
        line, distance = apparent(sky, body, place.observer(sky))
        lag = distance[..., None] / LIGHT_SPEED
        state, sun = sky.body(body), sky.body("sun")
        here = _earlier(state, lag)
        first = _earlier(sun, lag) - here
        lag = lag + np.linalg.norm(first, axis=-1)[..., None] / LIGHT_SPEED
        seen = _unit(_earlier(sun, lag) - here)
        beta = (state.velocity - (distance[..., None] / LIGHT_SPEED) * state.acceleration) / LIGHT_SPEED
        across = beta - _dot(seen, beta)[..., None] * seen
        seen = np.sqrt(1.0 - _dot(across, across))[..., None] * seen + across
        return _dot(seen, line)

    return signal


def _earlier(state: BodyState, lag: Floats) -> Floats:
    """Where a body was some seconds ago, from where the Moon's centre is now. [km]"""
    return np.asarray(state.position - lag * (state.velocity - 0.5 * lag * state.acceleration))


def _sun_over_moon(sky: SkyState) -> Floats:
    """Direction of the Sun from the Moon's centre: the point of the ground under it."""
    return apparent(sky, "sun", fixed_observer(sky, np.zeros(3)))[0]


def hour_angle(middle: float) -> Signal:
    """Cosine of the angle between local solar time and an hour.

    Parameters
    ----------
    middle : float
        Hour of the lunar day, as an angle from midnight. [rad]
    """

    def signal(sky: SkyState, place: SurfacePlace) -> Floats:
        sun = _sun_over_moon(sky)
        # at 12 h the Sun is on the meridian: hour = pi + longitude of the place - longitude of the Sun
        towards = np.radians(place.longitude) + np.pi - middle
        plane = np.hypot(sun[..., 0], sun[..., 1])
        return np.asarray((sun[..., 0] * np.cos(towards) + sun[..., 1] * np.sin(towards)) / plane)

    return signal


def sine_of_solar_latitude(sky: SkyState, place: SurfacePlace) -> Floats:
    """Sine of the latitude of the point under the Sun."""
    del place
    return _sun_over_moon(sky)[..., 2]


def elevated_limb(body: str, radius: float) -> Signal:
    """Elevation of the upper edge of a sphere about a body. [rad]

    Parameters
    ----------
    body : str
        Name of the body.
    radius : float
        Of the sphere. [km]
    """

    def signal(sky: SkyState, place: SurfacePlace) -> Floats:
        line, distance = apparent(sky, body, place.observer(sky))
        return np.asarray(np.arcsin(line @ place.axes[2]) + np.arcsin(radius / distance))

    return signal


def covered_limb(sign: float) -> Signal:
    """How far the disc of Earth reaches over the disc of the Sun, as a difference of cosines.

    Parameters
    ----------
    sign : float
        1 for the outer contact, where the discs touch; -1 for the inner one, where the Sun is just covered.
    """

    def signal(sky: SkyState, place: SurfacePlace) -> Floats:
        observer = place.observer(sky)
        (earth, near), (sun, far) = (_lit(sky, body, observer) for body in ("earth", "sun"))
        radii = np.arcsin(BODIES["earth"].radius / near) + sign * np.arcsin(BODIES["sun"].radius / far)
        return np.asarray(_dot(earth, sun) - np.cos(radii))

    return signal


def _lit(sky: SkyState, body: str, observer: Observer) -> tuple[Floats, Floats]:
    """Direction and distance with light time alone: aberration shifts both discs and their contact not at all."""
    return apparent(sky, body, observer, "light_time")


def tail_alignment(sky: SkyState, place: SurfacePlace) -> Floats:
    """Cosine of the angle at the Earth between the Moon and the line away from the Sun."""
    del place
    earth, sun = sky.body("earth").position, sky.body("sun").position
    return _dot(_unit(-earth), _unit(earth - sun))
