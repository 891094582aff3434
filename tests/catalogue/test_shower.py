"""Meteoroid showers of the catalogue."""

from __future__ import annotations

import pytest

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.shower import Shower
from ilrs_science.errors import RequestError

GEMINIDS = {
    "solar_longitude": "262.2 deg",
    "begin": "252 deg",
    "end": "265 deg",
    "ra": "112 deg",
    "dec": "33 deg",
    "speed": "35 km/s",
    "zenithal_hourly_rate": 150,
}


def test_the_great_showers_of_the_year_are_there_each_at_its_peak_within_its_season() -> None:
    showers = load_catalogue().showers
    codes = {one.code for one in showers.values()}
    assert {"QUA", "LYR", "ETA", "SDA", "PER", "ORI", "LEO", "GEM", "URS"} <= codes
    for one in showers.values():
        into = (one.solar_longitude - one.begin) % 360.0
        assert 0.0 < into < (one.end - one.begin) % 360.0 < 65.0, one.id


def test_showers_of_one_comet_come_as_fast_as_each_other() -> None:
    showers = load_catalogue().showers  # both cross the stream of Halley, in May and in October
    assert showers["eta_aquariids"].speed == showers["orionids"].speed == 66.0


def test_a_shower_survives_the_way_through_json() -> None:
    shower = Shower(**GEMINIDS)
    assert Shower.model_validate_json(shower.model_dump_json()) == shower


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("solar_longitude", "360 deg", "less than 360"),
        ("dec", "91 deg", "must be at most 90"),
        ("speed", "11 km/s", "must be more than 11.2"),  # nothing falls on the Earth more slowly
        ("speed", "80 km/s", "less than 73"),  # nor faster, if it comes from the solar system
        ("zenithal_hourly_rate", -1, "must be at least 0"),
        ("zenithal_hourly_rate", "many", "not a whole number"),
    ],
)
def test_what_no_shower_can_be_is_one_line_that_says_why(field: str, value: object, words: str) -> None:
    with pytest.raises(RequestError) as caught:
        Shower(**{**GEMINIDS, field: value})
    assert words in str(caught.value)
