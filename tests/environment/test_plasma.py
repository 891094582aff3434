"""Plasma: boundaries as published, a tail that lags behind the Earth, stays as the literature has them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.environment.plasma import (
    PLASMA_REGIONS,
    SolarWind,
    _shock_angle,
    bow_shock_margin,
    magnetopause_margin,
    plasma,
    plasma_crossings,
    plasma_region,
)
from ilrs_science.epochs import grid
from ilrs_science.errors import CoverageError, RequestError
from ilrs_science.nomenclature import variables
from ilrs_science.sky.observe import observe
from ilrs_science.sky.orbiters import trajectory_of
from ilrs_science.sky.place import SurfacePlace

YEAR = ("2026-01-19", "2027-01-07")  # from new moon to new moon, twelve lunations
DAY = 86_400.0


def test_the_magnetopause_is_that_of_shue_1998() -> None:
    # equations 10 and 11 of Shue et al. 1998; the same by hand for Dp = 1 nPa, where both powers are 1
    quiet = SolarWind(pressure=1.0, field_north=0.0)
    assert quiet.standoff == pytest.approx(10.22 + 1.29 * np.tanh(0.184 * 8.14))
    assert quiet.flaring == pytest.approx(0.58)
    storm = SolarWind(pressure=10.0, field_north=-10.0)
    assert storm.standoff == pytest.approx((10.22 + 1.29 * np.tanh(0.184 * -1.86)) * 10.0 ** (-1 / 6.6))
    assert storm.flaring == pytest.approx((0.58 + 0.07) * (1.0 + 0.024 * np.log(10.0)))
    assert storm.standoff < 7.5  # pushed towards geosynchronous orbit


def test_the_bow_shock_is_that_of_slavin_and_holzer_1981() -> None:
    # r = 23.3 / (1 + 1.16 cos) about a focus at x = 3: the point at 90 deg from the focus, (3, 23.3), is on it
    distance = np.hypot(3.0, 23.3)
    assert np.degrees(_shock_angle(np.array([distance]))) == pytest.approx(
        180.0 - np.degrees(np.arctan2(23.3, 3.0))
    )
    nose = 3.0 + 23.3 / 2.16
    assert nose == pytest.approx(13.8, abs=0.02)
    assert np.degrees(_shock_angle(np.array([nose]))) == pytest.approx(180.0)
    for angle in np.radians([100.0, 120.0, 140.0]):  # anywhere on the hyperboloid
        r = 23.3 / (1.0 + 1.16 * np.cos(angle))
        x, y = 3.0 + r * np.cos(angle), r * np.sin(angle)
        assert _shock_angle(np.array([np.hypot(x, y)])) == pytest.approx(np.arctan2(y, -x))


def test_the_tail_at_the_moon_is_as_wide_as_its_radius_says() -> None:
    # tail radius of 25 to 30 Earth radii at the Moon: half widths of 24.5 to 29.8 deg
    margin = magnetopause_margin(grid(*YEAR, "6 h"))
    assert 23.0 < margin.max() < 28.0
    assert margin.max() * 2 / 12.19 == pytest.approx(4.2, abs=0.4)  # days at 12.19 deg a day


def test_the_moon_is_in_each_region_as_long_as_observers_say() -> None:
    # about four to six days of a month in the tail; and a quarter to a third of it inside the shock
    table = plasma_crossings(*YEAR)
    tail = table[table.region == "magnetotail"]
    assert len(tail) == 12
    assert (tail.duration / DAY).between(3.5, 4.7).all()
    sheath = table[table.region == "magnetosheath"].duration.sum()
    assert (tail.duration.sum() + sheath) / (353 * DAY) == pytest.approx(0.32, abs=0.04)


def test_the_middle_of_the_tail_comes_eight_hours_before_full_moon() -> None:
    # aberration atan(29.8 / 400) = 4.26 deg over 12.19 deg a day is 8.4 h; the Moon comes from the evening side
    table = plasma_crossings(*YEAR)
    tail = table[table.region == "magnetotail"]
    middle = (tail.start + (tail.end - tail.start) / 2).to_numpy()
    dense = grid("2026-01-19", "2027-01-10", "10 min")
    # full Moon: the Sun as high over the middle of the near side as it gets in the days around
    height = observe(SurfacePlace(0.0, 0.0), dense, "sun").elevation.values[:, 0]
    full = [
        dense[near][np.argmax(height[near])]
        for near in (np.abs(dense - one) < 5 * np.timedelta64(1, "D") for one in middle)
    ]
    hours = (np.array(full) - middle) / np.timedelta64(1, "h")
    # libration in longitude, up to 7.9 deg or 16 h, swings the middle of the near side
    assert np.all((hours > 8.4 - 16.0) & (hours < 8.4 + 16.0))
    assert hours.mean() == pytest.approx(8.4, abs=1.5)


def test_a_fast_wind_is_aberrated_less() -> None:
    def middle(speed: float) -> np.datetime64:
        table = plasma_crossings("2026-02-25", "2026-03-10", wind=SolarWind(speed=speed))
        row = table[table.region == "magnetotail"].iloc[0]
        return row.start + (row.end - row.start) / 2

    later = (middle(800.0) - middle(400.0)).total_seconds() / 3600.0
    expected = (np.degrees(np.arctan(29.8 / 400)) - np.degrees(np.arctan(29.8 / 800))) / 12.19 * 24.0
    assert later == pytest.approx(expected, abs=0.6)


def test_edges_of_a_stay_are_where_the_margin_is_zero() -> None:
    table = plasma_crossings("2026-02-20", "2026-03-10")
    tail = table[table.region == "magnetotail"].iloc[0]
    edges = np.array([tail.start, tail.end]).astype("datetime64[us]")
    assert magnetopause_margin(edges) == pytest.approx(0.0, abs=1e-8)
    assert table.region.tolist() == ["magnetosheath", "magnetotail", "magnetosheath"]
    gaps = table.start.to_numpy()[1:] - table.end.to_numpy()[:-1]
    assert np.all(np.abs(gaps) <= np.timedelta64(2, "us"))


def test_codes_follow_the_margins_in_any_order() -> None:
    times = grid("2026-02-20", "2026-03-20", "3 h")
    shuffled = np.random.default_rng(1).permutation(times)
    region = plasma_region(shuffled)
    assert set(region) == {0, 1, 2}
    assert np.array_equal(region == 2, magnetopause_margin(shuffled) > 0.0)
    assert np.array_equal(region == 0, bow_shock_margin(shuffled) <= 0.0)
    assert np.array_equal(plasma_region(times), region[np.argsort(shuffled)])


@given(st.floats(0.5, 10.0), st.floats(-15.0, 15.0))
def test_the_tail_is_inside_the_shock(pressure: float, north: float) -> None:
    times = grid("2026-03-01", "2026-03-08", "6 h")
    wind = SolarWind(pressure=pressure, field_north=north)
    assert np.all(bow_shock_margin(times, wind=wind) > magnetopause_margin(times, wind=wind))


def test_a_dataset_tells_regions_by_cf_flags_and_knows_the_night() -> None:
    times = grid("2026-02-20", "2026-03-20", "6 h")
    place = SurfacePlace(10.0, 60.0)
    ds = plasma(times, place)
    assert ds.plasma_region.attrs["flag_meanings"].split() == list(PLASMA_REGIONS)
    assert ds.plasma_region.attrs["flag_values"].tolist() == [0, 1, 2]
    sun = observe(place, times, "sun").elevation.values[:, 0]
    wake, free = ds.lunar_wake.values.astype(bool), ds.plasma_region.values != 2
    assert np.all(sun[wake] < 6.0)  # the wind comes from 4 deg beside the Sun
    assert np.all(wake[free & (sun < -6.0)])
    assert not np.any(wake & ~free)
    assert set(ds.data_vars) <= set(variables())


def test_an_orbiter_is_in_the_wake_for_less_than_half_of_a_revolution() -> None:
    flight = trajectory_of("llo_100", "2026-02-18", "2026-02-19")
    ds = plasma(grid("2026-02-18", "2026-02-19", "1 min"), flight)
    assert 0.2 < float(ds.lunar_wake.mean()) < 0.45 or float(ds.lunar_wake.max()) == 0
    assert float(plasma(grid("2026-02-18", "2026-02-19", "1 h")).lunar_wake.max()) == 0.0


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"speed": 20.0}, "20 km/s"),
        ({"pressure": 0.0}, "0 nPa"),
        ({"field_north": np.nan}, "field_north: nan is not a number"),
    ],
)
def test_an_impossible_wind_is_refused(fields: dict[str, float], words: str) -> None:
    with pytest.raises(RequestError, match=words):
        SolarWind(**fields)


def test_a_span_beyond_the_kernels_is_one_clear_error() -> None:
    with pytest.raises(CoverageError, match="kernels cover"):
        plasma_region(np.array(["2060-01-01"], "datetime64[us]"))


def test_no_epochs_give_nothing() -> None:
    assert plasma_region(np.array([], "datetime64[us]")).size == 0


def test_places_are_named_as_everywhere() -> None:
    times = grid("2026-02-28", "2026-03-06", "12 h")
    by_name = magnetopause_margin(times, "malapert")
    assert by_name == pytest.approx(magnetopause_margin(times), abs=0.3)  # a radius of the Moon is 0.26 deg
    high = bow_shock_margin(times, "nrho_9_2")
    assert high == pytest.approx(bow_shock_margin(times), abs=12.0)
    assert np.array_equal(high > 0.0, plasma_region(times, "nrho_9_2") > 0)
    with pytest.raises(RequestError, match="not of a ground station"):
        plasma_region(times, "jiamusi")
