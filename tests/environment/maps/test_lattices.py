"""Lattices around a tile: what lies on them, and how a ray is cut."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.environment.maps.area import Tile
from ilrs_science.environment.maps.lattices import FINENESS, lattices_of, own_lattice
from ilrs_science.environment.maps.pixels import pixels_of
from ilrs_science.environment.terrain.raster import MOON_RADIUS_M
from ilrs_science.environment.terrain.stack import shipped_terrain
from tests.environment.maps.ground import polar, stack


def test_samples_go_from_one_pixel_to_the_range_without_a_gap() -> None:
    terrain = shipped_terrain()
    found = lattices_of(terrain, Tile.of(terrain.dems[0], 0, 380, 380, 4, 4), 300e3)
    angle = np.arctan(found.samples[:, 0]) * MOON_RADIUS_M
    assert angle[0] == pytest.approx(1600.0)
    assert angle[-1] == pytest.approx(300e3)
    steps = np.diff(angle)
    assert steps.min() > -1e-3
    assert steps.max() < 1.5 * 3200.0 + 1.0
    assert np.allclose(found.samples[:, 1], 1.0 / np.cos(angle / MOON_RADIUS_M))


def test_a_segment_begins_where_the_one_before_ended() -> None:
    terrain = shipped_terrain()
    found = lattices_of(terrain, Tile.of(terrain.dems[0], 0, 380, 380, 4, 4), 300e3)
    first, last = found.segments[:, 0], found.segments[:, 1]
    assert np.allclose(found.samples[first[1:], 0], found.samples[last[:-1], 0])
    assert (last > first).all()


def test_far_away_a_cell_is_a_fifth_of_a_degree() -> None:
    dem = polar(lambda x, y: 0 * x, pixels=21, cell=50.0)
    terrain = stack(dem)
    found = lattices_of(terrain, Tile.of(dem, 0, 5, 5, 4, 4), 300e3)
    for first, last, level, _ in found.segments[8:]:
        if found.levels[level, 3] == 0.0:
            cell = MOON_RADIUS_M / found.levels[level, 4]
            far = np.arctan(found.samples[last, 0]) * MOON_RADIUS_M
            assert far <= FINENESS * cell * 1.001
            assert first < last


def test_every_sample_of_every_pixel_falls_on_its_lattice() -> None:
    terrain = shipped_terrain()
    tile = Tile.of(terrain.dems[0], 0, 0, 700, 62, 62)
    found, pixels = lattices_of(terrain, tile, 300e3), pixels_of(terrain, tile, 2.0)
    for first, last, level, _ in found.segments:
        _, rows, columns, native, per_unit, column0, row0 = found.levels[level]
        for azimuth in np.radians(np.arange(0.0, 360.0, 15.0)):
            north, east = np.cos(azimuth), np.sin(azimuth)
            for q in found.samples[[first, last], 0]:
                if native:
                    column = column0 + pixels[:, 10] + q * (north * pixels[:, 12] + east * pixels[:, 13])
                    row = row0 + pixels[:, 11] + q * (north * pixels[:, 14] + east * pixels[:, 15])
                else:
                    along = north * pixels[:, 6] + east * pixels[:, 9]
                    run = q / (pixels[:, 3] + q * along)
                    x = pixels[:, 1] + run * (
                        north * pixels[:, 4] + east * pixels[:, 7] - pixels[:, 1] * along
                    )
                    y = pixels[:, 2] + run * (
                        north * pixels[:, 5] + east * pixels[:, 8] - pixels[:, 2] * along
                    )
                    column, row = column0 + x * per_unit, row0 + y * per_unit
                assert 0.0 <= column.min() <= column.max() < columns - 1
                assert 0.0 <= row.min() <= row.max() < rows - 1


def test_the_own_lattice_is_the_grid_itself_and_beyond_it_the_others_answer() -> None:
    dem = polar(lambda x, y: x + 1000.0)
    terrain = stack(dem)
    tile = Tile.of(dem, 0, 0, 0, 5, 5)
    heights, *_ = own_lattice(terrain, dem, tile, 3)
    assert heights.shape == (11, 11)
    assert np.array_equal(heights[3:, 3:], dem.heights[:8, :8])
    assert np.allclose(heights[:3], 0.0)  # level ground round the Moon


def test_tables_hold_the_greatest_height_around_a_node() -> None:
    random = np.random.default_rng(4)
    rough = random.normal(0.0, 100.0, (41, 41)).astype(np.float32)
    dem = polar(lambda x, y: rough)
    found = lattices_of(stack(dem), Tile.of(dem, 0, 20, 20, 1, 1), 300e3)
    start, rows, columns, per_cell = found.tables[0]
    assert per_cell == 1.0
    top = found.tops[int(start) : int(start + rows * columns)].reshape(int(rows), int(columns))
    own = found.heights[: top.size].reshape(top.shape)
    assert (top >= own).all()
    assert set(np.unique(top)) <= set(np.unique(own))


def test_pixels_know_their_eye_and_their_neighbours() -> None:
    dem = polar(lambda x, y: 0.1 * x)
    tile = Tile.of(dem, 0, 10, 25, 2, 2)
    pixels = pixels_of(stack(dem), tile, 3.0)
    assert np.allclose(pixels[:, 0], MOON_RADIUS_M + dem.heights[10:12, 25:27].ravel() + 3.0)
    # One pixel along any heading is one pixel on the grid: polar stereographic keeps angles.
    one = 1000.0 / MOON_RADIUS_M
    assert np.allclose(np.hypot(pixels[:, 12], pixels[:, 14]) * one, 1.0, atol=1e-3)
    assert np.allclose(np.hypot(pixels[:, 13], pixels[:, 15]) * one, 1.0, atol=1e-3)
    across = pixels[:, 12] * pixels[:, 13] + pixels[:, 14] * pixels[:, 15]
    assert np.allclose(across * one**2, 0.0, atol=1e-3)
