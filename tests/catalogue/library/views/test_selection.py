from __future__ import annotations

import pytest

from ilrs_science.catalogue.instrument import Instrument
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.library.views.selection import matching
from ilrs_science.errors import RequestError, UnknownNameError

ESTIMATE = {"default": "estimate"}


def made(identifier: str, mass: str, watts: str, **more: object) -> Instrument:
    return Instrument(
        id=identifier,
        kind="camera",
        mass=mass,
        power={"operate": watts},
        data_rate="1 kbit/s",
        basis=ESTIMATE,
        **more,
    )


LIGHT = made("light", "500 g", "2 W", name="Small camera", emits=["light"], field_of_view="20 deg")
HEAVY = made("heavy", "12 kg", "90 W", name="Large Radar", emits=["radio", "vibration"])
QUIET = made("quiet", "5 kg", "9 W", heritage="Chang'e-7", sensitive_to=["radio"])
ALL = (LIGHT, HEAVY, QUIET)


def ids(**conditions: object) -> list[str]:
    return [one.id for one in matching(Instrument, ALL, conditions)]


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({}, ["light", "heavy", "quiet"]),
        ({"mass": "< 5 kg"}, ["light"]),
        ({"mass": "<= 5000 g"}, ["light", "quiet"]),
        ({"mass": ">5 kg"}, ["heavy"]),
        ({"mass": "5 kg"}, ["quiet"]),
        ({"mass": "= 5 kg"}, ["quiet"]),
        ({"mass": "!= 5 kg"}, ["light", "heavy"]),
        ({"mass": 5.0}, ["quiet"]),
        ({"power__operate": ">= 0.009 kW"}, ["heavy", "quiet"]),
        ({"power.operate": "< 9 W"}, ["light"]),
        ({"emits": "radio"}, ["heavy"]),
        ({"emits": "!= radio"}, ["light", "quiet"]),
        ({"emits": ["radio", "light"]}, ["light", "heavy"]),
        ({"emits": None}, ["quiet"]),
        ({"emits": lambda held: len(held) > 1}, ["heavy"]),
        ({"name": "*camera"}, ["light"]),
        ({"name": "large radar"}, ["heavy"]),
        ({"heritage": "*CHANG'E*"}, ["quiet"]),
        ({"field_of_view": None}, ["heavy", "quiet"]),
        ({"field_of_view": "> 1 deg"}, ["light"]),
        ({"mass": "> 1 kg", "emits": "*"}, ["heavy"]),
        ({"mass": lambda kilograms: kilograms > 1}, ["heavy", "quiet"]),
        ({"mass": ["< 1 kg", "> 10 kg"]}, ["light", "heavy"]),
        ({"id": ["light", "quiet"]}, ["light", "quiet"]),
    ],
)
def test_records_that_meet_all_conditions(conditions: dict[str, object], expected: list[str]) -> None:
    assert ids(**conditions) == expected


def test_a_shelf_is_a_selection_of_the_catalogue() -> None:
    catalogue = load_catalogue()
    far = catalogue.select("sites", side="far")
    assert far.kind == "site"
    assert all(str(site.side) == "far" for site in far.values())
    assert 0 < len(far) < len(catalogue.sites)
    assert set(catalogue.select("site", latitude="< -85 deg")) >= {"connecting_ridge"}


def test_dates_are_compared_as_dates() -> None:
    campaigns = load_catalogue().select("campaigns", start="> 2030-01-01")
    assert "polar_winter" in campaigns
    assert "polar_winter" not in load_catalogue().select("campaigns", start="< 2030-01-01")


def test_an_unknown_field_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="unknown field 'mas'; did you mean mass"):
        ids(mas="< 5 kg")
    with pytest.raises(UnknownNameError, match="unknown field 'power'"):
        ids(power="< 5 W")


@pytest.mark.parametrize(
    ("conditions", "message"),
    [
        ({"mass": "< 5"}, "mass: '5' has no unit; write '5 kg'"),
        ({"mass": "< 5 W"}, "mass: 'W' is not a unit here; use kg, g, t"),
        ({"mass": "heavy"}, "mass: 'heavy' is not a number with a unit"),
    ],
)
def test_a_comparison_that_cannot_be_read_says_what_to_write(
    conditions: dict[str, object], message: str
) -> None:
    with pytest.raises(RequestError, match=message):
        ids(**conditions)


def test_counts_are_compared_without_a_unit() -> None:
    experiments = load_catalogue().select("experiments", repeats="> 1", priority="<= 2")
    assert all(one.repeats > 1 and one.priority <= 2 for one in experiments.values())
    with pytest.raises(RequestError, match="repeats: 'often' is not a number to compare with"):
        load_catalogue().select("experiments", repeats="often")


def test_a_tuple_of_comparisons_is_a_range() -> None:
    found = load_catalogue().select("instruments", mass=("> 1 kg", "<= 3 kg"))
    assert found
    assert all(1 < one.mass <= 3 for one in found.values())
    either = load_catalogue().select("instruments", mass=["<= 1 kg", "> 3 kg"])
    assert {*found} | {*either} == {*load_catalogue().instruments}


@pytest.mark.parametrize("wanted", ["drill_and_look", ["polar", "drill_and_look"], "!= drill_and_look"])
def test_a_choice_that_no_record_can_have_is_refused(wanted: object) -> None:
    with pytest.raises(UnknownNameError, match="unknown location 'drill_and_look'"):
        load_catalogue().select("experiments", location=wanted)


def test_the_nearest_choice_is_named_and_signs_and_case_are_free() -> None:
    with pytest.raises(UnknownNameError, match="did you mean radio"):
        load_catalogue().select("instruments", emits="radoi")
    by_name = load_catalogue().select("experiments", location="Polar")
    assert by_name == load_catalogue().select("experiments", location="po*") != {}
