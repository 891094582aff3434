"""The scene: tracks dense where things are quick, with the instant among the samples."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science import load_catalogue, observe
from ilrs_science.errors import CoverageError
from ilrs_science.panels.sky_model import SkyModel
from ilrs_science.panels.sky_scene import SkyScene, scene_of, sky_from


def scene(**choices: object) -> SkyScene:
    model = SkyModel(**choices)
    return scene_of(model.choices, model.catalogue)


@pytest.fixture(scope="module")
def first() -> SkyScene:
    return scene()


def test_the_instant_is_a_sample_and_samples_rise(first: SkyScene) -> None:
    times = first.observation["time"].values
    assert first.choices.moment in times
    assert np.all(np.diff(times) > np.timedelta64(0, "s"))
    assert times[0] == first.choices.start
    assert first.choices.end - times[-1] == np.timedelta64(1, "s")


def test_it_is_the_observation_of_the_library(first: SkyScene) -> None:
    seen = observe("connecting_ridge", first.observation["time"].values, ["sun", "earth", "queqiao2"])
    np.testing.assert_array_equal(first.observation["azimuth"], seen["azimuth"])
    np.testing.assert_array_equal(first.observation["elevation"], seen["elevation"])


def test_in_an_eclipse_sun_and_earth_stand_over_the_same_ground(first: SkyScene) -> None:
    (sun_lat, sun_lon), (earth_lat, earth_lon) = first.under["sun"], first.under["earth"]
    assert abs(sun_lat - earth_lat) < 0.6
    assert abs(sun_lon - earth_lon) < 0.6


def test_the_relay_is_followed_over_the_whole_span(first: SkyScene) -> None:
    assert first.partial == ()
    assert np.isfinite(first.observation["elevation"]).all()
    (ground,) = first.grounds
    assert ground.orbit == "queqiao2"
    assert len(ground.latitude) > 28 * 100


def test_a_ground_track_moves_in_small_steps(first: SkyScene) -> None:
    (ground,) = first.grounds
    lat, lon = (np.radians(part) for part in ground.turn)
    cosine = np.sin(lat[1:]) * np.sin(lat[:-1]) + np.cos(lat[1:]) * np.cos(lat[:-1]) * np.cos(np.diff(lon))
    assert np.degrees(np.arccos(np.clip(cosine, -1, 1))).max() < 4


def test_a_low_orbit_in_a_long_span_is_drawn_around_the_instant() -> None:
    low = scene(shown=("sun", "llo_100"), other="llo_100", days=10.0, hour=100.0)
    assert low.partial == ("llo_100",)
    height = low.observation["elevation"].sel(body="llo_100")
    drawn = low.observation["time"].values[np.isfinite(height)]
    assert len(drawn) > 200
    assert np.ptp(drawn) / np.timedelta64(1, "h") == pytest.approx(4 * 1.963, abs=0.1)
    assert np.isfinite(low.observation["elevation"].sel(body="sun")).all()


def test_seen_from_a_low_orbit_all_is_drawn_around_the_instant() -> None:
    low = scene(place="llo_100", days=10.0, hour=100.0)
    assert low.partial == ("llo_100",)
    times = low.observation["time"].values
    assert np.ptp(times) / np.timedelta64(1, "h") == pytest.approx(4 * 1.963, abs=0.1)
    limb = low.observation["limb_elevation"]
    # dip of the limb from 100 km: arccos(1737.4 / 1837.4) = 18.99 deg
    np.testing.assert_allclose(limb, -18.99, atol=1.0)


def test_in_a_short_span_a_low_orbit_is_drawn_whole() -> None:
    model = SkyModel(place="llo_100", days=1.0, hour=2.0)
    seen, partial = sky_from(model.choices, model.catalogue)
    assert partial == ()
    assert np.ptp(seen["time"].values) > np.timedelta64(86000, "s")


def test_from_the_halo_the_limb_is_low_when_it_is_far() -> None:
    halo = scene(place="nrho_9_2")
    limb = halo.observation["limb_elevation"].values
    assert limb.min() < -88
    assert limb.max() > -70


def test_nothing_to_look_at_is_no_fault() -> None:
    empty = scene(shown=())
    assert empty.observation.sizes["body"] == 0
    assert len(empty.grounds) == 1


@pytest.mark.parametrize("start", ["1850-06-01", "2060-01-01", "0001-01-01"])
def test_a_span_beyond_the_kernels_says_what_is_covered(start: str) -> None:
    with pytest.raises(CoverageError, match="shipped kernels cover 1"):
        scene(start=start)


def test_the_motion_is_that_of_the_orbit_in_question() -> None:
    assert scene(place="ce3_site", other="dro").motion.orbit == load_catalogue().orbits["dro"]
