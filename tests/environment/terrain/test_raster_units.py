"""Units of maps: kilometres, degrees in disguise, and the limits of the sphere."""

from __future__ import annotations

import math

import pytest
from rasterio.crs import CRS

from ilrs_science.environment.terrain.bilinear import GEOGRAPHIC, NORTH, SOUTH
from ilrs_science.environment.terrain.raster import MOON_RADIUS_M, Projection, projection_of
from ilrs_science.errors import RequestError
from tests.environment.terrain.test_raster import FILE, projected

DEGREE = math.radians(MOON_RADIUS_M)  # [m]


@pytest.mark.parametrize(("unit", "metres"), [("m", 1.0), ("km", 1000.0)])
def test_equirectangular_maps_are_degrees_whatever_their_unit(unit: str, metres: float) -> None:
    found = projected(f"+proj=eqc +R=1737400 +lon_0=30 +x_0=5000 +y_0=-2000 +units={unit}")
    assert found.kind == GEOGRAPHIC
    assert found.metres == pytest.approx(metres / DEGREE)
    # A pixel at x = 5000 m lies on the central meridian: x * metres - east = 30 deg.
    assert 5000.0 / metres * found.metres - found.east == pytest.approx(30.0)
    assert -2000.0 / metres * found.metres - found.north == pytest.approx(0.0, abs=1e-12)


def test_longitude_and_latitude_are_taken_as_they_are() -> None:
    assert projected("+proj=longlat +R=1737400") == Projection(GEOGRAPHIC)


@pytest.mark.parametrize(("pole", "kind"), [(90, NORTH), (-90, SOUTH)])
def test_the_pole_tells_north_from_south(pole: int, kind: int) -> None:
    found = projected(f"+proj=stere +lat_0={pole} +R=1737400")
    assert (found.kind, found.metres, found.meridian, found.east, found.north) == (kind, 1.0, 0.0, 0.0, 0.0)
    assert found.scale == 2 * MOON_RADIUS_M


@pytest.mark.parametrize(
    ("radius", "sound"),
    [(1_737_400.9, True), (1_737_399.1, True), (1_737_401.1, False), (1_738_100.0, False)],
)
def test_the_sphere_may_be_off_by_a_metre(radius: float, sound: bool) -> None:
    if sound:
        assert projected(f"+proj=longlat +R={radius}").kind == GEOGRAPHIC
    else:
        with pytest.raises(RequestError, match="not on the Moon's sphere of 1737400 m"):
            projected(f"+proj=longlat +R={radius}")


@pytest.mark.parametrize(
    "text", ["+proj=stere +lat_0=-90 +R=1737400 +units=us-ft", "+proj=eqc +R=1737400 +lat_0=10"]
)
def test_feet_and_shifted_equators_are_refused(text: str) -> None:
    with pytest.raises(RequestError, match="use longitude and latitude"):
        projected(text)


def test_without_a_reference_system_the_file_is_named() -> None:
    with pytest.raises(RequestError, match=r"some_dem\.tif has no coordinate reference system"):
        projection_of(FILE, None)


def test_the_codes_have_the_same_sphere() -> None:
    assert CRS.from_user_input("IAU_2015:30100").to_dict()["R"] == MOON_RADIUS_M
