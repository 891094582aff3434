"""Quantities: what each constraint looks at, as smooth functions of the sky and a view of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

import numpy as np

from ilrs_science.sky.apparent import LIGHT_SPEED, Aim, apparent, fixed_observer
from ilrs_science.sky.bodies import BODIES
from ilrs_science.sky.chebyshev import Floats
from ilrs_science.sky.ephemeris import BodyState, SkyState
from ilrs_science.sky.place import MOON_RADIUS, SurfacePlace
from ilrs_science.sky.trajectory import Trajectory
from ilrs_science.windows.view import View, along

__all__ = [
    "Signal",
    "covered_limb",
    "hour_angle",
    "limb_elevation",
    "minus_cosine_of_phase",
    "minus_cosine_of_separation",
    "past_hour",
    "range_to",
    "seen_from",
    "sine_of_beta",
    "sine_of_elevation",
    "sine_of_solar_latitude",
    "tail_alignment",
]

#: Value at each epoch of a sky; smooth in time, and rising with the quantity it stands for.
Signal: TypeAlias = Callable[[SkyState, View], Floats]


def _unit(vectors: Floats) -> Floats:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1)[..., None])


def sine_of_elevation(target: Aim) -> Signal:
    """Sine of the elevation of something above the horizontal plane."""

    def signal(sky: SkyState, view: View) -> Floats:
        return along(view.see(sky, target)[0], view.up(sky))

    return signal


def seen_from(other: View, signal: Signal) -> Signal:
    """A signal as it is at another place than the one that asks."""

    def there(sky: SkyState, view: View) -> Floats:
        del view
        return signal(sky, other)

    return there


def minus_cosine_of_separation(first: Aim, second: Aim) -> Signal:
    """Minus the cosine of the angle between two things."""

    def signal(sky: SkyState, view: View) -> Floats:
        return -along(view.see(sky, first)[0], view.see(sky, second)[0])

    return signal


def range_to(target: Aim) -> Signal:
    """Distance of something. [km]"""

    def signal(sky: SkyState, view: View) -> Floats:
        return view.see(sky, target)[1]

    return signal


def minus_cosine_of_phase(body: str) -> Signal:
    """Minus the cosine of the angle at a body between the Sun and the place.

    The body is seen at the place with light time and aberration; the Sun is seen at the body, when that light left it,
    with light time and aberration again, as SPICE ``gfpa`` has it.
    """

    def signal(sky: SkyState, view: View) -> Floats:
        line, distance = view.see(sky, body)
        lag = distance[..., None] / LIGHT_SPEED
        state, sun = sky.body(body), sky.body("sun")
        if view.correction == "geometric":
            return along(_unit(sun.position - state.position), line)
        here = _earlier(state, lag)
        first = _earlier(sun, lag) - here
        lag = lag + np.linalg.norm(first, axis=-1)[..., None] / LIGHT_SPEED
        seen = _unit(_earlier(sun, lag) - here)
        if view.correction == "apparent":
            beta = (state.velocity - (distance[..., None] / LIGHT_SPEED) * state.acceleration) / LIGHT_SPEED
            across = beta - along(seen, beta)[..., None] * seen
            seen = np.sqrt(1.0 - along(across, across))[..., None] * seen + across
        return along(seen, line)

    return signal


def _earlier(state: BodyState, lag: Floats) -> Floats:
    """Where a body was some seconds ago, from where the Moon's centre is now. [km]"""
    return np.asarray(state.position - lag * (state.velocity - 0.5 * lag * state.acceleration))


def _sun_over_moon(sky: SkyState, view: View) -> Floats:
    """Direction of the Sun from the Moon's centre: the point of the ground under it."""
    return apparent(sky, "sun", fixed_observer(sky, np.zeros(3)), view.correction)[0]


def hour_angle(middle: float) -> Signal:
    """Cosine of the angle between local solar time and an hour.

    Parameters
    ----------
    middle : float
        Hour of the lunar day, as an angle from midnight. [rad]
    """
    # at 12 h the Sun is on the meridian: hour = pi + longitude of the place - longitude of the Sun
    cosine, sine = np.cos(np.pi - middle), np.sin(np.pi - middle)

    def signal(sky: SkyState, view: View) -> Floats:
        sun, place = _sun_over_moon(sky, view), view.place.observer(sky).position
        x = place[..., 0] * cosine - place[..., 1] * sine
        y = place[..., 0] * sine + place[..., 1] * cosine
        planes = np.hypot(sun[..., 0], sun[..., 1]) * np.hypot(x, y)
        return np.asarray((sun[..., 0] * x + sun[..., 1] * y) / planes)

    return signal


def past_hour(hour: float) -> Signal:
    """Positive while local solar time is in the half of a day after an hour; smooth where an orbiter crosses a pole.

    Parameters
    ----------
    hour : float
        Hour of the lunar day, as an angle from midnight. [rad]
    """
    cosine, sine = np.cos(np.pi - hour), np.sin(np.pi - hour)

    def signal(sky: SkyState, view: View) -> Floats:
        sun, place = _sun_over_moon(sky, view), _unit(view.place.observer(sky).position)
        x = place[..., 0] * cosine - place[..., 1] * sine
        y = place[..., 0] * sine + place[..., 1] * cosine
        return np.asarray(sun[..., 0] * y - sun[..., 1] * x)

    return signal


def sine_of_solar_latitude(sky: SkyState, view: View) -> Floats:
    """Sine of the latitude of the point of the ground under the Sun."""
    return np.asarray(_sun_over_moon(sky, view)[..., 2])


def sine_of_beta(sky: SkyState, view: View) -> Floats:
    """Sine of the angle between the Sun and the plane in which an orbiter moves about the Moon."""
    observer = view.place.observer(sky)
    return along(view.see(sky, "sun")[0], _unit(np.cross(observer.position, observer.velocity)))


def limb_elevation(target: Aim, radius: float = 0.0) -> Signal:
    """Elevation of the upper limb of a sphere above the horizontal plane, on an orbiter above the Moon's limb. [rad]

    What is at the Moon itself may stand before the limb. Seen from an orbiter, its elevation is then how much smaller
    the angle between the two at the Moon's centre is than the one at which the limb begins to hide it.

    Parameters
    ----------
    target : str, Star or Mover
        In the middle of the sphere.
    radius : float
        Of the sphere. [km]
    """

    def plain(sky: SkyState, view: View) -> Floats:
        line, distance = (view.from_the_moon if view.flies else view.see)(sky, target)
        upper = np.arcsin(radius / distance) if radius else 0.0
        return np.asarray(np.arcsin(np.clip(along(line, view.up(sky)), -1.0, 1.0)) + upper + view.dip(sky))

    def near(sky: SkyState, view: View) -> Floats:
        if not view.flies:
            return plain(sky, view)
        line, distance = view.from_the_moon(sky, target)
        if (
            view.correction == "apparent"
        ):  # as the direction is that of a ray in the frame of the Moon, so its length
            distance = distance * (1.0 + along(line, sky.moon_velocity) / LIGHT_SPEED)
        there = view.place.observer(sky).position + line * distance[..., None]
        # a site keeps its height: on the sphere itself a millimetre of rounding would lift it over the limb
        far = np.linalg.norm(target.position if isinstance(target, SurfacePlace) else there, axis=-1)
        cosine = along(there, view.up(sky)) / np.linalg.norm(there, axis=-1)
        between = np.arccos(np.clip(cosine, -1.0, 1.0))
        return np.asarray(view.dip(sky) + np.arccos(np.minimum(MOON_RADIUS / far, 1.0)) - between)

    return near if isinstance(target, SurfacePlace | Trajectory) else plain


def covered_limb(by: Literal["earth", "moon"], sign: float) -> Signal:
    """How far the disc of the Earth or the Moon reaches over the disc of the Sun. [rad]

    Parameters
    ----------
    by : {"earth", "moon"}
        What covers the Sun; the Moon only for an orbiter.
    sign : float
        1 for the outer contact, where the discs touch; -1 for the inner one, where the Sun is just covered.
    """
    radius = BODIES["sun"].radius

    def by_moon(sky: SkyState, view: View) -> Floats:
        sun, far = view.from_the_moon(sky, "sun")
        place = view.place.observer(sky).position
        near = np.linalg.norm(place, axis=-1)
        cover = np.arcsin(np.minimum(MOON_RADIUS / near, 1.0))
        return np.asarray(cover + sign * np.arcsin(radius / far) - _angle(sun, -place / near[..., None]))

    def by_earth(sky: SkyState, view: View) -> Floats:
        # light time alone: aberration shifts both discs and their contact not at all
        still = View(view.place, "geometric" if view.correction == "geometric" else "light_time")
        (earth, near), (sun, far) = still.see(sky, "earth"), still.see(sky, "sun")
        cover = np.arcsin(BODIES["earth"].radius / near)
        return np.asarray(cover + sign * np.arcsin(radius / far) - _angle(sun, earth))

    return by_moon if by == "moon" else by_earth


def _angle(one: Floats, other: Floats) -> Floats:
    """Angle between unit vectors, exact for small ones. [rad]"""
    chord = one - other
    return np.asarray(2.0 * np.arcsin(np.minimum(np.sqrt(along(chord, chord)) / 2.0, 1.0)))


def tail_alignment(sky: SkyState, view: View) -> Floats:
    """Cosine of the angle at the Earth between the Moon, or an orbiter, and the line away from the Sun."""
    earth, sun = sky.body("earth").position, sky.body("sun").position
    place = view.place.observer(sky).position if view.flies else 0.0
    return along(_unit(place - earth), _unit(earth - sun))
