"""The skyline: against closed forms on synthetic ground, and against a brute-force march on the real Moon."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilrs_science.environment.light.horizon import horizon, sphere_dip
from ilrs_science.environment.terrain.bilinear import GEOGRAPHIC
from ilrs_science.environment.terrain.raster import Projection
from ilrs_science.environment.terrain.stack import Dem, TerrainStack, shipped_terrain
from ilrs_science.errors import RequestError
from ilrs_science.sky.place import SurfacePlace

RADIUS = 1_737_400.0


def whole_moon(height: Callable[[np.ndarray, np.ndarray], np.ndarray], per_degree: int = 10) -> TerrainStack:
    """Geographic grid round the Moon whose heights [m] are a function of latitude and longitude [deg]."""
    step = 1.0 / per_degree
    latitude = 90.0 - step * (np.arange(180 * per_degree) + 0.5)
    longitude = -180.0 + step * (np.arange(360 * per_degree) + 0.5)
    heights = np.broadcast_to(height(latitude[:, None], longitude[None, :]), (latitude.size, longitude.size))
    dem = Dem(
        "synthetic", heights.astype("float32"), Projection(GEOGRAPHIC), longitude[0], latitude[0], step, -step
    )
    return TerrainStack([dem])


def brute_force(place: SurfacePlace, eye: float, azimuth: float, start: float, step: float = 10.0) -> float:
    """Skyline by a plain march in numpy: heading and distance by spherical trigonometry, equal steps, no bound."""
    terrain = shipped_terrain()
    angle = np.arange(start, 300_000.0, step) / RADIUS
    phi, theta = np.radians(place.latitude), np.radians(azimuth)
    sine = np.sin(phi) * np.cos(angle) + np.cos(phi) * np.sin(angle) * np.cos(theta)
    turn = np.arctan2(np.sin(theta) * np.sin(angle) * np.cos(phi), np.cos(angle) - np.sin(phi) * sine)
    ground = RADIUS + terrain.height(np.degrees(np.arcsin(sine)), place.longitude + np.degrees(turn))
    return float(
        np.degrees(np.arctan2(ground * np.cos(angle) - (RADIUS + eye), ground * np.sin(angle))).max()
    )


@given(mast=st.floats(0.0, 1000.0), ground=st.floats(-9000.0, 10_000.0))
def test_the_bare_sphere_dips_by_the_arc_cosine(mast: float, ground: float) -> None:
    # Horizon of a sphere: cos(dip) = r / (r + h). acos loses digits near 1, hence the absolute tolerance.
    radius = RADIUS + ground
    assert sphere_dip(mast, ground) == pytest.approx(
        -np.degrees(np.arccos(radius / (radius + mast))), abs=2e-6
    )
    skyline = horizon(SurfacePlace(10.0, 20.0, ground), None, mast=mast)
    assert np.ptp(skyline.horizon_elevation.values) == 0.0


@pytest.mark.parametrize("latitude", [0.0, 45.0, -89.9, 90.0])
def test_level_ground_looks_like_the_bare_sphere(latitude: float) -> None:
    level = whole_moon(lambda lat, lon: np.full(np.broadcast(lat, lon).shape, 500.0), per_degree=2)
    skyline = horizon(SurfacePlace(latitude, 30.0), level, mast="100 m").horizon_elevation.values
    # The eye sees 18.6 km far; samples are 0.05 % of the distance apart at their widest there, 0.5 deg the pixel.
    np.testing.assert_allclose(skyline, sphere_dip(100.0, 500.0), atol=0.02)


@pytest.mark.parametrize("ridge", [1000.0, 6000.0])
def test_a_ridge_far_away_stands_where_the_curved_moon_puts_it(ridge: float) -> None:
    # A plateau from longitude 3.05 deg on, 92 km east of an observer on the equator. Elevation of its edge:
    # atan2(r1 cos t - r0, r1 sin t); on a flat Moon 6 km would stand at 3.71 deg, not 2.18 deg.
    terrain = whole_moon(lambda lat, lon: np.where(np.abs(lon - 3.25) < 0.21, ridge, 0.0) + 0.0 * lat)
    skyline = horizon(SurfacePlace(0.05, 0.0), terrain, mast=2.0).horizon_elevation
    top, angle = RADIUS + ridge, np.radians(3.05)
    expected = np.degrees(np.arctan2(top * np.cos(angle) - RADIUS - 2.0, top * np.sin(angle)))
    # The ray samples every 0.4 % of the distance.
    assert float(skyline.sel(azimuth=90.0)) == pytest.approx(max(expected, sphere_dip(2.0)), abs=0.03)
    assert float(skyline.sel(azimuth=270.0)) == pytest.approx(sphere_dip(2.0), abs=0.06)


def test_what_lies_behind_the_moon_does_not_show() -> None:
    # 300 m at 91 km lie behind the curve: hidden depth d^2 / 2R = 2.4 km.
    terrain = whole_moon(lambda lat, lon: np.where(np.abs(lon - 3.25) < 0.21, 300.0, 0.0) + 0.0 * lat)
    skyline = horizon(SurfacePlace(0.05, 0.0), terrain, mast=2.0).horizon_elevation
    assert float(skyline.sel(azimuth=90.0)) < 0.0


@pytest.mark.parametrize(
    ("latitude", "longitude", "mast"),
    [(-89.45, 222.69, 10.0), (-88.74, 124.5, 0.0), (26.1, 3.6, 2.0), (84.0, -40.0, 5.0)],
)
def test_the_compiled_march_agrees_with_brute_force(latitude: float, longitude: float, mast: float) -> None:
    place, terrain = SurfacePlace(latitude, longitude), shipped_terrain()
    skyline = horizon(place, terrain, mast=mast)
    cell = terrain.dems[int(terrain.source(latitude, longitude))].cell
    azimuths = np.arange(0.0, 360.0, 7.5)
    eye = float(skyline.attrs["observer_height_m"])
    expected = np.array([brute_force(place, eye, azimuth, cell) for azimuth in azimuths])
    found = skyline.horizon_elevation.sel(azimuth=azimuths).values
    # Every 10 m against steps that grow to half a pixel.
    np.testing.assert_allclose(found, expected, atol=0.03)
    assert np.all(found <= expected + 5e-3), "a coarser march finds no higher skyline"


def test_the_observer_stands_on_the_grid_and_not_at_a_surveyed_height() -> None:
    terrain = shipped_terrain()
    surveyed, plain = (horizon(SurfacePlace(-89.45, 222.69, h), terrain, mast="10 m") for h in (1955.0, 0.0))
    assert (
        surveyed.attrs["observer_height_m"]
        == plain.attrs["observer_height_m"]
        == pytest.approx(1860.2, abs=0.1)
    )
    assert surveyed.identical(plain)


def test_the_result_says_what_it_depends_on() -> None:
    skyline = horizon(SurfacePlace(-89.45, 222.69), shipped_terrain(), mast="2 m")
    assert skyline.attrs["ground_dem"] == "lola_south_1600m.tif"
    assert skyline.attrs["dem"].count(",") == 2
    assert (skyline.attrs["mast_m"], skyline.attrs["range_km"]) == (2.0, 300.0)
    assert skyline.sizes == {"azimuth": 1440}
    assert skyline.horizon_elevation.attrs["units"] == "degree"


@settings(max_examples=10, deadline=None)
@given(low=st.floats(0.0, 50.0), more=st.floats(0.0, 200.0))
def test_a_taller_mast_never_sees_less(low: float, more: float) -> None:
    place, terrain = SurfacePlace(-85.0, 40.0), shipped_terrain()
    short, tall = (horizon(place, terrain, mast=mast, azimuth_step=10.0) for mast in (low, low + more))
    assert np.all(tall.horizon_elevation <= short.horizon_elevation + 1e-9)


def test_a_fine_tile_that_begins_beside_the_observer_is_no_cliff() -> None:
    # A tile 100 m above its blurred surroundings, its edge 300 m from the observer.
    coarse = whole_moon(lambda lat, lon: np.zeros(np.broadcast(lat, lon).shape), per_degree=4)
    edge, pixel = np.degrees(300.0 / RADIUS), 0.001
    raised = np.full((400, 400), 100.0, "float32")
    tile = Dem("tile", raised, Projection(GEOGRAPHIC), edge, 0.2, pixel, -pixel)
    place = SurfacePlace(0.0, 0.0)
    found = horizon(place, TerrainStack([tile, *coarse.dems]), mast=2.0).horizon_elevation
    assert float(found.max()) < 0.1


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"mast": "-1 m"}, "below the ground"),
        ({"reach": "100 km"}, "200 km"),
        ({"azimuth_step": 0.7}, "divide 360"),
        ({"azimuth_step": 0.0}, "divide 360"),
        ({"mast": "2"}, "unit"),
    ],
)
def test_impossible_requests_say_what_to_do(wrong: dict[str, object], says: str) -> None:
    with pytest.raises(RequestError, match=re.escape(says)):
        horizon(SurfacePlace(0.0, 0.0), None, **wrong)  # type: ignore[arg-type]


def test_a_place_that_no_grid_knows_is_named() -> None:
    only = TerrainStack(shipped_terrain().dems[:1])
    with pytest.raises(RequestError, match=r"no grid knows the ground at 0, 0 .*lola_south_1600m\.tif"):
        horizon(SurfacePlace(0.0, 0.0), only)


def test_a_mast_into_space_is_refused() -> None:
    with pytest.raises(RequestError, match="an orbiter is a place of its own"):
        horizon(SurfacePlace(0.0, 0.0), None, mast="1e9 m")
