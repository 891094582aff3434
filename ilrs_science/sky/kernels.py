"""Kernel files: Chebyshev records of the JPL ephemeris and of the lunar orientation, read once and verified."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from jplephem.daf import DAF

from ilrs_science.errors import CoverageError, DataFileError
from ilrs_science.paths import verified_path
from ilrs_science.sky.chebyshev import Floats, vander

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

    def at(self, tdb: Floats, derivative: int = 0) -> Floats:
        """Value, or a time derivative, at any epochs.

        Parameters
        ----------
        tdb : (n,) ndarray
            Epochs. [s past J2000 TDB]
        derivative : int
            Order.

        Returns
        -------
        (n, components) ndarray
            [km or rad, per second for each order]

        Raises
        ------
        CoverageError
            If an epoch lies outside the records.
        """
        if tdb.size and not (self.start <= tdb.min() and tdb.max() <= self.end):
            raise CoverageError("an epoch lies outside the ephemeris")
        index = np.minimum(((tdb - self.start) // self.step).astype(np.intp), len(self.coefficients) - 1)
        x = 2.0 * (tdb - self.start - index * self.step) / self.step - 1.0
        table = vander(x, self.coefficients.shape[2], derivative) * (2.0 / self.step) ** derivative
        return np.asarray(np.einsum("nck,nk->nc", self.coefficients[index], table, optimize=False))

    def on_segments(
        self, first: float, length: float, count: int, points: Floats, derivative: int = 0
    ) -> Floats:
        """Value at the same points of many consecutive segments, by one matrix product a sub-segment.

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
        derivative : int
            Order of the time derivative.

        Returns
        -------
        (count, p, components) ndarray
        """
        parts = round(self.step / length)
        offset = round((first - self.start) / length)
        index, phase = np.divmod(np.arange(offset, offset + count), parts)
        out = np.empty((count, len(points), self.coefficients.shape[1]))
        tables = _tables(points.tobytes(), parts, self.coefficients.shape[2], derivative)
        for part, table in enumerate(tables):
            rows = np.flatnonzero(phase == part)
            out[rows] = np.swapaxes(self.coefficients[index[rows]] @ table.T, 1, 2)
        return out * (2.0 / self.step) ** derivative if derivative else out


@lru_cache(maxsize=64)
def _tables(points: bytes, parts: int, count: int, derivative: int) -> list[Floats]:
    """Polynomials, or their derivatives, at the same points of each part of a record."""
    x = np.frombuffer(points)
    return [vander((x + 1.0 + 2.0 * part) / parts - 1.0, count, derivative) for part in range(parts)]


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
            return _read(path, summary)
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
