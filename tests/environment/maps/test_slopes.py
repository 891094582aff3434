"""Slope of planes and of the real ground."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.environment.maps.slopes import slope_map
from ilrs_science.environment.terrain.bilinear import GEOGRAPHIC
from ilrs_science.environment.terrain.raster import MOON_RADIUS_M, Projection
from ilrs_science.environment.terrain.stack import Dem
from tests.environment.maps.ground import polar, stack


@pytest.mark.parametrize(("east", "north"), [(0.1, 0.0), (0.0, -0.2), (0.15, 0.2), (0.0, 0.0)])
def test_a_plane_has_its_slope_everywhere(east: float, north: float) -> None:
    terrain = stack(polar(lambda x, y: east * x + north * y))
    found = slope_map(terrain, "-90,0,11 km").slope.values
    assert np.allclose(found, np.degrees(np.arctan(np.hypot(east, north))), atol=0.01)


def test_away_from_the_pole_the_projection_stretches_the_ground() -> None:
    # 500 km from the pole a metre of ground is 1 + tan^2(c / 2) = 1.0214 m on the map.
    dem = polar(lambda x, y: 0.1 * x, pixels=1101)
    found = float(slope_map(stack(dem), "-73.5,90,3 km").slope[1, 1])
    stretch = 1.0 + np.tan(np.radians(16.5 / 2.0)) ** 2
    assert found == pytest.approx(np.degrees(np.arctan(0.1 * stretch)), abs=0.01)


def test_degrees_of_longitude_are_shorter_than_those_of_latitude() -> None:
    _, longitude = np.meshgrid(60.0 - 0.1 * np.arange(40), 0.1 * np.arange(40), indexing="ij")
    dem = Dem("d", (100.0 * longitude).astype(np.float32), Projection(GEOGRAPHIC), 0.0, 60.0, 0.1, -0.1)
    found = slope_map(stack(dem), "58,2,10 km")
    metre = np.radians(1.0) * MOON_RADIUS_M * np.cos(np.radians(found.latitude.values))
    assert np.allclose(found.slope.values, np.degrees(np.arctan(100.0 / metre)), rtol=1e-3)


def test_at_the_edge_the_ground_beyond_counts() -> None:
    dem = polar(lambda x, y: 0 * x + 100.0)
    found = slope_map(stack(dem), "polar").slope.values
    assert found[20, 20] == 0.0
    # Level ground at 0 m goes on beyond: 100 m down over two pixels.
    assert found[20, 0] == pytest.approx(np.degrees(np.arctan(100.0 / 2000.0)), abs=0.01)


def test_the_slope_of_the_map_says_what_it_is() -> None:
    found = slope_map("auto", "-89.45,222.69,16 km")
    assert found.slope.attrs["long_name"] == "Slope of the ground"
    assert found.attrs["cell_m"] == 1600.0
    assert 1.0 < float(found.slope.mean()) < 20.0
