"""Samples: states at epochs, as third parties give them, and the motion between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from ilrs_science.epochs import format_epoch, from_tdb
from ilrs_science.errors import CoverageError, RequestError
from ilrs_science.sky.chebyshev import Floats
from ilrs_science.sky.fit import fit_trajectory
from ilrs_science.sky.place import MOON_RADIUS
from ilrs_science.sky.trajectory import Trajectory

__all__ = ["Piece", "Samples", "join"]

#: No ground lies deeper below the sphere of 1737.4 km; the deepest crater floor does by 9 km. [km]
_DEEPEST = 20.0


class Piece(Protocol):
    """A motion over a span, such as a segment of a file."""

    @property
    def span(self) -> tuple[float, float]:
        """First and last epoch. [s past J2000 TDB]"""

    @property
    def spacing(self) -> float:
        """Time over which the motion is one polynomial. [s]"""

    def position(self, tdb: Floats) -> Floats:
        """Position at epochs inside the span, ICRF axes about the Moon's centre. [km]"""


@dataclass(frozen=True, eq=False)
class Samples:
    """States at increasing epochs, interpolated over a window of neighbours."""

    epochs: Floats
    """(n,) [s past J2000 TDB]"""
    states: Floats
    """(n, 6) position [km] and velocity. [km/s]"""
    window: int
    """Samples that one polynomial goes through."""
    hermite: bool
    """Whether the polynomial meets the velocities too."""
    span: tuple[float, float]
    """Epochs between which the samples may be used. [s past J2000 TDB]"""

    @property
    def spacing(self) -> float:
        """Least time between two samples. [s]"""
        return float(np.diff(self.epochs).min())

    def position(self, tdb: Floats) -> Floats:
        """Position between the samples.

        Parameters
        ----------
        tdb : (n,) ndarray
            [s past J2000 TDB]

        Returns
        -------
        (n, 3) ndarray
            [km]

        Notes
        -----
        Lagrange or Hermite polynomial through a window about the epoch by Newton's divided differences; the window is
        the one that SPICE takes for SPK types 8, 9, 12 and 13.
        """
        first = self._first(tdb)[:, None] + np.arange(self.window)
        # differences of times near the epoch keep their digits; the polynomial is taken at zero
        times = self.epochs[first] - tdb[:, None]
        if self.hermite:
            times = np.repeat(times, 2, axis=1)
            table = np.repeat(self.states[first, :3], 2, axis=1)
        else:
            table = self.states[first, :3].copy()
        count = times.shape[1]
        result, product = table[:, 0].copy(), np.ones(len(tdb))
        for order in range(1, count):
            gap = times[:, order:] - times[:, :-order]
            with np.errstate(divide="ignore", invalid="ignore"):
                table = (table[:, 1:] - table[:, :-1]) / gap[:, :, None]
            if self.hermite and order == 1:
                table[:, ::2] = self.states[first, 3:]
            product = product * -times[:, order - 1]
            result += product[:, None] * table[:, 0]
        return np.asarray(result)

    def _first(self, tdb: Floats) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
        low = np.clip(np.searchsorted(self.epochs, tdb, side="right") - 1, 0, len(self.epochs) - 1)
        if self.window % 2 == 0:
            first = low - self.window // 2 + 1
        else:
            high = np.minimum(low + 1, len(self.epochs) - 1)
            nearer = np.abs(self.epochs[high] - tdb) < np.abs(tdb - self.epochs[low])
            first = np.where(nearer, high, low) - self.window // 2
        return np.asarray(np.clip(first, 0, len(self.epochs) - self.window))


def join(
    name: str, source: str, pieces: Sequence[Piece], span: tuple[float | None, float | None]
) -> Trajectory:
    """Trajectory from pieces, of which a later one takes precedence.

    Parameters
    ----------
    name : str
        What flies.
    source : str
        File, for messages.
    pieces : sequence of Piece
        In the order of the file.
    span : tuple of float or None
        Epochs wanted; None for all that the file covers. [s past J2000 TDB]

    Returns
    -------
    Trajectory
        The error of its fit includes the jumps between neighbouring polynomials of the file.

    Raises
    ------
    CoverageError
        If the pieces leave a gap, and where.
    """
    low = min(piece.span[0] for piece in pieces) if span[0] is None else span[0]
    high = max(piece.span[1] for piece in pieces) if span[1] is None else span[1]
    _require(source, pieces, low, high)
    shortest = min(piece.spacing for piece in pieces) / 4.0

    def motion(times: Floats) -> Floats:
        tdb = low + times
        out = np.full((len(times), 3), np.nan)
        for piece in pieces:
            inside = (piece.span[0] - 1e-5 <= tdb) & (tdb <= piece.span[1] + 1e-5)
            if inside.any():
                out[inside] = piece.position(tdb[inside])
        return out

    flight = fit_trajectory(name, motion, low, (0.0, high - low), tolerance=1e-3, shortest=shortest)
    _require_above_ground(source, flight)
    return flight


def _require_above_ground(source: str, flight: Trajectory) -> None:
    times = np.sort(np.concatenate([flight.edges, (flight.edges[1:] + flight.edges[:-1]) / 2.0]))
    radius = np.linalg.norm(flight.motion(flight.origin, times)[0], axis=1)
    lowest = int(np.argmin(radius))
    if radius[lowest] < MOON_RADIUS - _DEEPEST:
        raise RequestError(
            f"{source} leads {MOON_RADIUS - radius[lowest]:.0f} km below the surface of the Moon at "
            f"{_date(flight.origin + times[lowest])}; its unit is km, and its samples may be too far apart"
        )


def _require(source: str, pieces: Sequence[Piece], low: float, high: float) -> None:
    """Raise at the first time between low and high that no piece covers; epochs in text end at the microsecond."""
    reached = low
    for begin, end in sorted(piece.span for piece in pieces):
        if begin > reached + 1e-5:
            break
        reached = max(reached, end)
    if reached < high - 1e-5:
        later = [begin for begin, _ in (piece.span for piece in pieces) if begin > reached]
        until = min([*later, high])
        raise CoverageError(f"{source} has no ephemeris from {_date(reached)} to {_date(until)}")


def _date(tdb: float) -> str:
    return format_epoch(from_tdb(np.array([tdb]))[0], "s")
