"""What can be built at some places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.studies.siting.candidate import ARCHITECTURES, Candidate, candidates_of, with_stations

CATALOGUE = load_catalogue()
STATION = "connecting_ridge_station"


def built(places: Sequence[str], kinds: Any = ARCHITECTURES, orbiter: str | None = None) -> list[Candidate]:
    return list(candidates_of(places, kinds, CATALOGUE, STATION, orbiter))


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (("surface",), ["haworth"]),
        (("orbit",), ["dro"]),
        (("both",), ["haworth+dro"]),
        (("orbit", "surface"), ["dro", "haworth"]),
    ],
)
def test_architectures_say_what_is_built_and_in_which_order(
    kinds: tuple[str, ...], expected: list[str]
) -> None:
    assert [one.id for one in built(["haworth", "dro"], kinds)] == expected


def test_what_flies_has_no_robots_mast_or_boxes_and_the_same_battery() -> None:
    (orbit,) = built(["dro"], ("orbit",))
    (station,) = orbit.stations
    hardware = CATALOGUE.stations[STATION]
    assert (station.robots, station.boxes, station.orbit, station.site) == ((), (), "dro", None)
    assert station.battery == hardware.battery
    assert repr(orbit) == "<Candidate dro: orbit>"


def test_a_pair_is_a_base_and_then_an_orbiter() -> None:
    (pair,) = built(["haworth+dro"], ("surface",))
    assert [one.id for one in pair.stations] == ["at_haworth", "in_dro"]
    assert pair.architecture == "both"


def test_places_that_are_given_twice_count_once() -> None:
    assert len(built(["haworth", "haworth", "dro", "haworth+dro"])) == 3


@pytest.mark.parametrize("places", [["atlantis"], ["haworth", "dr0"]])
def test_unknown_places_are_refused(places: list[str]) -> None:
    with pytest.raises(UnknownNameError):
        built(places)


def test_nothing_to_compare_is_said() -> None:
    with pytest.raises(RequestError, match="nothing to compare"):
        built(["dro"], ("surface",))
    with pytest.raises(UnknownNameError, match="architecture"):
        built(["dro"], ("underground",))


def test_a_catalogue_with_stations_leaves_the_other_one_as_it_was() -> None:
    (one,) = built(["haworth"], ("surface",))
    more = with_stations(CATALOGUE, one.stations)
    assert more.stations["at_haworth"].site == "haworth"
    assert "at_haworth" not in CATALOGUE.stations
    assert len(more.stations) == len(CATALOGUE.stations) + 1
