"""Apparent directions: light time and stellar aberration, as SPICE ``LT+S``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from ilrs_science.sky.chebyshev import Floats
from ilrs_science.sky.ephemeris import SkyState
from ilrs_science.sky.stars import Star

__all__ = ["LIGHT_SPEED", "Correction", "Observer", "apparent", "fixed_observer"]

#: Speed of light, exact by definition of the metre. [km/s]
LIGHT_SPEED = 299792.458

#: ``"apparent"`` with light time and aberration, ``"light_time"`` without aberration, ``"geometric"`` without either.
Correction: TypeAlias = Literal["apparent", "light_time", "geometric"]


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
    return Observer(position, np.cross(sky.spin, np.broadcast_to(position, sky.spin.shape)))


def apparent(
    sky: SkyState, target: str | Star, observer: Observer, correction: Correction = "apparent"
) -> tuple[Floats, Floats]:
    """Direction and range of a body or a star.

    Parameters
    ----------
    sky : SkyState
        With arrays (..., 3).
    target : str or Star
        Name of a body of the ephemeris, or a star.
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
    2e-6 arcsec for every body. Then stellar aberration with the observer's own velocity.

    References
    ----------
    NAIF, "Aberration Corrections" required reading.
    """
    line, distance = _line_of_sight(sky, target, observer, correction)
    if correction != "apparent":
        return line, distance
    return _aberrated(line, sky.moon_velocity + observer.velocity), distance


def _line_of_sight(
    sky: SkyState, target: str | Star, observer: Observer, correction: Correction
) -> tuple[Floats, Floats]:
    if isinstance(target, Star):
        return target.seen_from(sky.to_fixed, sky.tdb, sky.moon_position + observer.position)
    state = sky.body(target)
    line = state.position - observer.position
    if correction != "geometric":
        light_time = np.sqrt(np.einsum("...i,...i->...", line, line))[..., None] / LIGHT_SPEED
        line = line - light_time * (state.velocity - 0.5 * light_time * state.acceleration)
    distance = np.sqrt(np.einsum("...i,...i->...", line, line))
    return line / distance[..., None], distance


def _aberrated(direction: Floats, velocity: Floats) -> Floats:
    """Direction turned toward the velocity by the Newtonian aberration angle, as SPICE ``stelab``."""
    beta = velocity / LIGHT_SPEED
    along = np.einsum("...i,...i->...", direction, beta)[..., None]
    across = beta - along * direction
    sine2 = np.einsum("...i,...i->...", across, across)[..., None]
    # sin(angle) = |across|, so cos(angle) = sqrt(1 - sin^2) and the turned vector is cos * d + across
    return np.asarray(np.sqrt(1.0 - sine2) * direction + across)
