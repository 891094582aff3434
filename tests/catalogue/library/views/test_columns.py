from __future__ import annotations

import pytest

from ilrs_science.catalogue.campaign import Campaign
from ilrs_science.catalogue.instrument import Instrument
from ilrs_science.catalogue.library.kinds import KINDS
from ilrs_science.catalogue.library.views.columns import columns_of, part_of, unit_in
from ilrs_science.catalogue.record import Record
from ilrs_science.catalogue.station import BaseLoad, Station


@pytest.mark.parametrize(
    ("doc", "unit"),
    [
        ("Mass. [kg]", "kg"),
        ("Raw data on average while operating. [Mbit/s]", "Mbit/s"),
        ("Name as people write it.", ""),
        ("Half width [deg] of a zone.", ""),
        ("Mass. [kg]\n\nMore of it.", "kg"),
        ("", ""),
    ],
)
def test_the_unit_ends_the_first_lines_of_a_docstring(doc: str, unit: str) -> None:
    assert unit_in(doc) == unit


def test_parts_are_taken_apart() -> None:
    columns = columns_of(Instrument)
    assert columns["mass"] == "kg"
    assert columns["power.operate"] == "W"
    assert columns["temperature.survive_min"] == "K"
    assert "power" not in columns
    assert "basis" not in columns
    assert list(columns)[:2] == ["id", "name"]


def test_a_list_of_parts_is_one_column_without_a_unit() -> None:
    assert columns_of(Station)["robots"] == ""
    assert columns_of(Station)["base_load.night"] == "W"
    assert not any(name.startswith("robots.") for name in columns_of(Station))


def test_columns_cannot_be_altered() -> None:
    with pytest.raises(TypeError):
        columns_of(Campaign)["start"] = "s"  # type: ignore[index]


@pytest.mark.parametrize("model", KINDS.values())
def test_every_class_of_records_has_columns(model: type[Record]) -> None:
    assert {"id", "name", "note"} <= set(columns_of(model))


def test_the_part_of_a_field_is_found_where_it_is_alone() -> None:
    fields = Station.model_fields
    assert part_of(fields["base_load"].annotation) is BaseLoad
    assert part_of(fields["array"].annotation).__name__ == "SolarArray"
    assert part_of(fields["robots"].annotation) is None
    assert part_of(fields["site"].annotation) is None
