"""Names are offered in words, grouped by what they are."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.panels.names import options, places
from ilrs_science.sky.bodies import BODIES
from ilrs_science.sky.targets import resolver

CATALOGUE = load_catalogue()
FOLDERS = ("bodies", "targets", "orbits", "sites", "ground_stations")


def test_every_record_of_a_folder_is_offered() -> None:
    found = options(CATALOGUE, FOLDERS)
    shelves = CATALOGUE.targets, CATALOGUE.orbits, CATALOGUE.sites, CATALOGUE.ground_stations
    assert [name for _, name in found] == [*BODIES, *(one for shelf in shelves for one in shelf)]
    assert len({words for words, _ in found}) == len(found)


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("bodies", ("Body · Jupiter", "jupiter")),
        ("sites", ("Site · Malapert massif", "malapert")),
        ("orbits", ("Orbit · Queqiao-2 relay", "queqiao2")),
        ("targets", ("Target · Vega", "vega")),
    ],
)
def test_words_say_what_it_is_and_its_name(folder: str, expected: tuple[str, str]) -> None:
    assert expected in options(CATALOGUE, [folder])


def test_names_can_be_left_out() -> None:
    assert "moon" not in dict(map(reversed, options(CATALOGUE, ["bodies"], ["moon", "nibiru"])))


def test_places_are_sites_stations_and_orbits() -> None:
    assert [key for _, key in places(CATALOGUE)] == [*CATALOGUE.sites, *CATALOGUE.stations, *CATALOGUE.orbits]


def test_every_name_that_is_offered_is_known_to_the_search() -> None:
    resolve = resolver((np.datetime64("2026-01-01", "us"), np.datetime64("2026-01-02", "us")), CATALOGUE)
    for _, name in options(CATALOGUE, FOLDERS):
        if name not in CATALOGUE.orbits:  # those would be propagated
            assert resolve(name) is not None
