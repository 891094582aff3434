"""Units of maps and of heights: kilometres, degrees in disguise, radii, and the limits of what a height may be."""

from __future__ import annotations

import math
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from rasterio.crs import CRS

from ilrs_science.environment.bilinear import GEOGRAPHIC, NORTH, SOUTH
from ilrs_science.environment.raster import HIGHEST_M, MOON_RADIUS_M, Projection, heights_of, projection_of
from ilrs_science.errors import RequestError
from tests.environment.test_raster import FILE, band, projected

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
        projection_of(FILE, SimpleNamespace(crs=None))


def heights(*values: float, kind: str = "float64", **changes: Any) -> list[float]:
    """Heights that four pixels become."""
    return heights_of(FILE, band(np.array(values, kind).reshape(2, 2), **changes)).ravel().tolist()


@pytest.mark.parametrize("unit", ["km", "KM"])
def test_kilometres_become_metres(unit: str) -> None:
    assert heights(1.0, -2.5, 0.0, 4.0, units=(unit,)) == [1000.0, -2500.0, 0.0, 4000.0]


def test_the_unit_counts_after_scale_and_offset() -> None:
    found = heights(2, 4, 6, 8, kind="int16", units=("km",), scales=(0.5,), offsets=(-1.0,))
    assert found == [0.0, 1000.0, 2000.0, 3000.0]


def test_radii_become_heights_by_their_median() -> None:
    radii = [MOON_RADIUS_M + one for one in (-9000.0, 0.0, 10.0, 10_700.0)]
    assert heights(*radii) == [-9000.0, 0.0, 10.0, 10_700.0]
    assert heights(*(one / 1000 for one in radii), units=("km",)) == pytest.approx(
        [-9000, 0, 10, 10_700], abs=1e-3
    )


def test_radii_with_holes_are_still_radii() -> None:
    found = heights(MOON_RADIUS_M + 5, np.nan, MOON_RADIUS_M + 6, np.nan)
    assert found[0::2] == [5.0, 6.0]
    assert np.isnan(found[1::2]).all()


@pytest.mark.parametrize("sign", [-1, 1])
def test_a_height_beyond_what_the_moon_has_is_refused(sign: int) -> None:
    assert heights(0, 0, 0, sign * HIGHEST_M)[3] == sign * HIGHEST_M
    with pytest.raises(
        RequestError, match=f"has a height of {sign * 32767} m; check its unit and no-data value"
    ):
        heights(0, 0, 0, sign * 32767)


def test_a_grid_without_any_height_is_refused() -> None:
    with pytest.raises(RequestError, match="has no data in any pixel"):
        heights(np.nan, np.inf, -np.inf, np.nan)


def test_two_by_two_pixels_are_enough() -> None:
    assert heights(1, 2, 3, 4, kind="uint8") == [1.0, 2.0, 3.0, 4.0]


def test_the_file_is_named_in_every_refusal(tmp_path: Path) -> None:
    path = tmp_path / "hill.tif"
    for changes in ({"count": 2}, {"height": 1}, {"units": ("s",)}, {"dtypes": ("complex64",)}):
        with pytest.raises(RequestError, match=r"hill\.tif") as caught:
            heights_of(path, band(np.zeros((2, 2)), **changes))
        assert "\n" not in str(caught.value)


def test_the_codes_have_the_same_sphere() -> None:
    assert CRS.from_user_input("IAU_2015:30100").to_dict()["R"] == MOON_RADIUS_M
