"""The windows model without widgets: bounded choices, what they stand for, and what is wrong with them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from traitlets import TraitError

import ilrs_science as ilrs
from ilrs_science.catalogue.constraint import parse_constraint
from ilrs_science.errors import CoverageError, EpochError, RequestError, UnknownNameError
from ilrs_science.panels.conditions import Condition
from ilrs_science.panels.windows_model import (
    LONGEST_DAYS,
    LONGEST_ORBIT_DAYS,
    MOST_CONDITIONS,
    WindowsModel,
)

LIT, LINK = {"kind": "sun_elevation", "min": "-1.2 deg"}, {"kind": "earth_elevation", "min": "0 deg"}
PASS = {"kind": "pass_over", "orbiter": "queqiao2", "min": "10 deg"}
BETA = {"kind": "solar_beta", "min": "0 deg"}


@pytest.fixture(scope="module")
def model() -> WindowsModel:
    return WindowsModel()


def test_the_answer_is_that_of_the_library() -> None:
    answer = WindowsModel(conditions=[LIT, LINK]).answer()
    constraint = ilrs.SunElevation(min="-1.2 deg") & ilrs.EarthElevation(min="0 deg")
    assert answer.constraint == constraint
    assert answer.windows == ilrs.find_windows(constraint, "connecting_ridge", "2031-02-24", "2031-03-24")


def test_all_or_any_must_hold() -> None:
    model = WindowsModel(conditions=[LIT, LINK], days=10)
    everything, anything = model.answer().windows, WindowsModel(conditions=[LIT, LINK], days=10, join="any")
    assert (everything - anything.answer().windows).hours == 0
    assert anything.constraint == ilrs.SunElevation(min="-1.2 deg") | ilrs.EarthElevation(min="0 deg")
    with pytest.raises(TraitError):
        model.join = "none"
    assert model.join == "all"


def test_one_condition_stands_alone_and_none_is_none() -> None:
    assert WindowsModel(conditions=[LIT]).constraint == ilrs.SunElevation(min="-1.2 deg")
    assert WindowsModel(conditions=[]).constraint is None
    assert WindowsModel(conditions=[{"kind": "not", "of": LIT}]).constraint == ~ilrs.SunElevation(
        min="-1.2 deg"
    )


@pytest.mark.parametrize(("place", "kind"), [("malapert", "site"), ("queqiao2", "orbit")])
def test_a_place_is_a_site_or_an_orbit(place: str, kind: str) -> None:
    model = WindowsModel(place=place)
    assert (model.place, model.kind, model.record.id) == (place, kind, place)


@pytest.mark.parametrize(
    ("constraint", "kinds", "join"),
    [
        (ilrs.Day(), ["day"], "all"),
        (ilrs.Day() & ~ilrs.SunElevation(min="3 deg"), ["day", "sun_elevation"], "all"),
        ({"kind": "any_of", "of": [{"kind": "day"}, LIT]}, ["day", "sun_elevation"], "any"),
        (None, [], "all"),
    ],
)
def test_a_constraint_gives_the_rows(constraint: Any, kinds: list[str], join: str) -> None:
    model = WindowsModel(constraint=constraint)
    assert ([one.kind for one in model.conditions], model.join) == (kinds, join)
    assert constraint is None or model.constraint == parse_constraint(constraint)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("conecting_ridge", "connecting_ridge"),
        ("orbit/malapert", "did you mean malapert"),
        ("x" * 5000, "known"),
    ],
)
def test_an_unknown_place_is_refused_and_the_nearest_named(model: WindowsModel, name: str, near: str) -> None:
    with pytest.raises(UnknownNameError, match=near) as caught:
        model.place = name
    assert len(str(caught.value)) < 400
    assert model.place == "connecting_ridge"


@given(st.integers())
def test_spans_are_brought_into_their_range(days: int) -> None:
    model = WindowsModel()
    model.days = days
    assert 1 <= model.days <= LONGEST_DAYS


@pytest.mark.parametrize("text", ["", "2031-02-30", "soon", "2031-13-01", "20310230T", "x" * 1000])
def test_an_impossible_date_is_refused_in_a_sentence(model: WindowsModel, text: str) -> None:
    with pytest.raises(EpochError, match="write it as 2031-02-24"):
        model.start = text
    assert model.start == "2031-02-24"


def test_conditions_are_constraints_mappings_or_rows() -> None:
    rows = WindowsModel(conditions=[LIT, ilrs.Day(), Condition("night")]).conditions
    assert [one.kind for one in rows] == ["sun_elevation", "day", "night"]


def test_conditions_are_few(model: WindowsModel) -> None:
    with pytest.raises(RequestError, match="9 conditions are too many; 8 at the most"):
        model.conditions = [LIT] * (MOST_CONDITIONS + 1)
    assert len(model.conditions) == 2


def test_everything_that_is_wrong_is_said_at_once() -> None:
    rows = [Condition("range_to", {"max": "far"}), Condition("day"), Condition("solar_beta")]
    with pytest.raises(RequestError) as caught:
        WindowsModel(conditions=rows).parts()
    assert str(caught.value) == (
        "Condition 1 (Distance): At most: 'far' is not a number with a unit, such as '10 km'. "
        "Condition 3 (Beta angle of the Sun): it needs an orbit as the place; choose one, or another condition."
    )


def test_a_station_in_orbit_is_looked_at_from_its_orbit() -> None:
    model = WindowsModel(place="ilrs_orbital_station", conditions=[BETA])
    assert (model.kind, model.record.id) == ("orbit", "ilrs_llo_staging")
    assert [orbit.id for orbit in model.orbits(model.parts())] == ["ilrs_llo_staging"]
    assert WindowsModel(place="ilrs_complete").kind == "station"


def test_orbits_are_those_of_the_place_and_of_conditions() -> None:
    def ids(**choices: Any) -> list[str]:
        model = WindowsModel(**choices)
        return [one.id for one in model.orbits(model.parts())]

    assert ids() == []
    assert ids(conditions=[PASS, LIT]) == ["queqiao2"]
    assert ids(
        place="llo_100", conditions=[BETA, {"kind": "radio_quiet", "emitters": ["queqiao2", "llo_100"]}]
    ) == [
        "llo_100",
        "queqiao2",
    ]


def test_orbits_are_not_followed_for_years() -> None:
    model = WindowsModel(place="llo_100", conditions=[BETA], days=LONGEST_ORBIT_DAYS)
    assert len(model.parts()) == 1
    model.days += 1
    with pytest.raises(
        RequestError, match="An orbit is followed over 92 days at the most here; shorten the span"
    ):
        model.parts()
    with pytest.raises(RequestError, match="92 days"):
        WindowsModel(conditions=[PASS], days=200).parts()
    assert len(WindowsModel(conditions=[LIT], days=200).parts()) == 1


def test_an_orbit_with_an_epoch_is_not_followed_far_from_it() -> None:
    with pytest.raises(RequestError, match="Near-rectilinear halo orbit, 9:2 is followed from 2025-12-02 to"):
        WindowsModel(place="nrho_9_2", conditions=[BETA]).parts()
    assert len(WindowsModel(place="nrho_9_2", conditions=[BETA], start="2026-03-01").parts()) == 1


def test_a_span_outside_the_kernels_is_said() -> None:
    with pytest.raises(CoverageError, match="the shipped kernels cover"):
        WindowsModel(start="1850-01-01").answer()


@pytest.mark.parametrize(
    "choices",
    [
        {"conditions": [LIT, LINK, {"kind": "separation", "bodies": ["sun", "earth"], "min": "10 deg"}]},
        {"conditions": [LIT, {"kind": "night"}], "join": "any"},
        {"conditions": []},
        {"place": "queqiao2", "conditions": [BETA, {"kind": "day"}], "days": 2},
    ],
)
def test_the_code_gives_the_same_windows(choices: dict[str, Any]) -> None:
    model = WindowsModel(**{"days": 10, **choices})
    scope: dict[str, Any] = {}
    exec(model.code(), scope)
    assert scope["windows"] == model.answer().windows


def test_the_span_is_whole_days_of_utc(model: WindowsModel) -> None:
    assert model.span == (np.datetime64("2031-02-24", "us"), np.datetime64("2031-03-24", "us"))


def test_repr_is_one_honest_line() -> None:
    said = "<WindowsModel connecting_ridge, 28 d from 2031-02-24, 2 conditions>"
    assert repr(WindowsModel()) == said
    assert repr(WindowsModel(conditions=[LIT])) == said.replace("2 conditions", "1 condition")
