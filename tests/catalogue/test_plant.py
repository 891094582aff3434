"""Solar arrays, sources and batteries as records say them."""

from __future__ import annotations

import pytest

from ilrs_science.catalogue.battery import Battery, TemperatureRange
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.plant import ArrayAgeing, SolarArray, Tracking
from ilrs_science.catalogue.source import PowerSource
from ilrs_science.errors import RequestError

PLAIN = {
    "capacity": "10 kWh",
    "depth_of_discharge": "80 %",
    "charge_efficiency": 1,
    "discharge_efficiency": 1,
}


def test_what_is_not_said_of_an_array_has_no_effect() -> None:
    array = SolarArray(nominal_power="1 kW")
    assert (array.tracking, array.sides, array.ageing) == (Tracking.TWO_AXIS, 1, None)


def test_a_fixed_array_says_where_it_looks() -> None:
    wall = SolarArray(nominal_power="1 kW", tracking="fixed", tilt="90 deg", azimuth="-90 deg", sides=2)
    assert (wall.tilt, wall.azimuth, wall.sides) == (90.0, -90.0, 2)
    for told in ({}, {"tilt": "90 deg"}, {"azimuth": "90 deg"}):
        with pytest.raises(RequestError, match="needs tilt and azimuth"):
            SolarArray(nominal_power="1 kW", tracking="fixed", **told)


@pytest.mark.parametrize("tracking", ["two_axis", "vertical", "horizontal"])
def test_an_array_that_turns_or_lies_has_no_tilt(tracking: str) -> None:
    with pytest.raises(RequestError, match="tilt and azimuth are for tracking: fixed, not for"):
        SolarArray(nominal_power="1 kW", tracking=tracking, tilt="30 deg")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"dust": 1.0}, "less than 1"),
        ({"radiation": "-1 %"}, "must be at least 0"),
        ({"rain": 0.1}, "no such field"),
    ],
)
def test_losses_are_parts(fault: dict[str, object], words: str) -> None:
    with pytest.raises(RequestError, match=words):
        ArrayAgeing(since="2030-01-01", **fault)


@pytest.mark.parametrize("name", ["half_life", "life"])
def test_what_counts_from_an_epoch_needs_one(name: str) -> None:
    with pytest.raises(RequestError, match="need since"):
        PowerSource(id="unit", power="1 W", **{name: "10 yr"})
    assert getattr(PowerSource(id="unit", power="1 W", since="2030-01-01", **{name: "10 yr"}), name) > 3e8


def test_degradation_needs_an_epoch_too() -> None:
    with pytest.raises(RequestError, match="need since"):
        PowerSource(id="unit", power="1 W", degradation="1 %")


def test_a_heater_unit_gives_heat_alone() -> None:
    unit = PowerSource(id="heater", power="0 W", heat="1 W", half_life="87.7 yr", since="2030-01-01")
    assert (unit.power, unit.heat) == (0.0, 1.0)
    assert unit.half_life == pytest.approx(87.7 * 365.25 * 86400.0)


def test_a_battery_without_limits_has_none() -> None:
    cell = Battery(**PLAIN)
    assert (cell.self_discharge, cell.yearly_fade, cell.cycle_fade) == (0.0, 0.0, 0.0)
    assert (
        cell.charge_rate
        is cell.discharge_rate
        is cell.charge_temperature
        is cell.discharge_temperature
        is None
    )


def test_temperatures_are_read_in_either_scale_and_stand_in_order() -> None:
    cell = Battery(**PLAIN, charge_temperature={"min": "0 degC", "max": "318.15 K"})
    assert cell.charge_temperature == TemperatureRange(min="273.15 K", max="45 degC")
    with pytest.raises(RequestError, match="colder"):
        TemperatureRange(min="10 degC", max="0 degC")


def test_fade_by_the_year_needs_an_epoch() -> None:
    with pytest.raises(RequestError, match="yearly_fade needs since"):
        Battery(**PLAIN, yearly_fade="2 %")


def test_records_survive_their_own_json() -> None:
    since = {"since": "2030-01-01"}
    array = SolarArray(
        nominal_power="1 kW", ageing={**since, "dust": "1 %", "landing": "2 %", "landings": ["2031-01-01"]}
    )
    unit = PowerSource(id="unit", power="40 kW", throttle="50 %", life="10 yr", **since)
    cell = Battery(**PLAIN, charge_rate=0.5, yearly_fade="1 %", charge_temperature={"min": "0 degC"}, **since)
    for one in (array, unit, cell):
        assert one.replace() == one
        assert hash(one.replace()) == hash(one)


def test_a_station_has_no_array_one_or_several() -> None:
    station = load_catalogue().stations["connecting_ridge_station"]
    second = {"nominal_power": "1 kW"}
    assert station.arrays == (station.array,)
    assert station.replace(array=None).arrays == ()
    assert station.replace(array=None).rated_power == 0.0
    both = station.replace(more_arrays=[second])
    assert both.arrays == (station.array, SolarArray(nominal_power="1 kW"))
    assert both.rated_power == pytest.approx(station.rated_power + 1000.0)


def test_a_station_without_any_power_is_refused() -> None:
    station = load_catalogue().stations["connecting_ridge_station"]
    with pytest.raises(RequestError, match="needs a solar array or a source"):
        station.replace(array=None, sources=[])
    with pytest.raises(RequestError, match="needs a solar array or a source"):
        station.replace(array=None, sources=[{"id": "heater", "power": "0 W", "heat": "1 W"}])


def test_a_throttled_source_counts_by_what_it_gives() -> None:
    station = load_catalogue().stations["connecting_ridge_station"]
    half = station.replace(sources=[{"id": "reactor", "power": "40 kW", "throttle": "50 %"}])
    assert half.constant_power == 20_000.0
