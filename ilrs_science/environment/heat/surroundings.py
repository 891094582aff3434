"""Surroundings: the pieces of terrain that a piece of ground sees, and how much of each other they see."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import xarray as xr

from ilrs_science.environment.heat.sight import sight
from ilrs_science.environment.heat.sunlight import Facet
from ilrs_science.environment.light.horizon import RANGE_M, horizon
from ilrs_science.environment.terrain.slope import slope_at
from ilrs_science.environment.terrain.stack import MOON_RADIUS_M, TerrainStack
from ilrs_science.sky.frames import horizontal_axes
from ilrs_science.sky.place import SurfacePlace

__all__ = ["Patch", "look_around", "views"]

SECTORS = 15
"""Azimuths in which lines of sight go. [1]"""

BANDS = (0.25, 0.22, 0.19, 0.15, 0.11, 0.08)
"""Parts of what is seen of the terrain in a sector that a line each stands for, from below [1]. Finest at the skyline,
since what a shadowed floor sees of lit walls is their uppermost part. In a bowl the flux from there is 5 % off at the
most (tests/environment/heat/test_exchange.py)."""

FAINT = 0.1
"""A sector that sees less than this part of the average has one line. [1]"""

SKYLINE_STEP_DEG = 2.0
"""Spacing of the skyline of pieces of terrain. [deg]"""

BASELINE = 0.04
"""The plane of a piece of terrain is measured over this part of its distance, at the least over two pixels [1]. A line
of sight stands for ground several times as wide, but a wider plane would lean over the crest of a bowl."""

GAP_CELLS = 0.25
"""Lines that end nearer to each other than this many pixels end on the same patch. [1]"""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Patch:
    """A piece of ground with its plane and its skyline."""

    place: SurfacePlace
    """Where it lies."""
    facet: Facet
    """Its plane."""
    skyline: xr.Dataset
    """``horizon_elevation(azimuth)`` of the terrain. [deg]"""

    @property
    def position(self) -> Floats:
        """(3,) Of the eye that traced the skyline, in MOON_ME: on the terrain, whatever height the place has. [m]"""
        radius = MOON_RADIUS_M + float(self.skyline.attrs["observer_height_m"])
        return np.asarray(radius * self.axes[2])

    @property
    def axes(self) -> Floats:
        """(3, 3) North, east, up along MOON_ME."""
        return np.asarray(horizontal_axes(self.place.latitude, self.place.longitude))

    @property
    def terrain_view(self) -> float:
        """Part of the radiation of the patch that meets terrain. [1]"""
        return 1.0 - self.facet.sky_view(self.skyline)


def look_around(patch: Patch, terrain: TerrainStack | None) -> list[Patch]:
    """Give the ground itself and the pieces of terrain that it sees.

    Parameters
    ----------
    patch : Patch
        The ground.
    terrain : TerrainStack or None
        None for the bare sphere: a slope sees level ground there, if anything.

    Returns
    -------
    list of Patch
        The ground first.
    """
    if patch.terrain_view < 1e-6:
        return [patch]
    if terrain is None:
        return [patch, Patch(patch.place, Facet(), patch.skyline)]
    place, weight, away = _seen(patch, terrain)
    kept = _apart(place, weight, GAP_CELLS * _cell(terrain, place))
    return [patch, *(_patch(place[k], away[k], terrain) for k in kept)]


def views(patches: list[Patch], terrain: TerrainStack | None) -> Floats:
    """Give how much of each other pieces of ground see.

    Parameters
    ----------
    patches : list of Patch
        As `look_around` gives them.
    terrain : TerrainStack or None
        The ground.

    Returns
    -------
    (to, from) ndarray
        Part of the radiation of one patch that meets another, which is also the part of what comes to it from there.
        Each row sums up to the view of terrain. [1]

    Notes
    -----
    A line of sight that ends between the patches counts for the nearest.
    """
    view = np.zeros((len(patches), len(patches)))
    if len(patches) == 1:
        return view
    if terrain is None:
        view[0, 1] = patches[0].terrain_view
        return view
    nodes = np.array([patch.position for patch in patches])
    for row, patch in enumerate(patches):
        if patch.terrain_view < 1e-6:
            continue
        place, weight, _ = _seen(patch, terrain)
        apart = np.linalg.norm(place[:, None] - nodes, axis=2)
        apart[:, row] = np.inf  # a plane does not see itself
        np.add.at(view[row], apart.argmin(axis=1), weight)
    return view


def _seen(patch: Patch, terrain: TerrainStack) -> tuple[Floats, Floats, Floats]:
    """(line, 3) Where lines of sight end [m], (line,) their weight [1] and length [m]."""
    azimuth, elevation, weight = _lines(patch)
    eye = float(np.linalg.norm(patch.position))
    own = int(terrain.source(patch.place.latitude, patch.place.longitude))
    grids, start = terrain.packed, terrain.dems[own].cell
    distance = np.empty(elevation.shape)
    sight(
        grids.heights,
        grids.table,
        own,
        math.radians(patch.place.latitude),
        math.radians(patch.place.longitude),
        eye,
        start,
        RANGE_M,
        np.radians(azimuth),
        np.tan(np.radians(elevation)),
        0,
        len(azimuth),
        distance,
    )
    # A ray that just misses the crest that made the skyline ends where the one below it does.
    for column in range(elevation.shape[1]):
        below = distance[:, column - 1] if column else start
        distance[:, column] = np.where(np.isnan(distance[:, column]), below, distance[:, column])
    counted = weight > 0.0
    angle = (distance / MOON_RADIUS_M)[..., None]
    north, east, up = patch.axes
    turn = np.radians(azimuth)[:, None, None]
    towards = np.cos(angle) * up + np.sin(angle) * (np.cos(turn) * north + np.sin(turn) * east)
    places = _on_ground(towards[counted], terrain)
    return places, weight[counted], distance[counted]


def _lines(patch: Patch) -> tuple[Floats, Floats, Floats]:
    """(sector,) Azimuth, (sector, line) rising elevations [deg], and weights [1] whose sum is the terrain in view."""
    azimuth, floor = patch.skyline["azimuth"].values, patch.facet.plane(patch.skyline["azimuth"].values)
    edge = patch.facet.skyline(patch.skyline)["horizon_elevation"].values
    share = (patch.facet.share(azimuth, floor, edge) / azimuth.size).reshape(SECTORS, -1)
    total = share.sum(axis=1)
    # The azimuth that is most like its sector, so that one peak or gap does not speak for all of it.
    unlike = np.where(share > 0.0, np.abs(share - share.mean(axis=1, keepdims=True)), np.inf)
    chosen = np.arange(SECTORS) * share.shape[1] + unlike.argmin(axis=1)
    elevation, weight = np.full((SECTORS, len(BANDS)), 89.9), np.zeros((SECTORS, len(BANDS)))
    for sector in np.flatnonzero(total > 0.0):
        k, part = chosen[sector], np.array(BANDS if total[sector] > FAINT * total.mean() else BANDS[:1])
        steps = np.linspace(floor[k], edge[k], 65)
        below = patch.facet.share(azimuth[k], floor[k], steps)
        middle = (np.cumsum(part) - 0.5 * part) / part.sum()
        elevation[sector, : part.size] = np.interp(middle * below[-1], below, steps)
        weight[sector, : part.size] = total[sector] * part / part.sum()
    return azimuth[chosen], elevation, weight


def _on_ground(towards: Floats, terrain: TerrainStack) -> Floats:
    """(place, 3) Where directions from the Moon's centre meet the ground. [m]"""
    latitude = np.degrees(np.arcsin(np.clip(towards[:, 2], -1.0, 1.0)))
    longitude = np.degrees(np.arctan2(towards[:, 1], towards[:, 0]))
    height = np.nan_to_num(terrain.height(latitude, longitude))
    return np.asarray(towards * (MOON_RADIUS_M + height)[:, None])


def _cell(terrain: TerrainStack, place: Floats) -> Floats:
    """(place,) Pixel of the grid under each place. [m]"""
    latitude, longitude = _angles(place)
    cells = np.array([dem.cell for dem in terrain.dems])
    return np.asarray(cells[np.maximum(terrain.source(latitude, longitude), 0)])


def _angles(place: Floats) -> tuple[Floats, Floats]:
    """Latitude and longitude. [deg]"""
    length = np.linalg.norm(place, axis=-1)
    return np.degrees(np.arcsin(place[..., 2] / length)), np.degrees(np.arctan2(place[..., 1], place[..., 0]))


def _apart(place: Floats, weight: Floats, gap: Floats) -> list[int]:
    """Which places to keep, the weightiest first, so that none is nearer to another than the gap."""
    kept: list[int] = []
    for k in np.argsort(-weight, kind="stable"):
        if all(np.linalg.norm(place[k] - place[other]) >= gap[k] for other in kept):
            kept.append(int(k))
    return kept


def _patch(place: Floats, away: float, terrain: TerrainStack) -> Patch:
    latitude, longitude = (float(angle) for angle in _angles(place))
    where = SurfacePlace(latitude, longitude, float(np.linalg.norm(place)) - MOON_RADIUS_M)
    plane = slope_at(terrain, latitude, longitude, baseline=BASELINE * max(float(away), 1.0))
    slope, aspect = (float(np.nan_to_num(angle)) for angle in (plane.slope, plane.aspect))
    skyline = horizon(where, terrain, mast=0.0, azimuth_step=SKYLINE_STEP_DEG)
    return Patch(where, Facet(slope, aspect), skyline)
