"""Loads and array powers about a station."""

from __future__ import annotations

import pytest

import ilrs_science as ilrs
from ilrs_science.catalogue.station import BaseLoad
from ilrs_science.panels.site_sizes import array_powers, loads

STATIONS = [one for one in ilrs.load_catalogue().stations.values() if one.site is not None]


def test_a_station_draws_by_night_by_day_and_with_its_robot() -> None:
    station = ilrs.load_catalogue().stations["connecting_ridge_station"]
    # 90 W by night and 160 W by day, and 60 W of its robot: data/catalogue/stations
    assert loads(station) == [90.0, 160.0, 220.0]


def test_loads_that_are_the_same_are_one_and_no_load_is_none() -> None:
    station = ilrs.load_catalogue().stations["far_side_night_station"]
    even = station.model_copy(update={"base_load": BaseLoad(day="40 W", night="40 W")})
    assert loads(even) == [40.0]
    idle = station.model_copy(update={"base_load": BaseLoad(day="0 W", night="0 W")})
    assert loads(idle) == []
    assert array_powers(idle)[-1] == 400.0


@pytest.mark.parametrize("station", STATIONS, ids=lambda one: one.id)
def test_arrays_go_from_too_little_to_plenty_in_short_numbers(station: ilrs.Station) -> None:
    powers, largest = array_powers(station), float(max(loads(station)))
    assert powers == sorted(set(powers))
    assert powers[0] == pytest.approx(largest / 2, rel=0.1)
    assert powers[-1] == pytest.approx(largest * 4, rel=0.1)
    assert all(len(f"{power:g}".rstrip("0").replace(".", "")) <= 3 for power in powers)
