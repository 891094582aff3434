from __future__ import annotations

import pandas as pd
import pytest

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.library.kinds import KINDS
from ilrs_science.catalogue.library.views.frame import frame_of
from ilrs_science.catalogue.site import Site
from ilrs_science.errors import UnknownNameError


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_a_table_of_its_records(kind: str) -> None:
    catalogue = load_catalogue()
    frame = catalogue.to_frame(kind)
    assert list(frame.index) == list(catalogue.shelf(kind))
    assert frame.index.name == "id"
    assert set(frame.attrs["units"]) <= set(frame.columns)


def test_numbers_are_floats_in_the_units_that_the_table_names() -> None:
    frame = load_catalogue().to_frame("instruments")
    assert frame["mass"].dtype == "float64"
    assert frame.attrs["units"]["mass"] == "kg"
    assert frame.attrs["units"]["power.operate"] == "W"
    assert "products" not in frame.attrs["units"]
    assert frame.loc["near_uv_telescope", "mass"] == 13
    assert frame.loc["near_uv_telescope", "field_of_view"] == 1.36


def test_the_basis_stands_beside_each_number_that_asks_for_it() -> None:
    frame = load_catalogue().to_frame("instruments", basis=True)
    assert frame.loc["near_uv_telescope", "field_of_view.basis"] == "sourced H S28"
    assert list(frame.columns).index("mass.basis") == list(frame.columns).index("mass") + 1
    assert "name.basis" not in frame.columns
    assert "mass.basis" not in load_catalogue().to_frame("instruments").columns


def test_a_number_that_is_not_there_has_no_basis() -> None:
    frame = load_catalogue().to_frame("instruments", basis=True)
    empty = frame["field_of_view"].isna()
    assert empty.any()
    assert frame.loc[empty, "field_of_view.basis"].isna().all()
    assert frame.loc[~empty, "field_of_view.basis"].notna().all()


def test_no_records_are_an_empty_table_with_all_columns() -> None:
    frame = frame_of(Site, [])
    assert len(frame) == 0
    assert {"latitude", "longitude", "landform"} <= set(frame.columns)
    assert frame.attrs["units"]["latitude"] == "deg"


def test_a_table_can_be_filtered_and_written() -> None:
    frame = load_catalogue().to_frame("site")
    assert isinstance(frame, pd.DataFrame)
    southern = frame[frame["latitude"] < -80]
    assert "connecting_ridge" in southern.index
    assert frame.to_csv().startswith("id,name,")


def test_an_unknown_kind_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="unknown kind of record 'sits'; did you mean sites"):
        load_catalogue().to_frame("sits")
