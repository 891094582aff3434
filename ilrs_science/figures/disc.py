"""Round maps of a part of the Moon: equal areas about a middle, with the shaded relief below."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ilrs_science.environment.terrain.stack import MOON_RADIUS_M, shipped_terrain
from ilrs_science.figures.patch import hillshade_of
from ilrs_science.figures.relief import grey_png

__all__ = ["DISCS", "Disc", "disc_relief"]

_PIXELS = 320
_GREYS = 24
"""Shades that are told apart: fewer make a smaller file."""
_STEEPER, _STEEPER_NEAR = 6.0, 2.0
"""Slopes of cells of many kilometres are gentle: they are drawn so many times steeper."""
_CLEAR = 255
"""A grey that no shade has: what lies beyond the rim."""


@dataclass(frozen=True)
class Disc:
    """A round part of the Moon in Lambert's azimuthal projection, north up; at a pole, longitude 0 up or down."""

    name: str
    """What part it is."""
    latitude: float
    """Of the middle. [deg]"""
    longitude: float
    """Of the middle, east positive. [deg]"""
    reach: float
    """Angle from the middle to the rim. [deg]"""

    @property
    def radius(self) -> float:
        """Radius of the rim on the plane of a unit sphere. [1]"""
        return float(2.0 * np.sin(np.radians(self.reach) / 2.0))

    def plane(
        self, latitude: ArrayLike, longitude: ArrayLike
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Where places lie on the map.

        Parameters
        ----------
        latitude, longitude : array_like
            Of the places. [deg]

        Returns
        -------
        x, y : ndarray
            To the right and up; NaN beyond the rim. [1]
        """
        lat, turn = np.radians(latitude), np.radians(np.asarray(longitude, float) - self.longitude)
        sine, cosine = np.sin(np.radians(self.latitude)), np.cos(np.radians(self.latitude))
        near = sine * np.sin(lat) + cosine * np.cos(lat) * np.cos(turn)
        scale = np.sqrt(2.0 / np.maximum(1.0 + near, 1e-12))
        x = scale * np.cos(lat) * np.sin(turn)
        y = scale * (cosine * np.sin(lat) - sine * np.cos(lat) * np.cos(turn))
        inside = near >= np.cos(np.radians(self.reach)) - 1e-9
        return np.where(inside, x, np.nan), np.where(inside, y, np.nan)

    def ground(self, x: ArrayLike, y: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The places at points of the map: the inverse of `plane`.

        Parameters
        ----------
        x, y : array_like
            To the right and up. [1]

        Returns
        -------
        latitude, longitude : ndarray
            Longitude from -180 to 180. [deg]
        """
        right, up = np.asarray(x, float), np.asarray(y, float)
        far = np.minimum(np.hypot(right, up), 2.0)
        angle = 2.0 * np.arcsin(far / 2.0)
        share = np.sin(angle) / np.maximum(far, 1e-12)
        sine, cosine = np.sin(np.radians(self.latitude)), np.cos(np.radians(self.latitude))
        latitude = np.arcsin(np.clip(np.cos(angle) * sine + up * share * cosine, -1.0, 1.0))
        turn = np.arctan2(right * share, np.cos(angle) * cosine - up * share * sine)
        longitude = (np.degrees(turn) + self.longitude + 180.0) % 360.0 - 180.0
        return np.degrees(latitude), longitude


DISCS = (
    Disc("Near side", 0.0, 0.0, 90.0),
    Disc("Far side", 0.0, 180.0, 90.0),
    Disc("South pole, from 75° S", -90.0, 0.0, 15.0),
    Disc("North pole, from 75° N", 90.0, 0.0, 15.0),
)
"""The whole Moon, and both poles once more, closer."""


@cache
def disc_relief(disc: Disc) -> str:
    """Shaded relief of a disc, lit from the upper left; what lies beyond the rim is not drawn.

    Parameters
    ----------
    disc : Disc
        Part of the Moon.

    Returns
    -------
    str
        A square PNG as a ``data:`` address, so that nothing is fetched.
    """
    across = (np.arange(_PIXELS) + 0.5) / _PIXELS * 2.0 - 1.0
    x, y = np.meshgrid(across * disc.radius, -across * disc.radius)
    heights = shipped_terrain().height(*disc.ground(x, y))
    cell = 2.0 * disc.radius / _PIXELS * MOON_RADIUS_M
    steeper = _STEEPER if disc.reach > 45.0 else _STEEPER_NEAR
    shade = hillshade_of(heights[::-1], cell, steeper=steeper)[::-1]
    grey = np.round(shade * (_GREYS - 1)) / (_GREYS - 1) * 215 + 25
    return grey_png(np.where(np.hypot(x, y) <= disc.radius, grey, _CLEAR), clear=_CLEAR)
