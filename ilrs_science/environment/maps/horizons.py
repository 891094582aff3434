"""Horizon map: the skyline of every pixel of an area."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import xarray as xr

from ilrs_science.environment.ground import Terrain
from ilrs_science.environment.light.horizon import RANGE_M, SHORTEST_RANGE_M, metres
from ilrs_science.environment.maps.area import Tile, area_of, square_of
from ilrs_science.environment.maps.lattices import lattices_of
from ilrs_science.environment.maps.pixels import pixels_of
from ilrs_science.environment.maps.plan import MapPlan
from ilrs_science.environment.maps.skylines import skylines
from ilrs_science.environment.maps.store import finish
from ilrs_science.environment.maps.workers import Progress
from ilrs_science.environment.terrain.stack import TerrainStack, terrain_of
from ilrs_science.errors import RequestError

__all__ = ["View", "grids_of", "horizon_map", "horizon_plan", "tile_skylines"]

AZIMUTH_STEP_DEG = 0.5
"""Spacing of the rays of a map. [deg]"""


@dataclass(frozen=True)
class View:
    """How the skylines of a map are seen."""

    azimuths: int
    """Rays round the compass."""
    mast: float
    """Height of the eye above the ground. [m]"""
    reach: float
    """How far rays go. [m]"""

    @classmethod
    def of(cls, azimuth_step: float, mast: str | float, reach: str | float) -> View:
        """Read and check what a user asks for.

        Parameters
        ----------
        azimuth_step : float
            Spacing of the rays; must divide 360. [deg]
        mast, reach : str or float
            Height of the eye and length of the rays, with unit or in metres. [m]

        Returns
        -------
        View
        """
        mast_m, reach_m = metres(mast), metres(reach)
        count = round(360.0 / azimuth_step) if azimuth_step > 0.0 else 0
        if not 4 <= count <= 36_000 or abs(count * azimuth_step - 360.0) > 1e-9:
            raise RequestError(f"azimuth step of {azimuth_step:g} deg does not divide 360 deg")
        if not mast_m >= 0.0:
            raise RequestError(f"mast of {mast_m:g} m is below the ground; give 0 m or more")
        if not SHORTEST_RANGE_M <= reach_m <= 1e6:
            raise RequestError(f"horizon range of {reach_m / 1e3:g} km; give 200 km to 1000 km")
        return cls(count, mast_m, reach_m)

    @property
    def attrs(self) -> dict[str, float]:
        """For the map."""
        return {"mast_m": self.mast, "range_km": self.reach / 1e3, "azimuth_step_deg": 360.0 / self.azimuths}


def horizon_map(
    terrain: Terrain,
    area: str,
    *,
    azimuth_step: float = AZIMUTH_STEP_DEG,
    mast: str | float = "2 m",
    reach: str | float = RANGE_M,
    output: str | Path | None = None,
    scheduler: Any = "threads",
    progress: Progress | None = None,
) -> xr.Dataset:
    """Trace the skyline of every pixel of an area.

    Parameters
    ----------
    terrain : "auto", file, files or TerrainStack
        Files are nested over the shipped grids, finest first.
    area : str
        ``"LAT,LON,SIZE"`` such as ``"-89.45,222.69,10 km"``, ``"SITE,SIZE"``, ``"all"`` (the whole finest grid) or the
        name of a grid; the map's pixels are those of the finest grid that holds all of it.
    azimuth_step : float
        Spacing of the rays; must divide 360. [deg]
    mast : str or float
        Height of the eye above the ground of each pixel, with unit or in metres. [m]
    reach : str or float
        How far the rays go, with unit or in metres; at least 200 km. [m]
    output : str or Path, optional
        A folder ``NAME.zarr``, continued if it holds a part of the same map, or a file ``NAME.nc``; else in memory.
    scheduler : "threads", "processes", address, Client or None
        Who computes: threads, processes of this machine, a dask scheduler such as ``"tcp://10.0.0.1:8786"``; None gives
        the map chunked over dask, not computed yet.
    progress : callable, optional
        Called as ``progress(done, total)`` with the number of tiles.

    Returns
    -------
    Dataset
        ``horizon_elevation(y, x, azimuth)``, NaN where the grid has no data [deg]; coordinates of the grid's
        projection, latitude and longitude.

    Raises
    ------
    RequestError
        If the area is in no grid, or the output cannot be written or holds another map.

    Notes
    -----
    The same skyline as `horizon`, but for sampling: rays start one pixel away, within 16 pixels (5 where grids are
    nested) they run over the pixels of the grid, further on over gnomonic planes that all grids are laid on, whose
    cells are half a pixel near and 0.22 deg of azimuth far away; curvature is always counted. Around the best sample
    steps are a third as long. The rms difference from `horizon` is 0.02 to 0.03 deg (benchmarks/maps.py); it is more
    in the two outermost pixels of a grid, where the seam to the next grid is bridged over a pixel. In memory a tile
    takes 47 MB at 720 azimuths beside the result; in a Zarr folder skylines are whole numbers of 0.003 deg.
    """
    grids = grids_of(terrain, area)
    view = View.of(azimuth_step, mast, reach)
    return finish(horizon_plan(grids, area_of(grids, area), view), output, scheduler, progress)


def horizon_plan(terrain: TerrainStack, area: Tile, view: View) -> MapPlan:
    """Plan a horizon map.

    Parameters
    ----------
    terrain : TerrainStack
        Grids, finest first.
    area : Tile
        Which pixels.
    view : View
        How they are seen.

    Returns
    -------
    MapPlan
    """
    azimuth = np.arange(view.azimuths) * (360.0 / view.azimuths)
    return MapPlan(
        terrain,
        area,
        _block,
        (view,),
        {"horizon_elevation": (("azimuth",), "float32")},
        {"title": "Skyline of each pixel", **view.attrs},
        {"azimuth": ("azimuth", azimuth, {"units": "degree"})},
    )


def tile_skylines(terrain: TerrainStack, tile: Tile, view: View) -> npt.NDArray[np.float32]:
    """Trace the skylines of a tile.

    Parameters
    ----------
    terrain : TerrainStack
        Grids, finest first.
    tile : Tile
        Which pixels.
    view : View
        How they are seen.

    Returns
    -------
    (pixel, azimuth) ndarray of float32
        Row by row. [deg]
    """
    lattices, pixels = lattices_of(terrain, tile, view.reach), pixels_of(terrain, tile, view.mast)
    out = np.empty((len(pixels), view.azimuths), np.float32)
    skylines(
        lattices.heights,
        lattices.tops,
        lattices.levels,
        lattices.tables,
        lattices.samples,
        lattices.segments,
        lattices.middles,
        lattices.highest,
        pixels,
        out,
    )
    return out


def grids_of(terrain: Terrain, area: str) -> TerrainStack:
    """Give the grids of a map; files too large to be read whole are read around a square area.

    Parameters
    ----------
    terrain : "auto", file, name, several of them, or TerrainStack
        What a user asks for.
    area : str
        As `area_of` takes it.

    Returns
    -------
    TerrainStack

    Raises
    ------
    RequestError
        If it is the bare sphere.
    """
    square = square_of(area)
    where = {} if square is None else {"around": square[:2], "radius": square[2] * math.sqrt(0.5)}
    grids = terrain_of(terrain, **where)  # type: ignore[arg-type]
    if grids is None:
        raise RequestError("a map needs terrain; give 'auto' or a file instead of 'none'")
    return grids


def _block(terrain: TerrainStack, tile: Tile, view: View) -> dict[str, npt.NDArray[np.float32]]:
    found = tile_skylines(terrain, tile, view)
    return {"horizon_elevation": found.reshape(tile.rows, tile.columns, view.azimuths)}
