"""What one looks for in the catalogue: filters, words, the record that is shown, and the code that says the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.library.kinds import KINDS
from ilrs_science.errors import UnknownNameError
from ilrs_science.panels.catalogue_filters import FILTERS, choices_of, conditions_of, filters_of, kind_words
from ilrs_science.panels.catalogue_model import CatalogueModel

CATALOGUE = load_catalogue()
OFFERED = [
    (kind, name, value)
    for kind in KINDS
    for name in filters_of(kind)
    for value in choices_of(CATALOGUE, kind, name)
]


def ids(model: CatalogueModel) -> list[str]:
    return [one.id for one in model.matches()]


def test_all_experiments_fit_at_first() -> None:
    model = CatalogueModel()
    assert ids(model) == list(CATALOGUE.experiments)
    assert model.shown is next(iter(CATALOGUE.experiments.values()))
    assert repr(model) == "<CatalogueModel 46 of 46 experiments>"


@pytest.mark.parametrize(("kind", "name", "value"), OFFERED)
def test_no_offered_choice_is_empty(kind: str, name: str, value: str) -> None:
    found = ids(CatalogueModel(kind=kind, **{name: value}))
    assert found
    assert len(found) <= len(CATALOGUE.shelf(kind))


def test_filters_mean_what_they_say() -> None:
    model = CatalogueModel(category="lunar_based_observation", place="far_side")
    assert ids(model)
    for one in model.matches():
        assert one.category == "lunar_based_observation"
        assert "far_side" in one.locations
    far = CatalogueModel(kind="sites", place="far")
    assert ids(far) == [key for key, one in CATALOGUE.sites.items() if one.side == "far"]
    south = CatalogueModel(kind="sites", place="south_polar")
    assert ids(south) == [key for key, one in CATALOGUE.sites.items() if one.latitude <= -80]


def test_instruments_are_those_of_the_experiments() -> None:
    model = CatalogueModel(kind="instruments", phase="construction_2")
    used = {
        name
        for one in CATALOGUE.experiments.values()
        if one.phase == "construction_2"
        for name in one.instruments
    }
    assert set(ids(model)) == used


def test_the_categories_share_out_all_experiments() -> None:
    counts = [
        len(ids(CatalogueModel(category=value))) for value in choices_of(CATALOGUE, "experiments", "category")
    ]
    assert sum(counts) == 46
    assert len(counts) == 4


def test_words_rank_and_a_typing_error_is_forgiven() -> None:
    assert "continuous_seismology" in ids(CatalogueModel(words="seismology"))[:2]
    assert "continuous_seismology" in ids(CatalogueModel(words="  seismolgy "))
    assert ids(CatalogueModel(words="zzzzqqqq")) == []
    assert CatalogueModel(words="zzzzqqqq").shown is None


@given(st.text(max_size=300))
@settings(max_examples=30)
def test_any_words_are_searched_without_an_error(words: str) -> None:
    model = CatalogueModel(words=words)
    assert set(ids(model)) <= set(CATALOGUE.experiments)
    assert len(model.words) <= 200


def test_another_kind_begins_anew() -> None:
    model = CatalogueModel(category="basic_experiment")
    model.record = ids(model)[0]
    model.kind = "sites"
    assert (model.category, model.record) == ("", "")
    model.place = "near"
    model.kind = "experiments"
    assert model.place == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "rockets"),
        ("category", "fun"),
        ("place", "mars"),
        ("record", "nothing"),
        ("phase", "x" * 5000),
    ],
)
def test_what_is_unknown_is_refused_in_a_line_and_the_old_choice_stays(name: str, value: str) -> None:
    model = CatalogueModel()
    before = getattr(model, name)
    with pytest.raises(UnknownNameError) as refusal:
        setattr(model, name, value)
    assert len(str(refusal.value)) < 1000
    assert getattr(model, name) == before


def test_a_filter_means_nothing_for_a_kind_without_it() -> None:
    assert filters_of("showers") == ()
    assert choices_of(CATALOGUE, "showers", "category") == {}
    assert conditions_of(CATALOGUE, "showers", dict.fromkeys(FILTERS, "x")) == {}
    with pytest.raises(UnknownNameError):
        CatalogueModel(kind="showers", category="basic_experiment")


def test_a_record_that_no_longer_fits_gives_way_to_the_first() -> None:
    model = CatalogueModel(record="autonomous_operation")
    assert model.shown.id == "autonomous_operation"
    model.category = "lunar_based_observation"
    assert model.shown.id == ids(model)[0]


def test_a_site_can_be_picked_from_anywhere() -> None:
    model = CatalogueModel()
    assert model.pick("tycho")
    assert (model.kind, model.shown.id) == ("sites", "tycho")
    model.place = "far"
    assert model.pick("copernicus"), "a filter that hides it is taken away"
    assert (model.place, model.shown.id) == ("", "copernicus")


@pytest.mark.parametrize("name", ["", "nothing", "autonomous_operation", "../x", "x" * 1000])
def test_what_is_no_site_is_not_picked(name: str) -> None:
    model = CatalogueModel()
    assert not model.pick(name)
    assert model.kind == "experiments"


@pytest.mark.parametrize(("kind", "name", "value"), OFFERED[::4])
def test_the_code_finds_the_same_records(kind: str, name: str, value: str) -> None:
    model = CatalogueModel(kind=kind, **{name: value})
    space: dict[str, object] = {}
    exec(model.code(), space)
    assert list(space["found"]) == ids(model)
    assert space["record"] == model.shown
    assert len(space["table"]) == len(CATALOGUE.shelf(kind))


def test_the_code_searches_words() -> None:
    space: dict[str, object] = {}
    exec(CatalogueModel(words='it\'s "dust"').code(), space)
    assert space["hits"]


def test_kinds_are_said_in_words() -> None:
    assert kind_words("ground_stations") == "Ground stations"
    assert kind_words("compliance") == "Compliance items"
