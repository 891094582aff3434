"""Directions in the sky of a place: on a plane, and from a place nearby."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["cosine_of_incidence", "local_incidence", "seen_nearby"]

Floats = npt.NDArray[np.float64]


def cosine_of_incidence(
    azimuth: npt.ArrayLike, elevation: npt.ArrayLike, tilt: npt.ArrayLike, toward: npt.ArrayLike
) -> Floats:
    """Give the cosine of the angle between a direction and the normal of a plane.

    Parameters
    ----------
    azimuth, elevation : array_like
        Of the direction, azimuth from north through east. [deg]
    tilt : array_like
        Of the normal from the zenith. [deg]
    toward : array_like
        Azimuth to which the normal is tilted: to which ground falls. [deg]

    Returns
    -------
    ndarray
        ``sin(e) cos(t) + cos(e) sin(t) cos(azimuth - toward)``; negative behind the plane. [1]
    """
    side = np.radians(np.asarray(azimuth, float) - np.asarray(toward, float))
    e, t = np.radians(np.asarray(elevation, float)), np.radians(np.asarray(tilt, float))
    cosine: Floats = np.sin(e) * np.cos(t) + np.cos(e) * np.sin(t) * np.cos(side)
    return np.clip(cosine, -1.0, 1.0)


def local_incidence(
    azimuth: npt.ArrayLike, elevation: npt.ArrayLike, slope: npt.ArrayLike, aspect: npt.ArrayLike
) -> Floats:
    """Give the angle between the direction to the Sun and the normal of the ground.

    Parameters
    ----------
    azimuth, elevation : array_like
        Of the Sun above the local horizontal, azimuth from north through east. [deg]
    slope, aspect : array_like
        Of the ground, as `slope_at` gives them; all broadcast against each other. [deg]

    Returns
    -------
    ndarray
        0 where the Sun stands on the ground's normal; above 90 it is behind the ground. [deg]

    Notes
    -----
    Whether the terrain around hides the Sun is another question, that of the horizon.
    """
    return np.degrees(np.arccos(cosine_of_incidence(azimuth, elevation, slope, aspect)))


def seen_nearby(azimuth: Floats, elevation: Floats, rotation: Floats) -> tuple[Floats, Floats]:
    """Turn directions seen at one place into those seen at a place nearby; the way between the two is left out.

    Parameters
    ----------
    azimuth, elevation : (n,) ndarray
        Seen here. [deg]
    rotation : (3, 3) ndarray
        From north, east and up here to those there.

    Returns
    -------
    azimuth, elevation : (n,) ndarray
        Seen there. [deg]
    """
    az, el = np.radians(azimuth), np.radians(elevation)
    level = np.stack([np.cos(el) * np.cos(az), np.cos(el) * np.sin(az), np.sin(el)])
    north, east, up = rotation @ level
    return np.degrees(np.arctan2(east, north)) % 360.0, np.degrees(np.arctan2(up, np.hypot(north, east)))
