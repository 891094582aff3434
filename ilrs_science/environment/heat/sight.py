"""Lines of sight to the terrain below the skyline, compiled."""

from __future__ import annotations

import math

from ilrs_science.environment.terrain.bilinear import CELL, Float32s, Float64s, height_towards
from ilrs_science.sky.compiled import compiled

STEPS = (0.125, 0.004, 0.5, 0.002)
"""A step is the first part of the pixel or the second of the distance, whichever is longer, but at the most the third
part of the pixel or the fourth of the distance [1]. What is looked for is ground some percent of its distance wide, so
steps may be coarser than those of the skyline."""

OWN_GRID_CELLS = 5.0
"""As for the skyline: within this many pixels of the grid under the observer no finer grid is asked. [1]"""


@compiled
def sight(
    heights: Float32s,
    table: Float64s,
    own: int,
    latitude: float,
    longitude: float,
    eye: float,
    start: float,
    reach: float,
    azimuth: Float64s,
    tangent: Float64s,
    first: int,
    last: int,
    distance: Float64s,
) -> None:
    """Find where rays meet the ground.

    Parameters
    ----------
    heights, table
        See `PackedGrids`.
    own : int
        Index of the grid under the observer.
    latitude, longitude : float
        Of the observer. [rad]
    eye : float
        Radius of the eye. [m]
    start, reach : float
        First and last distance along the 1737.4 km sphere. [m]
    azimuth : (ray,) ndarray
        From north through east. [rad]
    tangent : (ray, line) ndarray
        Of the elevations in that azimuth, rising. [1]
    first, last : int
        Which rays.
    distance : (ray, line) ndarray
        Receives the distance along the sphere at which the ground first stands as high; NaN where it never does. [m]
    """
    radius = 1_737_400.0
    sin_phi, cos_phi = math.sin(latitude), math.cos(latitude)
    sin_lam, cos_lam = math.sin(longitude), math.cos(longitude)
    lines = tangent.shape[1]
    for ray in range(first, last):
        north, east = math.cos(azimuth[ray]), math.sin(azimuth[ray])
        ahead_x = -north * sin_phi * cos_lam - east * sin_lam
        ahead_y = -north * sin_phi * sin_lam + east * cos_lam
        ahead_z = north * cos_phi
        for line in range(lines):
            distance[ray, line] = math.nan
        line, away = 0, start
        while away <= reach and line < lines:
            sin_t, cos_t = math.sin(away / radius), math.cos(away / radius)
            height, level = height_towards(
                heights,
                table,
                own if away < OWN_GRID_CELLS * table[own, CELL] else 0,
                cos_t * cos_phi * cos_lam + sin_t * ahead_x,
                cos_t * cos_phi * sin_lam + sin_t * ahead_y,
                cos_t * sin_phi + sin_t * ahead_z,
            )
            cell = 2000.0
            if level >= 0:
                cell = table[level, CELL]
                ground = radius + height
                rise = (ground * cos_t - eye) / (ground * sin_t)
                while line < lines and rise >= tangent[ray, line]:
                    distance[ray, line] = away
                    line += 1
            longest = max(STEPS[2] * cell, STEPS[3] * away)
            away += min(longest, max(STEPS[0] * cell, STEPS[1] * away))
