"""Meteoroids: peaks when the calendar has them, longitudes as SPICE has them, speeds without the fall to the Earth."""

from __future__ import annotations

import numpy as np
import pytest
import spiceypy

from ilrs_science import Windows
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.environment.meteoroids import (
    SHOWER_COLUMNS,
    impact_speed,
    meteoroid_showers,
    solar_longitude,
)
from ilrs_science.epochs import grid, to_tdb
from ilrs_science.errors import CoverageError, UnknownNameError
from ilrs_science.paths import data_path
from ilrs_science.sky.place import SurfacePlace

HOUR = np.timedelta64(1, "h")

# International Meteor Organization, 2021 Meteor Shower Calendar (IMO INFO(2-20)): peaks in UT.
PUBLISHED = [
    ("quadrantids", "2021-01-03T14:30"),
    ("lyrids", "2021-04-22T13:00"),
    ("eta_aquariids", "2021-05-06T03:00"),
    ("perseids", "2021-08-12T20:30"),  # 19 to 22 h
    ("leonids", "2021-11-17T17:00"),
    ("geminids", "2021-12-14T07:00"),
    ("ursids", "2021-12-22T15:00"),
]


@pytest.mark.parametrize(("shower", "peak"), PUBLISHED)
def test_a_shower_peaks_when_the_calendar_says(shower: str, peak: str) -> None:
    table = meteoroid_showers("2021-01-01", "2021-12-26").set_index("shower")
    off = (table.peak[shower].to_datetime64() - np.datetime64(peak, "us")) / HOUR
    assert abs(float(np.atleast_1d(off)[0])) < 1.5


def test_the_longitude_of_the_sun_is_that_of_spice() -> None:
    times = grid("2026-01-01", "2027-01-01", "20 d")
    spiceypy.furnsh(str(data_path("kernels/de421.bsp")))
    try:
        expected = []
        for tdb in to_tdb(times):
            place, _ = spiceypy.spkpos("SUN", float(tdb), "ECLIPJ2000", "NONE", "EARTH")
            expected.append(np.degrees(np.arctan2(place[1], place[0])) % 360.0)
    finally:
        spiceypy.kclear()
    # SPICE turns by the obliquity of IAU 1976, 84381.448 arcsec, which moves longitudes by less than 1e-6 deg
    assert solar_longitude(times) == pytest.approx(expected, abs=1e-5)


def test_begin_peak_and_end_stand_in_order_at_their_longitudes() -> None:
    showers = load_catalogue().showers
    table = meteoroid_showers("2026-01-01", "2031-01-01")
    assert table.peak.is_monotonic_increasing
    assert (table.start < table.peak).all()
    assert (table.peak < table.end).all()
    for name, field in [("start", "begin"), ("peak", "solar_longitude"), ("end", "end")]:
        expected = [getattr(showers[one], field) for one in table.shower]
        off = (solar_longitude(table[name].to_numpy()) - expected + 180.0) % 360.0 - 180.0
        assert np.abs(off).max() < 1e-6, name


def test_each_shower_comes_once_a_year() -> None:
    table = meteoroid_showers("2026-03-01", "2036-03-01")
    assert (table.groupby("shower").size() == 10).all()
    geminids = table[table.shower == "geminids"].peak.to_numpy()
    assert np.diff(geminids) / np.timedelta64(1, "D") == pytest.approx(365.256, abs=0.02)


def test_a_span_within_a_season_lists_the_shower_and_no_other() -> None:
    table = meteoroid_showers("2026-12-14T00:00", "2026-12-14T01:00")
    assert table.shower.tolist() == ["geminids"]
    assert list(table.columns) == list(SHOWER_COLUMNS)
    assert table.radiant_elevation.isna().all()


def test_a_season_over_new_year_is_one() -> None:
    table = meteoroid_showers("2025-12-30", "2025-12-31")
    assert table.shower.tolist() == ["quadrantids"]
    assert str(table.peak[0]).startswith("2026-01-03 21:")  # IMO 2026: January 3, 21 h UT


def test_a_quiet_span_is_a_clean_empty_table() -> None:
    table = meteoroid_showers("2026-02-20", "2026-02-25")
    assert len(table) == 0
    assert list(table.columns) == list(SHOWER_COLUMNS)
    assert table.peak.dtype == "datetime64[us]"


def test_the_pole_faces_the_showers_of_its_own_half_of_the_sky() -> None:
    south = meteoroid_showers("2026-01-01", "2027-01-01", "connecting_ridge").groupby("shower").first()
    north = (
        meteoroid_showers("2026-01-01", "2027-01-01", SurfacePlace(89.45, 222.7)).groupby("shower").first()
    )
    assert south.radiant_elevation["ursids"] < -60.0 < 60.0 < north.radiant_elevation["ursids"]
    assert south.radiant_elevation["southern_delta_aquariids"] > 0.0


def test_what_strikes_the_moon_has_not_fallen_to_the_earth() -> None:
    # by hand: 35 km/s less the fall to 100 km over the Earth, 11.1 km/s, more that to the Moon, 2.38 km/s
    assert impact_speed(35.0) == pytest.approx(np.sqrt(35.0**2 - 11.1**2 + 2.376**2), abs=0.01)
    assert np.all(impact_speed([21.0, 41.0, 71.0]) < [21.0, 41.0, 71.0])


def test_faults_are_one_clear_error() -> None:
    with pytest.raises(CoverageError, match="kernels cover"):
        meteoroid_showers("2060-01-01", "2061-01-01")
    with pytest.raises(UnknownNameError, match="malapert"):
        meteoroid_showers("2026-01-01", "2027-01-01", "malaprt")
    assert solar_longitude(np.array([], "datetime64[us]")).size == 0


def test_a_shower_is_an_event_of_a_calendar() -> None:
    span = ("2026-12-01", "2027-01-01")
    table = meteoroid_showers(*span)
    windows = Windows.from_frame(table[table.shower == "geminids"], span)
    assert len(windows) == 1
    text = windows.to_icalendar("Geminids")
    assert Windows.from_icalendar(text) == windows
    assert "SUMMARY:Geminids" in text
