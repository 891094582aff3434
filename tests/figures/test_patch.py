"""The ground around a place: projection, sampling, slope and light."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.environment.terrain.stack import MOON_RADIUS_M, shipped_terrain
from ilrs_science.errors import RequestError
from ilrs_science.figures.patch import from_local, hillshade_of, patch_of, to_local
from ilrs_science.sky.place import SurfacePlace
from tests.figures.ground import SITE, MadeUp, cone, plane


@given(
    latitude=st.floats(-89.99, 89.99),
    longitude=st.floats(-180, 180),
    east=st.floats(-200, 200),
    north=st.floats(-200, 200),
)
def test_there_and_back_is_the_same_point(
    latitude: float, longitude: float, east: float, north: float
) -> None:
    place = SurfacePlace(latitude, longitude)
    back = to_local(place, *from_local(place, east, north))
    np.testing.assert_allclose(back, (east, north), atol=1e-6)


@given(latitude=st.floats(-89.9, 89.9), turn=st.floats(0, 360), far=st.floats(0.01, 300))
def test_distances_from_the_place_are_true(latitude: float, turn: float, far: float) -> None:
    # haversine on the sphere of 1737.4 km
    place = SurfacePlace(latitude, 12.0)
    phi, lam = from_local(place, far * np.sin(np.radians(turn)), far * np.cos(np.radians(turn)))
    a, b = np.radians(latitude), np.radians(phi)
    half = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(np.radians(lam - 12.0) / 2) ** 2
    assert 2 * np.arcsin(np.sqrt(half)) * MOON_RADIUS_M / 1000 == pytest.approx(far, rel=1e-6, abs=1e-5)


def test_north_of_a_place_is_up_along_its_meridian() -> None:
    latitude, longitude = from_local(SurfacePlace(10.0, 20.0), 0.0, 30.0)
    assert longitude == pytest.approx(20.0)
    assert latitude == pytest.approx(10.0 + np.degrees(30_000.0 / MOON_RADIUS_M))


def test_east_of_a_place_on_the_equator_is_east() -> None:
    latitude, longitude = from_local(SurfacePlace(0.0, 20.0), 30.0, 0.0)
    assert latitude == pytest.approx(0.0, abs=1e-12)
    assert longitude > 20.0


def test_the_pole_lies_behind_a_place_beside_it() -> None:
    east, north = to_local(SurfacePlace(-89.0, 40.0), -90.0, 0.0)
    assert east == pytest.approx(0.0, abs=1e-9)
    assert north == pytest.approx(-np.radians(1.0) * MOON_RADIUS_M / 1000.0)


def test_a_patch_is_sampled_at_the_pixel_of_its_grid() -> None:
    patch = patch_of(MadeUp(plane), SITE, "2 km")
    assert patch.step == pytest.approx(20.0)
    assert patch.heights.shape == (101, 101)
    np.testing.assert_allclose(patch.heights, plane(patch.across[None, :], patch.across[:, None]), atol=1e-6)


def test_a_large_patch_leaves_pixels_out_and_says_so() -> None:
    patch = patch_of(MadeUp(plane), SITE, 20.0, most=201)
    assert patch.step == pytest.approx(100.0)
    assert "drawn every 100 m" in patch.words()
    assert "made_up.tif, 20 m a pixel" in patch.words()


def test_grids_beyond_the_first_are_named() -> None:
    patch = patch_of(MadeUp(plane, known_km=2.0), SITE, "10 km")
    assert patch.others == ("coarse.tif",)
    assert patch.words().endswith("beyond it coarse.tif")


def test_the_slope_of_a_plane_is_that_of_its_gradient() -> None:
    patch = patch_of(MadeUp(plane), SITE, "2 km")
    np.testing.assert_allclose(patch.slope, np.degrees(np.arctan(np.hypot(0.02, 0.1))), atol=1e-6)


@pytest.mark.parametrize("size", ["0 m", "-3 km", "5000 km", 0.0])
def test_an_impossible_size_is_an_error_that_says_what_is_possible(size: object) -> None:
    with pytest.raises(RequestError, match="impossible; give"):
        patch_of(MadeUp(plane), SITE, size)


def test_the_shipped_grid_answers_at_the_ridge() -> None:
    place = SurfacePlace(-89.45, 222.69)
    patch = patch_of(shipped_terrain(), place, "60 km")
    assert patch.dem.name == "lola_south_1600m.tif"
    assert patch.step == pytest.approx(1600.0, rel=0.05)
    middle = len(patch.across) // 2
    assert patch.heights[middle, middle] == pytest.approx(float(shipped_terrain().height(-89.45, 222.69)))


def test_flat_ground_is_as_bright_as_the_light_is_high() -> None:
    shade = hillshade_of(np.full((5, 5), 30.0), 10.0, azimuth=77.0, elevation=30.0)
    np.testing.assert_allclose(shade, 0.5)


def test_ground_that_faces_the_light_is_brighter_than_ground_that_turns_away() -> None:
    patch = patch_of(MadeUp(cone), SITE, "4 km")
    shade = hillshade_of(patch.heights, patch.step, azimuth=0.0, elevation=30.0)
    middle = len(patch.across) // 2
    assert shade[-1, middle] > np.sin(np.radians(30.0)) > shade[0, middle], "lit from the north"
    assert shade[middle, -1] == pytest.approx(shade[middle, 0]), "east and west are alike"


def test_a_slope_square_to_the_light_has_full_brightness() -> None:
    north = np.linspace(0.0, 100.0, 11)[:, None] * np.ones(11)
    shade = hillshade_of(-north * np.tan(np.radians(60.0)), 10.0, azimuth=0.0, elevation=30.0)
    np.testing.assert_allclose(shade, 1.0)


def test_exaggeration_steepens_the_light_and_the_unknown_stays_unknown() -> None:
    heights = np.linspace(0.0, 10.0, 11)[None, :] * np.ones((11, 1))
    gentle, steep = (hillshade_of(heights, 10.0, azimuth=90.0, steeper=times)[5, 5] for times in (1.0, 5.0))
    assert steep < gentle
    heights[2, 2] = np.nan
    assert np.isnan(hillshade_of(heights, 10.0)[2, 3])
