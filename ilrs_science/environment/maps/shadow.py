"""Permanent shadow: pixels that the Sun never reaches, from grids fine enough to say so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dask
import numpy as np
import numpy.typing as npt
import xarray as xr

from ilrs_science.environment.ground import Terrain
from ilrs_science.environment.light.horizon import RANGE_M
from ilrs_science.environment.maps.area import Tile, area_of
from ilrs_science.environment.maps.grid import pixel_area
from ilrs_science.environment.maps.horizons import AZIMUTH_STEP_DEG, View, grids_of
from ilrs_science.environment.maps.lightmap import tile_light
from ilrs_science.environment.maps.plan import MapPlan
from ilrs_science.environment.maps.store import finish
from ilrs_science.environment.maps.tracks import Track, track_of
from ilrs_science.environment.maps.workers import Progress
from ilrs_science.environment.terrain.stack import TerrainStack
from ilrs_science.epochs import grid
from ilrs_science.errors import RequestError

__all__ = ["COARSEST_M", "permanently_shadowed"]

COARSEST_M = 240.0
"""Coarsest grid that a statement on permanent shadow is made from: that of Mazarico et al. 2011,
doi:10.1016/j.icarus.2010.10.030. [m]"""

SPAN = ("2007-01-01", "2026-01-01")
"""19 years, longer than the 18.6 years in which the Moon's nodes go round once."""

STEP = "1 h"
"""Between epochs: the Sun goes 0.5 deg in azimuth, about its diameter."""

DEFINITION = (
    "no part of the solar disc above the skyline of the pixel at the height of its ground in any of the strips of "
    "azimuth, 0.25 deg wide, that the Sun crosses in the 19 years 2007 to 2025, one precession of the nodes and more, "
    "by the hour; eclipses and light scattered by terrain not counted"
)
"""How permanence is told."""


def permanently_shadowed(
    terrain: Terrain,
    area: str,
    *,
    azimuth_step: float = AZIMUTH_STEP_DEG,
    output: str | Path | None = None,
    scheduler: Any = "threads",
    progress: Progress | None = None,
) -> xr.Dataset:
    """Tell which pixels of an area the Sun never reaches, if the grid is fine enough to tell.

    Parameters
    ----------
    terrain : "auto", file, files or TerrainStack
        Files are nested over the shipped grids, finest first.
    area : str
        As for `horizon_map`.
    azimuth_step : float
        Spacing of the rays; must divide 360. [deg]
    output : str or Path, optional
        A folder ``NAME.zarr``, continued if it holds a part of the same map, or a file ``NAME.nc``; else in memory.
    scheduler : "threads", "processes", address or Client
        As for `horizon_map`.
    progress : callable, optional
        Called as ``progress(done, total)`` with the number of tiles.

    Returns
    -------
    Dataset
        ``permanent_shadow(y, x)``, 1 or 0, NaN where the grid has no data [1]; attribute
        ``area_km2``: the area of the shadow on the 1737.4 km sphere.

    Raises
    ------
    RequestError
        If the grid of the area has pixels larger than 240 m.

    References
    ----------
    Mazarico et al. 2011, doi:10.1016/j.icarus.2010.10.030: 16 055 km2 within 10 deg of the south pole and 12 866 km2 of
    the north pole, from grids of 240 m.
    """
    grids = grids_of(terrain, area)
    where = area_of(grids, area)
    dem = grids.dems[where.level]
    if dem.cell > COARSEST_M:
        raise RequestError(_refusal(dem.name, dem.cell))
    view = View.of(azimuth_step, 0.0, RANGE_M)
    track = dask.delayed(track_of, pure=False)("sun", where.latitude, where.longitude, grid(*SPAN, STEP))
    attrs = {"title": "Permanent shadow", "definition": DEFINITION, **view.attrs}
    plan = MapPlan(grids, where, _block, (view, track), {"permanent_shadow": ((), "float32")}, attrs)
    found = finish(plan, output, scheduler, progress)
    area_km2 = float(np.nansum(found["permanent_shadow"].values * pixel_area(dem, found["latitude"].values)))
    return found.assign_attrs(area_km2=area_km2)


def _block(terrain: TerrainStack, tile: Tile, view: View, track: Track) -> dict[str, npt.NDArray[np.float32]]:
    mean = tile_light(terrain, tile, view, ("sun_mean_fraction",), 0.0, [track])["sun_mean_fraction"]
    shadow = np.where(np.isnan(mean), np.nan, mean <= 0.0)
    return {"permanent_shadow": shadow.astype(np.float32)}


def _refusal(name: str, cell: float) -> str:
    return (
        f"no statement on permanent shadow from {name}: its pixels are {cell:.0f} m, and it takes {COARSEST_M:g} m or "
        "less. At 1600 m small craters are smoothed away, and the area in permanent shadow comes out 24 to 46 % "
        "below the published 16055 km2 in the south and 12866 km2 in the north (Mazarico et al. 2011, "
        "doi:10.1016/j.icarus.2010.10.030). Give a finer grid as terrain"
    )
