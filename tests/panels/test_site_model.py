"""The site model: choices are bounded, consistent, and say what is wrong."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.errors import EpochError, RequestError, UnknownNameError
from ilrs_science.panels.site_model import GROUPS, OWN, PARTNERS, SiteModel


def test_the_first_choices_are_a_year_at_the_ridge() -> None:
    chosen = SiteModel().choices
    assert chosen.ground.id == "connecting_ridge"
    assert chosen.station is None
    assert chosen.label == "Connecting Ridge (Shackleton - de Gerlache)"
    assert (chosen.start, chosen.end) == (np.datetime64("2031-01-01"), np.datetime64("2032-01-01"))
    assert chosen.month_end == np.datetime64("2031-01-31")
    assert (chosen.mast, chosen.terrain, chosen.partners) == (10.0, "auto", PARTNERS)


def test_a_station_stands_on_its_site() -> None:
    chosen = SiteModel(place="connecting_ridge_station").choices
    assert chosen.station is not None
    assert chosen.station.id == "connecting_ridge_station"
    assert chosen.ground.id == "connecting_ridge"
    assert chosen.label == chosen.station.label


def test_a_place_of_ones_own_stands_on_the_terrain() -> None:
    ground = SiteModel(place=OWN, latitude=-30.25, longitude=-120.0).choices.ground
    assert (ground.latitude, ground.longitude) == (-30.25, -120.0)
    assert ground.height is None, "so that it is read from the grid"
    assert ground.label == "-30.25°, -120°"


def test_a_month_ends_with_its_span() -> None:
    chosen = SiteModel(days=30).choices
    assert chosen.end == chosen.month_end == np.datetime64("2031-01-31")


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ({"latitude": 90.5}, "the latitude is -90 to 90 deg, not 90.5"),
        ({"latitude": float("nan")}, "the latitude is -90 to 90 deg, not nan"),
        ({"longitude": 361.0}, "the longitude is -360 to 360 deg, not 361"),
        ({"longitude": float("inf")}, "the longitude is -360 to 360 deg, not inf"),
        ({"mast": -1.0}, "the mast is 0 to 1000 m, not -1"),
        ({"mast": 1e9}, "the mast is 0 to 1000 m, not 1000000000"),
        ({"days": 31}, "the length is 30 or 365 days, not 31"),
    ],
)
def test_a_number_that_cannot_be_is_refused_with_its_range(choice: dict[str, float], words: str) -> None:
    with pytest.raises(RequestError) as refusal:
        SiteModel(**choice)
    assert str(refusal.value) == words


@pytest.mark.parametrize(
    "choice",
    [
        {"latitude": 90.0},
        {"latitude": -90.0},
        {"longitude": 360.0},
        {"mast": 0.0},
        {"mast": 1000.0},
        {"days": 30},
    ],
)
def test_the_ends_of_a_range_belong_to_it(choice: dict[str, float]) -> None:
    model = SiteModel(**choice)
    assert {name: getattr(model, name) for name in choice} == choice


@pytest.mark.parametrize("text", ["", "1.1.2031", "2031-02-30", "x" * 500, "2031-01-01T00:00"])
def test_what_is_no_date_is_refused_with_the_form_of_one(text: str) -> None:
    with pytest.raises(EpochError, match="write it as 2031-01-01") as refusal:
        SiteModel(start=text)
    assert len(str(refusal.value)) < 80


@pytest.mark.parametrize("place", ["conecting_ridge", "", "<script>", "llo_100", "x" * 999])
def test_an_unknown_place_or_an_orbit_is_refused(place: str) -> None:
    with pytest.raises(UnknownNameError, match="site or station on the ground"):
        SiteModel(place=place)


def test_a_wrong_choice_leaves_the_old_one() -> None:
    model = SiteModel(mast=4.0)
    with pytest.raises(RequestError):
        model.mast = -4.0
    assert model.mast == 4.0


def test_an_unknown_group_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="group of figures"):
        SiteModel(what="all_of_it")


@pytest.mark.parametrize(
    ("place", "what", "wanted"),
    [
        ("malapert", "everything", ["light", "temperature"]),
        ("connecting_ridge_station", "everything", ["light", "temperature", "station"]),
        ("connecting_ridge_station", "light", ["light"]),
        ("malapert", "temperature", ["temperature"]),
        ("malapert", "station", []),
        ("connecting_ridge_station", "station", ["station"]),
    ],
)
def test_a_group_is_wanted_if_it_is_asked_for_and_can_be_had(
    place: str, what: str, wanted: list[str]
) -> None:
    chosen = SiteModel(place=place, what=what).choices
    assert [group for group in GROUPS[1:] if chosen.wants(group)] == wanted


def test_repr_is_one_honest_line() -> None:
    assert repr(SiteModel(mast=2.5)) == "<SiteModel connecting_ridge, 365 d from 2031-01-01, mast 2.5 m>"
