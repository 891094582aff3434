"""New moons against almanacs, an independent library and the Moon's own laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from skyfield import almanac
from skyfield.api import Loader

from ilrs_science.epochs import to_tdb
from ilrs_science.errors import CoverageError, EpochError
from ilrs_science.paths import data_path
from ilrs_science.sky.kernels import EPHEMERIS
from ilrs_science.sky.lunations import _lead, lunations, new_moons

MINUTE = np.timedelta64(1, "m")
DAY = np.timedelta64(1, "D")


def nearest(epoch: str) -> np.datetime64:
    """The one new moon within ten days of an epoch."""
    when = np.datetime64(epoch, "us")
    (found,) = new_moons(when - 10 * DAY, when + 10 * DAY)
    return found


@pytest.mark.parametrize(
    "published",
    [
        # Meeus, Astronomical Algorithms, 2nd edition 1998, example 49.a: 1977 Feb 18 at 03:37:42 TD, 47 s after UTC
        "1977-02-18T03:36:55",
        # lunaf.com, page of 2006-08-24: "23 August 2006 at 19:10 UTC"
        "2006-08-23T19:10",
        # The total eclipse of 2026: new moon 2026 Aug 12 17:37 UT (F. Espenak, Moon Phases 2001-2100, astropixels.com)
        "2026-08-12T17:37",
    ],
)
def test_new_moons_are_those_of_almanacs_to_the_minute(published: str) -> None:
    """Almanacs round to the minute and take apparent longitudes, which makes them some 40 s earlier."""
    late = nearest(published) - np.datetime64(published, "us")
    assert -MINUTE / 2 < late < 3 * MINUTE / 2


@pytest.mark.parametrize(
    ("greatest", "delta_t"),
    [("2031-05-21T07:16:04", 78), ("2031-11-14T21:07:31", 79), ("2026-08-12T17:47:06", 75)],
)
def test_an_eclipse_of_the_sun_is_at_new_moon(greatest: str, delta_t: int) -> None:
    """Greatest eclipse, TD, and TD - UT [s]: NASA Five Millennium Catalog of Solar Eclipses, nos. 9577, 9578, 9566.

    The Moon's shadow is nearest to the Earth's axis up to 20 minutes from the conjunction in longitude.
    """
    eclipse = np.datetime64(greatest, "us") - np.timedelta64(delta_t, "s")
    assert abs(nearest(greatest) - eclipse) < 20 * MINUTE


def test_new_moons_are_those_of_skyfield_less_the_light_of_the_sun() -> None:
    """``almanac.find_discrete(t0, t1, almanac.moon_phases(eph))`` of Skyfield with the same ephemeris, ten years.

    Skyfield's are apparent: the Sun 20.5 arcsec behind, at 0.43 to 0.57 arcsec/s; the light time of the Moon is 1.3 s.
    """
    path = data_path(EPHEMERIS)
    timescale = Loader(str(path.parent), verbose=False).timescale(builtin=True)
    ephemeris = Loader(str(path.parent), verbose=False)(path.name)
    first, last = timescale.utc(2026, 1, 1), timescale.utc(2036, 1, 1)
    times, phases = almanac.find_discrete(first, last, almanac.moon_phases(ephemeris))
    theirs = to_tdb(
        np.array([time.utc_datetime().replace(tzinfo=None) for time in times[phases == 0]], "M8[us]")
    )
    ours = to_tdb(new_moons("2026-01-01", "2036-01-01"))
    ephemeris.close()
    assert len(ours) == len(theirs) == 124
    late = ours - theirs
    assert 30.0 < late.min() < late.max() < 52.0


def test_at_new_moon_the_longitudes_are_equal() -> None:
    lead, rate = _lead(to_tdb(new_moons("1950-01-01", "2000-01-01")))
    assert np.abs(lead / rate).max() < 2e-6  # the microsecond of the answer, and rounding [s]
    assert np.degrees(rate.min()) * 86400.0 > 10.0
    assert np.degrees(rate.max()) * 86400.0 < 15.0


def test_lunations_last_from_29_to_30_days_and_the_mean_month_on_average() -> None:
    """29.27 to 29.83 days, Meeus, More Mathematical Astronomy Morsels, chapter 4; mean 29.530589 days."""
    months = np.diff(new_moons("1901-01-01", "2049-12-01")) / DAY
    assert 29.26 < months.min() < 29.30
    assert 29.80 < months.max() < 29.84
    assert months.mean() == pytest.approx(29.530589, abs=1e-3)


@given(st.integers(0, 20000), st.integers(1, 400), st.integers(1, 400))
def test_a_span_has_the_new_moons_of_its_parts(begin: int, first: int, second: int) -> None:
    a, b, c = (
        np.datetime64("1990-01-01", "us") + np.array([begin, begin + first, begin + first + second]) * DAY
    )
    parts = np.concatenate([new_moons(a, b), new_moons(b, c)])
    assert (np.abs(parts - new_moons(a, c)) <= np.timedelta64(2, "us")).all()


def test_the_end_is_not_part_of_the_span() -> None:
    moon = nearest("2026-08-12")
    assert new_moons(moon, moon + DAY).tolist() == [moon.item()]
    assert len(new_moons(moon - DAY, moon)) == 0
    assert new_moons(moon - DAY, moon).dtype == np.dtype("datetime64[us]")


def test_the_first_and_the_last_lunation_of_the_kernels_are_found() -> None:
    assert len(new_moons("1900-01-03", "1900-02-01")) == 1
    assert len(new_moons("2049-12-10", "2049-12-30")) == 1


def test_a_span_must_be_right_and_covered() -> None:
    with pytest.raises(CoverageError, match="the shipped kernels cover 1900"):
        new_moons("1850-01-01", "1851-01-01")
    with pytest.raises(EpochError, match="not after its start"):
        new_moons("2026-02-01", "2026-01-01")


@pytest.mark.parametrize(
    ("day", "number"),
    [
        ("1923-01-18", 1),  # E. W. Brown's first: new moon of 1923 January 17, 02:41 UT
        ("2006-08-24", 1035),  # lunaf.com, page of that day: "lunation 1035 from Brown series"
        ("2019-01-07", 1188),  # "Moon Phases 2019" of matiskloedizioni.com: BLN 1188 begins on January 6
    ],
)
def test_lunations_are_numbered_as_brown_did(day: str, number: int) -> None:
    numbers, edges = lunations(day, np.datetime64(day) + DAY)
    assert numbers.tolist() == [number]
    assert edges[0] < np.datetime64(day) < edges[1]


@given(st.integers(0, 20000), st.integers(1, 400))
def test_lunations_cover_their_span_and_no_more(begin: int, days: int) -> None:
    first, last = np.datetime64("1990-01-01", "us") + np.array([begin, begin + days]) * DAY
    numbers, edges = lunations(first, last)
    assert len(edges) == len(numbers) + 1
    assert edges[0] <= first < edges[1]
    assert edges[-2] < last <= edges[-1]
    assert (np.diff(numbers) == 1).all()


def test_a_lunation_from_new_moon_to_new_moon_is_one() -> None:
    _, edges = lunations("2026-08-20", "2026-08-21")
    numbers, same = lunations(*edges)
    assert len(numbers) == 1
    assert (same == edges).all()


def test_lunations_reach_beyond_the_first_and_last_day_of_the_kernels() -> None:
    assert lunations("1900-01-03", "1900-01-04")[1][0] < np.datetime64("1900-01-02")
    assert lunations("2049-12-29", "2049-12-30")[1][-1] > np.datetime64("2050-01-01")
