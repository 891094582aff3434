"""Apparent directions: light time and stellar aberration, as SPICE ``LT+S``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np

from ilrs_science.errors import UnknownNameError
from ilrs_science.sky.chebyshev import Floats
from ilrs_science.sky.compiled import compiled
from ilrs_science.sky.ephemeris import Mover, SkyState
from ilrs_science.sky.stars import Star

__all__ = ["LIGHT_SPEED", "Aim", "Correction", "Observer", "apparent", "fixed_observer"]

#: Speed of light, exact by definition of the metre. [km/s]
LIGHT_SPEED = 299792.458

#: ``"apparent"`` with light time and aberration, ``"light_time"`` without aberration, ``"geometric"`` without either.
Correction: TypeAlias = Literal["apparent", "light_time", "geometric"]

#: What can be looked at: a body of the ephemeris by name, a star, or anything with a motion of its own.
Aim: TypeAlias = str | Star | Mover

_STEPS: Final[dict[Correction, int]] = {"geometric": 0, "light_time": 1, "apparent": 2}


@dataclass(frozen=True, eq=False)
class Observer:
    """Where an observer is and how it moves, along MOON_ME axes at the epochs of a sky."""

    position: Floats
    """(..., 3) from the Moon's centre. [km]"""
    velocity: Floats
    """(..., 3) from the Moon's centre, in axes that do not turn. [km/s]"""


def fixed_observer(sky: SkyState, position: Floats) -> Observer:
    """An observer that turns with the Moon.

    Parameters
    ----------
    sky : SkyState
        Gives the Moon's spin.
    position : (3,) ndarray
        In MOON_ME. [km]

    Returns
    -------
    Observer
    """
    out = np.empty(sky.spin.shape)
    _crossed(sky.spin.reshape(-1, 3), position, out.reshape(-1, 3))
    return Observer(position, out)


def apparent(
    sky: SkyState, target: Aim, observer: Observer, correction: Correction = "apparent"
) -> tuple[Floats, Floats]:
    """Direction and range of a body, a star or anything else that moves.

    Parameters
    ----------
    sky : SkyState
        With arrays (..., 3).
    target : str, Star or Mover
        Name of a body of the ephemeris; a star; a site, orbiter or ground station.
    observer : Observer
        Where it is seen from.
    correction : {"apparent", "light_time", "geometric"}
        What counts: light time and aberration, light time alone, or neither.

    Returns
    -------
    direction : (..., 3) ndarray
        Unit vectors along MOON_ME axes at the epoch.
    distance : (...) ndarray
        With light time where it counts; infinite for a star without parallax. [km]

    Notes
    -----
    One light-time iteration, as SPICE ``LT``: the body is seen where it was one light time ago, with the light time
    of the geometric distance. Its motion over that time is a Taylor series of second order: the cubic term is below
    5e-6 arcsec for every body. Then stellar aberration with the observer's own velocity.

    References
    ----------
    NAIF, "Aberration Corrections" required reading.
    """
    if correction not in _STEPS:
        raise UnknownNameError("correction", str(correction), _STEPS)
    if isinstance(target, Star):
        seen = target.seen_from(sky.to_fixed, sky.tdb, sky.moon_position + observer.position)
        if correction != "apparent":
            return seen
        return _aberrated(seen[0], sky.moon_velocity + observer.velocity), seen[1]
    state, shape = sky.state(target), sky.seconds.shape
    direction, distance = np.empty((*shape, 3)), np.empty(shape)
    _seen(
        _rows(state.position),
        _rows(state.velocity),
        _rows(state.acceleration),
        _rows(observer.position),
        _rows(observer.velocity),
        _rows(sky.moon_velocity),
        _STEPS[correction],
        direction.reshape(-1, 3),
        distance.reshape(-1),
    )
    return direction, distance


def _rows(vectors: Floats) -> Floats:
    return np.ascontiguousarray(vectors).reshape(-1, 3)


def _aberrated(direction: Floats, velocity: Floats) -> Floats:
    """Direction turned toward the velocity by the Newtonian aberration angle, as SPICE ``stelab``."""
    beta = velocity / LIGHT_SPEED
    along = np.einsum("...i,...i->...", direction, beta)[..., None]
    across = beta - along * direction
    sine2 = np.einsum("...i,...i->...", across, across)[..., None]
    # sin(angle) = |across|, so cos(angle) = sqrt(1 - sin^2) and the turned vector is cos * d + across
    return np.asarray(np.sqrt(1.0 - sine2) * direction + across)


@compiled
def _seen(
    position: Floats,
    velocity: Floats,
    acceleration: Floats,
    place: Floats,
    motion: Floats,
    moon_velocity: Floats,
    steps: int,
    direction: Floats,
    distance: Floats,
) -> None:
    """Direction and distance of a body: light time if `steps` is 1, aberration too (see `_aberrated`) if it is 2."""
    still, steady = len(place) == 1, len(motion) == 1
    for i in range(len(direction)):
        j, m = 0 if still else i, 0 if steady else i
        x, y, z = position[i, 0] - place[j, 0], position[i, 1] - place[j, 1], position[i, 2] - place[j, 2]
        far = np.sqrt(x * x + y * y + z * z)
        if steps > 0:
            lag = far / LIGHT_SPEED
            half = 0.5 * lag
            x -= lag * (velocity[i, 0] - half * acceleration[i, 0])
            y -= lag * (velocity[i, 1] - half * acceleration[i, 1])
            z -= lag * (velocity[i, 2] - half * acceleration[i, 2])
            far = np.sqrt(x * x + y * y + z * z)
        x, y, z = x / far, y / far, z / far
        if steps > 1:
            a = (moon_velocity[i, 0] + motion[m, 0]) / LIGHT_SPEED
            b = (moon_velocity[i, 1] + motion[m, 1]) / LIGHT_SPEED
            c = (moon_velocity[i, 2] + motion[m, 2]) / LIGHT_SPEED
            along = x * a + y * b + z * c
            a, b, c = a - along * x, b - along * y, c - along * z
            cosine = np.sqrt(1.0 - (a * a + b * b + c * c))
            x, y, z = cosine * x + a, cosine * y + b, cosine * z + c
        direction[i, 0], direction[i, 1], direction[i, 2] = x, y, z
        distance[i] = far


@compiled
def _crossed(spin: Floats, position: Floats, out: Floats) -> None:
    for i in range(len(out)):
        a, b, c = spin[i, 0], spin[i, 1], spin[i, 2]
        out[i, 0] = b * position[2] - c * position[1]
        out[i, 1] = c * position[0] - a * position[2]
        out[i, 2] = a * position[1] - b * position[0]
