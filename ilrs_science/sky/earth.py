"""The turning Earth: axes of ITRF93 at the epochs of a sky, and points given by their WGS 84 coordinates."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np

from ilrs_science.epochs import format_epoch, from_tdb
from ilrs_science.errors import CoverageError
from ilrs_science.sky.chebyshev import Floats
from ilrs_science.sky.ephemeris import SkyState
from ilrs_science.sky.frames import euler_rotation, euler_spin
from ilrs_science.sky.kernels import EARTH_ORIENTATION, earth_orientation_series

__all__ = ["EarthAxes", "earth_axes", "earth_coverage", "itrf_position", "itrf_vertical"]

#: Equatorial radius of WGS 84 (NGA.STND.0036_1.0.0_WGS84, 2014, table 3.1). [km]
_RADIUS = 6378.137
#: Flattening of WGS 84 (as above).
_FLATTENING = 1.0 / 298.257223563
#: Obliquity of the ecliptic of J2000 that orientation kernels have as their base (IAU 1976). [rad]
_OBLIQUITY = 84381.448 * np.pi / 648000.0
_SINE, _COSINE = np.sin(_OBLIQUITY), np.cos(_OBLIQUITY)
#: From ICRF to the axes of that ecliptic.
_ECLIPTIC = np.array([[1.0, 0.0, 0.0], [0.0, _COSINE, _SINE], [0.0, -_SINE, _COSINE]])


@dataclass(frozen=True, eq=False)
class EarthAxes:
    """Axes of ITRF93 and how they turn."""

    rotation: Floats
    """(..., 3, 3) from ICRF to ITRF93."""
    spin: Floats
    """(..., 3) angular velocity of the Earth along ITRF93 axes. [rad/s]"""

    def to_icrf(self, vectors: Floats) -> Floats:
        """ITRF93 vectors along ICRF axes.

        Parameters
        ----------
        vectors : (..., 3) ndarray
            Components along ITRF93 axes.

        Returns
        -------
        (..., 3) ndarray
        """
        return np.asarray(np.einsum("...ji,...j->...i", self.rotation, vectors))


#: What was computed for a sky, for as long as that sky is used: all stations of a network share it.
_KNOWN: WeakKeyDictionary[SkyState, EarthAxes] = WeakKeyDictionary()


def earth_axes(sky: SkyState) -> EarthAxes:
    """Axes of the Earth at the epochs of a sky.

    Parameters
    ----------
    sky : SkyState
        With epochs (...).

    Returns
    -------
    EarthAxes

    Raises
    ------
    CoverageError
        If the orientation of the Earth is not known at an epoch.

    Notes
    -----
    Precession, nutation, UT1 and polar motion as in the kernel: measured to October 2026, predicted by JPL to January
    2027. Later UT1 - TAI and the pole are held where they were. UT1 - TAI changed by 5.5 s from 2000 to 2020, and each
    second turns the Earth by 15 arcsec.
    """
    if sky not in _KNOWN:
        angles, rates = _angles(sky.tdb)
        # the kernel counts its angles from ecliptic axes
        _KNOWN[sky] = EarthAxes(euler_rotation(angles) @ _ECLIPTIC, euler_spin(angles, rates))
    return _KNOWN[sky]


def earth_coverage() -> tuple[float, float]:
    """Span in which the orientation of the Earth is known.

    Returns
    -------
    tuple of float
        First and last epoch. [s past J2000 TDB]
    """
    pieces = earth_orientation_series()
    return pieces[0].valid[0], pieces[-1].valid[1]


def _angles(tdb: Floats) -> Floats:
    """(2, ..., 3) Euler angles and their rates, each epoch out of the piece that holds it."""
    _require_coverage(tdb)
    pieces = earth_orientation_series()
    index = np.searchsorted([piece.valid[0] for piece in pieces], tdb, side="right") - 1
    out = np.empty((2, *tdb.shape, 3))
    for number in np.unique(index):
        here, piece = index == number, pieces[number]
        # begin and end of neighbouring pieces are rounded apart by some 10 ns
        out[:, here] = piece.motion(0.0, np.clip(tdb[here], piece.start, piece.end))[:2]
    return out


def _require_coverage(tdb: Floats) -> None:
    low, high = earth_coverage()
    if tdb.size == 0 or (low <= tdb.min() and tdb.max() <= high):
        return
    begin, finish = (t.astype("datetime64[D]") for t in from_tdb(np.array([low, high])))
    asked = " to ".join(format_epoch(t, "s") for t in from_tdb(np.array([tdb.min(), tdb.max()])))
    raise CoverageError(
        f"the orientation of the Earth is known from {begin + 1} to {finish}, not {asked}; "
        f"data/SOURCES.md says how to make {EARTH_ORIENTATION} for another span"
    )


def itrf_vertical(latitude: float, longitude: float) -> Floats:
    """Direction away from the WGS 84 ellipsoid.

    Parameters
    ----------
    latitude, longitude : float
        Geodetic, east positive. [deg]

    Returns
    -------
    (3,) ndarray
        Unit vector along ITRF93 axes.
    """
    lat, lon = np.radians((latitude, longitude))
    return np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def itrf_position(latitude: float, longitude: float, height: float) -> Floats:
    """Position of a point given by its WGS 84 coordinates.

    Parameters
    ----------
    latitude, longitude : float
        Geodetic, east positive. [deg]
    height : float
        Above the ellipsoid. [m]

    Returns
    -------
    (3,) ndarray
        From the Earth's centre along ITRF93 axes. [km]

    Notes
    -----
    WGS 84 and ITRF93 are some centimetres apart, and stations drift by some centimetres a year; both are left out.
    """
    up = itrf_vertical(latitude, longitude)
    squeeze = np.array([1.0, 1.0, (1.0 - _FLATTENING) ** 2])
    curvature = _RADIUS / np.sqrt(up @ (squeeze * up))
    return np.asarray((curvature * squeeze + height / 1000.0) * up)
