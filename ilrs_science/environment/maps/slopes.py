"""Slope of the ground at every pixel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import xarray as xr

from ilrs_science.environment.ground import Terrain
from ilrs_science.environment.maps.area import Tile, area_of
from ilrs_science.environment.maps.horizons import grids_of
from ilrs_science.environment.maps.lattices import own_lattice
from ilrs_science.environment.maps.plan import MapPlan
from ilrs_science.environment.maps.projection import latitude_longitude
from ilrs_science.environment.maps.store import finish
from ilrs_science.environment.maps.workers import Progress
from ilrs_science.environment.terrain.bilinear import GEOGRAPHIC
from ilrs_science.environment.terrain.raster import MOON_RADIUS_M
from ilrs_science.environment.terrain.stack import TerrainStack

__all__ = ["slope_map", "tile_slopes"]


def slope_map(
    terrain: Terrain,
    area: str,
    *,
    output: str | Path | None = None,
    scheduler: Any = "threads",
    progress: Progress | None = None,
) -> xr.Dataset:
    """Give the slope of the ground at every pixel of an area.

    Parameters
    ----------
    terrain : "auto", file, files or TerrainStack
        Files are nested over the shipped grids, finest first.
    area : str
        As for `horizon_map`.
    output : str or Path, optional
        A folder ``NAME.zarr`` or a file ``NAME.nc``; else in memory.
    scheduler : "threads", "processes", address, Client or None
        As for `horizon_map`.
    progress : callable, optional
        Called as ``progress(done, total)`` with the number of tiles.

    Returns
    -------
    Dataset
        ``slope(y, x)`` over two pixels, from the neighbours on either side [deg]. On a 1600 m grid it is the slope over
        3.2 km: no statement about where a rover may drive.
    """
    grids = grids_of(terrain, area)
    plan = MapPlan(
        grids, area_of(grids, area), _block, (), {"slope": ((), "float32")}, {"title": "Slope of the ground"}
    )
    return finish(plan, output, scheduler, progress)


def tile_slopes(terrain: TerrainStack, tile: Tile) -> npt.NDArray[np.float32]:
    """Give the slopes of a tile.

    Parameters
    ----------
    terrain : TerrainStack
        Grids, finest first.
    tile : Tile
        Which pixels.

    Returns
    -------
    (row, column) ndarray of float32
        NaN where the grid has no data. [deg]
    """
    dem = terrain.dems[tile.level]
    heights = own_lattice(terrain, dem, tile, 1)[0].astype(float)
    rows, columns = np.mgrid[tile.slices]
    phi = np.radians(latitude_longitude(dem, columns, rows)[0])
    if dem.projection.kind == GEOGRAPHIC:
        along_y = np.radians(dem.dy) * MOON_RADIUS_M * np.ones_like(phi)
        along_x = np.radians(dem.dx) * MOON_RADIUS_M * np.cos(phi)
    else:
        scale = dem.projection.scale / MOON_RADIUS_M / (1.0 + dem.projection.kind * np.sin(phi))
        along_x, along_y = dem.dx / scale, dem.dy / scale
    rise_x = (heights[1:-1, 2:] - heights[1:-1, :-2]) / (2.0 * along_x)
    rise_y = (heights[2:, 1:-1] - heights[:-2, 1:-1]) / (2.0 * along_y)
    found: npt.NDArray[np.float32] = np.degrees(np.arctan(np.hypot(rise_x, rise_y))).astype(np.float32)
    found[np.isnan(dem.heights[tile.slices])] = np.nan
    return found


def _block(terrain: TerrainStack, tile: Tile) -> dict[str, npt.NDArray[np.float32]]:
    return {"slope": tile_slopes(terrain, tile)}
