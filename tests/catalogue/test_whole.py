"""A wrong field does not hide what is wrong between the others."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.catalogue.instrument import Instrument
from ilrs_science.catalogue.mission import Mission
from ilrs_science.catalogue.station import Station
from ilrs_science.catalogue.whole import whole_faults
from ilrs_science.errors import RequestError

FLIGHT = {"id": "x", "programme": "luna", "operators": ["a"], "launch": "2030", "landing": "2029"}


def test_reversed_dates_are_told_beside_a_wrong_status() -> None:
    assert list(whole_faults(Mission, {**FLIGHT, "status": "lost"}, {"status"})) == [
        "landing 2029 is before launch 2030"
    ]
    with pytest.raises(
        RequestError, match=r"status: unknown choice 'lost'.*landing 2029 is before launch 2030"
    ):
        Mission(**FLIGHT, status="lost")


def test_two_places_of_a_station_are_told_beside_a_bad_unit() -> None:
    data = {"id": "x", "site": "a", "orbit": "b", "mast": "2 W"}
    assert any("a site or an orbit" in wrong for wrong in whole_faults(Station, data, {"mast"}))


def test_two_rules_that_are_broken_are_both_told() -> None:
    data = {**FLIGHT, "status": "failed", "latitude": 1}
    assert list(whole_faults(Mission, data, set())) == [
        "landing 2029 is before launch 2030",
        f"is failed, but its launch 2030 is after today, {np.datetime64('today')}",
        "latitude and longitude come together",
    ]


def test_a_rule_that_reads_a_wrong_field_says_nothing() -> None:
    data = {"id": "x", "kind": "camera", "mass": "1 kg", "power": {"operate": "1 W"}}
    assert list(whole_faults(Instrument, {**data, "data_rate": "1 kg"}, {"data_rate"})) == []
    assert list(whole_faults(Instrument, {**data, "products": "image"}, {"products"})) == []
    assert len(list(whole_faults(Instrument, data, set()))) == 1
