from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from ilrs_science import nomenclature
from ilrs_science.errors import DataFileError, RequestError, UnknownNameError
from ilrs_science.nomenclature import check, describe, variables


@pytest.fixture
def other_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A nomenclature of the test's own, read anew."""
    monkeypatch.setenv("ILRS_DATA", str(tmp_path))
    variables.cache_clear()
    yield tmp_path / "nomenclature.yaml"
    variables.cache_clear()


def elevation(values: object, **attrs: str) -> xr.Dataset:
    times = np.arange(np.size(values)).astype("datetime64[us]")
    return xr.Dataset({"elevation": ("time", np.atleast_1d(values), attrs)}, {"time": times})


def test_every_variable_has_a_name_a_unit_and_limits_in_order() -> None:
    assert len(variables()) > 15
    for name, entry in variables().items():
        assert re.fullmatch(r"[a-z][a-z0-9_]*", name)
        assert entry.name == name
        assert entry.long_name
        assert entry.units
        if entry.valid_range is not None:
            assert all(isinstance(limit, float) for limit in entry.valid_range)
            assert entry.valid_range[0] < entry.valid_range[1]


def test_no_two_variables_share_a_long_name() -> None:
    names = [entry.long_name for entry in variables().values()]
    assert len(set(names)) == len(names)


def test_the_table_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        variables()["mine"] = variables()["range"]  # type: ignore[index]


def test_describe_writes_attributes_on_a_new_dataset() -> None:
    plain = elevation([1.0], note="mine")
    described = describe(plain)
    assert plain["elevation"].attrs == {"note": "mine"}
    assert "long_name" not in plain["time"].attrs
    assert described["elevation"].attrs == {
        "note": "mine",
        "long_name": "Apparent elevation above the horizontal plane",
        "units": "degree",
    }
    assert check(described) is described


def test_times_carry_no_unit_among_their_attributes() -> None:
    assert "units" not in describe(elevation([1.0]))["time"].attrs


def test_an_unknown_variable_is_refused_with_the_nearest_name() -> None:
    unknown = elevation([1.0]).rename(elevation="elevatoin")
    for look in (describe, check):
        with pytest.raises(UnknownNameError, match="unknown variable 'elevatoin'; did you mean elevation"):
            look(unknown)


@pytest.mark.parametrize("attrs", [{}, {"units": "rad"}])
def test_another_unit_is_refused(attrs: dict[str, str]) -> None:
    with pytest.raises(RequestError, match=r"elevation has units .*, expected 'degree'"):
        check(elevation([1.0], **attrs))


@pytest.mark.parametrize("bad", [90.001, -91.0, np.inf])
def test_a_value_outside_the_range_is_refused(bad: float) -> None:
    with pytest.raises(RequestError, match=r"elevation has values such as .* degree, outside -90 to 90"):
        check(elevation([1.0, bad, np.nan], units="degree"))


def test_gaps_and_empty_variables_are_in_range() -> None:
    check(elevation([np.nan, np.nan], units="degree"))
    check(elevation(np.empty(0), units="degree"))
    check(elevation([-90.0, 90.0], units="degree"))


@pytest.mark.parametrize(
    "content", [b"a: [", b"- a\n- b\n", b"a: {long_name: x}", b"a: {wrong: x}", b"", b"\xff\xfe"]
)
def test_an_altered_table_is_one_error_that_names_the_file(other_table: Path, content: bytes) -> None:
    other_table.write_bytes(content)
    with pytest.raises(DataFileError, match=r"nomenclature\.yaml is altered") as caught:
        variables()
    assert "\n" not in str(caught.value)


def test_a_missing_table_is_named(other_table: Path) -> None:
    with pytest.raises(DataFileError, match=r"nomenclature\.yaml is missing"):
        variables()


def test_a_variable_without_a_range_may_have_any_value(other_table: Path) -> None:
    other_table.write_text("elevation: {long_name: x, units: degree}")
    assert variables()["elevation"] == nomenclature.Variable("elevation", "x", "degree")
    check(elevation([1e9], units="degree"))
