"""Electric power from sunlight."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ilrs_science.catalogue.plant import SolarArray, Tracking

__all__ = ["ASTRONOMICAL_UNIT_KM", "array_power", "facing"]

ASTRONOMICAL_UNIT_KM = 149_597_870.7
"""IAU 2012 resolution B2. [km]"""


def facing(tracking: Tracking, elevation: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Give the part of an array's area that sunlight sees.

    Parameters
    ----------
    tracking : Tracking
        ``two_axis`` faces the Sun always, ``vertical`` stands upright and turns with it, ``horizontal`` lies
        flat.
    elevation : array_like
        Of the Sun above the site's plane. [deg]

    Returns
    -------
    ndarray
        Cosine of the incidence angle, zero where the Sun is behind the array. [1]
    """
    height = np.radians(np.asarray(elevation, float))
    face: npt.NDArray[np.float64]
    match tracking:
        case Tracking.TWO_AXIS:
            face = np.ones_like(height)
        case Tracking.VERTICAL:
            face = np.cos(height)
        case Tracking.HORIZONTAL:
            face = np.maximum(np.sin(height), 0.0)
    return face


def array_power(
    array: SolarArray, *, visible: npt.ArrayLike, elevation: npt.ArrayLike, distance: npt.ArrayLike
) -> npt.NDArray[np.float64]:
    """Give the electric power of a solar array.

    Parameters
    ----------
    array : SolarArray
        Record of the station.
    visible : array_like
        Visible fraction of the Sun's disc. [1]
    elevation : array_like
        Of the Sun above the site's plane. [deg]
    distance : array_like
        Of the Sun. [km]

    Returns
    -------
    ndarray
        Power at the bus. [W]

    Notes
    -----
    ``P = P_1AU * visible * cos(incidence) * (1 AU / distance)**2``. Cell temperature, dust and ageing are
    inside the record's efficiency; the array does not shade itself.
    """
    sunlight = np.asarray(visible, float) * (ASTRONOMICAL_UNIT_KM / np.asarray(distance, float)) ** 2
    power: npt.NDArray[np.float64] = array.rated_power * sunlight * facing(array.tracking, elevation)
    return power
