"""Names of what can be shown, and words for spans."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science import load_catalogue
from ilrs_science.errors import RequestError
from ilrs_science.panels.sky_names import BODIES, held, length_in_words, nameable, require_held, short

START = np.datetime64("2026-01-01T00:00:00", "us")


def days(number: float) -> np.datetime64:
    return START + np.timedelta64(round(number * 86400), "s")


def test_everything_that_can_be_shown_can_be_observed_and_says_what_it_is() -> None:
    catalogue = load_catalogue()
    names = nameable(catalogue)
    shelves = (catalogue.orbits, catalogue.targets, catalogue.ground_stations, catalogue.sites)
    assert set(names) == {*BODIES, *(key for shelf in shelves for key in shelf)}
    assert names["queqiao2"] == "Queqiao-2 relay (orbiter)"
    assert names["vega"] == "Vega (target)"
    assert len(set(names.values())) == len(names)


def test_sun_earth_and_orbiters_stand_at_the_top_of_the_list() -> None:
    catalogue = load_catalogue()
    assert list(nameable(catalogue))[: 2 + len(catalogue.orbits)] == ["sun", "earth", *catalogue.orbits]


@pytest.mark.parametrize(
    ("length", "words"),
    [(28, "28 days"), (1, "1 day"), (0.25, "6 hours"), (1 / 24, "1 hour"), (1.5, "36 hours"), (2.5, "2.5 days")],
)  # fmt: skip
def test_a_span_in_words(length: float, words: str) -> None:
    assert length_in_words(START, days(length)) == words


@pytest.mark.parametrize(
    ("long", "brief"),
    [("Vega (target)", "Vega"), ("Low polar orbit, 100 km (orbiter)", "Low polar orbit, 100 km"), ("Sun", "Sun")],
)  # fmt: skip
def test_a_short_name_leaves_out_the_bracket_but_not_what_tells_orbits_apart(long: str, brief: str) -> None:
    assert short(long) == brief


def test_an_orbit_without_an_epoch_is_followed_anywhere() -> None:
    orbit = load_catalogue().orbits["llo_100"]
    assert held(orbit) is None
    require_held(orbit, days(9000), days(9001))


def test_the_halo_is_followed_as_long_as_its_record_says_that_it_holds() -> None:
    first, last = held(load_catalogue().orbits["nrho_9_2"])
    assert str(first)[:10] == "2025-12-02"
    assert str(last)[:10] == "2026-06-15"


@pytest.mark.parametrize(("first", "last"), [(-40, 0), (150, 170), (1800, 1828)])
def test_a_span_beyond_that_is_refused(first: int, last: int) -> None:
    with pytest.raises(RequestError, match="nothing steers it"):
        require_held(load_catalogue().orbits["nrho_9_2"], days(first), days(last))


def test_the_distant_retrograde_orbit_is_followed_for_ten_years() -> None:
    orbit = load_catalogue().orbits["dro"]
    require_held(orbit, days(3600), days(3640))
    with pytest.raises(RequestError, match="2035"):
        require_held(orbit, days(3640), days(3660))


@pytest.mark.parametrize(
    ("name", "first", "last"), [("queqiao1", -5, 48), ("eml1", -14, 38), ("eml2", -14, 38)]
)
def test_orbits_about_the_points_are_followed_for_weeks(name: str, first: int, last: int) -> None:
    orbit = load_catalogue().orbits[name]
    assert held(orbit) == (days(first), days(last))
    with pytest.raises(RequestError, match="nothing steers it"):
        require_held(orbit, days(last - 1), days(last + 1))
