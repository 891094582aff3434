"""Kernel files: Chebyshev records of the JPL ephemeris and of the lunar orientation, read once and verified."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from jplephem.daf import DAF

from ilrs_science.errors import CoverageError, DataFileError
from ilrs_science.paths import verified_path
from ilrs_science.sky.chebyshev import Floats, vander
from ilrs_science.sky.records import evaluate_at, evaluate_on

__all__ = [
    "EARTH_ORIENTATION",
    "EPHEMERIS",
    "LUNAR_ORIENTATION",
    "Series",
    "earth_orientation_series",
    "ephemeris_series",
    "orientation_series",
]

#: JPL planetary and lunar ephemeris (Folkner et al. 2009, IPN Progress Report 42-178).
EPHEMERIS = "kernels/de421.bsp"
#: Orientation of the lunar principal axes that belongs to it.
LUNAR_ORIENTATION = "kernels/moon_pa_de421_1900-2050.bpc"
#: Orientation of the Earth, ITRF93; how it was cut is in data/SOURCES.md.
EARTH_ORIENTATION = "kernels/earth_itrf93_2000-2050.bpc"

_MOON_PA_FRAME = 31006
#: Frame, its base (the ecliptic of J2000) and the kind of segment.
_ITRF93 = (3000, 17, 2)


@dataclass(frozen=True, eq=False)
class Series:
    """Vector function of time as Chebyshev records of equal length."""

    start: float
    """Begin of the first record. [s past J2000 TDB]"""
    step: float
    """Length of a record. [s]"""
    coefficients: Floats
    """(records, components, count) coefficients, lowest degree first. [km or rad]"""
    valid: tuple[float, float]
    """What the file says it covers; the first and last record may reach further. [s past J2000 TDB]"""

    @property
    def end(self) -> float:
        """End of the last record. [s past J2000 TDB]"""
        return self.start + self.step * len(self.coefficients)

    def divides(self, first: float, length: float) -> bool:
        """Whether equal segments fit into the records.

        Parameters
        ----------
        first, length : float
            Begin of a segment [s past J2000 TDB] and length of each. [s]

        Returns
        -------
        bool
            True if no segment straddles the border of two records.
        """
        return self.step % length == 0.0 and (first - self.start) % length == 0.0

    def at(self, tdb: Floats, derivative: int = 0) -> Floats:
        """Value, or a time derivative, at any epochs.

        Parameters
        ----------
        tdb : (n,) ndarray
            Epochs. [s past J2000 TDB]
        derivative : int
            Order, 0 to 2.

        Returns
        -------
        (n, components) ndarray
            [km or rad, per second for each order]

        Raises
        ------
        CoverageError
            If an epoch lies outside the records.
        """
        return np.asarray(self.motion(0.0, tdb)[derivative])

    def motion(self, origin: float, seconds: Floats) -> Floats:
        """Value and its first and second time derivative at any epochs.

        Parameters
        ----------
        origin : float
            Zero of the epochs, a whole second. [s past J2000 TDB]
        seconds : (...) ndarray
            Epochs after the origin: a short span then keeps its nanoseconds. [s]

        Returns
        -------
        (3, ..., components) ndarray
            [km or rad; per s; per s2]

        Raises
        ------
        CoverageError
            If an epoch lies outside the records.
        """
        begin, end = self.start - origin, self.end - origin
        if seconds.size and not (begin <= seconds.min() and seconds.max() <= end):
            raise CoverageError("an epoch lies outside the ephemeris")
        out = np.empty((3, *seconds.shape, self.coefficients.shape[1]))
        flat = out.reshape(3, seconds.size, out.shape[-1])
        evaluate_at(self.coefficients, begin, self.step, np.ascontiguousarray(seconds).ravel(), flat)
        return out

    def on_segments(self, first: float, length: float, count: int, points: Floats) -> Floats:
        """Value and its derivatives at the same points of many consecutive segments.

        Parameters
        ----------
        first : float
            Begin of the first segment, aligned to the records. [s past J2000 TDB]
        length : float
            Length of a segment; records are a whole number of segments. [s]
        count : int
            Number of segments.
        points : (p,) ndarray
            Places in a segment, in [-1, 1].

        Returns
        -------
        (3, count, p, components) ndarray
            [km or rad; per s; per s2]
        """
        parts = round(self.step / length)
        offset = round((first - self.start) / length)
        out = np.empty((3, count, len(points), self.coefficients.shape[1]))
        tables = _tables(points.tobytes(), parts, self.coefficients.shape[2])
        evaluate_on(self.coefficients, offset, tables, 2.0 / self.step, out)
        return out


@lru_cache(maxsize=64)
def _tables(points: bytes, parts: int, count: int) -> Floats:
    """(parts, 3, count, p) polynomials and two derivatives at the same points of each part of a record."""
    x = np.frombuffer(points)
    places = [(x + 1.0 + 2.0 * part) / parts - 1.0 for part in range(parts)]
    return np.array([[vander(at, count, order).T for order in range(3)] for at in places])


def _read(path: Path, summary: tuple[float, ...]) -> Series:
    """Type-2 segment of a DAF file: records of mid-point, radius and three series (NAIF, SPK and PCK reading)."""
    with path.open("rb") as stream:
        words = DAF(stream).read_array(int(summary[-2]), int(summary[-1]))
    begin, length, size, records = words[-4], words[-3], int(words[-2]), int(words[-1])
    table = np.array(words[: size * records]).reshape(records, size)[:, 2:]
    coefficients = np.ascontiguousarray(table.reshape(records, 3, -1))
    return Series(float(begin), float(length), coefficients, (float(summary[0]), float(summary[1])))


def _segments(path: Path) -> list[tuple[float, ...]]:
    with path.open("rb") as stream:
        return [values for _, values in DAF(stream).summaries()]


@cache
def ephemeris_series() -> dict[tuple[int, int], Series]:
    """Every segment of the shipped ephemeris.

    Returns
    -------
    dict
        (centre, target) NAIF codes to position series in ICRF axes. [km]

    Raises
    ------
    DataFileError
        If the kernel is missing or altered.
    """
    path = verified_path(EPHEMERIS)
    found = {}
    for summary in _segments(path):
        target, centre, frame, kind = summary[2:6]
        if (frame, kind) != (1, 2):
            raise DataFileError(
                f"data file {path} holds a segment of type {kind:g} in frame {frame:g}, expected 2 in 1"
            )
        found[int(centre), int(target)] = _read(path, summary)
    return found


def _without_turns(series: Series) -> Series:
    """The same angles without whole turns, which would round the last digits away: w grows by 84 rad a year."""
    coefficients = series.coefficients.copy()
    coefficients[:, 2, 0] %= 2.0 * np.pi
    return replace(series, coefficients=coefficients)


@cache
def orientation_series() -> Series:
    """Euler angles that carry ICRF axes to the lunar principal axes.

    Returns
    -------
    Series
        Components phi, delta, w: first about z, then x, then z. [rad]

    Raises
    ------
    DataFileError
        If the kernel is missing, altered or of another kind.
    """
    path = verified_path(LUNAR_ORIENTATION)
    for summary in _segments(path):
        if (summary[2], summary[4]) == (_MOON_PA_FRAME, 2):
            return _without_turns(_read(path, summary))
    raise DataFileError(f"data file {path} has no lunar orientation of type 2")


@cache
def earth_orientation_series() -> tuple[Series, ...]:
    """Euler angles that carry the ecliptic axes of J2000 to ITRF93, in pieces that follow each other.

    Returns
    -------
    tuple of Series
        Components phi, delta, w: first about z, then x, then z. [rad]

    Raises
    ------
    DataFileError
        If the kernel is missing, altered or of another kind.
    """
    path = verified_path(EARTH_ORIENTATION)
    found = [_read(path, summary) for summary in _segments(path) if summary[2:5] == _ITRF93]
    if not found:
        raise DataFileError(f"data file {path} has no orientation of the Earth of type 2")
    return tuple(sorted(found, key=lambda series: series.valid))
