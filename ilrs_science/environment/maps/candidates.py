"""Candidate places: the best pixels of a map, each with the numbers of its own series."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from ilrs_science.environment.ground import Terrain
from ilrs_science.environment.light.horizon import metres
from ilrs_science.environment.maps.horizons import grids_of
from ilrs_science.environment.maps.projection import vectors
from ilrs_science.environment.maps.workers import Progress
from ilrs_science.environment.statistics import illumination_statistics
from ilrs_science.environment.terrain.raster import MOON_RADIUS_M
from ilrs_science.errors import RequestError
from ilrs_science.sky.place import SurfacePlace

__all__ = ["candidates"]


def candidates(
    light: xr.Dataset,
    terrain: Terrain,
    *,
    count: int = 10,
    apart: str | float = "2 km",
    steepest: float = 10.0,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Rank the best lit pixels of a map, well apart and not too steep, by their own series.

    Parameters
    ----------
    light : Dataset
        From `illumination_map`, with ``sun_mean_fraction`` and ``slope``.
    terrain : "auto", file, files or TerrainStack
        Those of the map.
    count : int
        How many to give at the most. [1]
    apart : str or float
        Least distance between two of them, with unit or in metres. [m]
    steepest : float
        Greatest slope, over two pixels of the map. [deg]
    progress : callable, optional
        Called as ``progress(done, total)`` with the number of places.

    Returns
    -------
    DataFrame
        A row for each place, best first by ``mean_fraction``: ``latitude``, ``longitude`` (0 to 360 east) [deg],
        ``mean_fraction``, ``lit_fraction`` [1], ``longest_dark_days``, ``longest_lit_days`` [d], the spread of the mean
        over the neighbouring pixels (``mean_low``, ``mean_high``) [1], ``slope`` [deg] and ``map_mean_fraction``, what
        the map said [1]. ``attrs`` tell grids, mast, span, step and the ``units`` of the columns.

    Raises
    ------
    RequestError
        If the map lacks something, or is of other grids.

    Notes
    -----
    Pixels are chosen from the map, best first, each at least `apart` from those before; every number that is reported
    comes from `illumination_statistics` at the pixel's centre over the span and with the mast of the map.
    """
    grids = grids_of(terrain, str(light.attrs.get("area", "all")))
    missing = [name for name in ("sun_mean_fraction", "slope") if name not in light]
    if missing:
        raise RequestError(f"the map has no {' and no '.join(missing)}; ask for quantities 'sun' and 'slope'")
    if light.attrs.get("dem") != ", ".join(grids.names):
        raise RequestError(f"the map is of other grids ({light.attrs.get('dem')}); give those")
    if count < 1:
        raise RequestError(f"{count} candidates; ask for at least one")
    picked = _picked(light, count, metres(apart), steepest)
    tell = progress or (lambda done, total: None)
    rows = []
    for done, (i, j) in enumerate(picked):
        tell(done, len(picked))
        rows.append(_row(light.isel(y=i, x=j), grids))
    tell(len(picked), len(picked))
    table = pd.DataFrame(rows, columns=list(COLUMNS)).sort_values("mean_fraction", ascending=False)
    table = table.reset_index(drop=True).rename_axis("rank")
    table.index += 1
    told = ("dem", "ground_dem", "mast_m", "start", "end", "step_s")
    table.attrs = {"units": dict(UNITS), **{name: light.attrs[name] for name in told}}
    return table


UNITS = {
    "latitude": "deg",
    "longitude": "deg",
    "mean_fraction": "1",
    "mean_low": "1",
    "mean_high": "1",
    "lit_fraction": "1",
    "longest_dark_days": "d",
    "longest_lit_days": "d",
    "slope": "deg",
    "map_mean_fraction": "1",
}
"""Of the columns."""

COLUMNS = tuple(UNITS)
"""Of the table."""


def _picked(light: xr.Dataset, count: int, apart: float, steepest: float) -> list[tuple[int, int]]:
    """Rows and columns of the best pixels, each far enough from those before."""
    mean = light["sun_mean_fraction"].values
    mean = np.where(light["slope"].values <= steepest, mean, np.nan)
    toward = vectors(light["latitude"].values, light["longitude"].values)
    free: npt.NDArray[np.bool_] = np.isfinite(mean)
    closest = np.cos(min(apart / MOON_RADIUS_M, np.pi))
    found: list[tuple[int, int]] = []
    while len(found) < count and free.any():
        i, j = np.unravel_index(int(np.argmax(np.where(free, mean, -1.0))), mean.shape)
        found.append((int(i), int(j)))
        free &= toward @ toward[i, j] <= closest
        free[i, j] = False
    return found


def _row(pixel: xr.Dataset, terrain: Any) -> dict[str, float]:
    latitude, longitude = float(pixel["latitude"]), float(pixel["longitude"]) % 360.0
    told = pixel.attrs
    found = illumination_statistics(
        SurfacePlace(latitude, longitude),
        told["start"],
        told["end"],
        mast=float(told["mast_m"]),
        terrain=terrain,
        step=f"{float(told['step_s']):g} s",
    )
    low, high = found.spread["one_pixel"]["mean_fraction"]
    return {
        "latitude": latitude,
        "longitude": longitude,
        "mean_fraction": found.mean_fraction,
        "mean_low": low,
        "mean_high": high,
        "lit_fraction": found.lit_fraction,
        "longest_dark_days": found.longest_dark_days,
        "longest_lit_days": found.longest_lit_days,
        "slope": float(pixel["slope"]),
        "map_mean_fraction": float(pixel["sun_mean_fraction"]),
    }
