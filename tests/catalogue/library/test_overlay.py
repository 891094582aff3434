"""Changes over values: what is laid over what, and whose basis counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.catalogue.library.overlay import lay_over

CAMERA = {
    "id": "camera",
    "mass": "2 kg",
    "power": {"operate": "6 W", "standby": "1 W"},
    "emits": ["light"],
    "conditions": {"kind": "sun_elevation", "min": "3 deg", "max": "9 deg"},
    "basis": {"default": "sourced S1", "power.operate": "recall M"},
}


def test_what_is_not_changed_stays() -> None:
    laid = lay_over(CAMERA, {"id": "mine", "mass": "3 kg", "basis": {"default": "estimate"}})
    assert laid.data == {
        **CAMERA,
        "id": "mine",
        "mass": "3 kg",
        "basis": {**CAMERA["basis"], "mass": "estimate"},
    }
    assert laid.changed == ("mass",)


def test_neither_of_the_two_is_altered() -> None:
    before, change = repr(CAMERA), {"power": {"operate": "7 W"}, "basis": {"power": "estimate"}}
    lay_over(CAMERA, change)
    assert repr(CAMERA) == before
    assert change == {"power": {"operate": "7 W"}, "basis": {"power": "estimate"}}


def test_maps_are_laid_over_key_by_key() -> None:
    laid = lay_over(CAMERA, {"power": {"operate": "7 W"}, "conditions": {"min": "4 deg"}})
    assert laid.data["power"] == {"operate": "7 W", "standby": "1 W"}
    assert laid.data["conditions"] == {"kind": "sun_elevation", "min": "4 deg", "max": "9 deg"}
    assert laid.changed == ("power.operate", "conditions.min")


def test_lists_and_maps_with_a_kind_take_the_place_of_what_was_there() -> None:
    laid = lay_over(CAMERA, {"emits": ["dust"], "conditions": {"kind": "day"}})
    assert laid.data["emits"] == ["dust"]
    assert laid.data["conditions"] == {"kind": "day"}


def test_null_takes_a_field_away() -> None:
    laid = lay_over(CAMERA, {"conditions": None, "power": {"standby": None}})
    assert "conditions" not in laid.data
    assert laid.data["power"] == {"operate": "6 W"}


@pytest.mark.parametrize(
    ("basis", "expected"),
    [
        ({"default": "estimate"}, "estimate"),
        ({"power": "recall L"}, "recall L"),
        ({"power.operate": "recall H", "default": "estimate"}, "recall H"),
    ],
)
def test_a_changed_number_has_the_basis_of_the_change(basis: dict[str, str], expected: str) -> None:
    laid = lay_over(CAMERA, {"power": {"operate": "7 W"}, "basis": basis})
    assert laid.data["basis"]["power.operate"] == expected
    assert laid.data["basis"]["default"] == "sourced S1"
    assert laid.untold(["power.operate", "mass"]) == []


def test_a_changed_number_without_a_basis_is_untold() -> None:
    laid = lay_over(CAMERA, {"mass": "3 kg", "power": {"operate": "7 W"}, "basis": {"mass": "estimate"}})
    assert laid.untold(["power.operate", "power.standby", "mass"]) == ["power.operate"]
    assert "power.operate" not in laid.data["basis"]


def test_the_basis_of_parts_does_not_outlive_them() -> None:
    base = {"robots": [{"mass": "3 kg"}], "basis": {"robots.mass": "sourced S1"}}
    laid = lay_over(base, {"robots": [{"mass": "4 kg"}], "basis": {"robots": "estimate"}})
    assert laid.data["basis"] == {"robots": "estimate"}


def test_what_is_no_map_of_basis_is_left_for_the_schema_to_refuse() -> None:
    assert lay_over(CAMERA, {"basis": ["estimate"]}).data["basis"] == ["estimate"]
    assert lay_over({"id": "a", "basis": 3}, {"mass": "1 kg"}).data["basis"] == {}
    assert "basis" not in lay_over({"id": "a"}, {"note": "x"}).data


VALUES = st.recursive(
    st.none() | st.integers() | st.text(max_size=3),
    lambda inner: st.dictionaries(st.sampled_from("abk"), inner, max_size=3) | st.lists(inner, max_size=2),
    max_leaves=6,
)
MAPS = st.dictionaries(st.sampled_from(["a", "b", "power", "kind"]), VALUES, max_size=4)


@given(MAPS)
def test_no_change_changes_nothing(base: dict[str, object]) -> None:
    assert lay_over(base, {}).data == base
    assert lay_over(base, {}).changed == ()


@given(MAPS, MAPS)
def test_a_change_laid_over_twice_is_the_change_laid_over_once(
    base: dict[str, object], change: dict[str, object]
) -> None:
    once = lay_over(base, change).data
    assert lay_over(once, change).data == once
