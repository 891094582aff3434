"""Lattices of heights around a tile: its own pixels, then planes in which great circles are straight, ever coarser.

All nested grids, and the ring beyond the edge of a grid, are in the lattices already; the compiled loop needs to know
nothing of them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from scipy.ndimage import maximum_filter1d

from ilrs_science.environment.maps.area import Tile
from ilrs_science.environment.maps.projection import axes_of, latitude_longitude
from ilrs_science.environment.terrain.bilinear import GEOGRAPHIC, Float32s, Float64s, Int64s
from ilrs_science.environment.terrain.raster import MOON_RADIUS_M
from ilrs_science.environment.terrain.stack import Dem, TerrainStack

__all__ = ["Lattices", "lattices_of", "own_lattice"]

NEAR_CELLS = 12.0
"""Within this many pixels a ray runs over the pixels themselves. [1]"""

OWN_CELLS = 5.0
"""The same where a finer grid is nested in the grid of the map, or where its meridians converge; within it the
horizon of one place asks no finer grid either. [1]"""

FINENESS = 192.0
"""A lattice reaches this many of its cells from the tile, 0.30 deg of azimuth each; the next has twice the cell. [1]"""

NEAR_STEPS = ((1.0, 1 / 4), (2.0, 1 / 2))
"""From how many pixels on a step is how many pixels long [1]; around the best sample steps are a third of it. With
these and the next the skyline is 0.02 to 0.03 deg (rms) off the march."""

FAR_STEP = 3.0
"""Further on a step is this many cells of the lattice. [1]"""

NOTHING = -1e5
"""Height where no grid knows the ground: nothing rises there. [m]"""


@dataclass(frozen=True, eq=False)
class Lattices:
    """What `skylines.skylines` reads, in its order; see there."""

    heights: Float32s
    """Lattices one after the other. [m]"""
    tops: Float32s
    """Greatest heights around nodes. [m]"""
    levels: Float64s
    """Where each lattice begins and lies."""
    tables: Float64s
    """Where each table of greatest heights begins."""
    samples: Float64s
    """Tangent and inverse cosine of the angle from the eye. [1]"""
    segments: Int64s
    """Samples, lattice and table of each segment."""
    middles: Float64s
    """Tangent in the middle of each segment [1], sag of a line of sight in it [m]."""
    highest: float
    """[m]"""


Laid: TypeAlias = tuple[Float32s, float, float, float, float]
"""Heights of a lattice; whether it is the pixels' own, cells per unit, column and row of the plane's origin."""


class _Parts:
    """Lattices, tables and segments as they are gathered."""

    def __init__(self) -> None:
        self.heights: list[Float32s] = []
        self.levels: list[list[float]] = []
        self.tops: list[Float32s] = []
        self.tables: list[list[float]] = []
        self.known: dict[tuple[int, int, int], int] = {}
        self.angles: list[float] = []
        self.segments: list[list[int]] = []

    def lattice(self, heights: Float32s, *place: float) -> int:
        start = sum(one.size for one in self.heights)
        self.heights.append(np.where(np.isnan(heights), np.float32(NOTHING), heights))
        self.levels.append([float(start), *map(float, heights.shape), *place])
        return len(self.levels) - 1

    def segment(self, level: int, angles: Float64s, cells: float) -> None:
        """A stretch of a ray with its samples, over `cells` cells of a lattice."""
        first = len(self.angles)
        self.angles += angles.tolist()
        stride = 2 ** max(0, int(math.log2(max(cells, 1.0))) - 2)
        half = math.ceil(cells / 2.0 + 1.0 + stride / 2.0) - 1
        self.segments.append([first, len(self.angles) - 1, level, self._table(level, half, stride)])

    def _table(self, level: int, half: int, stride: int) -> int:
        key = (level, half, stride)
        if key not in self.known:
            self.known[key] = len(self.tables)
            top = maximum_filter1d(
                maximum_filter1d(self.heights[level], 2 * half + 1, axis=0)[::stride], 2 * half + 1, axis=1
            )[:, ::stride]
            start = sum(one.size for one in self.tops)
            self.tables.append([float(start), *map(float, top.shape), 1.0 / stride])
            self.tops.append(np.ascontiguousarray(top))
        return self.known[key]

    def lattices(self) -> Lattices:
        angles, segments = np.array(self.angles), np.array(self.segments, np.int64)
        samples = np.stack([np.tan(angles), 1.0 / np.cos(angles)], axis=1)
        begin, end = angles[segments[:, 0]], angles[segments[:, 1]]
        sag = 0.25 * MOON_RADIUS_M * (end - begin) ** 2
        heights = np.concatenate([one.ravel() for one in self.heights])
        return Lattices(
            heights,
            np.concatenate([one.ravel() for one in self.tops]),
            np.array(self.levels),
            np.array(self.tables),
            samples,
            segments,
            np.stack([np.tan(0.5 * (begin + end)), sag], axis=1),
            float(heights.max()),
        )


def lattices_of(terrain: TerrainStack, tile: Tile, reach: float) -> Lattices:
    """Lay the lattices around a tile.

    Parameters
    ----------
    terrain : TerrainStack
        Grids, finest first.
    tile : Tile
        Which pixels of which grid.
    reach : float
        How far rays go. [m]

    Returns
    -------
    Lattices
    """
    dem = terrain.dems[tile.level]
    nested = tile.level > 0 or dem.projection.kind == GEOGRAPHIC
    near = OWN_CELLS if nested else NEAR_CELLS
    parts = _Parts()
    stretch = _stretch(dem, tile)
    own = parts.lattice(*own_lattice(terrain, dem, tile, math.ceil(near * stretch) + 8))
    for a, b in pairwise([*_doubling(1.0, near)]):
        step = [length for start, length in NEAR_STEPS if start <= a + 1e-9][-1]
        cells = np.linspace(a, b, round((b - a) / step) + 1)
        parts.segment(own, cells * dem.cell / MOON_RADIUS_M, 1.1 * stretch * (b - a))
    cell, begin = 0.5 * dem.cell, near * dem.cell
    while begin < reach:
        end = min(FINENESS * cell, reach)
        level = parts.lattice(*_plane(terrain, tile, cell, end))
        for a, b in pairwise(_lengthening(begin / cell, end / cell)):
            angles = (
                np.linspace(a, b, max(1, math.ceil((b - a) / FAR_STEP - 1e-6)) + 1) * cell / MOON_RADIUS_M
            )
            parts.segment(level, angles, 1.1 * (b - a))
        cell, begin = 2.0 * cell, end
    return parts.lattices()


def own_lattice(terrain: TerrainStack, dem: Dem, tile: Tile, margin: int) -> Laid:
    """The pixels of the tile's grid with a margin; where it has no data or ends, the other grids answer."""
    rows = np.arange(tile.row - margin, tile.row + tile.rows + margin)
    columns = np.arange(tile.column - margin, tile.column + tile.columns + margin)
    heights = np.full((rows.size, columns.size), np.nan, np.float32)
    inside_r = (rows >= 0) & (rows < dem.heights.shape[0])
    inside_c = np.ones(columns.size, bool) if dem.wraps else (columns >= 0) & (columns < dem.heights.shape[1])
    heights[np.ix_(inside_r, inside_c)] = dem.heights[
        np.ix_(rows[inside_r], columns[inside_c] % dem.heights.shape[1])
    ]
    i, j = np.nonzero(np.isnan(heights))
    if i.size:
        heights[i, j] = terrain.height(*latitude_longitude(dem, columns[j], rows[i]))
    return heights, 1.0, 1.0, float(margin - tile.column), float(margin - tile.row)


def _plane(terrain: TerrainStack, tile: Tile, cell: float, end: float) -> Laid:
    """Heights on a gnomonic plane that touches the sphere in the middle of the tile."""
    unit = cell / MOON_RADIUS_M
    half = math.ceil(math.tan(tile.radius + end / MOON_RADIUS_M) / unit) + 2
    run = np.arange(-half, half + 1) * unit
    axes = axes_of(tile.latitude, tile.longitude)
    # Columns run north, rows east.
    x, y, z = (axes[2, k] + axes[0, k] * run[None, :] + axes[1, k] * run[:, None] for k in range(3))
    heights = terrain.height(np.degrees(np.arctan2(z, np.hypot(x, y))), np.degrees(np.arctan2(y, x)))
    return heights.astype(np.float32), 0.0, 1.0 / unit, float(half), float(half)


def _stretch(dem: Dem, tile: Tile) -> float:
    """How many columns or rows of the grid one pixel's size is at the most."""
    if dem.projection.kind != GEOGRAPHIC:
        return 1.0
    latitude, _ = latitude_longitude(dem, 0, np.array([tile.row - 1, tile.row + tile.rows]))
    return abs(dem.dy / dem.dx) / math.cos(math.radians(min(85.0, float(np.abs(latitude).max()) + 5.0)))


def _doubling(start: float, end: float) -> list[float]:
    """Bounds of segments that are half as long as they are far."""
    found = [start]
    while found[-1] < end - 1e-9:
        length = 2.0 ** max(0, math.floor(math.log2(found[-1] / 2.0 + 1e-9)))
        found.append(min(found[-1] + length, end))
    return found


def _lengthening(start: float, end: float) -> list[float]:
    """Bounds of segments of a quarter of the distance, 2 to 32 cells."""
    found = [start]
    while found[-1] < end - 1e-9:
        length = min(max(2.0 ** math.floor(math.log2(found[-1] / 4.0 + 1e-9)), 2.0), 32.0)
        found.append(min(found[-1] + length, end))
    return found
