"""Stars and other fixed directions: ICRS place, proper motion and parallax."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ilrs_science.sky.chebyshev import Floats

__all__ = ["Star"]

_RADIAN = np.pi / 180.0
_MAS = np.pi / 648_000_000.0
_JULIAN_YEAR = 365.25 * 86400.0
#: Distance at which 1 au spans 1 mas (IAU 2012 B2, 2015 B2). [km mas]
_PARSEC_MAS = 149_597_870.7 / np.tan(_MAS)


@dataclass(frozen=True)
class Star:
    """A direction in ICRS at epoch J2000.0, and how it changes."""

    right_ascension: float
    """ICRS right ascension at J2000.0. [deg]"""
    declination: float
    """ICRS declination at J2000.0. [deg]"""
    motion_ra: float = 0.0
    """Proper motion in right ascension times the cosine of the declination. [mas/yr]"""
    motion_dec: float = 0.0
    """Proper motion in declination. [mas/yr]"""
    parallax: float = 0.0
    """Annual parallax; zero is at infinity. [mas]"""

    @cached_property
    def _axes(self) -> Floats:
        """Rows: direction, east and north on the sky."""
        ra, dec = self.right_ascension * _RADIAN, self.declination * _RADIAN
        return np.array(
            [
                [np.cos(dec) * np.cos(ra), np.cos(dec) * np.sin(ra), np.sin(dec)],
                [-np.sin(ra), np.cos(ra), 0.0],
                [-np.sin(dec) * np.cos(ra), -np.sin(dec) * np.sin(ra), np.cos(dec)],
            ]
        )

    def seen_from(
        self, to_fixed: Callable[[Floats], Floats], tdb: Floats, place: Floats
    ) -> tuple[Floats, Floats]:
        """Direction and distance without aberration.

        Parameters
        ----------
        to_fixed : callable
            Carries ICRF vectors to the axes of the place.
        tdb : (...) ndarray
            Epochs. [s past J2000 TDB]
        place : (..., 3) ndarray
            Observer from the solar system barycentre. [km]

        Returns
        -------
        direction : (..., 3) ndarray
            Unit vectors.
        distance : (...) ndarray
            Infinite without a parallax. [km]

        Notes
        -----
        The star moves along a straight line at constant angular speed as seen from the barycentre (radial velocity left
        out), the standard model of catalogues.
        """
        years = np.asarray(tdb)[..., None] / _JULIAN_YEAR
        pole, east, north = self._axes
        line = to_fixed(pole + years * _MAS * (self.motion_ra * east + self.motion_dec * north))
        if not self.parallax:
            return line / np.linalg.norm(line, axis=-1)[..., None], np.full(line.shape[:-1], np.inf)
        line = line * (_PARSEC_MAS / self.parallax) - place
        distance = np.linalg.norm(line, axis=-1)
        return line / distance[..., None], distance
