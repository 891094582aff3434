"""Illumination map: mean light, view of the Earth, longest darkness and slope of every pixel of an area."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import dask
import numpy as np
import numpy.typing as npt
import xarray as xr

from ilrs_science.environment.ground import Terrain
from ilrs_science.environment.light.horizon import RANGE_M
from ilrs_science.environment.maps.area import Tile, area_of
from ilrs_science.environment.maps.discs import hidden_below, longest_dark, mean_fractions, thresholds
from ilrs_science.environment.maps.horizons import (
    AZIMUTH_STEP_DEG,
    View,
    grids_of,
    horizon_plan,
    tile_skylines,
)
from ilrs_science.environment.maps.plan import MapPlan
from ilrs_science.environment.maps.projection import axes_of, latitude_longitude
from ilrs_science.environment.maps.slopes import tile_slopes
from ilrs_science.environment.maps.store import finish
from ilrs_science.environment.maps.tracks import STRIPS, Track, laid_track, seen_from, track_of
from ilrs_science.environment.maps.workers import Progress
from ilrs_science.environment.terrain.stack import TerrainStack
from ilrs_science.epochs import format_epoch, grid, parse_span
from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.units import parse_quantity

__all__ = ["Quantity", "illumination_map", "tile_light"]

Quantity = Literal["sun", "earth", "darkness", "slope"]

VARIABLES: dict[str, tuple[str, ...]] = {
    "sun": ("sun_mean_fraction",),
    "earth": ("earth_mean_fraction",),
    "darkness": ("sun_longest_dark", "sun_lit_part"),
    "slope": ("slope",),
}
"""What each quantity gives."""

DEFINITION = (
    "mean: of the visible fraction of the uniform disc above the skyline; dark: none of the disc above it; eclipses by "
    "the Earth not counted; skylines of the map, so that single pixels may be off by 3 points"
)
"""What the numbers mean."""


def illumination_map(
    terrain: Terrain,
    area: str,
    start: object,
    end: object,
    *,
    quantities: Sequence[Quantity] = ("sun", "earth", "darkness", "slope"),
    horizons: xr.Dataset | None = None,
    step: str = "1 h",
    azimuth_step: float = AZIMUTH_STEP_DEG,
    mast: str | float = "2 m",
    reach: str | float = RANGE_M,
    output: str | Path | None = None,
    scheduler: Any = "threads",
    progress: Progress | None = None,
) -> xr.Dataset:
    """Tell how much light every pixel of an area gets.

    Parameters
    ----------
    terrain : "auto", file, files or TerrainStack
        Files are nested over the shipped grids, finest first.
    area : str
        As for `horizon_map`.
    start, end : str, datetime or datetime64
        UTC. One year instead of 19 moves means by a point.
    quantities : sequence of {"sun", "earth", "darkness", "slope"}
        Means of Sun and Earth take no longer for more epochs; the longest darkness follows every epoch at every pixel,
        0.5 ms a pixel for 19 years by the hour.
    horizons : Dataset, optional
        From `horizon_map` of the same area and grids; else skylines are traced and thrown away tile by tile.
    step : str
        Between epochs, with a unit.
    azimuth_step : float
        Spacing of the rays; must divide 360. [deg]
    mast : str or float
        Height of the eye above the ground of each pixel, with unit or in metres. [m]
    reach : str or float
        How far the rays go, with unit or in metres; at least 200 km. [m]
    output : str or Path, optional
        A folder ``NAME.zarr``, continued if it holds a part of the same map, or a file ``NAME.nc``; else in memory.
    scheduler : "threads", "processes", address, Client or None
        As for `horizon_map`.
    progress : callable, optional
        Called as ``progress(done, total)`` with the number of tiles.

    Returns
    -------
    Dataset
        ``sun_mean_fraction``, ``earth_mean_fraction`` [1], ``sun_longest_dark`` [d], ``sun_lit_part`` [1] and ``slope``
        [deg] of ``(y, x)``; NaN where the grid has no data.

    Notes
    -----
    For the means the discs of all epochs are laid into strips of 0.25 deg of azimuth as seen from the middle of a tile;
    what a pixel sees of them is one look-up a strip. Against the series of `illumination_statistics` on its own skyline
    single pixels differ by up to 3 points: choose places by a map, but report the series (`candidates` does).
    """
    grids, view = grids_of(terrain, area), View.of(azimuth_step, mast, reach)
    where = area_of(grids, area)
    names = _names(quantities)
    first, last = parse_span(start, end)
    step_s = parse_quantity(step, "s")
    times = grid(first, last, step)
    attrs = {
        "title": "Light of each pixel",
        "area": area,
        "start": format_epoch(first, "s"),
        "end": format_epoch(last, "s"),
        "step_s": step_s,
        "definition": DEFINITION,
        "quantities": ", ".join(quantities),
        **view.attrs,
    }
    bodies = [
        body
        for body in ("sun", "earth")
        if body in quantities or (body == "sun" and "darkness" in quantities)
    ]
    tracks = [
        dask.delayed(track_of, pure=False)(body, where.latitude, where.longitude, times) for body in bodies
    ]
    if horizons is not None:
        attrs["horizons"] = _matching(horizons, horizon_plan(grids, where, view).digest)
    plan = MapPlan(
        grids,
        where,
        tile_light,
        (view, names, step_s, tracks),
        dict.fromkeys(names, ((), "float32")),
        attrs,
        given=None if horizons is None else horizons["horizon_elevation"],
    )
    return finish(plan, output, scheduler, progress)


def _names(quantities: Sequence[Quantity]) -> tuple[str, ...]:
    for quantity in quantities:
        if quantity not in VARIABLES:
            raise UnknownNameError("quantity", quantity, VARIABLES)
    if not quantities:
        raise RequestError(f"name at least one quantity: {', '.join(VARIABLES)}")
    return tuple(name for quantity in dict.fromkeys(quantities) for name in VARIABLES[quantity])


def _matching(horizons: xr.Dataset, digest: str) -> str:
    """The digest of the given skylines, if they are those of this area, these grids and this view."""
    found = str(horizons.attrs.get("inputs_digest", ""))
    if found != digest:
        raise RequestError(
            "the given horizons are of another area, other grids, another mast, range or azimuth step; leave them out "
            "or trace them anew with horizon_map"
        )
    return found


def tile_light(
    terrain: TerrainStack,
    tile: Tile,
    view: View,
    names: tuple[str, ...],
    step_s: float,
    tracks: Sequence[Track],
    given: npt.NDArray[np.float32] | None = None,
) -> dict[str, npt.NDArray[np.float32]]:
    """Tell how much light the pixels of a tile get.

    Parameters
    ----------
    terrain : TerrainStack
        Grids, finest first.
    tile : Tile
        Which pixels.
    view : View
        How their skylines are seen.
    names : tuple of str
        Which variables.
    step_s : float
        Between epochs. [s]
    tracks : sequence of Track
        Of the bodies that these need.
    given : (row, column, azimuth) ndarray, optional
        Skylines, if they are known. [deg]

    Returns
    -------
    dict of str to (row, column) ndarray
        Each variable.
    """
    found: dict[str, npt.NDArray[np.float32]] = {}
    if tracks:
        lines = tile_skylines(terrain, tile, view) if given is None else given.reshape(-1, view.azimuths)
        limits = _limits(terrain, tile, np.ascontiguousarray(lines, np.float32))
        for track in tracks:
            found |= _seen(track, tile, limits, names, step_s)
    shaped = {name: values.reshape(tile.rows, tile.columns) for name, values in found.items()}
    if "slope" in names:
        shaped["slope"] = tile_slopes(terrain, tile)
    return {name: shaped[name] for name in names}


def _limits(terrain: TerrainStack, tile: Tile, lines: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Above which elevation in the middle of the tile each pixel's sky is open, strip by strip."""
    rows, columns = np.mgrid[tile.slices]
    dem = terrain.dems[tile.level]
    axes = axes_of(*latitude_longitude(dem, columns.ravel(), rows.ravel()))
    north, east, up = axes_of(tile.latitude, tile.longitude)
    azimuth = 2.0 * np.pi / STRIPS * (np.arange(STRIPS) + 0.5)
    level = np.cos(azimuth)[:, None] * north + np.sin(azimuth)[:, None] * east
    limits = np.empty((len(lines), STRIPS), np.float32)
    thresholds(lines, axes, level, up, limits)
    return limits


def _seen(
    track: Track, tile: Tile, limits: npt.NDArray[np.float32], names: tuple[str, ...], step_s: float
) -> dict[str, npt.NDArray[np.float32]]:
    """What the pixels see of a body."""
    found: dict[str, npt.NDArray[np.float32]] = {}
    azimuth, elevation, radius = seen_from(track, tile.latitude, tile.longitude)
    name = f"{track.body}_mean_fraction"
    if name in names:
        mean = np.empty(len(limits), np.float32)
        laid = laid_track(azimuth, elevation, radius)
        mean_fractions(limits, laid.low, laid.per_degree, laid.above, mean)
        found[name] = mean
    if track.body == "sun" and "sun_longest_dark" in names:
        dark = np.empty((len(limits), 2), np.float32)
        hidden = limits.copy()
        hidden_below(hidden, float(radius.mean()))
        place = (azimuth * (STRIPS / 360.0) - 0.5) % STRIPS
        place[place >= STRIPS - 1e-3] = 0.0
        longest_dark(hidden, place.astype(np.float32), elevation.astype(np.float32), dark)
        found |= {"sun_longest_dark": dark[:, 0] * np.float32(step_s / 86400.0), "sun_lit_part": dark[:, 1]}
    return found
