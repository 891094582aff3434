"""Ephemeris: the sky about the Moon at many epochs at once, in Moon-fixed axes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np

from ilrs_science.epochs import format_epoch, from_tdb
from ilrs_science.errors import CoverageError, UnknownNameError
from ilrs_science.sky.bodies import BODIES, MOON_CHAIN
from ilrs_science.sky.chebyshev import Floats
from ilrs_science.sky.frames import moon_me_rotation, moon_spin
from ilrs_science.sky.kernels import Series, ephemeris_series, orientation_series

__all__ = ["BodyState", "SkyState", "coverage", "require_coverage", "sky_at", "sky_on_segments"]

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


class SkyState:
    """What every place on and about the Moon shares at many epochs; each part is computed when it is first asked for.

    Parameters
    ----------
    tdb : (...) ndarray
        Epochs. [s past J2000 TDB]
    evaluate : callable
        Value of a series, or of a time derivative of it, at the epochs.
    """

    def __init__(self, tdb: Floats, evaluate: _Evaluate) -> None:
        self.tdb = tdb
        self.evaluate = evaluate
        self._links: dict[tuple[int, int], list[Floats]] = {}
        self._bodies: dict[str, BodyState] = {}

    @cached_property
    def _angles(self) -> Floats:
        return self.evaluate(orientation_series(), 0)

    @cached_property
    def rotation(self) -> Floats:
        """(..., 3, 3) from ICRF to MOON_ME axes."""
        return moon_me_rotation(self._angles)

    @cached_property
    def spin(self) -> Floats:
        """(..., 3) angular velocity of the Moon along MOON_ME axes. [rad/s]"""
        return moon_spin(self._angles, self.evaluate(orientation_series(), 1))

    @cached_property
    def moon_position(self) -> Floats:
        """(..., 3) of the Moon's centre from the solar system barycentre along MOON_ME axes. [km]"""
        return self._turned(MOON_CHAIN, 0)

    @cached_property
    def moon_velocity(self) -> Floats:
        """(..., 3) of the Moon's centre from the solar system barycentre along MOON_ME axes. [km/s]"""
        return self._turned(MOON_CHAIN, 1)

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
        if name not in BODIES:
            raise UnknownNameError("body", name, BODIES)
        if name not in self._bodies:
            position, velocity, acceleration = (self._turned(BODIES[name].chain, order) for order in range(3))
            self._bodies[name] = BodyState(position - self.moon_position, velocity, acceleration)
        return self._bodies[name]

    def to_fixed(self, vectors: Floats) -> Floats:
        """ICRF vectors along MOON_ME axes.

        Parameters
        ----------
        vectors : (..., 3) ndarray
            Components along ICRF axes.

        Returns
        -------
        (..., 3) ndarray
        """
        return np.asarray(np.einsum("...ij,...j->...i", self.rotation, vectors))

    def _turned(self, chain: Sequence[tuple[int, int]], order: int) -> Floats:
        return self.to_fixed(np.asarray(sum(self._link(link)[order] for link in chain)))

    def _link(self, link: tuple[int, int]) -> list[Floats]:
        if link not in self._links:
            series = ephemeris_series()[link]
            self._links[link] = [self.evaluate(series, order) for order in range(3)]
        return self._links[link]


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
        With what is covered.
    """
    low, high = coverage()
    if first < low or last > high:
        begin, finish = (t.astype("datetime64[D]") for t in from_tdb(np.array([low, high])))
        covered = f"{begin + 1} to {finish}"  # whole days inside
        asked = " to ".join(format_epoch(t, "s") for t in from_tdb(np.array([first, last])))
        raise CoverageError(f"the shipped kernels cover {covered}, not {asked}")


def sky_at(tdb: Floats) -> SkyState:
    """The sky at any epochs.

    Parameters
    ----------
    tdb : (n,) ndarray
        Epochs. [s past J2000 TDB]

    Returns
    -------
    SkyState
        With arrays (n, 3).

    Raises
    ------
    CoverageError
        If the kernels do not cover an epoch.
    """
    if tdb.size:
        require_coverage(float(tdb.min()), float(tdb.max()))
    return SkyState(tdb, lambda series, derivative: series.at(tdb, derivative))


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
    epochs = first + length * (np.arange(count)[:, None] + (points + 1.0) / 2.0)
    return SkyState(
        epochs, lambda series, derivative: series.on_segments(first, length, count, points, derivative)
    )
