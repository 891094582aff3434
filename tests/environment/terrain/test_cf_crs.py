"""Grid mappings of CF become the parameters of PROJ."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr

from ilrs_science.environment.terrain.bilinear import GEOGRAPHIC, NORTH, SOUTH
from ilrs_science.environment.terrain.cf_crs import crs_of
from ilrs_science.environment.terrain.raster import projection_of
from ilrs_science.errors import RequestError

FILE = Path("some.nc")


def crs(mapping: dict[str, Any], named: str = "map") -> dict[str, object] | None:
    heights = (("y", "x"), np.zeros((2, 2)), {"grid_mapping": named})
    dataset = xr.Dataset({"z": heights, "map": ((), 0, mapping)})
    return crs_of(FILE, dataset, dataset["z"])


def polar(**changes: Any) -> dict[str, Any]:
    return {
        "grid_mapping_name": "polar_stereographic",
        "latitude_of_projection_origin": -90.0,
        "straight_vertical_longitude_from_pole": 15.0,
        "earth_radius": 1_737_400.0,
    } | changes


def test_a_polar_map_by_its_attributes() -> None:
    found = projection_of(FILE, crs(polar(false_easting=1000.0)))
    assert (found.kind, found.meridian, found.east) == (SOUTH, 15.0, 1000.0)
    north = polar(latitude_of_projection_origin=90.0, scale_factor_at_projection_origin=0.97)
    found = projection_of(FILE, crs(north))
    assert (found.kind, found.scale) == (NORTH, pytest.approx(0.97 * 2 * 1_737_400.0))
    found = projection_of(FILE, crs(polar(standard_parallel=-71.0)))
    assert found.scale == pytest.approx(1_737_400.0 * (1 + np.sin(np.radians(71.0))))


def test_longitude_and_latitude_on_a_sphere() -> None:
    mapping = {
        "grid_mapping_name": "latitude_longitude",
        "semi_major_axis": 1_737_400.0,
        "semi_minor_axis": 1_737_400.0,
    }
    assert projection_of(FILE, crs(mapping | {"longitude_of_prime_meridian": 0.0})).kind == GEOGRAPHIC


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"earth_radius": 6_371_000.0}, "6371000"),
        ({"earth_radius": 1_737_400.0, "semi_minor_axis": 1_736_000.0}, "sphere"),
        ({"grid_mapping_name": "orthographic"}, "projection 'orthographic'"),
        ({"latitude_of_projection_origin": 45.0}, "projection 'stere'"),
    ],
)
def test_other_bodies_and_maps_are_refused(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(RequestError, match=says):
        projection_of(FILE, crs(polar(**changes)))


def test_an_ellipsoid_by_its_flattening_is_no_sphere() -> None:
    mapping = polar(semi_major_axis=1_737_400.0, inverse_flattening=300.0)
    del mapping["earth_radius"]
    found = crs(mapping)
    assert found is not None
    assert found["b"] == pytest.approx(1_737_400.0 * (1 - 1 / 300))


def test_a_mapping_that_is_not_there_is_none() -> None:
    assert crs(polar(), named="other") is None
    assert crs({}) is None


def test_the_extended_form_of_a_mapping_is_understood() -> None:
    assert crs(polar(), named="map: x y") == crs(polar())
