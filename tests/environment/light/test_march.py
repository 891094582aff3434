"""Laws of the ray march: symmetry, bounds and nesting, whatever the ground."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilrs_science.environment.light.horizon import horizon
from ilrs_science.environment.light.march import march
from ilrs_science.environment.terrain.bilinear import GEOGRAPHIC, PackedGrids
from ilrs_science.environment.terrain.raster import MOON_RADIUS_M, Projection
from ilrs_science.environment.terrain.stack import Dem, TerrainStack, shipped_terrain
from ilrs_science.sky.place import SurfacePlace

RAYS = 36


def rough(seed: int, *, smooth: int = 3) -> Dem:
    """A rough Moon of 1 deg pixels, +-3 km."""
    heights = np.random.default_rng(seed).uniform(-3000.0, 3000.0, (180, 360))
    for _ in range(smooth):
        heights = (heights + np.roll(heights, 1, 1) + np.roll(heights, -1, 1)) / 3.0
    return Dem("rough", heights.astype("float32"), Projection(GEOGRAPHIC), -179.5, 89.5, 1.0, -1.0)


def skyline(
    grids: PackedGrids,
    latitude: float,
    longitude: float,
    eye: float,
    *,
    own: int = 0,
    reach: float = 300_000.0,
) -> np.ndarray:
    found = np.empty(RAYS)
    where = (math.radians(latitude), math.radians(longitude), MOON_RADIUS_M + eye)
    march(grids.heights, grids.table, grids.highest, own, *where, 3000.0, reach, 0, RAYS, found)
    return found


@settings(max_examples=15)
@given(seed=st.integers(0, 99), latitude=st.floats(-80.0, 80.0), eye=st.floats(0.0, 9000.0))
def test_stopping_early_changes_nothing(seed: int, latitude: float, eye: float) -> None:
    # With a bound far above any ground no ray ever stops early.
    grids = TerrainStack([rough(seed)]).packed
    blunt = grids._replace(highest=1e6)
    np.testing.assert_array_equal(skyline(grids, latitude, 10.0, eye), skyline(blunt, latitude, 10.0, eye))


@settings(max_examples=15)
@given(seed=st.integers(0, 99), turn=st.integers(-180, 180), latitude=st.floats(-80.0, 80.0))
def test_turning_moon_and_observer_together_changes_nothing(seed: int, turn: int, latitude: float) -> None:
    still = rough(seed)
    heights = np.roll(still.heights, turn, axis=1)
    turned = Dem("turned", heights, still.projection, still.x0, still.y0, still.dx, still.dy)
    one = skyline(TerrainStack([still]).packed, latitude, 12.3, 4000.0)
    two = skyline(TerrainStack([turned]).packed, latitude, 12.3 + turn, 4000.0)
    np.testing.assert_allclose(one, two, atol=1e-6)


@settings(max_examples=15)
@given(seed=st.integers(0, 99), latitude=st.floats(-80.0, 80.0))
def test_a_mirrored_moon_has_a_mirrored_skyline(seed: int, latitude: float) -> None:
    east = rough(seed)
    west = Dem("west", east.heights[:, ::-1].copy(), east.projection, east.x0, east.y0, east.dx, east.dy)
    one = skyline(TerrainStack([east]).packed, latitude, 20.0, 4000.0)
    two = skyline(TerrainStack([west]).packed, latitude, -20.0, 4000.0)
    np.testing.assert_allclose(one, np.roll(two[::-1], 1), atol=1e-6)


@pytest.mark.parametrize("pole", [90.0, -90.0])
def test_at_a_pole_the_meridian_only_turns_the_compass(pole: float) -> None:
    grids = TerrainStack([rough(5)]).packed
    one, two = (skyline(grids, pole, longitude, 3500.0) for longitude in (0.0, 30.0))
    # At the south pole azimuth grows with longitude, at the north pole against it.
    shift = 3 if pole > 0 else -3
    np.testing.assert_allclose(two, np.roll(one, shift), atol=1e-6)


@settings(max_examples=15)
@given(seed=st.integers(0, 99), lift=st.floats(0.0, 2000.0))
def test_raising_all_ground_and_the_eye_alike_hardly_changes_the_skyline(seed: int, lift: float) -> None:
    # On a sphere larger by 0.1 % angles change by as much.
    dem = rough(seed)
    raised = Dem("raised", dem.heights + np.float32(lift), dem.projection, dem.x0, dem.y0, dem.dx, dem.dy)
    one = skyline(TerrainStack([dem]).packed, 10.0, 10.0, 3500.0)
    two = skyline(TerrainStack([raised]).packed, 10.0, 10.0, 3500.0 + lift)
    np.testing.assert_allclose(one, two, atol=0.02)


@settings(max_examples=15)
@given(seed=st.integers(0, 99), reach=st.floats(2e5, 4e5))
def test_looking_further_never_lowers_the_skyline(seed: int, reach: float) -> None:
    grids = TerrainStack([rough(seed)]).packed
    near, far = (skyline(grids, -30.0, 10.0, 3500.0, reach=limit) for limit in (reach, 1.5 * reach))
    assert np.all(far >= near)


def test_each_ray_is_a_job_of_its_own() -> None:
    grids, parts = TerrainStack([rough(1)]).packed, np.empty(RAYS)
    where = (0.1, 0.2, MOON_RADIUS_M + 3500.0)
    for ray in range(RAYS):
        march(grids.heights, grids.table, grids.highest, 0, *where, 3000.0, 3e5, ray, ray + 1, parts)
    whole = skyline(grids, math.degrees(0.1), math.degrees(0.2), 3500.0)
    np.testing.assert_allclose(parts, whole, atol=1e-9)


def test_a_grid_laid_over_itself_changes_nothing() -> None:
    dem = rough(7)
    one, two = TerrainStack([dem]).packed, TerrainStack([dem, dem]).packed
    np.testing.assert_array_equal(skyline(one, 5.0, 5.0, 3500.0), skyline(two, 5.0, 5.0, 3500.0))


def test_a_fine_tile_agrees_with_brute_force(shared_dir: Path) -> None:
    path = shared_dir / "terrain" / "connecting_ridge_site01_10m.tif"
    if not path.is_file():
        pytest.skip(f"the 10 m tile {path.name} is not here")
    terrain = TerrainStack([Dem.open(path), *shipped_terrain().dems])
    place = SurfacePlace(-89.4516, 222.7581)
    found = horizon(place, terrain, mast="10 m")
    eye = MOON_RADIUS_M + float(found.attrs["observer_height_m"])
    for azimuth in np.arange(0.0, 360.0, 22.5):
        # Every 1 m through the tile, every 20 m beyond.
        angle = np.concatenate([np.arange(10.0, 15e3, 1.0), np.arange(15e3, 3e5, 20.0)]) / MOON_RADIUS_M
        ahead = np.cos(np.radians(azimuth)) * place.axes[0] + np.sin(np.radians(azimuth)) * place.axes[1]
        x, y, z = np.outer(place.axes[2], np.cos(angle)) + np.outer(ahead, np.sin(angle))
        ground = MOON_RADIUS_M + terrain.height(np.degrees(np.arcsin(z)), np.degrees(np.arctan2(y, x)))
        rise = np.arctan2(ground * np.cos(angle) - eye, ground * np.sin(angle))
        skyline_there = float(found.horizon_elevation.sel(azimuth=azimuth))
        assert skyline_there == pytest.approx(np.degrees(rise.max()), abs=0.02)
