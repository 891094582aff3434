"""Lunations: the new moons, which part time into the months of the Moon."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ilrs_science.epochs import Epochs, from_tdb, parse_span, to_tdb
from ilrs_science.sky.bodies import BODIES
from ilrs_science.sky.chebyshev import Floats
from ilrs_science.sky.ephemeris import require_coverage
from ilrs_science.sky.kernels import ephemeris_series

__all__ = ["lunations", "new_moons"]

#: Mean synodic month, and a mean new moon: 2000-01-06 14:20 (Meeus 1998, eq. 49.1). [s, s past J2000]
_MONTH, _FIRST = 29.530588861 * 86400.0, 5.09766 * 86400.0
#: Brown's number of the lunation that begins with this new moon (Meeus 1998, chapter 49).
_BROWN = 953
#: Furthest that a true new moon is from the mean one, 14 hours, with room to spare. [months]
_MARGIN = 0.1
#: Obliquity of the ecliptic of J2000: 84381.406 arcsec (IAU 2006 resolution B1). [rad]
_TILT = np.radians(84381.406 / 3600.0)
#: Newton's method takes 14 hours to 5 minutes, to 10 ms, to rounding; two more cost nothing.
_STEPS = 5


def new_moons(start: object, end: object) -> Epochs:
    """Every new moon of a span.

    Parameters
    ----------
    start, end : str, datetime or datetime64
        UTC; the end is not part of the span.

    Returns
    -------
    ndarray of datetime64[us]
        UTC, in order.

    Raises
    ------
    EpochError
        If a date is impossible or the span reversed.
    CoverageError
        If the kernels do not cover the span.

    Notes
    -----
    Seen from the Earth's centre, Sun and Moon have the same geometric longitude on the ecliptic of J2000. Almanacs take
    apparent longitudes, where the Sun stands 20 arcsec behind: their new moons are some 40 s earlier.

    References
    ----------
    Meeus, "Astronomical Algorithms", 2nd edition, 1998, chapter 49.

    Examples
    --------
    >>> new_moons("2026-08-01", "2026-09-01").astype("datetime64[m]")
    array(['2026-08-12T17:37'], dtype='datetime64[m]')
    """
    _, found = lunations(start, end)
    first, last = parse_span(start, end)
    return np.asarray(found[(found >= first) & (found < last)])


def lunations(start: object, end: object) -> tuple[NDArray[np.int64], Epochs]:
    """The lunations that a span touches.

    Parameters
    ----------
    start, end : str, datetime or datetime64
        UTC; the end is not part of the span.

    Returns
    -------
    numbers : (n,) ndarray of int
        As E. W. Brown counted them: number 1 began with the new moon of 1923-01-17.
    edges : (n + 1,) ndarray of datetime64[us]
        The new moons with which each begins, and the one that ends the last, as `new_moons` has them. The first is not
        after the start, the last not before the end.

    Raises
    ------
    EpochError, CoverageError
        As `new_moons`.
    """
    span = parse_span(start, end)
    first, last = (float(epoch) for epoch in to_tdb(np.array(span)))
    require_coverage(first, last)  # the ephemeris itself reaches months further
    low, high = ((epoch - _FIRST) / _MONTH for epoch in (first, last))
    numbers = np.arange(int(np.floor(low - _MARGIN)), int(np.ceil(high + _MARGIN)) + 1)
    tdb = np.asarray(_FIRST + _MONTH * numbers, np.float64)
    for _ in range(_STEPS):
        lead, rate = _lead(tdb)
        tdb -= lead / rate
    edges = from_tdb(tdb)
    begin = np.searchsorted(edges, span[0], side="right") - 1
    finish = np.searchsorted(edges, span[1], side="left")
    return numbers[begin:finish] + _BROWN, edges[begin : finish + 1]


def _lead(tdb: Floats) -> tuple[Floats, Floats]:
    """Longitude of the Moon less that of the Sun, in [-pi, pi] [rad], and its rate. [rad/s]"""
    (moon, moon_rate), (sun, sun_rate) = _longitude("moon", tdb), _longitude("sun", tdb)
    return np.remainder(moon - sun + np.pi, 2.0 * np.pi) - np.pi, moon_rate - sun_rate


def _longitude(body: str, tdb: Floats) -> tuple[Floats, Floats]:
    """Geocentric ecliptic longitude [rad] and its rate. [rad/s]"""
    (x, y, z), (vx, vy, vz) = (_from_earth(body, tdb, order).T for order in (0, 1))
    north, north_rate = (a * np.cos(_TILT) + b * np.sin(_TILT) for a, b in ((y, z), (vy, vz)))
    return np.arctan2(north, x), (x * north_rate - north * vx) / (x**2 + north**2)


def _from_earth(body: str, tdb: Floats, order: int) -> Floats:
    """(n, 3) position, or a time derivative of it, from the Earth's centre along ICRF axes. [km, km/s]"""
    series = ephemeris_series()
    ends = (sum(series[link].at(tdb, order) for link in BODIES[name].chain) for name in (body, "earth"))
    there, here = (np.asarray(end) for end in ends)
    return np.asarray(there - here)
