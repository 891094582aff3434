"""Ephemeris: the sky about the Moon at many epochs at once, in Moon-fixed axes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from ilrs_science.epochs import format_epoch, from_tdb
from ilrs_science.errors import CoverageError, UnknownNameError
from ilrs_science.sky.chebyshev import Floats
from ilrs_science.sky.frames import moon_me_rotation, moon_spin
from ilrs_science.sky.kernels import Series, ephemeris_series, orientation_series

__all__ = ["BODIES", "Body", "BodyState", "SkyState", "apparent", "coverage", "sky_at", "sky_on_segments"]

#: Names of the bodies that can be observed.
Body: TypeAlias = Literal["sun", "earth"]

#: Chain of (centre, target) NAIF codes from the solar system barycentre to each body.
BODIES: dict[str, tuple[tuple[int, int], ...]] = {"sun": ((0, 10),), "earth": ((0, 3), (3, 399))}
_MOON = ((0, 3), (3, 301))
#: Speed of light, exact by definition of the metre. [km/s]
LIGHT_SPEED = 299792.458

_Evaluate: TypeAlias = Callable[[Series, int], Floats]


@dataclass(frozen=True, eq=False)
class BodyState:
    """Motion of one body, components along MOON_ME axes at the epoch."""

    position: Floats
    """(..., 3) from the Moon's centre, at the epoch. [km]"""
    velocity: Floats
    """(..., 3) with respect to the solar system barycentre. [km/s]"""
    acceleration: Floats
    """(..., 3) with respect to the solar system barycentre. [km/s2]"""


@dataclass(frozen=True, eq=False)
class SkyState:
    """What every place on the Moon shares: the bodies, the Moon's motion and its spin, along MOON_ME axes."""

    bodies: dict[str, BodyState]
    """State of each body by name."""
    moon_velocity: Floats
    """(..., 3) of the Moon's centre with respect to the solar system barycentre. [km/s]"""
    spin: Floats
    """(..., 3) angular velocity of the Moon. [rad/s]"""


def coverage() -> tuple[float, float]:
    """Span in which Moon, Sun, Earth and the lunar orientation are all known.

    Returns
    -------
    tuple of float
        First and last epoch. [s past J2000 TDB]
    """
    used = [ephemeris_series()[link] for chain in (_MOON, *BODIES.values()) for link in chain]
    everything = [*used, orientation_series()]
    # a day's margin keeps light time inside
    return max(s.valid[0] for s in everything) + 86400.0, min(s.valid[1] for s in everything) - 86400.0


def require_coverage(first: float, last: float) -> None:
    """Raise if the kernels do not cover a span.

    Parameters
    ----------
    first, last : float
        [s past J2000 TDB]

    Raises
    ------
    CoverageError
        With what is covered.
    """
    low, high = coverage()
    if first < low or last > high:
        covered = " to ".join(format_epoch(t, "s")[:10] for t in from_tdb(np.array([low, high])))
        asked = " to ".join(format_epoch(t, "s")[:10] for t in from_tdb(np.array([first, last])))
        raise CoverageError(f"the shipped kernels cover {covered}, not {asked}")


def sky_at(tdb: Floats, bodies: Sequence[str] = ("sun", "earth")) -> SkyState:
    """The sky at any epochs.

    Parameters
    ----------
    tdb : (n,) ndarray
        Epochs. [s past J2000 TDB]
    bodies : sequence of str
        Names out of `BODIES`.

    Returns
    -------
    SkyState
        With arrays (n, 3).

    Raises
    ------
    CoverageError
        If the kernels do not cover an epoch.
    UnknownNameError
        If a body is not known.
    """
    if tdb.size:
        require_coverage(float(tdb.min()), float(tdb.max()))
    return _state(lambda series, derivative: series.at(tdb, derivative), bodies)


def sky_on_segments(
    first: float, length: float, count: int, points: Floats, bodies: Sequence[str] = ("sun", "earth")
) -> SkyState:
    """The sky at the same points of consecutive segments that are aligned to the ephemeris records.

    Parameters
    ----------
    first : float
        Begin of the first segment. [s past J2000 TDB]
    length : float
        Length of a segment. [s]
    count : int
        Number of segments.
    points : (p,) ndarray
        Places in a segment, in [-1, 1].
    bodies : sequence of str
        Names out of `BODIES`.

    Returns
    -------
    SkyState
        With arrays (count, p, 3).
    """
    return _state(
        lambda series, derivative: series.on_segments(first, length, count, points, derivative), bodies
    )


def _state(evaluate: _Evaluate, bodies: Sequence[str]) -> SkyState:
    for body in bodies:
        if body not in BODIES:
            raise UnknownNameError("body", body, BODIES)
    links = {*_MOON, *(link for body in bodies for link in BODIES[body])}
    known = {link: [evaluate(ephemeris_series()[link], order) for order in range(3)] for link in links}
    angles, rates = (evaluate(orientation_series(), order) for order in range(2))
    rotation = moon_me_rotation(angles)

    def turned(chain: Sequence[tuple[int, int]], order: int) -> Floats:
        total = sum(known[link][order] for link in chain)
        return np.asarray(np.einsum("...ij,...j->...i", rotation, total))

    moon = turned(_MOON, 0)
    states = {
        body: BodyState(turned(BODIES[body], 0) - moon, *(turned(BODIES[body], k) for k in (1, 2)))
        for body in bodies
    }
    return SkyState(states, turned(_MOON, 1), moon_spin(angles, rates))


def apparent(sky: SkyState, body: str, positions: Floats) -> tuple[Floats, Floats]:
    """Apparent direction and range of a body from places fixed to the Moon (SPICE ``LT+S``).

    Parameters
    ----------
    sky : SkyState
        With arrays (..., 3).
    body : str
        Name of a body in the sky.
    positions : (..., 3) ndarray
        Places in MOON_ME, broadcast against the sky. [km]

    Returns
    -------
    direction : (..., 3) ndarray
        Unit vectors in MOON_ME axes at the epoch.
    distance : (...) ndarray
        With light time. [km]

    Notes
    -----
    One light-time iteration, as SPICE ``LT``: the body is seen where it was one light time ago, with the light time
    of the geometric distance. Its motion over that time is a Taylor series of second order: the cubic term is below
    1e-7 arcsec for Sun and Earth. Then stellar aberration with the place's own velocity, the Moon's spin included.

    References
    ----------
    NAIF, "Aberration Corrections" required reading.
    """
    state = sky.bodies[body]
    geometric = state.position - positions
    light_time = np.sqrt(np.einsum("...i,...i->...", geometric, geometric))[..., None] / LIGHT_SPEED
    line = geometric - light_time * (state.velocity - 0.5 * light_time * state.acceleration)
    distance = np.sqrt(np.einsum("...i,...i->...", line, line))
    velocity = sky.moon_velocity + np.cross(sky.spin, np.broadcast_to(positions, line.shape))
    return _aberrated(line / distance[..., None], velocity), distance


def _aberrated(direction: Floats, velocity: Floats) -> Floats:
    """Direction turned toward the velocity by the Newtonian aberration angle, as SPICE ``stelab``."""
    beta = velocity / LIGHT_SPEED
    along = np.einsum("...i,...i->...", direction, beta)[..., None]
    across = beta - along * direction
    sine2 = np.einsum("...i,...i->...", across, across)[..., None]
    # sin(angle) = |across|, so cos(angle) = sqrt(1 - sin^2) and the turned vector is cos * d + across
    return np.asarray(np.sqrt(1.0 - sine2) * direction + across)
