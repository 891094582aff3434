"""Ephemeris: the sky about the Moon at many epochs at once, in Moon-fixed axes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeAlias

import numpy as np

from ilrs_science.epochs import Epochs, format_epoch, from_tdb, to_tdb
from ilrs_science.errors import CoverageError, UnknownNameError
from ilrs_science.sky.bodies import BODIES, MOON_CHAIN
from ilrs_science.sky.chebyshev import Floats
from ilrs_science.sky.frames import moon_me_rotation, moon_spin, turned
from ilrs_science.sky.kernels import (
    EPHEMERIS,
    LUNAR_ORIENTATION,
    Series,
    ephemeris_series,
    orientation_series,
)

__all__ = [
    "BodyState",
    "Mover",
    "SkyState",
    "coverage",
    "require_coverage",
    "sky_after",
    "sky_at",
    "sky_near",
    "sky_on_segments",
    "sky_when",
]

#: Gives value and two time derivatives of a series at the epochs of a sky, (3, ..., components).
_Motion: TypeAlias = Callable[[Series], Floats]


@dataclass(frozen=True, eq=False)
class BodyState:
    """Motion of one body, components along MOON_ME axes at the epoch."""

    position: Floats
    """(..., 3) from the Moon's centre, at the epoch. [km]"""
    velocity: Floats
    """(..., 3) with respect to the solar system barycentre. [km/s]"""
    acceleration: Floats
    """(..., 3) with respect to the solar system barycentre. [km/s2]"""


class Mover(Protocol):
    """Anything with a place of its own: a site, an orbiter, a ground station. It must be hashable."""

    def state(self, sky: SkyState) -> BodyState:
        """Motion at the epochs of a sky."""


class SkyState:
    """What every place on and about the Moon shares at many epochs; each part is computed when it is first asked for.

    Parameters
    ----------
    origin : float
        Zero of the epochs, a whole second. [s past J2000 TDB]
    seconds : (...) ndarray
        Epochs after the origin, so that a short span keeps its nanoseconds. [s]
    motion : callable
        Value and two time derivatives of a series at the epochs.
    """

    def __init__(self, origin: float, seconds: Floats, motion: _Motion) -> None:
        self.origin, self.seconds = origin, seconds
        self._motion = motion
        self._motions: dict[int, Floats] = {}
        self._states: dict[str | Mover, BodyState] = {}

    @property
    def tdb(self) -> Floats:
        """(...) epochs. [s past J2000 TDB]"""
        return self.origin + self.seconds

    def evaluate(self, series: Series, derivative: int = 0) -> Floats:
        """Value of a series, or a time derivative, at the epochs.

        Parameters
        ----------
        series : Series
            Of an ephemeris or an orientation.
        derivative : int
            Order, 0 to 2.

        Returns
        -------
        (..., components) ndarray
        """
        known = id(series)  # series live as long as the process
        if known not in self._motions:
            self._motions[known] = self._motion(series)
        return np.asarray(self._motions[known][derivative])

    @cached_property
    def rotation(self) -> Floats:
        """(..., 3, 3) from ICRF to MOON_ME axes."""
        return moon_me_rotation(self.evaluate(orientation_series()))

    @cached_property
    def spin(self) -> Floats:
        """(..., 3) angular velocity of the Moon along MOON_ME axes. [rad/s]"""
        series = orientation_series()
        return moon_spin(self.evaluate(series), self.evaluate(series, 1))

    @cached_property
    def moon_position(self) -> Floats:
        """(..., 3) of the Moon's centre from the solar system barycentre along MOON_ME axes. [km]"""
        return self._turned(MOON_CHAIN, 0)

    @cached_property
    def moon_velocity(self) -> Floats:
        """(..., 3) of the Moon's centre from the solar system barycentre along MOON_ME axes. [km/s]"""
        return self._turned(MOON_CHAIN, 1)

    @cached_property
    def moon_acceleration(self) -> Floats:
        """(..., 3) of the Moon's centre from the solar system barycentre along MOON_ME axes. [km/s2]"""
        return self._turned(MOON_CHAIN, 2)

    def body(self, name: str) -> BodyState:
        """State of a body.

        Parameters
        ----------
        name : str
            Name out of `ilrs_science.sky.bodies.BODIES`.

        Returns
        -------
        BodyState

        Raises
        ------
        UnknownNameError
            If there is no such body.
        """
        return self.state(name)

    def state(self, target: str | Mover) -> BodyState:
        """State of a body or of anything else that moves, computed once.

        Parameters
        ----------
        target : str or Mover
            Name of a body, or a site, orbiter or ground station.

        Returns
        -------
        BodyState

        Raises
        ------
        UnknownNameError
            If there is no such body.
        """
        if target not in self._states:
            if isinstance(target, str):
                if target not in BODIES:
                    raise UnknownNameError("body", target, BODIES)
                position, velocity, acceleration = (self._turned(BODIES[target].chain, n) for n in range(3))
                self._states[target] = BodyState(position - self.moon_position, velocity, acceleration)
            else:
                self._states[target] = target.state(self)
        return self._states[target]

    def to_fixed(self, vectors: Floats) -> Floats:
        """ICRF vectors along MOON_ME axes.

        Parameters
        ----------
        vectors : (..., 3) ndarray
            Components along ICRF axes; one vector stands for all epochs.

        Returns
        -------
        (..., 3) ndarray
        """
        return turned(self.rotation, vectors)

    def _turned(self, chain: Sequence[tuple[int, int]], order: int) -> Floats:
        links = [self.evaluate(ephemeris_series()[link], order) for link in chain]
        return self.to_fixed(links[0] if len(links) == 1 else np.add(*links))


def coverage() -> tuple[float, float]:
    """Span in which Moon, Sun, Earth and the lunar orientation are all known.

    Returns
    -------
    tuple of float
        First and last epoch. [s past J2000 TDB]
    """
    used = [
        ephemeris_series()[link]
        for chain in (MOON_CHAIN, *(body.chain for body in BODIES.values()))
        for link in chain
    ]
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
        With what is covered, and which file limits it.
    """
    low, high = coverage()
    if first < low or last > high:
        asked = " to ".join(format_epoch(t, "s") for t in from_tdb(np.array([first, last])))
        reach = _whole_days(*ephemeris_series()[MOON_CHAIN[0]].valid)
        raise CoverageError(
            f"the shipped kernels cover {_whole_days(low, high)}, not {asked}: "
            f"{LUNAR_ORIENTATION} begins and ends there, while {EPHEMERIS} reaches from {reach}; "
            "longer kernels of your own cannot be read yet"
        )


def _whole_days(low: float, high: float) -> str:
    begin, finish = (t.astype("datetime64[D]") for t in from_tdb(np.array([low, high])))
    return f"{begin + 1} to {finish}"


def sky_at(tdb: Floats) -> SkyState:
    """The sky at any epochs.

    Parameters
    ----------
    tdb : (...) ndarray
        Epochs. [s past J2000 TDB]

    Returns
    -------
    SkyState
        With arrays (..., 3).

    Raises
    ------
    CoverageError
        If the kernels do not cover an epoch.
    """
    if tdb.size:
        require_coverage(float(tdb.min()), float(tdb.max()))
    return sky_after(0.0, tdb)


def sky_after(origin: float, seconds: Floats) -> SkyState:
    """The sky at epochs counted from an origin near them, which keeps their nanoseconds.

    Parameters
    ----------
    origin : float
        A whole second. [s past J2000 TDB]
    seconds : (...) ndarray
        Epochs after the origin. [s]

    Returns
    -------
    SkyState
        With arrays (..., 3).

    Raises
    ------
    CoverageError
        If an epoch lies outside the records of the kernels, which reach somewhat further than `coverage`.
    """
    return SkyState(origin, seconds, lambda series: series.motion(origin, seconds))


def sky_when(epochs: Epochs) -> SkyState:
    """The sky at UTC epochs in any order.

    Parameters
    ----------
    epochs : (n,) ndarray of datetime64[us]
        UTC.

    Returns
    -------
    SkyState
        With arrays (n, 3).

    Raises
    ------
    CoverageError
        If the kernels do not cover an epoch.
    """
    return sky_near(to_tdb(epochs))


def sky_near(tdb: Floats) -> SkyState:
    """The sky at epochs that lie close together, counted from the second before the first of them.

    Parameters
    ----------
    tdb : (n,) ndarray
        Epochs, in any order. [s past J2000 TDB]

    Returns
    -------
    SkyState
        With arrays (n, 3).

    Raises
    ------
    CoverageError
        If the kernels do not cover an epoch.
    """
    if not tdb.size:
        return sky_after(0.0, tdb)
    require_coverage(float(tdb.min()), float(tdb.max()))
    origin = float(np.floor(tdb.min()))
    return sky_after(origin, tdb - origin)


def sky_on_segments(first: float, length: float, count: int, points: Floats) -> SkyState:
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

    Returns
    -------
    SkyState
        With arrays (count, p, 3).
    """
    seconds = length * (np.arange(count)[:, None] + (points + 1.0) / 2.0)

    def motion(series: Series) -> Floats:
        if series.divides(first, length):
            return series.on_segments(first, length, count, points)
        return series.motion(first, seconds)

    return SkyState(first, seconds, motion)
