"""Sunlight and power that come in at a place."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.plant import SolarArray, Tracking
from ilrs_science.environment.power.plant import plant_power
from ilrs_science.environment.power.supply import scaled, site_light, supply, watts
from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.sky.place import SurfacePlace

RIDGE = SurfacePlace(-89.45, 222.69)
SPAN = ("2031-03-01", "2031-03-03")


def test_light_tells_what_it_depends_on() -> None:
    seen = site_light(RIDGE, *SPAN, step="2 h", mast="5 m")
    assert seen.sizes == {"time": 24}
    told = {name: seen.attrs[name] for name in ("mast_m", "start", "end", "step", "ground_dem")}
    assert told == {
        "mast_m": 5.0,
        "start": "2031-03-01T00:00:00Z",
        "end": "2031-03-03T00:00:00Z",
        "step": "2 h",
        "ground_dem": "lola_south_1600m.tif",
    }


def test_a_station_stands_on_its_mast_and_others_on_2_m() -> None:
    station = load_catalogue().stations["connecting_ridge_station"]
    assert site_light(station, *SPAN).attrs["mast_m"] == 10.0
    assert site_light("connecting_ridge", *SPAN).attrs["mast_m"] == 2.0
    assert site_light(station, *SPAN, mast="3 m").attrs["mast_m"] == 3.0


def test_a_station_may_stand_elsewhere() -> None:
    station = load_catalogue().stations["connecting_ridge_station"]
    elsewhere = site_light(station, *SPAN, site=SurfacePlace(0.0, 10.0), terrain="none")
    assert (elsewhere.attrs["latitude"], elsewhere.attrs["longitude"]) == (0.0, 10.0)
    with pytest.raises(UnknownNameError, match="connecting_ridge"):
        site_light("conecting_ridge", *SPAN)


@pytest.mark.parametrize(("power", "expected"), [("1.5 kW", 1500.0), (2, 2.0), (np.float64(3.5), 3.5)])
def test_powers_are_read_with_and_without_units(power: str | float, expected: float) -> None:
    assert watts(power) == expected


def test_an_array_is_scaled_as_it_stands() -> None:
    wall = SolarArray(
        area="2 m**2", efficiency="20 %", tracking="fixed", tilt="90 deg", azimuth="45 deg", sides=2
    )
    larger = scaled(wall, np.float64(1234.5))
    assert (larger.rated_power, larger.tracking, larger.azimuth, larger.sides) == (
        1234.5,
        Tracking.FIXED,
        45.0,
        2,
    )
    assert scaled(None, 10.0) == SolarArray(nominal_power="10 W")
    for power in (0.0, -1.0, np.nan):
        with pytest.raises(RequestError, match="above zero"):
            scaled(None, power)


def test_an_array_of_the_caller_stands_in_for_those_of_the_station() -> None:
    station = load_catalogue().stations["connecting_ridge_station"]
    seen = site_light(station, *SPAN)
    everything, alone = supply(station, None, seen)
    np.testing.assert_array_equal(everything, plant_power(station, seen)["power_available"])
    np.testing.assert_allclose(everything - alone, 20.0)
    other, _ = supply(station, [SolarArray(nominal_power="5 kW")], seen)
    assert other.max() == 1000.0, "the bus still has its limit"


def test_a_site_has_the_arrays_that_are_given_and_no_more() -> None:
    seen = site_light(RIDGE, *SPAN, mast="10 m")
    one, alone = supply(RIDGE, "1 kW", seen)
    assert one is alone
    two, _ = supply(RIDGE, [SolarArray(nominal_power="1 kW")] * 2, seen)
    np.testing.assert_allclose(two, 2.0 * one)
    assert one.max() == pytest.approx(1000.0, rel=0.04)
    with pytest.raises(RequestError, match="which array"):
        supply(RIDGE, None, seen)
