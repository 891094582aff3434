"""A record that stands under the wrong kind is known by its fields."""

from __future__ import annotations

from typing import Any

import pytest

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.library.kinds import KINDS
from ilrs_science.catalogue.library.misplaced import likeliest, misplaced

CAMERA: dict[str, Any] = {
    "id": "c",
    "kind": "camera",
    "mass": "2 kg",
    "power": {},
    "data_rate": "1 Mbit/s",
    "basis": {},
}


def test_an_instrument_among_sites_is_seen() -> None:
    assert likeliest(CAMERA) == "instruments"
    assert misplaced("sites", CAMERA) == "instruments"
    assert misplaced("sites", {**CAMERA, "colour": "red"}) == "instruments"


@pytest.mark.parametrize("kind", KINDS)
def test_no_shipped_record_is_misplaced_where_it_is(kind: str) -> None:
    for record in load_catalogue().shelf(kind).values():
        data = record.model_dump(mode="json", exclude_unset=True)
        assert misplaced(kind, data) is None, record.id


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"id": "x"},
        {"id": "hill", "latitude": "1 deg", "basis": {}},
        {"id": "hill", "latitude": "1 deg", "longitud": "2 deg", "colour": "red"},
        {"a": 1, "b": 2, "c": 3},
    ],
)
def test_a_faulty_site_stays_a_site(data: dict[str, Any]) -> None:
    assert misplaced("sites", data) is None


def test_what_extends_is_known_by_the_fields_that_it_states() -> None:
    assert (
        misplaced("sites", {"id": "x", "extends": "y", "power": {}, "products": [], "measures": ""})
        == "instruments"
    )


def test_a_record_without_its_kind_is_known_by_its_fields() -> None:
    experiment = {"id": "x", "category": "", "field": "", "session": "", "objective": "", "sites": []}
    assert likeliest(experiment) == "experiments"
    assert likeliest({"id": "x", "name": "y", "note": "z"}) is None
