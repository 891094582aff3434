"""Relays: the shipped one, and references that must lead somewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from ilrs_science.catalogue.ground_station import Access
from ilrs_science.catalogue.library import catalogue_faults, load_catalogue
from ilrs_science.catalogue.provenance import Basis
from ilrs_science.catalogue.radio import Band
from ilrs_science.catalogue.relay import Relay
from ilrs_science.errors import UnknownNameError

CATALOGUE = load_catalogue()


def test_queqiao_2_flies_on_its_orbit_and_speaks_to_china() -> None:
    relay = CATALOGUE.relays["queqiao2_relay"]
    assert CATALOGUE.orbits[relay.orbit].label == "Queqiao-2 relay"
    assert {CATALOGUE.ground_stations[name].access for name in relay.ground_stations} == {Access.FOUNDER}
    assert [radio.band for radio in relay.surface] == [Band.X, Band.P]
    assert all(radio.hears for radio in relay.surface)
    assert all(radio.sends for radio in relay.earth)


def test_published_numbers_of_queqiao_2_say_so() -> None:
    # source S25: Ka band 100 Mbit/s by a tube of 55 W, S band 6 Mbit/s
    relay = CATALOGUE.relays["queqiao2_relay"]
    ka, s = relay.earth
    assert (relay.earth_rate, ka.power, ka.max_rate, s.max_rate) == (100.0, 55.0, 100.0, 6.0)
    assert relay.provenance_of("earth_rate").basis is Basis.SOURCED
    assert relay.provenance_of("surface_rate").basis is Basis.ESTIMATE


def test_a_relay_survives_the_way_through_json() -> None:
    relay = CATALOGUE.relays["queqiao2_relay"]
    assert Relay.model_validate_json(relay.model_dump_json()) == relay
    assert repr(relay) == "<Relay queqiao2_relay: Queqiao-2>"


def test_an_unknown_relay_lists_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="did you mean queqiao2_relay"):
        CATALOGUE.relays["queqiao_relay"]


def test_orbit_and_stations_of_a_relay_must_exist(tmp_path: Path) -> None:
    text = "relays: [{id: mine, orbit: queqiao3, ground_stations: [jiamusi, kashgar], basis: {default: estimate}}]"
    (tmp_path / "mine.yaml").write_text(text, "utf-8")
    faults = list(map(str, catalogue_faults(tmp_path)))
    assert len(faults) == 2
    assert "unknown orbit 'queqiao3'; did you mean queqiao2" in faults[1] + faults[0]
    assert "unknown ground station 'kashgar'; did you mean kashi" in faults[1] + faults[0]
