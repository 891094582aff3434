"""Eclipse: the part of the Sun's disc that another disc covers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["covered_fraction", "separation"]

Floats = npt.NDArray[np.float64]


def covered_fraction(apart: npt.ArrayLike, radius: npt.ArrayLike, cover: npt.ArrayLike) -> Floats:
    """Give the part of a disc's area behind another disc.

    Parameters
    ----------
    apart : array_like
        Angle between the centres. [deg]
    radius : array_like
        Apparent radius of the disc that is covered. [deg]
    cover : array_like
        Apparent radius of the disc in front. [deg]

    Returns
    -------
    ndarray
        0 (free) to 1 (total). [1]

    Notes
    -----
    Uniform flat discs: the lens between two circles. Air round the Earth, which reddens and bends a little light into
    its shadow, is left out.
    """
    d, r, c = np.broadcast_arrays(*(np.asarray(part, float) for part in (apart, radius, cover)))
    crossing = (d < r + c) & (d > np.abs(r - c))
    e = np.where(crossing, d, r + c)  # any value that keeps the formula finite
    over, short, beyond = r + c - e, e + (r - c), e - (r - c)
    # half-angles keep the digits that arccos loses where one circle is much larger than the other
    near = 2.0 * np.arcsin(np.sqrt(np.clip(over * beyond / (4.0 * e * r), 0.0, 1.0)))
    far = 2.0 * np.arcsin(np.sqrt(np.clip(over * short / (4.0 * e * c), 0.0, 1.0)))
    kite = np.sqrt(np.maximum(over * short * beyond * (e + r + c), 0.0))
    lens = r * r * near + c * c * far - 0.5 * kite
    inside = np.where(d < r + c, np.minimum(1.0, (c / r) ** 2), 0.0)
    covered: Floats = np.where(crossing, lens / (np.pi * r * r), inside)
    return np.clip(covered, 0.0, 1.0)


def separation(
    azimuth: npt.ArrayLike, elevation: npt.ArrayLike, azimuth2: npt.ArrayLike, elevation2: npt.ArrayLike
) -> Floats:
    """Give the angle between two directions.

    Parameters
    ----------
    azimuth, elevation : array_like
        Of the first. [deg]
    azimuth2, elevation2 : array_like
        Of the second. [deg]

    Returns
    -------
    ndarray
        0 to 180; exact to rounding at small angles (haversine). [deg]
    """
    az, el, az2, el2 = (
        np.radians(np.asarray(part, float)) for part in (azimuth, elevation, azimuth2, elevation2)
    )
    half = np.sin(0.5 * (el2 - el)) ** 2 + np.cos(el) * np.cos(el2) * np.sin(0.5 * (az2 - az)) ** 2
    angle: Floats = np.degrees(2.0 * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))))
    return angle
