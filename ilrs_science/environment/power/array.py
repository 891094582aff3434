"""Electric power from sunlight."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import numpy as np
import numpy.typing as npt

from ilrs_science.catalogue.plant import SolarArray, Tracking
from ilrs_science.environment.constants import ASTRONOMICAL_UNIT_KM
from ilrs_science.environment.light.directions import cosine_of_incidence
from ilrs_science.environment.power.ageing import array_ageing
from ilrs_science.environment.power.cells import thermal_factor
from ilrs_science.epochs import Epochs
from ilrs_science.errors import RequestError

__all__ = ["array_power", "facing", "incidence"]

Floats = npt.NDArray[np.float64]


def facing(tracking: Tracking, elevation: npt.ArrayLike) -> Floats:
    """Give the part of an array's area that sunlight sees, where it follows from the Sun's elevation alone.

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

    Raises
    ------
    RequestError
        If the array is fixed: see `incidence`.
    """
    height = np.radians(np.asarray(elevation, float))
    face: Floats
    match tracking:
        case Tracking.TWO_AXIS:
            face = np.ones_like(height)
        case Tracking.VERTICAL:
            face = np.cos(height)
        case Tracking.HORIZONTAL:
            face = np.maximum(np.sin(height), 0.0)
        case Tracking.FIXED:
            raise RequestError("what a fixed array sees depends on the Sun's azimuth too; use incidence()")
    return face


def incidence(array: SolarArray, *, azimuth: npt.ArrayLike, elevation: npt.ArrayLike) -> Floats:
    """Give the part of an array's area that sunlight sees.

    Parameters
    ----------
    array : SolarArray
        Record of the station.
    azimuth, elevation : array_like
        Of the Sun: from north through east, and above the site's plane. [deg]

    Returns
    -------
    ndarray
        Cosine of the incidence angle; of the back where that has cells and the Sun, else zero there. [1]

    Notes
    -----
    The normal of a fixed array is tilted by ``tilt`` from the zenith towards ``azimuth``:
    ``cos i = cos(tilt) sin(el) + sin(tilt) cos(el) cos(az - azimuth)``.
    """
    if array.tracking in (Tracking.TWO_AXIS, Tracking.VERTICAL):
        return facing(array.tracking, elevation) * np.ones(np.shape(azimuth))
    cosine = cosine_of_incidence(azimuth, elevation, array.tilt or 0.0, array.azimuth or 0.0)
    face: Floats = np.abs(cosine) if array.sides == 2 else np.maximum(cosine, 0.0)
    return face


def array_power(
    array: SolarArray | Iterable[SolarArray] | None,
    *,
    visible: npt.ArrayLike,
    elevation: npt.ArrayLike,
    distance: npt.ArrayLike,
    azimuth: npt.ArrayLike | None = None,
    covered: npt.ArrayLike = 0.0,
    times: Epochs | None = None,
) -> Floats:
    """Give the electric power of solar arrays.

    Parameters
    ----------
    array : SolarArray, several, or None
        Records of the station.
    visible : array_like
        Fraction of the Sun's disc above the skyline. [1]
    elevation : array_like
        Of the Sun above the site's plane. [deg]
    distance : array_like
        Of the Sun. [km]
    azimuth : array_like, optional
        Of the Sun, from north through east; a fixed array needs it. [deg]
    covered : array_like
        Fraction of the Sun's disc behind the Earth. [1]
    times : ndarray of datetime64[us], optional
        UTC; an array that ages needs them.

    Returns
    -------
    ndarray
        Power at the bus, of all arrays together. [W]

    Raises
    ------
    RequestError
        If an array needs azimuths or epochs that are not given.

    Notes
    -----
    ``P = P_1AU * visible * (1 - covered) * cos(incidence) * (1 AU / distance)**2 * ageing``, and a factor for the
    temperature of the cells if the record has a coefficient, else that is inside its efficiency. Arrays do not shade
    each other, and they make no power from light of the ground. While the Earth covers a Sun that the terrain partly
    hides, the two are taken as independent.
    """
    light = np.asarray(visible, float) * (1.0 - np.asarray(covered, float))
    sunlight = light * (ASTRONOMICAL_UNIT_KM / np.asarray(distance, float)) ** 2
    arrays = () if array is None else (array,) if isinstance(array, SolarArray) else tuple(array)
    total = np.zeros(np.broadcast_shapes(np.shape(sunlight), np.shape(elevation)))
    for one in arrays:
        face = _face(one, azimuth, elevation)
        warmth = thermal_factor(one, face=face, sunlight=sunlight, elevation=elevation)
        total = total + one.rated_power * sunlight * face * _age(one, times) * warmth
    return total


def _face(array: SolarArray, azimuth: npt.ArrayLike | None, elevation: npt.ArrayLike) -> Floats:
    if azimuth is not None:
        return incidence(array, azimuth=azimuth, elevation=elevation)
    if array.tracking is Tracking.FIXED:
        raise RequestError("the power of a fixed array needs the azimuth of the Sun")
    return incidence(array, azimuth=0.0, elevation=elevation)


def _age(array: SolarArray, times: Epochs | None) -> Floats | float:
    if array.ageing is None:
        return 1.0
    if times is None:
        raise RequestError("the power of an array with ageing needs epochs (times)")
    return array_ageing(array.ageing, cast(Epochs, np.asarray(times)))
