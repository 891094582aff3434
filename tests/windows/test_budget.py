from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilrs_science.catalogue.constraint import (
    AllOf,
    Constraint,
    Day,
    EarthElevation,
    Night,
    Separation,
    SunElevation,
)
from ilrs_science.errors import EpochError
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.windows.budget import budget
from ilrs_science.windows.constraints import find_windows

START, END = "2026-01-01", "2027-01-01"
RIDGE = SurfacePlace(-89.45, 222.69, 1900.0)
LIT, LINK = SunElevation(min="0 deg"), EarthElevation(min="5 deg")
YEAR = 8760.0
FEW = settings(max_examples=settings().max_examples // 4)

parts = st.lists(
    st.one_of(
        st.just(Day()),
        st.just(Night()),
        st.floats(-2, 2).map(lambda a: SunElevation(min=f"{a!r} deg")),
        st.floats(-8, 8).map(lambda a: EarthElevation(max=f"{a!r} deg")),
        st.floats(10, 170).map(lambda a: Separation(bodies=("sun", "earth"), min=f"{a!r} deg")),
    ),
    min_size=1,
    max_size=4,
).map(lambda some: AllOf(of=tuple(some)))


def test_each_part_has_a_row_named_by_its_label_in_order() -> None:
    table = budget(LIT & LINK, RIDGE, START, END)
    assert list(table.index) == ["sun_elevation >= 0 deg", "earth_elevation >= 5 deg"]
    assert table.index.name == "constraint"
    assert list(table) == ["open_h", "removed_alone_h", "removed_in_order_h", "left_h", "sole_blame_h"]
    assert table.attrs["span_h"] == YEAR


def test_the_numbers_are_those_of_the_windows() -> None:
    lit, link = (find_windows(spec, RIDGE, START, END) for spec in (LIT, LINK))
    table = budget(LIT & LINK, RIDGE, START, END)
    assert table["open_h"].tolist() == pytest.approx([lit.hours, link.hours])
    assert table["removed_alone_h"].tolist() == pytest.approx([YEAR - lit.hours, YEAR - link.hours])
    assert table["removed_in_order_h"].tolist() == pytest.approx(
        [YEAR - lit.hours, lit.hours - (lit & link).hours]
    )
    assert table["left_h"].tolist() == pytest.approx([lit.hours, (lit & link).hours])
    assert table["sole_blame_h"].tolist() == pytest.approx([(link - lit).hours, (lit - link).hours])


@FEW
@given(parts, st.floats(-90, 90), st.floats(-180, 180))
def test_hours_add_up(spec: AllOf, latitude: float, longitude: float) -> None:
    place = SurfacePlace(latitude, longitude)
    table = budget(spec, place, START, END)
    left = find_windows(spec, place, START, END).hours
    near = {"abs": 1e-6}
    assert (table.to_numpy() >= -1e-9).all()
    assert table["left_h"].iloc[-1] == pytest.approx(left, **near)
    assert table["removed_in_order_h"].sum() + left == pytest.approx(YEAR, **near)
    assert (table["open_h"] + table["removed_alone_h"]).to_numpy() == pytest.approx(
        np.full(len(table), YEAR), **near
    )
    assert (table["removed_in_order_h"] <= table["removed_alone_h"] + 1e-6).all()
    assert (table["sole_blame_h"] <= table["removed_in_order_h"] + 1e-6).all()
    assert (table["left_h"] >= left - 1e-6).all()
    assert table["sole_blame_h"].sum() + left <= YEAR + 1e-6


@FEW
@given(parts)
def test_only_the_columns_in_order_depend_on_the_order(spec: AllOf) -> None:
    table = budget(spec, RIDGE, START, END)
    turned = budget(AllOf(of=spec.of[::-1]), RIDGE, START, END).iloc[::-1]
    columns = ["open_h", "removed_alone_h", "sole_blame_h"]
    pd.testing.assert_frame_equal(table[columns], turned[columns])


@pytest.mark.parametrize("spec", [LIT, LIT | LINK, ~LIT])
def test_anything_but_all_of_is_a_single_part_to_blame_for_all(spec: Constraint) -> None:
    table = budget(spec, RIDGE, START, END)
    assert list(table.index) == [spec.label]
    row = table.iloc[0]
    removed = row[["removed_alone_h", "removed_in_order_h", "sole_blame_h"]]
    assert removed.to_numpy() == pytest.approx(np.full(3, removed.iloc[0]), rel=1e-13)
    assert row["open_h"] == row["left_h"] == pytest.approx(YEAR - row["removed_alone_h"])


def test_two_parts_that_remove_the_same_hours_share_the_blame() -> None:
    table = budget(AllOf(of=(Day(), Day())), RIDGE, START, END)
    assert table["sole_blame_h"].tolist() == [0.0, 0.0]
    assert table["removed_in_order_h"].iloc[1] == 0.0


def test_a_mapping_is_read_and_a_wrong_span_refused() -> None:
    table = budget({"kind": "all_of", "of": [{"kind": "day"}, {"kind": "night"}]}, RIDGE, START, END)
    assert list(table.index) == ["day", "night"]
    assert table["left_h"].iloc[-1] == 0.0
    with pytest.raises(EpochError, match="not after its start"):
        budget(LIT, RIDGE, END, START)
