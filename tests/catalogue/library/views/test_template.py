"""A template tells every field, and is a sound record as it stands and filled in."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from ilrs_science.catalogue.library import catalogue_faults, load_catalogue
from ilrs_science.catalogue.library.kinds import KINDS, SINGULAR
from ilrs_science.catalogue.library.views.example import completed, example_of
from ilrs_science.catalogue.library.views.template import template_of
from ilrs_science.catalogue.record import Record


@cache
def records() -> dict[str, list[Record]]:
    catalogue = load_catalogue()
    return {kind: list(catalogue.shelf(kind).values()) for kind in KINDS}


def filled(text: str) -> str:
    """The template with every field in use."""
    return re.sub(r"(?m)^# ", "", text)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("use", [str, filled])
def test_a_template_passes_the_check(tmp_path: Path, kind: str, use: type[str]) -> None:
    (tmp_path / kind).mkdir()
    (tmp_path / kind / "mine.yaml").write_text(use(template_of(kind, records())), "utf-8")
    assert [str(fault) for fault in catalogue_faults(tmp_path)] == []
    assert f"my_{SINGULAR[kind]}" in load_catalogue(tmp_path).shelf(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_tells_every_field(kind: str) -> None:
    text = template_of(kind, records())
    for name in KINDS[kind].model_fields:
        assert re.search(rf"(?m)^(# )?{name}:", text) or name in _without_example(kind)
    assert all(
        line.startswith(("#", "-", " ")) or re.match(r"[a-z_]+:", line) or not line
        for line in text.split("\n")
    )
    assert max(map(len, (line for line in text.split("\n") if line.startswith("##")))) <= 114


def _without_example(kind: str) -> set[str]:
    return set(KINDS[kind].model_fields) - set(example_of(kind, records()))


def test_required_fields_stand_open_and_others_behind_one_mark() -> None:
    text = template_of("instruments", records())
    assert re.search(r"(?m)^mass: ", text)
    assert re.search(r"(?m)^# field_of_view: ", text)
    assert "## Mass. [kg] Required. In kg, g, t.\n" in text
    assert "##   operate: On average while observing. [W] Required.\n" in text


def test_choices_units_and_ids_are_named() -> None:
    text = " ".join(template_of("experiments", records()).replace("##", "").split())
    assert "One of exploration_utilization, lunar_based_observation" in text
    assert "A map with a kind: sun_elevation, earth_elevation" in text
    assert "Ids of instruments." in text
    assert "In s, min, h, d, yr, ms." in text
    assert "Optional, 3 by default." in text
    assert "sourced, derived, recall, estimate" in text


def test_examples_name_records_that_are_there() -> None:
    example = example_of("campaigns", records())
    assert example["station"] in load_catalogue().stations
    assert example["id"] == "my_campaign"


def test_without_any_record_an_example_is_made_up() -> None:
    example = example_of("sites", {})
    assert list(example)[:1] == ["id"]
    assert example["latitude"] == "10 deg"
    assert KINDS["sites"].model_validate(example, context={"strict_units": True}).latitude == 10


def test_fields_that_need_each_other_stand_open_together() -> None:
    example = example_of("comparisons", records())
    assert completed("comparisons", example, {"id"}) & {"sites", "orbits", "stations"}
    assert (
        completed("sites", example_of("sites", records()), {"id", "latitude", "longitude", "basis"}) == set()
    )
