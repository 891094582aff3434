"""Each signal is the quantity it stands for, and rises with it."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.epochs import from_tdb, to_tdb
from ilrs_science.sky.ephemeris import SkyState, sky_at
from ilrs_science.sky.observe import observe
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.sky.stars import Star
from ilrs_science.windows import quantities
from ilrs_science.windows.view import View

PLACE = SurfacePlace(-45.4446, 177.5991)
VIEW = View(PLACE)
TIMES = np.arange("2026-01-01", "2026-03-01", np.timedelta64(7, "h"), dtype="datetime64[us]")


@pytest.fixture(scope="module")
def sky() -> SkyState:
    return sky_at(to_tdb(TIMES))


@pytest.mark.parametrize("body", ["sun", "earth", "saturn"])
def test_elevation_and_range_are_those_observed(sky: SkyState, body: str) -> None:
    seen = observe(PLACE, TIMES, [body]).isel(body=0)
    sine = quantities.sine_of_elevation(body)(sky, VIEW)
    assert np.degrees(np.arcsin(sine)) == pytest.approx(seen["elevation"].values, abs=1e-9)
    assert quantities.range_to(body)(sky, VIEW) == pytest.approx(seen["range"].values, rel=1e-14)


def test_a_separation_is_the_same_either_way_round(sky: SkyState) -> None:
    one = quantities.minus_cosine_of_separation("sun", Star(83.6, 22.0))(sky, VIEW)
    two = quantities.minus_cosine_of_separation(Star(83.6, 22.0), "sun")(sky, VIEW)
    assert (one == two).all()
    assert quantities.minus_cosine_of_separation("sun", "sun")(sky, VIEW) == pytest.approx(-1.0, abs=1e-14)


def test_the_phase_of_earth_and_the_elongation_of_the_sun_make_half_a_turn(sky: SkyState) -> None:
    # the triangle Sun, Earth, Moon: phase + elongation = 180 deg less the 0.15 deg at the far Sun
    phase = np.degrees(np.arccos(-quantities.minus_cosine_of_phase("earth")(sky, VIEW)))
    apart = np.degrees(np.arccos(-quantities.minus_cosine_of_separation("sun", "earth")(sky, VIEW)))
    assert (180.0 - phase - apart).max() < 0.17
    assert (180.0 - phase - apart).min() > -0.01


def test_the_hour_is_that_of_the_sun_over_the_meridian(sky: SkyState) -> None:
    # a lunar day of 29.53 d: 24 h, so that the angle runs through a turn
    noon = quantities.hour_angle(np.pi)(sky, VIEW)
    midnight = quantities.hour_angle(0.0)(sky, VIEW)
    assert noon == pytest.approx(-midnight, abs=1e-14)
    elevation = observe(PLACE, TIMES, ["sun"])["elevation"].values[:, 0]
    month = slice(0, 100)  # 29 days: one noon
    assert abs(int(np.argmax(noon[month])) - int(np.argmax(elevation[month]))) <= 1
    morning = quantities.hour_angle(np.pi / 2.0)(sky, VIEW)
    assert noon**2 + morning**2 == pytest.approx(1.0, abs=1e-12)


def test_the_sun_stands_over_latitudes_of_at_most_1_6_deg() -> None:
    sky = sky_at(to_tdb(np.arange("2026-01-01", "2028-01-01", dtype="datetime64[D]")))
    latitude = np.degrees(np.arcsin(quantities.sine_of_solar_latitude(sky, VIEW)))
    assert 1.4 < latitude.max() < 1.6
    assert -1.6 < latitude.min() < -1.4


def test_the_upper_limb_is_a_radius_above_the_centre(sky: SkyState) -> None:
    seen = observe(PLACE, TIMES, ["earth"]).isel(body=0)
    top = quantities.limb_elevation("earth", 6378.137)(sky, VIEW)
    radius = np.degrees(np.arcsin(6378.137 / seen["range"].values))
    assert np.degrees(top) == pytest.approx(seen["elevation"].values + radius, abs=1e-9)


def test_the_moon_is_in_line_with_the_tail_at_full_moon(sky: SkyState) -> None:
    aligned = quantities.tail_alignment(sky, VIEW)
    best = from_tdb(sky.tdb[int(np.argmax(aligned))])
    # full moons of 2026-01-03 10:03 and 2026-02-01 22:09 UTC (almanac)
    assert min(
        abs(best - np.datetime64(day)) for day in ("2026-01-03T10:03", "2026-02-01T22:09")
    ) < np.timedelta64(7, "h")
    assert aligned.max() > np.cos(np.radians(6.0))
    assert aligned.min() < -np.cos(np.radians(6.0))


def test_inner_contact_is_deeper_than_outer(sky: SkyState) -> None:
    outer, inner = (quantities.covered_limb("earth", sign)(sky, VIEW) for sign in (1.0, -1.0))
    assert (outer > inner).all()


def test_an_hour_is_past_for_half_a_day(sky: SkyState) -> None:
    # where the cosine of the angle to the hour six hours later is positive
    for hour in (0.0, 1.0, np.pi, 5.0):
        past = quantities.past_hour(hour)(sky, VIEW)
        later = quantities.hour_angle(hour + np.pi / 2.0)(sky, VIEW)
        # 45 deg south: that much closer to the axis
        assert past == pytest.approx(later * np.cos(np.radians(45.4446)), abs=4e-4)
        assert (np.sign(past) == np.sign(later)).all()
