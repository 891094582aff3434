"""Forces: what acts on an orbiter besides the Moon's field, and the tables that the integrator reads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ilrs_science.errors import RequestError
from ilrs_science.sky.chebyshev import node_matrix, nodes
from ilrs_science.sky.fit import CELL, first_cell
from ilrs_science.sky.gravity import DEFAULT_DEGREE, lunar_gravity, work_for
from ilrs_science.sky.kernels import ephemeris_series, orientation_series
from ilrs_science.sky.physics import Forces, Physics, Surroundings
from ilrs_science.sky.place import MOON_RADIUS

__all__ = ["GM_EARTH", "GM_SUN", "SUN_RADIUS", "ForceModel", "surroundings"]

#: Gravity parameters of DE421 (Folkner et al. 2009, table 8). [km3/s2]
GM_EARTH, GM_SUN = 398600.436233, 132712440040.944
#: Nominal radius of the Sun (IAU 2015 Resolution B3). [km]
SUN_RADIUS = 695700.0
#: Astronomical unit, exact (IAU 2012 Resolution B2). [km]
_AU = 149597870.7
#: Pressure of sunlight at 1 au: 1361 W/m2 (IAU 2015 Resolution B3) over the speed of light. [N/m2]
_LIGHT_PRESSURE = 1361.0 / 299792458.0
#: Highest degree and order of the shipped field.
HIGHEST_DEGREE = 100
#: Coefficients of a record of the surroundings: as many as the longest series of DE421, so nothing is lost.
_COUNT = 13


@dataclass(frozen=True)
class ForceModel:
    """What acts on an orbiter besides the Moon's centre."""

    degree: int = DEFAULT_DEGREE
    """Degree and order of the Moon's field, 0 to 100."""
    earth: bool = True
    """Whether the Earth pulls, as a point."""
    sun: bool = True
    """Whether the Sun pulls, as a point."""
    area_to_mass: float = 0.01
    """Area that the Sun sees over mass (assumed; 0 for no sunlight). [m2/kg]"""
    reflectivity: float = 1.3
    """Coefficient of radiation pressure: 1 black, 2 a mirror (assumed). [1]"""

    def __post_init__(self) -> None:
        if not (str(self.degree).isdecimal() and 0 <= self.degree <= HIGHEST_DEGREE):
            raise RequestError(f"degree {self.degree!r} is not a whole number from 0 to {HIGHEST_DEGREE}")
        if not all(isinstance(one, int | float) for one in (self.area_to_mass, self.reflectivity)):
            raise RequestError("area_to_mass [m2/kg] and reflectivity [1] are plain numbers")
        if not (0.0 <= self.area_to_mass <= 100.0 and 0.0 <= self.reflectivity <= 2.0):
            raise RequestError(
                f"area to mass {self.area_to_mass:g} m2/kg or reflectivity {self.reflectivity:g} is not possible"
            )

    def compiled(self) -> Forces:
        """The constants as the compiled integrator reads them.

        Returns
        -------
        Forces
        """
        push = _LIGHT_PRESSURE * self.reflectivity * self.area_to_mass / 1e3 * _AU**2
        return Forces(
            gm_earth=GM_EARTH if self.earth else 0.0,
            gm_sun=GM_SUN if self.sun else 0.0,
            light_pressure=push,
            moon_radius=MOON_RADIUS,
            sun_radius=SUN_RADIUS,
        )

    def physics(self, origin: float, low: float, high: float) -> Physics:
        """All that the compiled integrator needs over a span.

        Parameters
        ----------
        origin : float
            Zero of time. [s past J2000 TDB]
        low, high : float
            Span. [s past J2000 TDB]

        Returns
        -------
        Physics
        """
        return Physics(
            field=lunar_gravity(self.degree).compiled(),
            table=surroundings(origin, low, high),
            forces=self.compiled(),
            work=work_for(self.degree),
        )


def surroundings(origin: float, low: float, high: float) -> Surroundings:
    """Earth, Sun and lunar orientation over a span, for the compiled integrator.

    Parameters
    ----------
    origin : float
        Zero of time. [s past J2000 TDB]
    low, high : float
        Span. [s past J2000 TDB]

    Returns
    -------
    Surroundings
        Exact to rounding, because the records lie inside those of the kernels.
    """
    begin = first_cell(low)
    count = int((high - begin) // CELL) + 1
    series = ephemeris_series()
    points = nodes(_COUNT)
    barycentre, moon, earth, sun = (
        series[link].on_segments(begin, CELL, count, points)[0]
        for link in ((0, 3), (3, 301), (3, 399), (0, 10))
    )
    angles = orientation_series().on_segments(begin, CELL, count, points)[0]
    values = np.concatenate([earth - moon, sun - barycentre - moon, angles], axis=2)
    return Surroundings(begin - origin, CELL, np.ascontiguousarray(node_matrix(_COUNT) @ values))
