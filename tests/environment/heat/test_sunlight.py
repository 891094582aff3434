"""Sunlight on a facet: its plane, its sky, the rising disc."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.environment.constants import ASTRONOMICAL_UNIT_KM
from ilrs_science.environment.heat.sunlight import SOLAR_CONSTANT, Beam, Facet, mean_cosine, sunlight
from ilrs_science.environment.light.horizon import horizon
from ilrs_science.environment.light.illumination import angular_radius
from ilrs_science.errors import RequestError
from ilrs_science.sky.frames import horizontal_axes
from ilrs_science.sky.observe import observe
from ilrs_science.sky.place import SurfacePlace

AU = ASTRONOMICAL_UNIT_KM
SUN = float(angular_radius("sun", AU))
FLAT = Facet()
LEVEL = horizon(SurfacePlace(0.0, 0.0), None, mast=0.0)


def seen(
    azimuth: float, elevation: float, *, au: float = 1.0, earth: tuple[float, float] = (0.0, -80.0)
) -> xr.Dataset:
    """A sky of one moment."""
    values = {
        "azimuth": [[azimuth, earth[0]]],
        "elevation": [[elevation, earth[1]]],
        "range": [[au * AU, 384_400.0]],
    }
    return xr.Dataset(
        {name: (("time", "body"), value) for name, value in values.items()}, {"body": ["sun", "earth"]}
    )


def light(azimuth: float, elevation: float, facet: Facet = FLAT, **sky: object) -> float:
    return float(sunlight(seen(azimuth, elevation, **sky), LEVEL, facet)[0][0])  # type: ignore[arg-type]


def walled(height: float) -> xr.Dataset:
    """A skyline of one height all round."""
    azimuth = np.arange(0.0, 360.0, 0.25)
    return xr.Dataset({"horizon_elevation": ("azimuth", np.full(azimuth.size, height))}, {"azimuth": azimuth})


def test_level_ground_gets_the_sine_of_the_elevation() -> None:
    assert light(123.0, 90.0) == pytest.approx(1361.0)
    assert light(123.0, 30.0) == pytest.approx(680.5)
    assert light(123.0, -1.0) == 0.0


def test_light_falls_with_the_square_of_the_distance() -> None:
    assert light(0.0, 90.0, au=1.0167) == pytest.approx(1361.0 / 1.0167**2)


def test_a_slope_that_faces_the_sun_gets_more_and_one_that_turns_away_none() -> None:
    assert light(90.0, 10.0, Facet(80.0, 90.0)) == pytest.approx(1361.0)
    assert light(90.0, 10.0, Facet(80.0, 270.0)) == 0.0
    assert light(0.0, 10.0, Facet(90.0, 60.0)) == pytest.approx(1361.0 * np.cos(np.radians(10.0)) * 0.5)


def test_the_angle_above_the_plane_is_a_right_angle_less_the_incidence() -> None:
    flux, incidence = sunlight(seen(90.0, 40.0), LEVEL, Facet(20.0, 90.0))
    assert incidence == pytest.approx([30.0])
    assert flux == pytest.approx([1361.0 * np.cos(np.radians(30.0))])


@given(
    azimuth=st.floats(0.0, 360.0),
    elevation=st.floats(1.0, 90.0),
    slope=st.floats(0.0, 90.0),
    aspect=st.floats(0, 360),
)
def test_no_facet_gets_more_than_all_sunlight(
    azimuth: float, elevation: float, slope: float, aspect: float
) -> None:
    assert 0.0 <= light(azimuth, elevation, Facet(slope, aspect)) <= SOLAR_CONSTANT * (1.0 + 1e-12)


@pytest.mark.parametrize("height", [-0.9, -0.4, 0.0, 0.5, 0.99])
def test_a_rising_disc_lights_with_what_is_up(height: float) -> None:
    # Mean sine over the points of the disc above the plane, counted.
    rng = np.random.default_rng(2)
    x, y = rng.uniform(-1.0, 1.0, (2, 400_000))
    up = (np.hypot(x, y) < 1.0) & (y > -height)
    counted = np.mean(np.radians((height + y[up]) * SUN))
    assert mean_cosine(height * SUN, SUN) == pytest.approx(counted, rel=0.02)


def test_half_the_sun_on_the_horizon_gives_one_and_a_third_watts() -> None:
    # 1361 W/m2 / 2 x 4 r / (3 pi) with r = 959.3 arcsec: 1.343 W/m2; the centre alone would give none.
    assert light(10.0, 0.0) == pytest.approx(1.343, abs=0.01)


def test_a_disc_that_is_up_counts_as_its_centre_and_one_that_is_down_not_at_all() -> None:
    assert mean_cosine([30.0, 5.0], SUN) == pytest.approx(np.sin(np.radians([30.0, 5.0])))
    assert mean_cosine([-5.0, -SUN], SUN) == pytest.approx([0.0, 0.0], abs=1e-6)
    edge = mean_cosine([SUN * (1 - 1e-9), SUN * (1 + 1e-9)], SUN)
    assert edge[0] == pytest.approx(edge[1], rel=1e-5)


def test_terrain_cuts_the_light() -> None:
    sky = seen(50.0, 3.0)
    none, half, whole = (sunlight(sky, walled(height), Facet())[0][0] for height in (4.0, 3.0, 2.0))
    assert none == 0.0
    assert half == pytest.approx(0.5 * whole, rel=1e-6)
    assert whole == pytest.approx(1361.0 * np.sin(np.radians(3.0)))


def test_the_earth_before_the_sun_takes_its_light() -> None:
    assert light(10.0, 60.0, earth=(10.0, 60.0)) == 0.0
    assert light(10.0, 60.0, earth=(10.0, 60.95)) == pytest.approx(0.55 * light(10.0, 60.0), rel=0.1)
    assert light(10.0, 60.0, earth=(10.0, 62.0)) == light(10.0, 60.0)


@pytest.mark.parametrize("slope", [0.0, 10.0, 45.0, 90.0])
def test_a_slope_sees_half_of_one_and_its_cosine_of_the_sky(slope: float) -> None:
    assert Facet(slope, 75.0).sky_view(LEVEL) == pytest.approx(
        0.5 * (1.0 + np.cos(np.radians(slope))), abs=1e-4
    )


@pytest.mark.parametrize("wall", [0.0, 10.0, 45.0, 80.0])
def test_level_ground_in_a_bowl_sees_the_squared_cosine_of_its_rim(wall: float) -> None:
    assert Facet().sky_view(walled(wall)) == pytest.approx(np.cos(np.radians(wall)) ** 2)


def test_a_facet_stands_in_its_own_way_uphill_only() -> None:
    own = Facet(20.0, 90.0).skyline(LEVEL)["horizon_elevation"]
    assert float(own.sel(azimuth=270.0)) == pytest.approx(20.0)
    assert float(own.sel(azimuth=90.0)) == pytest.approx(0.0, abs=1e-9)
    assert float(own.sel(azimuth=0.0)) == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize(
    ("slope", "aspect", "says"),
    [
        (91.0, 0.0, "slope of 91 deg is outside 0 to 90 deg"),
        (-1.0, 0.0, "slope of -1 deg"),
        (float("nan"), 0.0, "slope of nan deg"),
        (5.0, 400.0, "aspect of 400 deg is outside"),
    ],
)
def test_an_impossible_facet_is_refused_in_one_line(slope: float, aspect: float, says: str) -> None:
    with pytest.raises(RequestError, match=says) as caught:
        Facet(slope, aspect)
    assert "\n" not in str(caught.value)


@given(
    slope=st.floats(0.0, 90.0),
    aspect=st.floats(0.0, 360.0),
    cut=st.floats(0.0, 1.0),
    edge=st.floats(0.0, 80.0),
)
def test_shares_of_a_sky_sum_up_to_all_of_it(slope: float, aspect: float, cut: float, edge: float) -> None:
    facet, azimuth = Facet(slope, aspect), np.arange(0.0, 360.0, 0.5)
    floor = facet.plane(azimuth)
    top = np.maximum(floor, edge)
    middle = floor + cut * (top - floor)
    parts = [
        facet.share(azimuth, low, high)
        for low, high in ((floor, middle), (middle, top), (top, np.full(720, 90.0)))
    ]
    assert all(np.all(part >= -1e-12) for part in parts)
    assert np.mean(sum(parts)) == pytest.approx(1.0, abs=1e-4)
    skyline = xr.Dataset({"horizon_elevation": ("azimuth", np.full(720, edge))}, {"azimuth": azimuth})
    assert np.mean(parts[2]) == pytest.approx(facet.sky_view(skyline), abs=1e-9)


def test_a_plane_rises_behind_and_falls_ahead() -> None:
    plane = Facet(30.0, 90.0).plane(np.array([90.0, 180.0, 270.0]))
    assert plane == pytest.approx([-30.0, 0.0, 30.0], abs=1e-12)


@given(azimuth=st.floats(0.0, 360.0), height=st.floats(-90.0, 90.0), slope=st.floats(0.0, 89.0))
def test_what_is_above_the_plane_has_a_positive_angle(azimuth: float, height: float, slope: float) -> None:
    facet = Facet(slope, 40.0)
    above, edge = float(facet.above(azimuth, height)), float(facet.plane(azimuth))
    if abs(height - edge) > 1e-6:
        assert (above > 0.0) == (height > edge)


def test_light_of_a_place_nearby_is_turned_to_its_axes() -> None:
    here, there = SurfacePlace(-88.0, 10.0), SurfacePlace(-88.7, 60.0)
    times = np.datetime64("2031-01-01", "us") + np.arange(0, 700, 7) * np.timedelta64(1, "h")
    axes = [horizontal_axes(place.latitude, place.longitude) for place in (here, there)]
    turned = Beam.of(observe(here, times)).turned(axes[1] @ axes[0].T)
    own = Beam.of(observe(there, times))
    # 50 km apart: parallax of 0.07 arcsec.
    np.testing.assert_allclose(turned.elevation, own.elevation, atol=5e-5)
    np.testing.assert_allclose((turned.azimuth - own.azimuth + 180.0) % 360.0, 180.0, atol=1e-3)


def test_a_beam_is_the_sunlight() -> None:
    sky = seen(100.0, 40.0)
    for facet in (FLAT, Facet(25.0, 130.0)):
        flux, incidence = Beam.of(sky).on(LEVEL, facet)
        np.testing.assert_array_equal(flux, sunlight(sky, LEVEL, facet)[0])
        np.testing.assert_array_equal(incidence, sunlight(sky, LEVEL, facet)[1])


def test_a_beam_knows_what_the_earth_covers() -> None:
    assert Beam.of(seen(100.0, 40.0)).free[0] == 1.0
    assert Beam.of(seen(100.0, 40.0, earth=(100.0, 40.0))).free[0] == 0.0
