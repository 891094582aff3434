"""Directions in the sky of a place, turned into those of a place nearby."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["seen_nearby"]

Floats = npt.NDArray[np.float64]


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
