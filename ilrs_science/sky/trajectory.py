"""Trajectory: where an orbiter is, as a piecewise Chebyshev series in ICRF axes about the Moon's centre."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ilrs_science.epochs import format_epoch, from_tdb
from ilrs_science.errors import CoverageError
from ilrs_science.sky.apparent import Observer
from ilrs_science.sky.chebyshev import Floats
from ilrs_science.sky.compiled import compiled_sum
from ilrs_science.sky.ephemeris import BodyState, SkyState

__all__ = ["Trajectory"]

#: Times evaluated together, which fills the vector registers.
_TOGETHER = 16


@dataclass(frozen=True, eq=False)
class Trajectory:
    """Motion of an orbiter over a span."""

    name: str
    """What flies, and who says so."""
    origin: float
    """Zero of the edges: times from it keep their nanoseconds. [s past J2000 TDB]"""
    edges: Floats
    """(segments + 1,) borders of the segments, after the origin. [s]"""
    coefficients: Floats
    """(segments, 3, count) Chebyshev coefficients of the position, lowest degree first. [km]"""
    fit_error: float
    """Greatest distance found between the series and what it was fitted to. [m]"""

    @property
    def start(self) -> float:
        """First epoch. [s past J2000 TDB]"""
        return self.origin + float(self.edges[0])

    @property
    def end(self) -> float:
        """Last epoch. [s past J2000 TDB]"""
        return self.origin + float(self.edges[-1])

    def position(self, tdb: Floats) -> Floats:
        """Position at any epochs.

        Parameters
        ----------
        tdb : (n,) ndarray
            Epochs. [s past J2000 TDB]

        Returns
        -------
        (n, 3) ndarray
            ICRF axes, from the Moon's centre. [km]

        Raises
        ------
        CoverageError
            If an epoch lies outside the span.
        """
        return self.states(tdb)[:, :3]

    def states(self, tdb: Floats) -> Floats:
        """Position and velocity at any epochs.

        Parameters
        ----------
        tdb : (n,) ndarray
            Epochs. [s past J2000 TDB]

        Returns
        -------
        (n, 6) ndarray
            ICRF axes, from the Moon's centre. [km, km/s]

        Raises
        ------
        CoverageError
            If an epoch lies outside the span.
        """
        return np.concatenate(list(self.motion(0.0, np.atleast_1d(tdb))[:2]), axis=1)

    def motion(self, origin: float, seconds: Floats) -> Floats:
        """Position, velocity and acceleration at any epochs.

        Parameters
        ----------
        origin : float
            Zero of the epochs. [s past J2000 TDB]
        seconds : (...) ndarray
            Epochs after it, which keep their nanoseconds if the origin is near. [s]

        Returns
        -------
        (3, ..., 3) ndarray
            ICRF axes, from the Moon's centre. [km; km/s; km/s2]

        Raises
        ------
        CoverageError
            If an epoch lies outside the span.
        """
        times = np.ascontiguousarray(seconds, np.float64) + (origin - self.origin)
        if times.size and not (self.edges[0] - 1e-6 <= times.min() and times.max() <= self.edges[-1] + 1e-6):
            asked, covered = _dates(self.origin + times), _dates(np.array([self.start, self.end]))
            raise CoverageError(f"the trajectory of {self.name} covers {covered}, not {asked}")
        out = np.empty((3, *times.shape, 3))
        _evaluate(self.edges, self.coefficients, times.reshape(-1), out.reshape(3, -1, 3))
        return out

    def state(self, sky: SkyState) -> BodyState:
        """Motion at the epochs of a sky, as that of a body.

        Parameters
        ----------
        sky : SkyState
            Within the span.

        Returns
        -------
        BodyState
        """
        place, velocity, acceleration = map(sky.to_fixed, self.motion(sky.origin, sky.seconds))
        return BodyState(place, velocity + sky.moon_velocity, acceleration + sky.moon_acceleration)

    def observer(self, sky: SkyState) -> Observer:
        """Place and motion of an observer on board.

        Parameters
        ----------
        sky : SkyState
            Within the span.

        Returns
        -------
        Observer
        """
        state = sky.state(self)
        return Observer(state.position, state.velocity - sky.moon_velocity)

    def axes_at(self, sky: SkyState) -> Floats:
        """(..., 3, 3) rows north, east, up in MOON_ME axes: up is away from the Moon's centre.

        Parameters
        ----------
        sky : SkyState
            Within the span.

        Returns
        -------
        (..., 3, 3) ndarray
        """
        up = self.vertical(sky)
        east = np.stack([-up[..., 1], up[..., 0], np.zeros(up.shape[:-1])], axis=-1)
        east /= np.linalg.norm(east, axis=-1)[..., None]
        return np.stack([np.cross(up, east), east, up], axis=-2)

    def vertical(self, sky: SkyState) -> Floats:
        """(..., 3) unit vectors away from the Moon's centre, in MOON_ME axes.

        Parameters
        ----------
        sky : SkyState
            Within the span.

        Returns
        -------
        (..., 3) ndarray
        """
        place = sky.state(self).position
        return np.asarray(place / np.linalg.norm(place, axis=-1)[..., None])

    def arrays(self) -> dict[str, Floats]:
        """The numbers, as they are stored.

        Returns
        -------
        dict
            Arrays by name; `from_arrays` reads them back.
        """
        return {
            "edges": self.edges,
            "coefficients": self.coefficients,
            "scalars": np.array([self.origin, self.fit_error]),
        }

    @classmethod
    def from_arrays(cls, name: str, arrays: Mapping[str, Floats]) -> Trajectory:
        """Trajectory from the numbers of `arrays`.

        Parameters
        ----------
        name : str
            What flies.
        arrays : mapping
            Arrays by name.

        Returns
        -------
        Trajectory
        """
        origin, fit_error = (float(value) for value in arrays["scalars"])
        return cls(name, origin, arrays["edges"], arrays["coefficients"], fit_error)

    def __repr__(self) -> str:
        span = _dates(np.array([self.start, self.end]))
        return f"<Trajectory of {self.name}: {span}, {len(self.coefficients)} segments, fit {self.fit_error:.1g} m>"


def _dates(tdb: Floats) -> str:
    first, last = from_tdb(np.array([np.min(tdb), np.max(tdb)]))
    return f"{format_epoch(first, 's')} to {format_epoch(last, 's')}"


@compiled_sum
def _evaluate(edges: Floats, coefficients: Floats, times: Floats, out: Floats) -> None:
    """Position, velocity and acceleration; times that follow each other in one segment are done together."""
    last, count = coefficients.shape[0] - 1, coefficients.shape[2]
    width = 3 * _TOGETHER
    basis, row, x = np.zeros((count, width)), np.empty(width), np.zeros(_TOGETHER)
    index, i = 0, 0
    while i < times.size:
        if not edges[index] <= times[i] < edges[min(index + 1, last + 1)]:
            index = min(max(int(np.searchsorted(edges, times[i], side="right")) - 1, 0), last)
        begin, end = edges[index], edges[index + 1]
        many = 1
        while many < _TOGETHER and i + many < times.size and begin <= times[i + many] < end:
            many += 1
        scale = 2.0 / (end - begin)
        for p in range(many):
            x[p] = scale * (times[i + p] - begin) - 1.0
        _polynomials(x, scale, basis)
        for k in range(3):
            row[:] = 0.0
            for degree in range(count):
                c = coefficients[index, k, degree]
                for p in range(width):
                    row[p] += c * basis[degree, p]
            for order in range(3):
                for p in range(many):
                    out[order, i + p, k] = row[order * _TOGETHER + p]
        i += many


@compiled_sum
def _polynomials(x: Floats, scale: float, basis: Floats) -> None:
    """Fill (count, 3 n) Chebyshev polynomials and their first and second time derivatives."""
    first, second = len(x), 2 * len(x)
    for p in range(len(x)):
        basis[0, p], basis[1, p], basis[1, first + p] = 1.0, x[p], scale
    for k in range(2, len(basis)):
        one, two, now = basis[k - 1], basis[k - 2], basis[k]
        for p in range(first):
            now[p] = 2.0 * x[p] * one[p] - two[p]
        for p in range(first):
            now[first + p] = 2.0 * (x[p] * one[first + p] + scale * one[p]) - two[first + p]
        for p in range(first):
            now[second + p] = 2.0 * (x[p] * one[second + p] + 2.0 * scale * one[first + p]) - two[second + p]
