"""Tracks of Sun and Earth over a span, and how they look from the middle of a tile."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ilrs_science.environment.light.illumination import angular_radius
from ilrs_science.environment.maps.discs import laid
from ilrs_science.environment.maps.projection import axes_of
from ilrs_science.epochs import Epochs
from ilrs_science.sky.observe import observe
from ilrs_science.sky.place import SurfacePlace

__all__ = ["STRIPS", "LaidTrack", "Track", "laid_track", "seen_from", "track_of"]

STRIPS = 1440
"""Strips of azimuth, 0.25 deg each, about the Sun's radius. [1]"""

CELLS = 256
"""Cells of elevation in a strip: 0.015 deg for the Sun at a pole. [1]"""

RADIUS_KM = 1737.4
"""Of the sphere. [km]"""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Track:
    """Where a body stands at every epoch."""

    body: str
    """``"sun"`` or ``"earth"``."""
    position: Floats
    """(time, 3) from the Moon's centre, along the apparent direction, MOON_ME. [km]"""


@dataclass(frozen=True, eq=False)
class LaidTrack:
    """A track laid into strips of azimuth, see `discs.laid`."""

    low: Floats
    """(strip,) [deg]"""
    per_degree: Floats
    """(strip,) [1/deg]"""
    above: Floats
    """(strip, cell + 1) [1]"""


def track_of(body: str, latitude: float, longitude: float, times: Epochs) -> Track:
    """Observe a body from the middle of an area.

    Parameters
    ----------
    body : "sun" or "earth"
        Which.
    latitude, longitude : float
        Of the middle. [deg]
    times : (time,) ndarray of datetime64[us]
        UTC.

    Returns
    -------
    Track
        The aberration within the area, 1e-6 deg at 300 km, is left out; parallax is not.
    """
    seen = observe(SurfacePlace(latitude, longitude), times, [body]).isel(body=0)
    azimuth, elevation = np.radians(seen["azimuth"].values), np.radians(seen["elevation"].values)
    level = np.stack(
        [np.cos(elevation) * np.cos(azimuth), np.cos(elevation) * np.sin(azimuth), np.sin(elevation)], axis=-1
    )
    axes = axes_of(latitude, longitude)
    return Track(body, seen["range"].values[:, None] * (level @ axes) + RADIUS_KM * axes[2])


def seen_from(track: Track, latitude: float, longitude: float) -> tuple[Floats, Floats, Floats]:
    """Give a track in the sky of a place.

    Parameters
    ----------
    track : Track
        Of a body.
    latitude, longitude : float
        Of the place. [deg]

    Returns
    -------
    tuple of ndarray
        Azimuth, elevation and apparent radius at every epoch. [deg]
    """
    axes = axes_of(latitude, longitude)
    north, east, up = ((track.position - RADIUS_KM * axes[2]) @ axes.T).T
    azimuth, elevation = (
        np.degrees(np.arctan2(east, north)) % 360.0,
        np.degrees(np.arctan2(up, np.hypot(north, east))),
    )
    return azimuth, elevation, angular_radius(track.body, np.sqrt(north**2 + east**2 + up**2))


def laid_track(azimuth: Floats, elevation: Floats, radius: Floats) -> LaidTrack:
    """Lay a track into strips of azimuth.

    Parameters
    ----------
    azimuth, elevation, radius : (time,) ndarray
        Of the disc. [deg]

    Returns
    -------
    LaidTrack
    """
    largest = float(radius.max())
    reach = np.ceil(largest / np.maximum(np.cos(np.radians(elevation)), 0.02) * STRIPS / 360.0).astype(int)
    strip = (azimuth * STRIPS / 360.0).astype(int)
    low, high = np.full(STRIPS, np.inf), np.full(STRIPS, -np.inf)
    for step in range(-int(reach.max()), int(reach.max()) + 1):
        near = np.abs(step) <= reach
        np.minimum.at(low, (strip[near] + step) % STRIPS, elevation[near] - largest)
        np.maximum.at(high, (strip[near] + step) % STRIPS, elevation[near] + largest)
    empty = low > high
    low[empty], high[empty] = 0.0, 1.0
    per_degree = CELLS / (high - low + 1e-6)
    above = np.zeros((STRIPS, CELLS + 1))
    laid(azimuth, elevation, radius, low, per_degree, above)
    return LaidTrack(low, per_degree, above)
