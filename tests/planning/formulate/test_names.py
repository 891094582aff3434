"""Names tell the station only where there are several."""

from __future__ import annotations

from ilrs_science.catalogue.campaign import Campaign
from ilrs_science.planning.formulate.names import Names
from tests.planning.small_campaigns import START, at, station


def test_a_name_is_plain_at_one_station_and_tells_whose_it_is_at_several() -> None:
    given = {"station": "base", "experiments": ("a",), "start": START, "end": at(1)}
    assert Names(Campaign(**given)).of("battery", station()) == "battery"
    assert Names(Campaign(**given, stations=("base", "other"))).of("battery", station()) == "battery/base"
