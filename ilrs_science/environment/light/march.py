"""Rays marched over the curved Moon, compiled."""

from __future__ import annotations

import math

from ilrs_science.environment.terrain.bilinear import CELL, Float32s, Float64s, height_towards
from ilrs_science.sky.compiled import compiled

NEAR = (1 / 32, 0.004)
"""Near the observer a step is this part of the pixel or of the distance, whichever is longer [1]. Against steps ten
times shorter the skyline is 0.002 to 0.007 deg off (rms, six places); half a pixel throughout is 0.01 to 0.04."""

FAR = (0.5, 5e-4)
"""A step is never longer than this part of the pixel or of the distance, whichever is longer. [1]"""

OWN_GRID_CELLS = 5.0
"""Within this many pixels of the grid under the observer no finer grid is asked [1] (assumed). A coarse grid
blurs a ridge by 100 m and more: a fine tile that begins beside the observer would stand there as a cliff."""


@compiled
def march(
    heights: Float32s,
    table: Float64s,
    highest: float,
    own: int,
    latitude: float,
    longitude: float,
    eye: float,
    start: float,
    reach: float,
    first: int,
    last: int,
    skyline: Float64s,
) -> None:
    """March the rays first <= i < last of `skyline` and write the greatest elevation of each.

    Parameters
    ----------
    heights, table, highest
        See `PackedGrids`.
    own : int
        Index of the grid under the observer.
    latitude, longitude : float
        Of the observer. [rad]
    eye : float
        Radius of the eye. [m]
    start, reach : float
        First and last distance along the 1737.4 km sphere. [m]
    first, last : int
        Which rays.
    skyline : ndarray
        Receives the elevations; its length is the number of rays round the compass. [deg]
    """
    radius = 1_737_400.0
    sin_phi, cos_phi = math.sin(latitude), math.cos(latitude)
    sin_lam, cos_lam = math.sin(longitude), math.cos(longitude)
    top = max(radius + highest, eye)
    for ray in range(first, last):
        azimuth = 2.0 * math.pi * ray / skyline.size
        north, east = math.cos(azimuth), math.sin(azimuth)
        ahead_x = -north * sin_phi * cos_lam - east * sin_lam
        ahead_y = -north * sin_phi * sin_lam + east * cos_lam
        ahead_z = north * cos_phi
        best = -1e9
        distance = start
        while distance <= reach:
            sin_t, cos_t = math.sin(distance / radius), math.cos(distance / radius)
            # Nothing further on can rise above `best`: this bound falls with distance.
            if top * cos_t - eye <= best * top * sin_t:
                break
            height, level = height_towards(
                heights,
                table,
                own if distance < OWN_GRID_CELLS * table[own, CELL] else 0,
                cos_t * cos_phi * cos_lam + sin_t * ahead_x,
                cos_t * cos_phi * sin_lam + sin_t * ahead_y,
                cos_t * sin_phi + sin_t * ahead_z,
            )
            if level < 0:
                cell = 2000.0
            else:
                cell = table[level, CELL]
                ground = radius + height
                best = max(best, (ground * cos_t - eye) / (ground * sin_t))
            longest = max(FAR[0] * cell, FAR[1] * distance)
            distance += min(longest, max(NEAR[0] * cell, NEAR[1] * distance))
        skyline[ray] = math.degrees(math.atan(best))
