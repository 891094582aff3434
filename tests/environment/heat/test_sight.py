"""Lines of sight: where they end on ground whose shape is known, and what the skyline says of them."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilrs_science.environment.heat.sight import sight
from ilrs_science.environment.light.horizon import horizon
from ilrs_science.environment.terrain.bilinear import GEOGRAPHIC
from ilrs_science.environment.terrain.raster import MOON_RADIUS_M, Projection
from ilrs_science.environment.terrain.stack import Dem, TerrainStack, shipped_terrain
from ilrs_science.sky.place import SurfacePlace

CELL = 100.0
EAST = np.array([0.5 * np.pi])


def ends(
    terrain: TerrainStack,
    place: SurfacePlace,
    elevation: npt.ArrayLike,
    azimuth: npt.NDArray[np.float64] = EAST,
    start: float = CELL,
) -> npt.NDArray[np.float64]:
    """(ray, line) Distance at which lines end. [m]"""
    grids = terrain.packed
    tangent = np.tan(
        np.radians(np.broadcast_to(np.asarray(elevation, float), (azimuth.size, np.size(elevation))))
    )
    distance = np.empty(tangent.shape)
    sight(
        grids.heights,
        grids.table,
        int(terrain.source(place.latitude, place.longitude)),
        math.radians(place.latitude),
        math.radians(place.longitude),
        MOON_RADIUS_M + float(terrain.height(place.latitude, place.longitude)),
        start,
        100_000.0,
        azimuth,
        np.ascontiguousarray(tangent),
        0,
        azimuth.size,
        distance,
    )
    return distance


def ramp(wall: float, height: float) -> TerrainStack:
    """Level ground, and in the east, so far away, a slope of 45 deg of so many metres. [m]"""
    step = float(np.degrees(CELL / MOON_RADIUS_M))
    along = CELL * np.arange(-100, 301)
    heights = np.broadcast_to(np.clip(along - wall, 0.0, height), (201, along.size)).astype("float32")
    grid = Dem("ramp", heights, Projection(GEOGRAPHIC), -100 * step, 100 * step, step, -step)
    return TerrainStack([grid])


HERE = SurfacePlace(0.0, 0.0)


def test_a_line_ends_where_it_meets_a_slope() -> None:
    # On the ramp the height is x - 10 km, on the line x tan(e): they meet at x = 10 km / (1 - tan e).
    elevation = np.array([1.0, 3.0, 6.0, 9.0])
    expected = 10_000.0 / (1.0 - np.tan(np.radians(elevation)))
    # The sphere falls away by x**2 / 2 R, 30 m in 10 km, and so lines end a little further up.
    further = expected**2 / (2.0 * MOON_RADIUS_M) / (1.0 - np.tan(np.radians(elevation)))
    found = ends(ramp(10_000.0, 2000.0), HERE, elevation)[0]
    np.testing.assert_allclose(found, expected + further, atol=CELL)


def test_a_line_above_the_skyline_never_ends() -> None:
    terrain = ramp(10_000.0, 2000.0)
    skyline = float(horizon(HERE, terrain, mast=0.0).horizon_elevation.sel(azimuth=90.0))
    assert skyline == pytest.approx(np.degrees(np.arctan(2.0 / 12.0)), abs=0.3)
    below, above = ends(terrain, HERE, [skyline - 0.3, skyline + 0.3])[0]
    assert np.isfinite(below)
    assert np.isnan(above)


def test_away_from_the_slope_nothing_is_met() -> None:
    assert np.isnan(ends(ramp(10_000.0, 2000.0), HERE, [1.0, 5.0], 3.0 * EAST)).all()


def test_higher_lines_end_further_away() -> None:
    found = ends(ramp(5000.0, 3000.0), HERE, np.linspace(0.5, 15.0, 30))[0]
    assert np.all(np.diff(found) >= 0.0)


@settings(max_examples=10, deadline=None)
@given(
    latitude=st.floats(-90.0, -80.0),
    longitude=st.floats(0.0, 359.0),
    azimuth=st.integers(0, 179),
    part=st.floats(0.1, 0.9),
)
def test_ground_at_the_end_of_a_line_stands_as_high_as_the_line(
    latitude: float, longitude: float, azimuth: int, part: float
) -> None:
    terrain, place = shipped_terrain(), SurfacePlace(latitude, longitude)
    skyline = horizon(place, terrain, mast=0.0, azimuth_step=2.0).horizon_elevation.values[azimuth]
    elevation = part * skyline
    turn = np.radians(2.0 * azimuth)
    away = float(ends(terrain, place, [elevation], np.array([turn]), start=1600.0)[0, 0])
    if not elevation > 0.1:
        return
    assert np.isfinite(away)
    t, phi = away / MOON_RADIUS_M, np.radians(latitude)
    sine = np.sin(phi) * np.cos(t) + np.cos(phi) * np.sin(t) * np.cos(turn)
    ahead = np.arctan2(np.sin(turn) * np.sin(t) * np.cos(phi), np.cos(t) - np.sin(phi) * sine)
    ground = MOON_RADIUS_M + float(terrain.height(np.degrees(np.arcsin(sine)), longitude + np.degrees(ahead)))
    eye = MOON_RADIUS_M + float(terrain.height(latitude, longitude))
    seen = np.degrees(np.arctan2(ground * np.cos(t) - eye, ground * np.sin(t)))
    # At the first step the ground may stand higher already; further on a step of half a pixel is some degrees.
    assert seen > elevation - 0.01
    assert away <= 1600.0 or seen - elevation < 10.0


def test_every_ray_is_its_own() -> None:
    terrain = ramp(10_000.0, 2000.0)
    azimuth = np.radians(np.array([60.0, 90.0, 120.0]))
    together = ends(terrain, HERE, [2.0, 4.0], azimuth)
    alone = np.concatenate([ends(terrain, HERE, [2.0, 4.0], azimuth[k : k + 1]) for k in range(3)])
    np.testing.assert_array_equal(together, alone)
    # 30 deg off the way to the ramp is longer by 1 / cos.
    np.testing.assert_allclose(together[0], together[2], atol=2.0 * CELL)
    assert together[0, 0] == pytest.approx(together[1, 0] / np.cos(np.radians(30.0)), rel=0.03)
