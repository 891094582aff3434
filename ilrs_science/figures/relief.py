"""The Moon's relief as a small grey picture, made from the shipped heights."""

from __future__ import annotations

import base64
import struct
import zlib
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ilrs_science.environment.terrain.stack import MOON_RADIUS_M, shipped_terrain

__all__ = ["grey_png", "hillshade", "moon_relief"]

_STEP = 0.5
_GREYS = 24
"""Shades that are told apart: fewer make a smaller file."""
_LIGHT_FROM, _LIGHT_HEIGHT = 315.0, 45.0
_STEEPER = 6.0
"""Slopes of half-degree cells are gentle: they are drawn so many times steeper."""


@cache
def moon_relief() -> str:
    """Shaded relief of the whole Moon, plain cylindrical, longitude -180 to 180 deg from left to right.

    Returns
    -------
    str
        A PNG as a ``data:`` address, so that nothing is fetched.
    """
    latitude = np.arange(90.0 - _STEP / 2, -90.0, -_STEP)[:, None]
    longitude = np.arange(-180.0 + _STEP / 2, 180.0, _STEP)[None, :]
    heights = shipped_terrain().height(latitude, longitude)
    shade = hillshade(heights, latitude[:, 0])
    return grey_png(np.round(shade * (_GREYS - 1)) / (_GREYS - 1) * 215 + 25)


def hillshade(heights: NDArray[np.float64], latitude: NDArray[np.float64]) -> NDArray[np.float64]:
    """Brightness of a plain cylindrical grid lit from the north-west.

    Parameters
    ----------
    heights : (row, column) ndarray
        Rows from north to south, columns once around. [m]
    latitude : (row,) ndarray
        Of the rows. [deg]

    Returns
    -------
    (row, column) ndarray
        From 0 to 1; flat ground has the sine of the height of the light. [1]
    """
    cell = np.radians(180.0 / len(latitude)) * MOON_RADIUS_M
    east = (np.roll(heights, -1, axis=1) - np.roll(heights, 1, axis=1)) / (2.0 * cell)
    east /= np.maximum(np.cos(np.radians(latitude)), 0.15)[
        :, None
    ]  # where meridians meet, cells have no width
    north = -np.gradient(heights, axis=0) / cell
    turn, high = np.radians((_LIGHT_FROM, _LIGHT_HEIGHT))
    slope_to_light = _STEEPER * (east * np.sin(turn) + north * np.cos(turn))
    steepness = np.sqrt(1.0 + _STEEPER**2 * (east**2 + north**2))
    return np.asarray(np.clip((np.sin(high) - np.cos(high) * slope_to_light) / steepness, 0.0, 1.0))


def grey_png(pixels: NDArray[np.float64], *, clear: int | None = None) -> str:
    """A grey picture as a ``data:`` address.

    Parameters
    ----------
    pixels : (row, column) ndarray
        From 0 (black) to 255 (white).
    clear : int, optional
        A grey that is not drawn: the page is seen through it.

    Returns
    -------
    str
        PNG, eight bits a pixel (ISO/IEC 15948).
    """
    grey = np.clip(pixels, 0, 255).astype(np.uint8)
    rows, columns = grey.shape
    lines = np.hstack([np.zeros((rows, 1), np.uint8), grey]).tobytes()
    head = struct.pack(">IIBBBBB", columns, rows, 8, 0, 0, 0, 0)
    through = b"" if clear is None else _chunk(b"tRNS", struct.pack(">H", clear))
    body = through + _chunk(b"IDAT", zlib.compress(lines, 9))
    chunks = (_chunk(b"IHDR", head), body, _chunk(b"IEND", b""))
    return "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"".join(chunks)).decode()


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
