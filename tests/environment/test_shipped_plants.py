"""The shipped stations: what their plants are for."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.environment.power.ageing import source_heat, source_power
from ilrs_science.environment.power.night import night_survival
from ilrs_science.environment.power.sizing import battery_for

SPAN = ("2036-01-01", "2036-03-01")


def test_the_fission_unit_carries_its_station_through_every_night() -> None:
    station = load_catalogue().stations["reactor_station"]
    found = night_survival(station, *SPAN)
    assert found.survives
    assert found.table["duration_h"].max() > 300.0
    assert battery_for(station.base_load, station, *SPAN) == 0.0


def test_the_fission_unit_ends_after_ten_years() -> None:
    station = load_catalogue().stations["reactor_station"]
    times = np.array(["2044-12-31", "2045-01-02"], "datetime64[us]")
    assert source_power(station.sources, times).tolist() == [20_000.0, 0.0]


def test_the_night_observatory_lives_on_its_battery_alone() -> None:
    station = load_catalogue().stations["far_side_night_station"]
    found = night_survival(station, *SPAN)
    assert found.survives
    # 15 W through a far-side night of 15 days, as it is before a grain of dust lies on the arrays.
    night = found.table.iloc[0]
    assert night["energy_Wh"] == pytest.approx(15.0 * night["duration_h"], rel=0.01)
    assert not night_survival(station, *SPAN, load="20 W").survives


def test_its_walls_catch_the_low_sun_and_its_top_the_high_one() -> None:
    station = load_catalogue().stations["far_side_night_station"]
    series = night_survival(station, *SPAN).series["array_power"]
    whole, top = float(series.max()), station.array.rated_power
    assert whole < station.rated_power, "east and west are never lit at once"
    morning = series.where(series > 0.0, drop=True).sel(time=slice("2036-01-21", "2036-01-23"))
    assert float(morning.mean()) > 0.1 * top


def test_heater_units_give_heat_and_no_power() -> None:
    sources = load_catalogue().stations["far_side_night_station"].sources
    times = np.array(["2030-01-01", "2040-01-01"], "datetime64[us]")
    assert source_power(sources, times).tolist() == [0.0, 0.0]
    assert source_heat(sources, times).tolist() == pytest.approx([4.0, 4.0 * 0.5 ** (10 / 87.7)], rel=1e-4)


def test_the_numbers_say_where_they_come_from() -> None:
    reactor, observatory = (
        load_catalogue().stations[name] for name in ("reactor_station", "far_side_night_station")
    )
    assert reactor.provenance_of("sources.power").sources == ("S92",)
    assert reactor.provenance_of("array.ageing.dust").sources == ("S93",)
    assert observatory.provenance_of("battery.capacity").sources == ("S43",)
