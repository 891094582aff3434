"""Pixels of a grid of heights on the Moon: from column and row to a direction, and back."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from ilrs_science.environment.terrain.bilinear import GEOGRAPHIC
from ilrs_science.environment.terrain.stack import Dem

__all__ = ["axes_of", "columns_rows", "latitude_longitude", "vectors"]

Floats = npt.NDArray[np.float64]


def latitude_longitude(dem: Dem, column: npt.ArrayLike, row: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Give where pixels lie; columns and rows beyond the grid continue it.

    Parameters
    ----------
    dem : Dem
        The grid.
    column, row : array_like
        Counted from the centre of its first pixel; broadcast against each other.

    Returns
    -------
    tuple of ndarray
        Latitude and longitude, selenographic, MOON_ME, east positive, -180 to 180. [deg]
    """
    x = dem.x0 + dem.dx * np.asarray(column, float)
    y = dem.y0 + dem.dy * np.asarray(row, float)
    x, y = np.broadcast_arrays(x, y)
    projection = dem.projection
    if projection.kind == GEOGRAPHIC:
        return np.clip(y, -90.0, 90.0), _half_turn(x)
    from_pole = 2.0 * np.arctan(np.hypot(x, y) / projection.scale)
    east = np.degrees(np.arctan2(x, -projection.kind * y))
    return projection.kind * (90.0 - np.degrees(from_pole)), _half_turn(east + projection.meridian)


def columns_rows(dem: Dem, direction: Floats) -> tuple[Floats, Floats]:
    """Give the column and row below directions from the Moon's centre.

    Parameters
    ----------
    dem : Dem
        The grid.
    direction : (..., 3) ndarray
        Unit vectors, MOON_ME. [1]

    Returns
    -------
    tuple of ndarray
        Column and row, fractional; of a grid of longitudes the column in the turn that its first column begins.
    """
    x, y, z = np.moveaxis(direction, -1, 0)
    projection = dem.projection
    if projection.kind == GEOGRAPHIC:
        east, north = np.degrees(np.arctan2(y, x)), np.degrees(np.arctan2(z, np.hypot(x, y)))
        east = dem.x0 - 0.5 * abs(dem.dx) + (east - dem.x0 + 0.5 * abs(dem.dx)) % 360.0
    else:
        turn = math.radians(projection.meridian)
        scale = projection.scale / (1.0 + projection.kind * z)
        east = scale * (y * math.cos(turn) - x * math.sin(turn))
        north = -projection.kind * scale * (x * math.cos(turn) + y * math.sin(turn))
    return (east - dem.x0) / dem.dx, (north - dem.y0) / dem.dy


def vectors(latitude: npt.ArrayLike, longitude: npt.ArrayLike) -> Floats:
    """Give unit vectors from the Moon's centre.

    Parameters
    ----------
    latitude, longitude : array_like
        Selenographic, MOON_ME, east positive. [deg]

    Returns
    -------
    (..., 3) ndarray
        MOON_ME. [1]
    """
    phi, lam = np.radians(np.asarray(latitude, float)), np.radians(np.asarray(longitude, float))
    return np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)], axis=-1)


def axes_of(latitude: npt.ArrayLike, longitude: npt.ArrayLike) -> Floats:
    """Give the horizontal axes of places.

    Parameters
    ----------
    latitude, longitude : array_like
        Selenographic, MOON_ME, east positive. [deg]

    Returns
    -------
    (..., 3, 3) ndarray
        Rows north, east, up in MOON_ME. [1]
    """
    phi, lam = np.radians(np.asarray(latitude, float)), np.radians(np.asarray(longitude, float))
    north = np.stack([-np.sin(phi) * np.cos(lam), -np.sin(phi) * np.sin(lam), np.cos(phi)], axis=-1)
    east = np.stack([-np.sin(lam), np.cos(lam), np.zeros_like(lam)], axis=-1)
    return np.stack([north, east, vectors(latitude, longitude)], axis=-2)


def _half_turn(longitude: Floats) -> Floats:
    return (longitude + 180.0) % 360.0 - 180.0
