"""What a raster's reference system must say to serve as a grid of heights."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rasterio.crs import CRS
from rasterio.warp import transform

from ilrs_science.environment.terrain.bilinear import GEOGRAPHIC, NORTH, SOUTH
from ilrs_science.environment.terrain.raster import projection_of
from ilrs_science.errors import RequestError

FILE = Path("some_dem.tif")


def projected(text: str) -> Any:
    return projection_of(FILE, CRS.from_user_input(text).to_dict())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        # IAU 2015 codes of the Moon: geographic, polar stereographic north and south, equirectangular.
        ("IAU_2015:30100", GEOGRAPHIC),
        ("IAU_2015:30130", NORTH),
        ("IAU_2015:30135", SOUTH),
        ("IAU_2015:30110", GEOGRAPHIC),
    ],
)
def test_the_codes_of_the_iau_are_known(text: str, kind: int) -> None:
    assert projected(text).kind == kind


def test_scale_meridian_and_false_origin_are_kept() -> None:
    found = projected("+proj=stere +lat_0=90 +k=0.5 +lon_0=30 +x_0=1000 +y_0=-2000 +R=1737400 +units=km")
    assert (found.kind, found.metres, found.meridian) == (NORTH, 1000.0, 30.0)
    assert (found.east, found.north) == (1000.0, -2000.0)
    assert found.scale == pytest.approx(1_737_400.0)


def test_a_parallel_of_true_scale_is_a_scale_at_the_pole() -> None:
    # Snyder 1987 (USGS PP 1395): k0 = (1 + sin(lat_ts)) / 2 on the sphere.
    found = projected("+proj=stere +lat_0=-90 +lat_ts=-71 +R=1737400 +units=m")
    assert found.scale == pytest.approx(2 * 1_737_400.0 * (1 + np.sin(np.radians(71.0))) / 2)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("EPSG:4326", "WGS84"),
        ("IAU_2015:49900", "3396190"),
        ("+proj=longlat +a=1738100 +b=1736000", "not on the Moon's sphere"),
        ("+proj=longlat +R=1737400 +pm=20", "projection 'longlat'"),
        ("+proj=eqc +R=1737400 +lat_ts=85", "projection 'eqc'"),
        ("+proj=eqc +R=1737400 +lat_0=40", "projection 'eqc'"),
        ("+proj=stere +lat_0=45 +R=1737400", "projection 'stere'"),
        ("+proj=sinu +R=1737400", "projection 'sinu'"),
    ],
)
def test_any_other_reference_system_is_refused(text: str, says: str) -> None:
    with pytest.raises(RequestError) as caught:
        projected(text)
    assert says in str(caught.value)
    assert "some_dem.tif" in str(caught.value)


def test_a_parallel_of_true_scale_shortens_degrees_of_longitude() -> None:
    # Snyder 1987 (USGS PP 1395) eq. 12-1: x = R (lon - lon_0) cos(lat_ts), y = R lat.
    found = projected("+proj=eqc +R=1737400 +lat_ts=60 +lon_0=10")
    assert found.stretch == pytest.approx(2.0)
    degree = np.radians(1_737_400.0)
    assert degree * found.metres == pytest.approx(1.0)
    assert 0.5 * degree * found.metres * found.stretch - found.east == pytest.approx(11.0)


@pytest.mark.parametrize(
    "text",
    [
        "+proj=stere +lat_0=-90 +lon_0=30 +R=1737400",
        "+proj=stere +lat_0=90 +lat_ts=80 +R=1737400 +x_0=5000 +y_0=-7000",
        "+proj=stere +lat_0=90 +k=0.97 +lon_0=-100 +R=1737400",
        "+proj=eqc +lat_ts=40 +lon_0=20 +R=1737400",
    ],
)
def test_x_and_y_are_those_of_proj(text: str) -> None:
    latitude, longitude = np.array([[62.0, 75.0, 88.5]]).T, np.array([-60.0, -10.0, 5.0, 70.0])
    if "lat_0=-90" in text:
        latitude = -latitude
    found = projected(text)
    x, y = found.xy(latitude, longitude)
    x, y = ((x + found.east) / found.metres / found.stretch, (y + found.north) / found.metres)
    flat = [np.broadcast_to(one, x.shape).ravel() for one in (longitude, latitude)]
    east, north = transform("+proj=longlat +R=1737400", text, *flat)
    assert np.allclose(x.ravel(), east, atol=1e-4)
    assert np.allclose(y.ravel(), north, atol=1e-4)


def test_a_stereographic_map_ends_before_the_other_pole() -> None:
    x, y = projected("+proj=stere +lat_0=-90 +R=1737400").xy([89.0, -89.0], 10.0)
    assert np.isfinite(x).tolist() == np.isfinite(y).tolist() == [False, True]


def test_projections_are_named_for_people() -> None:
    names = [projected(f"IAU_2015:{code}").label for code in (30100, 30130, 30135)]
    assert names == ["longitude and latitude", "north polar", "south polar"]
