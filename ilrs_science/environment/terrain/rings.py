"""Rings: a large file read around a place, at full resolution near by and in blocks further out."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from ilrs_science.environment.terrain.bilinear import GEOGRAPHIC, Float32s
from ilrs_science.environment.terrain.blocks import block_means
from ilrs_science.environment.terrain.dem import Dem
from ilrs_science.environment.terrain.grid import Grid
from ilrs_science.environment.terrain.grid_file import open_grid
from ilrs_science.environment.terrain.heights import check_unit
from ilrs_science.environment.terrain.raster import MOON_RADIUS_M

__all__ = ["PIXEL_OF_DISTANCE", "REACH_M", "dems_around"]

PIXEL_OF_DISTANCE = 1e-3
"""A pixel may be this part of its distance [1], which puts two samples of the march into each. Against pixels
four times finer the skyline of a place on a rough surface of 20 m is 4e-4 deg off (rms; 0.011 deg at the most)."""

REACH_M = 300_000.0
"""How far out a file is read: as far as rays go. Beyond it the grids below answer. [m]"""

STRIP_PIXELS = 4_000_000
"""Pixels that are read at a time: 16 MB."""


def dems_around(path: str | Path, place: tuple[float, float], *, radius: float = 0.0) -> list[Dem]:
    """Read what matters of a file for whoever stands at a place.

    Parameters
    ----------
    path : str or Path
        Any file that `Dem.open` reads, of any size.
    place : tuple of float
        Latitude and longitude, MOON_ME, east positive. [deg]
    radius : float
        Observers may stand this far from the place. [m]

    Returns
    -------
    list of Dem
        Finest first: full resolution as far as a pixel twice as large would be seen too large, then twice the pixel to
        twice the distance, and so on to 300 km. Empty if the file does not reach there. Names say what was cut.

    Notes
    -----
    A block has the mean of its pixels, so a distant skyline is neither raised nor lowered on the whole; a crest
    narrower than the block is lowered by less than the block's own height above its neighbours.
    """
    with open_grid(path) as grid:
        return list(_rings(grid, place, radius))


def _rings(grid: Grid, place: tuple[float, float], radius: float) -> Iterator[Dem]:
    every = 1
    while True:
        reach = radius + 2 * every * grid.cell / PIXEL_OF_DISTANCE
        last = reach >= radius + REACH_M
        reach = min(reach, radius + REACH_M)
        rows, columns, wide = _window(grid, place, every, reach)
        yield from _cut(grid, place, reach, (rows, every), (columns, wide))
        if last or len(rows) * sum(map(len, columns)) > grid.pixels - every * grid.columns - wide * grid.rows:
            return  # coarser pixels further out would say nothing new
        every *= 2


def _cut(
    grid: Grid,
    place: tuple[float, float],
    reach: float,
    down: tuple[range, int],
    across: tuple[list[range], int],
) -> Iterator[Dem]:
    """One ring, or none where the file has nothing."""
    (rows, every), (columns, wide) = down, across
    if len(rows) < 2 * every or sum(map(len, columns)) < 2 * wide:
        return
    heights = np.hstack([_read(grid, rows, part, every, wide) for part in columns])
    if np.isnan(heights).all():
        return
    check_unit(grid.path, heights, grid.scale.unit, min(grid.width, 2.0 * reach))
    x0 = grid.x0 + (columns[0].start + 0.5 * (wide - 1)) * grid.dx
    y0 = grid.y0 + (rows.start + 0.5 * (every - 1)) * grid.dy
    name = f"{grid.path.name} ({every * grid.cell:.4g} m within {reach / 1e3:.4g} km of {_words(*place)})"
    yield Dem(name, heights, grid.projection, x0, y0, grid.dx * wide, grid.dy * every)


def _words(latitude: float, longitude: float) -> str:
    return f"{abs(latitude):.6g} {'S' if latitude < 0 else 'N'} {longitude % 360.0:.6g} E"


def _window(
    grid: Grid, place: tuple[float, float], every: int, reach: float
) -> tuple[range, list[range], int]:
    """Rows, columns in one or two parts, and columns of a block, that hold a cap of the Moon."""
    latitude, longitude = _circle(place, reach)
    if grid.projection.kind != GEOGRAPHIC:
        x, y = grid.projection.xy(latitude, longitude)
        if not np.isfinite(x).all():
            return range(0), [range(0)], every
        return (
            _span((y - grid.y0) / grid.dy, grid.rows, every),
            [_span((x - grid.x0) / grid.dx, grid.columns, every)],
            every,
        )
    south, north = float(latitude.min()), float(latitude.max())
    t = math.degrees(reach / MOON_RADIUS_M)
    polar = abs(place[0]) + t >= 90.0
    if polar:
        south, north = (-90.0, north) if place[0] < 0 else (south, 90.0)
    rows = _span((np.array([south, north]) - grid.y0) / grid.dy, grid.rows, every)
    wide = _wide(grid, 0.0 if south * north < 0 else min(abs(south), abs(north)), every)
    half = (
        180.0
        if polar
        else math.degrees(math.asin(math.sin(math.radians(t)) / math.cos(math.radians(place[0]))))
    )
    return rows, _turn(grid, place[1], half, wide), wide


def _wide(grid: Grid, lowest: float, every: int) -> int:
    """Columns of a block: meridians draw together, so it may have more of them and still be no wider than high."""
    shrink = math.cos(math.radians(lowest)) * abs(grid.dx / grid.dy)
    wide = every * int(2 ** max(0, math.floor(-math.log2(shrink))))
    while grid.round_moon and grid.columns % wide:
        wide //= 2
    return wide


def _circle(place: tuple[float, float], reach: float) -> tuple[np.ndarray, np.ndarray]:
    """Latitudes and longitudes round a place. [deg]"""
    azimuth = np.radians(np.arange(0.0, 360.0, 0.5))
    phi, lam = map(math.radians, place)
    # Half a step of the circle is lost between its points: 1e-5 of the radius.
    t = reach / MOON_RADIUS_M * 1.0001
    sine = math.sin(phi) * math.cos(t) + math.cos(phi) * math.sin(t) * np.cos(azimuth)
    east = np.arctan2(
        np.sin(azimuth) * math.sin(t) * math.cos(phi), math.cos(t) - math.sin(phi) * np.clip(sine, -1, 1)
    )
    return np.degrees(np.arcsin(np.clip(sine, -1.0, 1.0))), np.degrees(lam + east)


def _span(index: np.ndarray, count: int, every: int) -> range:
    """Whole blocks of the grid that hold all of some fractional indices."""
    first = max(0, math.floor(float(index.min())) // every * every)
    last = min(count // every * every, -(-(math.ceil(float(index.max())) + 1) // every) * every)
    return range(first, max(first, last))


def _turn(grid: Grid, longitude: float, half: float, wide: int) -> list[range]:
    """Columns within some degrees of a longitude; in two parts where a map that goes round the Moon ends."""
    centre, reach = (longitude - grid.x0) / grid.dx, half / abs(grid.dx)
    around = 360.0 / abs(grid.dx)
    if grid.round_moon:
        if 2.0 * reach + 2 * wide >= grid.columns:
            return [range(grid.columns)]
        first = math.floor((centre - reach) % grid.columns) // wide * wide
        count = -(-(math.ceil(2.0 * reach) + 2) // wide) * wide
        if first + count <= grid.columns:
            return [range(first, first + count)]
        return [range(first, grid.columns), range(first + count - grid.columns)]
    turns = (centre - around, centre, centre + around)
    spans = [_span(np.array([turn - reach, turn + reach]), grid.columns, wide) for turn in turns]
    spans = [span for span in spans if span] or [range(0)]
    return [range(min(span.start for span in spans), max(span.stop for span in spans))]


def _read(grid: Grid, rows: range, columns: range, high: int, wide: int) -> Float32s:
    """Heights of a part, block by block."""
    out = np.empty((len(rows) // high, len(columns) // wide), np.float32)
    strip = max(1, STRIP_PIXELS // max(1, len(columns) * high))
    for first in range(0, out.shape[0], strip):
        last = min(first + strip, out.shape[0])
        heights = grid.read(
            slice(rows.start + first * high, rows.start + last * high), slice(columns.start, columns.stop)
        )
        if (high, wide) == (1, 1):
            out[first:last] = heights
        else:
            block_means(heights, high, wide, out[first:last])
    return out
