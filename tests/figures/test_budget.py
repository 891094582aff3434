"""The funnel of hours, by its data."""

from __future__ import annotations

import pandas as pd
import pytest

from ilrs_science.figures import window_budget


def table(rows: list[tuple[str, float, float, float]], span: float = 100.0) -> pd.DataFrame:
    columns = ["left_h", "removed_in_order_h", "sole_blame_h"]
    frame = pd.DataFrame([row[1:] for row in rows], columns=columns, index=[row[0] for row in rows])
    frame.attrs["span_h"] = span
    return frame


ROWS = [("sun_elevation >= 0 deg", 60.0, 40.0, 10.0), ("earth_elevation >= -2 deg", 45.0, 15.0, 15.0)]


def test_left_and_removed_add_up_to_what_was_left_before() -> None:
    left, removed, _ = window_budget(table(ROWS)).data
    assert list(left.x) == [100.0, 60.0, 45.0]
    for row in (1, 2):
        assert left.x[row] + removed.x[row] == pytest.approx(left.x[row - 1])
    assert list(removed.base) == list(left.x)


def test_sole_blame_starts_where_the_removed_hours_start() -> None:
    _, removed, blame = window_budget(table(ROWS)).data
    assert list(blame.base) == list(removed.base)
    assert list(blame.x) == [0.0, 10.0, 15.0]


def test_labels_are_words_with_units() -> None:
    text = " ".join(one.text for one in window_budget(table(ROWS)).layout.annotations)
    assert "Sun elevation ≥ 0°" in text
    assert "Earth elevation ≥ −2°" in text
    assert "60.0 h left (−40.0 h)" in text


def test_no_constraint_leaves_the_whole_span() -> None:
    figure = window_budget(table([]))
    assert list(figure.data[0].x) == [100.0]


def test_the_axis_has_a_unit() -> None:
    assert window_budget(table(ROWS)).layout.xaxis.title.text == "Hours [h]"
