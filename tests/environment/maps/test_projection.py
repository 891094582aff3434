"""Pixels of a grid on the Moon, there and back, against the compiled look-up of heights."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.environment.maps.projection import axes_of, columns_rows, latitude_longitude, vectors
from ilrs_science.environment.terrain.bilinear import GEOGRAPHIC, NORTH, SOUTH
from ilrs_science.environment.terrain.raster import Projection
from ilrs_science.environment.terrain.stack import Dem, shipped_terrain

GRIDS = {
    "south": Dem("s", np.zeros((50, 60), np.float32), Projection(SOUTH), -3e4, 2e4, 1e3, -1e3),
    "north": Dem("n", np.zeros((50, 60), np.float32), Projection(NORTH), -3e4, 2e4, 1e3, -1e3),
    "turned": Dem("t", np.zeros((50, 60), np.float32), Projection(SOUTH, meridian=30.0), 4e5, 2e4, 1e3, -1e3),
    "degrees": Dem("d", np.zeros((50, 60), np.float32), Projection(GEOGRAPHIC), 150.0, 40.0, 1.0, -1.0),
}


@given(st.sampled_from(sorted(GRIDS)), st.floats(0.0, 59.0), st.floats(0.0, 49.0))
def test_a_pixel_comes_back_from_its_direction(name: str, column: float, row: float) -> None:
    dem = GRIDS[name]
    back = columns_rows(dem, vectors(*latitude_longitude(dem, column, row)))
    assert np.allclose(back, (column, row), atol=1e-6)


def test_pixels_lie_where_the_look_up_of_heights_finds_them() -> None:
    terrain = shipped_terrain()
    for level, dem in enumerate(terrain.dems):
        rows, columns = np.array([5, 300, 400, 600]), np.array([9, 380, 381, 700])
        latitude, longitude = latitude_longitude(dem, columns, rows)
        assert np.allclose(dem.height(latitude, longitude), dem.heights[rows, columns], atol=0.01), level


def test_beyond_its_edge_a_grid_goes_on() -> None:
    dem = GRIDS["south"]
    latitude, longitude = latitude_longitude(dem, -20.0, 25.0)
    assert np.allclose(columns_rows(dem, vectors(latitude, longitude)), (-20.0, 25.0), atol=1e-9)


@pytest.mark.parametrize("latitude", [-90.0, -89.0, 0.0, 45.0, 90.0])
def test_the_axes_of_a_place_are_north_east_and_up(latitude: float) -> None:
    axes = axes_of(latitude, 33.0)
    assert np.allclose(axes @ axes.T, np.eye(3), atol=1e-12)
    assert np.allclose(axes[2], vectors(latitude, 33.0))
    assert np.linalg.det(axes) == pytest.approx(-1.0)  # north, east, up is left handed
    assert axes[0, 2] >= 0.0


def test_longitudes_are_within_half_a_turn() -> None:
    _, longitude = latitude_longitude(GRIDS["degrees"], np.arange(60), 0)
    assert longitude.min() >= -180.0
    assert longitude.max() < 180.0
