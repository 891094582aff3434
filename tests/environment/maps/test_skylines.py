"""Skylines of many pixels: against the march of one place, against closed forms, and what symmetry demands."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ilrs_science.environment.light.horizon import horizon, sphere_dip
from ilrs_science.environment.maps.area import Tile
from ilrs_science.environment.maps.horizons import View, tile_skylines
from ilrs_science.environment.maps.projection import latitude_longitude
from ilrs_science.environment.terrain.raster import MOON_RADIUS_M
from ilrs_science.environment.terrain.stack import Dem, TerrainStack, shipped_terrain
from ilrs_science.sky.place import SurfacePlace
from tests.environment.maps.ground import distance, polar, stack, whole_moon

VIEW = View(360, 2.0, 300e3)


def lines(terrain: TerrainStack, tile: Tile, view: View = VIEW) -> np.ndarray:
    return tile_skylines(terrain, tile, view).reshape(tile.rows, tile.columns, view.azimuths)


def errors(terrain: TerrainStack, tile: Tile, count: int) -> np.ndarray:
    """Differences from the march at random pixels of a tile. [deg]"""
    found, random, dem = lines(terrain, tile), np.random.default_rng(7), terrain.dems[tile.level]
    out = []
    for _ in range(count):
        i, j = int(random.integers(tile.rows)), int(random.integers(tile.columns))
        latitude, longitude = latitude_longitude(dem, tile.column + j, tile.row + i)
        place = SurfacePlace(float(latitude), float(longitude))
        out.append(found[i, j] - horizon(place, terrain, azimuth_step=1.0).horizon_elevation.values)
    return np.array(out)


@pytest.mark.parametrize(
    ("row", "column"),
    [pytest.param(370, 340, id="pole"), pytest.param(200, 500, id="80S"), pytest.param(30, 30, id="corner")],
)
def test_the_map_is_the_march_within_six_hundredths_of_a_degree(row: int, column: int) -> None:
    # Measured rms: 0.02 to 0.03; samples between which a peak may hide make it low.
    terrain = shipped_terrain()
    wrong = errors(terrain, Tile.of(terrain.dems[0], 0, row, column, 24, 24), 8)
    assert np.sqrt((wrong**2).mean()) < 0.06
    assert -0.04 < wrong.mean() < 0.005


def test_at_the_very_edge_of_a_grid_the_seam_is_bridged_over_one_pixel() -> None:
    # The march falls from one grid to the next as from a cliff; both are made by the seam, neither is the Moon.
    terrain = shipped_terrain()
    wrong = errors(terrain, Tile.of(terrain.dems[0], 0, 0, 0, 4, 4), 6)
    assert np.median(np.abs(wrong)) < 0.06
    assert np.sqrt((wrong**2).mean()) < 2.0


def test_a_fine_tile_within_coarse_grids_is_the_march_too(shared_dir: Path) -> None:
    file = shared_dir / "terrain" / "connecting_ridge_site01_10m.tif"
    if not file.is_file():
        pytest.skip(f"the 10 m tile {file.name} is not here")
    terrain = TerrainStack([Dem.open(file), *shipped_terrain().dems])
    for row, column in ((800, 800), (0, 1580)):
        wrong = errors(terrain, Tile.of(terrain.dems[0], 0, row, column, 16, 16), 6)
        assert np.sqrt((wrong**2).mean()) < 0.06


def test_level_ground_dips_like_a_sphere() -> None:
    terrain = stack(polar(lambda x, y: 0 * x))
    found = lines(terrain, Tile.of(terrain.dems[0], 0, 10, 10, 8, 8), View(90, 100.0, 300e3))
    assert np.allclose(found, sphere_dip(100.0), atol=0.002)


def test_a_peak_stands_at_its_angle_above_the_curved_moon() -> None:
    # One pixel of 3000 m, 15 km away: tan e = (r cos t - r0) / (r sin t), r = R + 3000, r0 = R + 2.
    height = np.zeros((41, 41), np.float32)
    height[20, 35] = 3000.0
    dem = polar(lambda x, y: height)
    terrain = stack(dem)
    found = lines(terrain, Tile.of(dem, 0, 20, 20, 1, 1), View(3600, 2.0, 300e3))[0, 0]
    angle = distance(dem, (20, 20), (20, 35)) / MOON_RADIUS_M
    top, eye = MOON_RADIUS_M + 3000.0, MOON_RADIUS_M + 2.0
    exact = np.degrees(np.arctan2(top * np.cos(angle) - eye, top * np.sin(angle)))
    # Samples are at most half a pixel apart, so the tip may be missed by a quarter of a pixel's rise.
    assert found.max() == pytest.approx(exact, abs=0.02)
    assert np.argmax(found) / 10.0 == pytest.approx(_bearing(dem, (20, 20), (20, 35)), abs=0.2)


def test_a_ring_wall_looks_the_same_from_its_middle_all_round() -> None:
    dem = polar(lambda x, y: 2000.0 * np.exp(-(((np.hypot(x, y) - 12e3) / 2e3) ** 2)))
    found = lines(stack(dem), Tile.of(dem, 0, 20, 20, 1, 1))[0, 0]
    # On 1 km pixels the wall is a staircase whose steps show as 0.5 deg.
    assert np.ptp(found) < 0.6
    assert np.allclose(found, np.roll(found, 90), atol=0.02)
    assert found.mean() == pytest.approx(np.degrees(np.arctan2(2000.0, 12e3)) - 0.2, abs=0.3)


def test_turned_ground_has_turned_skylines() -> None:
    random = np.random.default_rng(2)
    rough = random.normal(0.0, 150.0, (41, 41)).astype(np.float32)
    one, turned = polar(lambda x, y: rough), polar(lambda x, y: np.rot90(rough))
    there = lines(stack(one), Tile.of(one, 0, 14, 14, 13, 13))
    back = lines(stack(turned), Tile.of(turned, 0, 14, 14, 13, 13))
    # Around the pole a pixel keeps its azimuth, from north, when the ground is turned with its longitude. The pole has
    # no longitude of its own and is left out.
    expected = np.rot90(there)
    away = np.ones((13, 13), bool)
    away[6, 6] = False
    assert np.allclose(back[away], expected[away], atol=0.01)


def test_where_the_grid_ends_the_coarser_one_goes_on() -> None:
    # A fine island, level at 0 m, in a plain at -1000 m that the coarse grid knows: at its edge one looks down.
    fine = polar(lambda x, y: 0 * x, pixels=11, cell=1000.0)
    plain = TerrainStack([fine, whole_moon(-1000.0)])
    found = lines(plain, Tile.of(fine, 0, 0, 0, 11, 11), View(90, 0.0, 300e3))
    assert found[0, 0].min() < -1.5
    # The horizon of a sphere 1000 m below is 1.94 deg down.
    assert found[0, 0].min() == pytest.approx(sphere_dip(1000.0, -1000.0), abs=0.02)


def test_a_pixel_without_data_has_no_skyline_and_hides_nothing() -> None:
    dem = polar(lambda x, y: 0 * x)
    heights = dem.heights.copy()
    heights[20, 22] = np.nan
    holed = Dem("holed", heights, dem.projection, dem.x0, dem.y0, dem.dx, dem.dy)
    found = lines(stack(holed), Tile.of(holed, 0, 18, 18, 6, 6))
    assert np.isnan(found[2, 4]).all()
    assert np.isfinite(found).sum() == 35 * 360
    assert np.nanmax(found) < 0.0


def test_a_tile_is_the_same_alone_and_within_a_larger_one() -> None:
    terrain = shipped_terrain()
    whole = lines(terrain, Tile.of(terrain.dems[0], 0, 380, 380, 20, 20))
    part = lines(terrain, Tile.of(terrain.dems[0], 0, 385, 385, 5, 5))
    # The far planes touch the sphere elsewhere: their nodes, and with them peaks, shift by part of a pixel.
    assert np.abs(whole[5:10, 5:10] - part).mean() < 0.01


def test_nothing_that_is_left_out_matters(monkeypatch: pytest.MonkeyPatch) -> None:
    # With tables of greatest heights that promise the highest peak everywhere, every sample is taken.
    from ilrs_science.environment.maps import lattices

    terrain = shipped_terrain()
    tile = Tile.of(terrain.dems[0], 0, 330, 400, 6, 6)
    quick = lines(terrain, tile)
    monkeypatch.setattr(lattices, "maximum_filter1d", lambda heights, size, axis: np.full_like(heights, 2e4))
    assert np.array_equal(lines(terrain, tile), quick)


def _bearing(dem: Dem, one: tuple[int, int], other: tuple[int, int]) -> float:
    """Azimuth of one pixel from another. [deg]"""
    latitude, longitude = latitude_longitude(dem, [one[1], other[1]], [one[0], other[0]])
    phi, turn = np.radians(latitude), np.radians(longitude[1] - longitude[0])
    east = np.sin(turn) * np.cos(phi[1])
    north = np.cos(phi[0]) * np.sin(phi[1]) - np.sin(phi[0]) * np.cos(phi[1]) * np.cos(turn)
    return float(np.degrees(np.arctan2(east, north)) % 360.0)
