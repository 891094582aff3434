"""Temperature of solar cells and what it does to their power."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ilrs_science.catalogue.plant import SOLAR_CONSTANT, SolarArray
from ilrs_science.environment.constants import STEFAN_BOLTZMANN

__all__ = ["cell_temperature", "thermal_factor"]

ABSORPTANCE, EMITTANCE = 0.92, 0.85
"""Of cells under glass, and of both sides of the panel in the infrared (assumed). [1]"""
ALBEDO = 0.12
"""Of the ground: Hayne et al. 2017, doi:10.1002/2017JE005387, Table A2. [1]"""
EFFICIENCY = 0.3
"""Of cells where the record gives nominal power alone (assumed). [1]"""
RATED_K = 301.15
"""Temperature at which makers of space cells rate them, 28 degC. [K]"""

Floats = npt.NDArray[np.float64]


def cell_temperature(
    array: SolarArray, *, face: npt.ArrayLike, sunlight: npt.ArrayLike, elevation: npt.ArrayLike
) -> Floats:
    """Give the temperature of an array's cells in radiative balance.

    Parameters
    ----------
    array : SolarArray
        Record of the station; of it the efficiency counts.
    face : array_like
        Part of the array's area that sunlight sees, see `incidence`. [1]
    sunlight : array_like
        Over that of the whole Sun at 1 AU. [1]
    elevation : array_like
        Of the Sun above the site's plane. [deg]

    Returns
    -------
    ndarray
        Zero where no light falls. [K]

    Notes
    -----
    A thin panel takes sunlight less what it delivers, and from level ground its infrared and reflected light; both
    sides radiate. Front and back together see one half space of ground however the panel is tilted, and ground by day
    gives back what it takes, so with ``S`` the sunlight and ``h`` the Sun's elevation

    ``2 e s T**4 = (a - efficiency) S face + (e (1 - A) + a A) S sin(h)``.

    Warmth that is stored, and ground that is not level or not lit, are left out. Face on at the pole this gives 306 K,
    flat at the equator at noon 380 K.
    """
    sun = SOLAR_CONSTANT * np.asarray(sunlight, float)
    up = np.maximum(np.sin(np.radians(np.asarray(elevation, float))), 0.0)
    taken = (ABSORPTANCE - (array.efficiency or EFFICIENCY)) * np.asarray(face, float)
    ground = (EMITTANCE * (1.0 - ALBEDO) + ABSORPTANCE * ALBEDO) * up
    kelvin: Floats = (sun * (taken + ground) / (2.0 * EMITTANCE * STEFAN_BOLTZMANN)) ** 0.25
    return kelvin


def thermal_factor(
    array: SolarArray, *, face: npt.ArrayLike, sunlight: npt.ArrayLike, elevation: npt.ArrayLike
) -> Floats | float:
    """Give what the temperature of its cells makes of an array's power.

    Parameters
    ----------
    array : SolarArray
        Its ``temperature_coefficient``; without one the factor is 1.
    face, sunlight, elevation : array_like
        As `cell_temperature` takes them.

    Returns
    -------
    ndarray or float
        Power over that at 28 degC, zero or more. [1]
    """
    if array.temperature_coefficient is None:
        return 1.0
    kelvin = cell_temperature(array, face=face, sunlight=sunlight, elevation=elevation)
    return np.maximum(1.0 + array.temperature_coefficient * (kelvin - RATED_K), 0.0)
