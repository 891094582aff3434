"""The JSON Schema says what the record classes say."""

from __future__ import annotations

from typing import Any

import pytest

from ilrs_science.catalogue.instrument import Instrument
from ilrs_science.catalogue.library.kinds import KINDS, SINGULAR
from ilrs_science.catalogue.library.reader import read_document
from ilrs_science.catalogue.library.views.schema import folder_schema, models_in, record_schema
from ilrs_science.catalogue.modes import PowerModes
from ilrs_science.catalogue.record import field_docs
from ilrs_science.paths import data_folder

Draft202012Validator: Any = pytest.importorskip("jsonschema").Draft202012Validator  # comes with nbformat

SITE = {"id": "hill", "latitude": "1 deg", "longitude": "2 deg", "basis": {"default": "estimate"}}


def wrong(kind: str, value: object) -> list[str]:
    return [error.message for error in Draft202012Validator(record_schema(kind)).iter_errors(value)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_schema_is_a_schema(kind: str) -> None:
    Draft202012Validator.check_schema(record_schema(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_every_shipped_file_meets_its_schema(kind: str) -> None:
    paths = sorted((data_folder() / "catalogue" / kind).glob("*.yaml"))
    assert paths
    assert [
        f"{path.name}: {text[:200]}" for path in paths for text in wrong(kind, read_document(path).value)
    ] == []


def test_a_file_of_several_kinds_has_a_schema() -> None:
    schema = folder_schema()
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    assert validator.is_valid({"sites": [SITE], "sources": {"S1": "a book"}})
    assert validator.is_valid({"sites": SITE})
    assert not validator.is_valid({"site": [SITE]})
    assert not validator.is_valid({"sources": {"S1": 3}})
    assert set(schema["properties"]) == {*KINDS, "sources"}


@pytest.mark.parametrize(
    "change",
    [
        {"latitude": 1},
        {"latitude": "1"},
        {"latitude": "1 km"},
        {"latitude": "one deg"},
        {"id": "../hill"},
        {"landform": "rigde"},
        {"lattitude": "1 deg"},
        {"basis": {"default": "guess"}},
        {"basis": "estimate"},
        {"name": 3},
    ],
)
def test_what_the_loader_refuses_the_editor_marks(change: dict[str, object]) -> None:
    assert wrong("sites", SITE) == []
    assert wrong("sites", {**SITE, **change})
    assert wrong("sites", [{**SITE, **change}])


@pytest.mark.parametrize("field", ["id", "latitude", "basis"])
def test_required_fields_are_required_unless_the_record_extends_another(field: str) -> None:
    short = {name: value for name, value in SITE.items() if name != field}
    assert wrong("sites", short)
    assert wrong("sites", {**short, "extends": "malapert"}) == []


@pytest.mark.parametrize("text", ["1 deg", "-1.5deg", " 90 arcmin", "1e-3 rad"])
def test_quantities_are_text_with_a_usual_unit(text: str) -> None:
    assert wrong("sites", {**SITE, "latitude": text}) == []


def test_every_field_is_described_in_the_words_of_its_docstring() -> None:
    schema = record_schema("instruments")["$defs"]
    mass = schema["instrument"]["properties"]["mass"]
    assert mass["description"] == "Mass. [kg]; in kg, g, t; at least 0"
    assert schema["PowerModes"]["properties"]["operate"]["description"].startswith(
        "On average while observing. [W]"
    )
    for kind, model in KINDS.items():
        properties: dict[str, Any] = record_schema(kind)["$defs"][SINGULAR[kind]]["properties"]
        for name in field_docs(model):
            if name in properties:
                assert properties[name].get("description"), f"{kind}.{name}"


def test_a_default_is_written_as_in_a_file() -> None:
    assert record_schema("instruments")["$defs"]["instrument"]["properties"]["warm_up"]["default"] == "0 s"


def test_models_are_found_at_any_depth() -> None:
    found = list(models_in(Instrument))
    assert found[0] is Instrument
    assert PowerModes in found
    assert len(found) == len(set(found))
