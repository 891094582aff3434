from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.catalogue.site import Site
from ilrs_science.epochs import grid
from ilrs_science.errors import CoverageError, EpochError, UnknownNameError
from ilrs_science.nomenclature import check
from ilrs_science.sky.observe import observe
from ilrs_science.sky.place import SurfacePlace

YEAR = grid("2026-01-01", "2027-01-01", "6 h")


def sun(latitude: float, longitude: float, when: str) -> tuple[float, float]:
    seen = observe(SurfacePlace(latitude, longitude), np.array([when], "datetime64[us]")).isel(time=0)
    return float(seen["azimuth"].sel(body="sun")), float(seen["elevation"].sel(body="sun"))


@pytest.mark.parametrize(
    ("latitude", "longitude", "when", "elevation", "azimuth"),
    [
        # touchdowns: elevation from the Apollo Lunar Surface Journal, azimuth by SPICE azlcpo with de421 and LT+S
        (0.6875, 23.4333, "1969-07-20T20:17:39", 10.65, 88.81),  # Apollo 11
        (-3.1975, -23.3856, "1969-11-19T06:54:36", 5.19, 91.16),  # Apollo 12
    ],
)
def test_the_sun_of_apollo_stood_where_the_astronauts_saw_it(
    latitude: float, longitude: float, when: str, elevation: float, azimuth: float
) -> None:
    found = sun(latitude, longitude, when)
    assert found[1] == pytest.approx(elevation, abs=0.02)
    assert found[0] == pytest.approx(azimuth, abs=0.01)


@pytest.mark.parametrize(
    ("beijing", "elevation"),
    [
        # wake-ups of Chang'e-4 and Yutu-2 announced by CLEP, Beijing time; elevation by SPICE at those minutes
        ("2019-01-29T20:00+08:00", 7.0),
        ("2020-08-12T20:34+08:00", 6.7),
        ("2019-01-30T20:39+08:00", 15.6),
        ("2020-08-13T14:54+08:00", 13.1),
        ("2019-02-11T20:00+08:00", 8.8),
        ("2020-06-28T01:00+08:00", 6.0),
    ],
)
def test_the_sun_of_chang_e_4_stood_where_it_woke_and_slept(beijing: str, elevation: float) -> None:
    seen = observe(SurfacePlace(-45.4446, 177.5991), [beijing], ["sun"])  # type: ignore[arg-type]
    assert seen["elevation"].item() == pytest.approx(elevation, abs=0.06)


def test_what_is_seen_follows_the_nomenclature() -> None:
    seen = observe(SurfacePlace(-89.45, 222.69), YEAR)
    assert check(seen) is seen
    assert seen["elevation"].dims == ("time", "body")
    assert list(seen["body"].values) == ["sun", "earth"]
    assert seen["time"].dtype == "datetime64[us]"
    assert set(seen.data_vars) == {"azimuth", "elevation", "range"}


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_angles_and_ranges_are_possible_anywhere(latitude: float, longitude: float) -> None:
    seen = observe(SurfacePlace(latitude, longitude), YEAR[::40])
    assert ((seen["azimuth"] >= 0.0) & (seen["azimuth"] < 360.0)).all()
    assert (abs(seen["elevation"]) <= 90.0).all()
    # perigee and apogee of the Moon (Meeus, Astronomical Algorithms, ch. 50), less or plus the Moon's radius
    assert ((seen["range"].sel(body="earth") > 354_500) & (seen["range"].sel(body="earth") < 408_600)).all()


def test_an_azimuth_of_minus_nothing_is_zero() -> None:
    # due north to rounding: where the Sun culminates north of a southern site, its azimuth passes 360 to 0
    seen = observe(SurfacePlace(-90.0, 0.0), grid("2026-01-01", "2026-02-01", "1 min"), ["sun"])
    assert float(seen["azimuth"].max()) < 360.0
    assert (-1e-17) % 360.0 == 360.0  # why this is looked at


def test_at_the_sub_earth_point_the_earth_stays_near_the_zenith() -> None:
    seen = observe(SurfacePlace(0.0, 0.0), YEAR, ["earth"])
    # libration in longitude and latitude: 7.9 and 6.9 deg at the most (Meeus, ch. 53), with the parallax of the site
    assert float(seen["elevation"].min()) > 90.0 - 10.6
    assert float(observe(SurfacePlace(0.0, 180.0), YEAR, ["earth"])["elevation"].max()) < -79.0


def test_the_sun_stays_within_its_tilt_at_the_poles() -> None:
    # the equator of the Moon is inclined by 1.54 deg to the ecliptic (Cassini's laws)
    for latitude in (-90.0, 90.0):
        elevation = observe(SurfacePlace(latitude, 0.0), YEAR, ["sun"])["elevation"]
        assert 1.4 < float(elevation.max()) < 1.62
        assert -1.62 < float(elevation.min()) < -1.4


def test_antipodes_see_the_sun_at_opposite_elevations() -> None:
    here, there = (
        observe(SurfacePlace(lat, lon), YEAR, ["sun"]) for lat, lon in ((30.0, 40.0), (-30.0, 220.0))
    )
    # parallax: 2 x 1737 km at 1.5e8 km are 1.4e-3 deg
    assert float(abs(here["elevation"] + there["elevation"]).max()) < 1.5e-3


def test_a_site_a_place_and_its_full_turn_are_the_same() -> None:
    site = Site(id="ridge", latitude=-89.45, longitude=-137.31)
    one, two = observe(site, YEAR[:50]), observe(SurfacePlace(-89.45, 222.69), YEAR[:50])
    assert np.abs(one["elevation"].values - two["elevation"].values).max() < 1e-10


def test_one_epoch_is_a_series_of_one() -> None:
    assert observe(SurfacePlace(0.0, 0.0), YEAR[0]).sizes == {"time": 1, "body": 2}
    assert observe(SurfacePlace(0.0, 0.0), YEAR[:0]).sizes == {"time": 0, "body": 2}


def test_what_cannot_be_seen_is_one_clear_error() -> None:
    place = SurfacePlace(0.0, 0.0)
    with pytest.raises(CoverageError, match="the shipped kernels cover"):
        observe(place, np.array(["2060-01-01"], "datetime64[us]"))
    with pytest.raises(UnknownNameError, match="unknown body or target 'son'; did you mean sun"):
        observe(place, YEAR, ["son"])
    with pytest.raises(EpochError, match="a date is missing"):
        observe(place, np.array(["NaT"], "datetime64[us]"))
