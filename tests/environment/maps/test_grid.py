"""Coordinates of a map in the manner of CF, and the area of its pixels."""

from __future__ import annotations

import numpy as np
import pytest
from rasterio.crs import CRS
from rasterio.warp import transform

from ilrs_science.environment.maps.area import Tile
from ilrs_science.environment.maps.grid import grid_dataset, pixel_area
from ilrs_science.environment.terrain.bilinear import GEOGRAPHIC
from ilrs_science.environment.terrain.raster import MOON_RADIUS_M, Projection
from ilrs_science.environment.terrain.stack import Dem
from tests.environment.maps.ground import polar, whole_moon


def test_x_and_y_are_those_of_the_projection() -> None:
    # PROJ, through rasterio, as an oracle.
    dem = polar(lambda x, y: 0 * x, cell=5000.0)
    found = grid_dataset(dem, Tile.of(dem, 0, 3, 5, 20, 30))
    plane = CRS.from_proj4("+proj=stere +lat_0=-90 +lon_0=0 +k=1 +x_0=0 +y_0=0 +R=1737400 +units=m")
    sphere = CRS.from_proj4("+proj=longlat +R=1737400 +no_defs")
    x, y = np.meshgrid(found.x.values, found.y.values)
    longitude, latitude = transform(plane, sphere, x.ravel(), y.ravel())
    assert np.allclose(found.latitude.values.ravel(), latitude, atol=1e-9)
    turn = (found.longitude.values.ravel() - longitude + 180.0) % 360.0 - 180.0
    away = np.hypot(x, y).ravel() > 1.0
    assert np.abs(turn[away]).max() < 1e-7


def test_attributes_are_those_of_cf() -> None:
    dem = polar(lambda x, y: 0 * x)
    found = grid_dataset(dem, Tile.of(dem, 0, 0, 0, 2, 2))
    assert found.x.attrs["standard_name"] == "projection_x_coordinate"
    assert found.y.attrs["units"] == "m"
    assert found.latitude.attrs["units"] == "degrees_north"
    assert found.crs.attrs["scale_factor_at_projection_origin"] == 1.0
    assert found.crs.attrs["earth_radius"] == MOON_RADIUS_M
    degrees = grid_dataset(whole_moon(), Tile.of(whole_moon(), 0, 50, 50, 2, 2))
    assert degrees.crs.attrs["grid_mapping_name"] == "latitude_longitude"
    assert degrees.x.attrs["units"] == "degrees_east"


def test_the_pixels_of_a_grid_round_the_moon_cover_the_sphere() -> None:
    latitude = 89.5 - np.arange(180)
    total = 360.0 * pixel_area(whole_moon(), latitude).sum()
    assert total == pytest.approx(4.0 * np.pi * 1737.4**2, rel=1e-4)


def test_the_pixels_within_ten_degrees_of_a_pole_cover_their_cap() -> None:
    # A cap of 10 deg: 2 pi R^2 (1 - cos 10 deg) = 288 100 km2.
    dem = polar(lambda x, y: 0 * x, pixels=313, cell=2000.0)
    found = grid_dataset(dem, Tile.of(dem, 0, 0, 0, 313, 313))
    inside = found.latitude.values < -80.0
    area = pixel_area(dem, found.latitude.values)[inside].sum()
    assert area == pytest.approx(2.0 * np.pi * 1737.4**2 * (1.0 - np.cos(np.radians(10.0))), rel=3e-3)


def test_at_the_pole_a_pixel_is_its_cell_squared() -> None:
    assert pixel_area(polar(lambda x, y: 0 * x, cell=240.0), -90.0) == pytest.approx(0.0576)
    small = Dem("d", np.zeros((2, 2), np.float32), Projection(GEOGRAPHIC), 0.0, 0.0, 0.1, -0.1)
    assert pixel_area(small, 0.0) == pytest.approx((0.1 * np.pi / 180.0 * 1737.4) ** 2)
