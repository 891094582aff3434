"""Permanent shadow: pixels that the Sun never reaches, from grids fine enough to say so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from ilrs_science.environment.ground import Terrain
from ilrs_science.environment.maps.area import area_of
from ilrs_science.environment.maps.grid import pixel_area
from ilrs_science.environment.maps.horizons import AZIMUTH_STEP_DEG, grids_of
from ilrs_science.environment.maps.lightmap import illumination_map
from ilrs_science.environment.maps.workers import Progress
from ilrs_science.errors import RequestError
from ilrs_science.nomenclature import describe

__all__ = ["COARSEST_M", "permanently_shadowed"]

COARSEST_M = 240.0
"""Coarsest grid that a statement on permanent shadow is made from: that of Mazarico et al. 2011,
doi:10.1016/j.icarus.2010.10.030. [m]"""

SPAN = ("2007-01-01", "2026-01-01")
"""19 years, longer than the 18.6 years in which the Moon's nodes go round once."""

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
        A folder ``NAME.zarr`` for the mean light that the answer comes from, continued if it is a part of it.
    scheduler : "threads", "processes", address or Client
        As for `horizon_map`.
    progress : callable, optional
        Called as ``progress(done, total)`` with the number of tiles.

    Returns
    -------
    Dataset
        ``permanent_shadow(y, x)``, 1 or 0, NaN where the grid has no data [1]; attributes: ``area_km2`` and the method.

    Raises
    ------
    RequestError
        If the grid of the area has pixels larger than 240 m.

    References
    ----------
    Mazarico et al. 2011, doi:10.1016/j.icarus.2010.10.030: 16 055 km2 within 10 deg of the south pole and 12 866 km2 of
    the north pole, from grids of 240 m.
    """
    grids = grids_of(terrain)
    where = area_of(grids, area)
    dem = grids.dems[where.level]
    if dem.cell > COARSEST_M:
        raise RequestError(_refusal(dem.name, dem.cell))
    light = illumination_map(
        grids,
        area,
        *SPAN,
        quantities=("sun",),
        azimuth_step=azimuth_step,
        mast=0.0,
        output=output,
        scheduler=scheduler,
        progress=progress,
    )
    mean = light["sun_mean_fraction"].values
    shadow = np.where(np.isnan(mean), np.nan, mean <= 0.0)
    out = light.drop_vars("sun_mean_fraction").assign(
        permanent_shadow=(("y", "x"), shadow.astype(np.float32))
    )
    out = describe(out)
    out["permanent_shadow"].attrs["grid_mapping"] = "crs"
    out.attrs = dict(light.attrs) | {
        "title": "Permanent shadow",
        "definition": DEFINITION,
        "area_km2": float(np.nansum(shadow * pixel_area(dem, light["latitude"].values))),
    }
    return out


def _refusal(name: str, cell: float) -> str:
    return (
        f"no statement on permanent shadow from {name}: its pixels are {cell:.0f} m, and it takes {COARSEST_M:g} m or "
        "less. At 1600 m small craters are smoothed away, and the area in permanent shadow comes out 24 to 46 % "
        "below the published 16055 km2 in the south and 12866 km2 in the north (Mazarico et al. 2011, "
        "doi:10.1016/j.icarus.2010.10.030). Give a finer grid as terrain"
    )
