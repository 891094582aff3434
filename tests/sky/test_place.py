from __future__ import annotations

import math

import numpy as np
import pytest

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.site import Site
from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.sky.ephemeris import SkyState, sky_at
from ilrs_science.sky.place import MOON_RADIUS, SurfacePlace, place_of


def test_a_place_stands_on_the_sphere_of_1737_4_km() -> None:
    assert np.linalg.norm(SurfacePlace(12.0, 34.0).position) == pytest.approx(MOON_RADIUS)
    assert SurfacePlace(0.0, 0.0, 1500.0).position == pytest.approx([1738.9, 0.0, 0.0])
    assert SurfacePlace(-90.0, 77.0).position == pytest.approx([0.0, 0.0, -1737.4], abs=1e-12)


def test_up_is_the_normal_of_the_sphere() -> None:
    place = SurfacePlace(-45.4446, 177.5991, -5935.0)
    assert place.axes[2] == pytest.approx(place.position / np.linalg.norm(place.position))


@pytest.mark.parametrize(
    ("latitude", "longitude", "height", "message"),
    [
        (91.0, 0.0, 0.0, "latitude 91 deg is outside -90 to 90 deg"),
        (math.nan, 0.0, 0.0, "latitude nan deg is outside"),
        (0.0, 400.0, 0.0, "longitude 400 deg is outside -360 to 360 deg"),
        (0.0, 0.0, -1_737_400.0, "height -1.7374e.06 m is outside -20000 to 100000 m"),
        (0.0, 0.0, math.inf, "height inf m is outside"),
    ],
)
def test_an_impossible_place_is_refused(
    latitude: float, longitude: float, height: float, message: str
) -> None:
    with pytest.raises(RequestError, match=message):
        SurfacePlace(latitude, longitude, height)


def test_a_site_becomes_a_place() -> None:
    site = Site(id="crater", latitude="-45.4446 deg", longitude=177.5991, height="-5935 m")  # type: ignore[arg-type]
    assert place_of(site) == SurfacePlace(-45.4446, 177.5991, -5935.0)
    assert place_of(Site(id="plain", latitude=10, longitude=20)) == SurfacePlace(10.0, 20.0, 0.0)
    place = SurfacePlace(1.0, 2.0)
    assert place_of(place) is place


def test_every_height_of_a_site_is_one_of_a_place() -> None:
    for height in (-20_000, 100_000):
        assert place_of(Site(id="extreme", latitude=0, longitude=0, height=height)).height == height


def test_the_id_of_a_site_is_a_place() -> None:
    site = load_catalogue().sites["malapert"]
    assert place_of("malapert") == place_of(site)
    with pytest.raises(UnknownNameError, match="did you mean malapert"):
        place_of("malapart")
    with pytest.raises(RequestError, match="is no place"):
        place_of(5)  # type: ignore[arg-type]


def test_a_mast_lifts_the_observer_and_not_the_ground() -> None:
    bare, high = SurfacePlace(10.0, 20.0, 500.0), SurfacePlace(10.0, 20.0, 500.0, mast=30.0)
    assert np.linalg.norm(high.position) - np.linalg.norm(bare.position) == pytest.approx(0.030)
    with pytest.raises(RequestError, match="mast -1 m is outside 0 to 100000 m"):
        SurfacePlace(0.0, 0.0, mast=-1.0)


def test_a_site_moves_with_the_moon_and_turns_with_it() -> None:
    step, place = 10.0, SurfacePlace(40.0, 100.0)
    before, now, after = (sky_at(np.array([8e8 + shift])) for shift in (-step, 0.0, step))

    def inertial(sky: SkyState) -> np.ndarray:
        state = place.state(sky)
        return np.einsum("nji,nj->ni", sky.rotation, state.position + sky.moon_position)

    state = place.state(now)
    velocity = (inertial(after) - inertial(before)) / (2.0 * step)
    assert now.to_fixed(velocity) == pytest.approx(state.velocity, abs=1e-8)
    bend = (inertial(after) - 2.0 * inertial(now) + inertial(before)) / step**2
    assert now.to_fixed(bend) == pytest.approx(state.acceleration, abs=1e-8)
