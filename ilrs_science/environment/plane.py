"""Plane of the ground at a place: its slope and where it falls."""

from __future__ import annotations

import numpy as np

from ilrs_science.environment.terrain import MOON_RADIUS_M, TerrainStack
from ilrs_science.errors import RequestError
from ilrs_science.sky.frames import horizontal_axes

__all__ = ["plane_of"]


def plane_of(
    terrain: TerrainStack, latitude: float, longitude: float, *, baseline: float = 0.0
) -> tuple[float, float]:
    """Give the plane of the ground at a place.

    Parameters
    ----------
    terrain : TerrainStack
        Grids, finest first.
    latitude, longitude : float
        Selenographic, MOON_ME, east positive. [deg]
    baseline : float
        Half the distance over which the slope is measured; at the least a pixel of the grid at the place. [m]

    Returns
    -------
    slope : float
        0 to 90. [deg]
    aspect : float
        Azimuth to which the ground falls, from north through east, 0 to 360; 0 where it is level. [deg]

    Raises
    ------
    RequestError
        If no grid knows the place.

    Notes
    -----
    Central differences to north and east between four points of the terrain; a point that no grid knows is taken as
    high as the place itself.
    """
    level = int(terrain.source(latitude, longitude))
    if level < 0:
        names = ", ".join(terrain.names)
        raise RequestError(f"no grid knows the ground at {latitude:g}, {longitude:g} (grids: {names})")
    angle = max(baseline, terrain.dems[level].cell) / MOON_RADIUS_M
    north, east, up = horizontal_axes(latitude, longitude)
    around = np.cos(angle) * up + np.sin(angle) * np.array([north, -north, east, -east])
    phi = np.degrees(np.arcsin(np.clip(around[:, 2], -1.0, 1.0)))
    height = terrain.height(phi, np.degrees(np.arctan2(around[:, 1], around[:, 0])))
    own = float(terrain.height(latitude, longitude))
    ahead, behind, right, left = np.where(np.isnan(height), own, height)
    run = 2.0 * np.sin(angle) * (MOON_RADIUS_M + own)
    to_north, to_east = (ahead - behind) / run, (right - left) / run
    slope = float(np.degrees(np.arctan(np.hypot(to_north, to_east))))
    aspect = float(np.degrees(np.arctan2(-to_east, -to_north)) % 360.0) if slope > 0.0 else 0.0
    return slope, aspect
