"""Skylines of all pixels of a tile, compiled: rays over lattices, with what cannot matter left out.

A ray is cut into segments. One look-up in a table of greatest heights tells whether anything near a segment can rise
above what was found so far; only then its samples are taken. The sample that made the skyline of the azimuth before
is taken first, which closes most segments at once.
"""

from __future__ import annotations

import math

import numpy as np

from ilrs_science.environment.terrain.bilinear import Float32s, Float64s, Int64s
from ilrs_science.sky.compiled import compiled_sum

__all__ = ["skylines"]

RADIUS = 1_737_400.0
"""Of the sphere that heights refer to. [m]"""

START, ROWS, COLUMNS, NATIVE, PER_UNIT, COLUMN0, ROW0 = range(7)
"""Columns of the table of lattices: where its heights begin, its size, whether it is the pixels' own, cells per unit
of the plane, and the column and row of the plane's origin."""

TOP_START, TOP_ROWS, TOP_COLUMNS, PER_CELL = range(4)
"""Columns of the table of greatest heights."""

FIRST, LAST, LEVEL, TOP = range(4)
"""Columns of the table of segments: first and last sample, lattice, table of greatest heights."""

EYE, X0, Y0, ALONG, NORTH1, NORTH2, NORTH3, EAST1, EAST2, EAST3, OWN_COLUMN, OWN_ROW = range(12)
COLUMN_NORTH, COLUMN_EAST, ROW_NORTH, ROW_EAST = range(12, 16)
"""Columns of the table of pixels: radius of the eye [m], the foot in the gnomonic plane and along its normal, north
and east in the axes of the plane, the pixel's column and row on its own lattice and how they change along north and
east, per tangent of the angle at the Moon's centre."""


@compiled_sum
def _height(heights: Float32s, start: int, columns: int, column: float, row: float) -> float:
    """Bilinear height on one lattice, inside of it."""
    j, i = int(column), int(row)
    s, t = column - j, row - i
    at = np.uint64(start + i * columns + j)
    below = np.uint64(start + i * columns + j + columns)
    upper = heights[at] + (heights[at + np.uint64(1)] - heights[at]) * s
    lower = heights[below] + (heights[below + np.uint64(1)] - heights[below]) * s
    return float(upper + (lower - upper) * t)


@compiled_sum
def _path(
    levels: Float64s, level: int, pixels: Float64s, at: int, north: float, east: float, path: Float64s
) -> None:
    """A ray on a lattice: column and row at the eye, their change along a run, and what makes the run from the tangent
    ``q`` of the angle at the Moon's centre: ``run = q / (path[4] + q path[5])``.
    """
    if levels[level, NATIVE] > 0.0:
        path[0] = levels[level, COLUMN0] + pixels[at, OWN_COLUMN]
        path[1] = levels[level, ROW0] + pixels[at, OWN_ROW]
        path[2] = north * pixels[at, COLUMN_NORTH] + east * pixels[at, COLUMN_EAST]
        path[3] = north * pixels[at, ROW_NORTH] + east * pixels[at, ROW_EAST]
        path[4], path[5] = 1.0, 0.0
        return
    scale = levels[level, PER_UNIT]
    along = north * pixels[at, NORTH3] + east * pixels[at, EAST3]
    path[0] = levels[level, COLUMN0] + pixels[at, X0] * scale
    path[1] = levels[level, ROW0] + pixels[at, Y0] * scale
    path[2] = scale * (north * pixels[at, NORTH1] + east * pixels[at, EAST1] - pixels[at, X0] * along)
    path[3] = scale * (north * pixels[at, NORTH2] + east * pixels[at, EAST2] - pixels[at, Y0] * along)
    path[4], path[5] = pixels[at, ALONG], along


@compiled_sum
def _refined(
    heights: Float32s,
    levels: Float64s,
    level: int,
    path: Float64s,
    samples: Float64s,
    peak: int,
    eye: float,
    best: float,
) -> float:
    """Greatest tangent of elevation around the best sample, a third of a step apart."""
    start, columns, ends = int(levels[level, START]), int(levels[level, COLUMNS]), samples.shape[0] - 1
    middle = samples[peak, 0]
    step = max(middle - samples[max(peak - 1, 0), 0], samples[min(peak + 1, ends), 0] - middle)
    for part in (-2, -1, 1, 2):
        q = min(max(middle + part / 3.0 * step, samples[0, 0]), samples[ends, 0])
        run = q / (path[4] + q * path[5])
        ground = RADIUS + _height(heights, start, columns, path[0] + run * path[2], path[1] + run * path[3])
        best = max(best, (ground - eye * math.sqrt(1.0 + q * q)) / (ground * q))
    return best


@compiled_sum
def skylines(
    heights: Float32s,
    tops: Float32s,
    levels: Float64s,
    tables: Float64s,
    samples: Float64s,
    segments: Int64s,
    middles: Float64s,
    highest: float,
    pixels: Float64s,
    out: Float32s,
) -> None:
    """Fill the skyline of each pixel.

    Parameters
    ----------
    heights, tops, levels, tables : ndarray
        Lattices one after the other, greatest heights around their nodes; where each of the one and of the other
        begins and lies.
    samples : (sample, 2) ndarray
        Tangent and inverse cosine of the angle at the Moon's centre, from near to far. [1]
    segments, middles : (segment, 4) and (segment, 2) ndarray
        Samples, lattice and table of each; tangent in its middle [1], and how far the line of sight sags in it. [m]
    highest : float
        Greatest height of all. [m]
    pixels : (pixel, 16) ndarray
        See the names of its columns.
    out : (pixel, azimuth) ndarray of float32
        Receives the skyline, NaN where the eye is. [deg]

    Notes
    -----
    A sample at angle ``t`` and radius ``r`` stands at elevation ``e`` with ``tan e = (r - r0 / cos t) / (r tan t)``
    for an eye at radius ``r0``. In a gnomonic plane great circles are straight lines.
    """
    count = out.shape[1]
    path = np.empty(6)
    angles = 2.0 * math.pi / count * np.arange(count)
    norths, easts = np.cos(angles), np.sin(angles)
    for at in range(pixels.shape[0]):
        eye, hint = pixels[at, EYE], -1
        roof = max(RADIUS + highest, eye)
        for azimuth in range(count):
            if math.isnan(eye):
                out[at, azimuth] = math.nan
                continue
            best, found, peak, laid = -1e9, -1, 0, -1
            column0, row0, per_column, per_row, along, bend = 0.0, 0.0, 0.0, 0.0, 1.0, 0.0
            start, columns = 0, 0
            for turn in range(-1 if hint >= 0 else 0, segments.shape[0]):
                k = hint if turn < 0 else turn
                a, b, level = segments[k, FIRST], segments[k, LAST], segments[k, LEVEL]
                near, far = 1.0 - best * samples[a, 0], 1.0 - best * samples[b, 0]
                # Nothing further on can rise above `best`.
                if roof * near <= eye * samples[a, 1]:
                    break
                if level != laid:
                    _path(levels, level, pixels, at, norths[azimuth], easts[azimuth], path)
                    column0, row0, per_column, per_row, along, bend = (
                        path[0],
                        path[1],
                        path[2],
                        path[3],
                        path[4],
                        path[5],
                    )
                    start, columns, laid = int(levels[level, START]), int(levels[level, COLUMNS]), level
                if turn >= 0:
                    if turn == hint:
                        continue
                    top = segments[k, TOP]
                    run = middles[k, 0] / (along + middles[k, 0] * bend)
                    j = int((column0 + run * per_column) * tables[top, PER_CELL] + 0.5)
                    i = int((row0 + run * per_row) * tables[top, PER_CELL] + 0.5)
                    crown = tops[int(tables[top, TOP_START]) + i * int(tables[top, TOP_COLUMNS]) + j]
                    crown = RADIUS + crown + middles[k, 1]
                    if crown * near <= eye * samples[a, 1] and crown * far <= eye * samples[b, 1]:
                        continue
                # The first sample is the last of the segment before.
                for i in range(a + (k > 0), b + 1):
                    q = samples[i, 0]
                    run = q / (along + q * bend)
                    ground = RADIUS + _height(
                        heights, start, columns, column0 + run * per_column, row0 + run * per_row
                    )
                    if ground * (1.0 - best * q) > eye * samples[i, 1]:
                        best, found, peak = (ground - eye * samples[i, 1]) / (ground * q), k, i
            level = segments[found, LEVEL]
            _path(levels, level, pixels, at, norths[azimuth], easts[azimuth], path)
            best = _refined(heights, levels, level, path, samples, peak, eye, best)
            hint = found
            out[at, azimuth] = math.degrees(math.atan(best))
