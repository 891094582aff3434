"""Elevations and windows, by their data."""

from __future__ import annotations

from ilrs_science.figures import elevations
from ilrs_science.intervals import Windows
from tests.figures import data


def test_windows_are_bars_in_a_strip_of_their_own() -> None:
    figure = elevations(data.observation(), Windows(data.hours(10), data.hours(20), data.SPAN))
    (bar,) = [one for one in figure.data if one.type == "bar"]
    assert list(bar.base) == ["2031-02-24T10:00:00"]
    assert list(bar.x) == [10 * 3.6e6]
    assert bar.yaxis == "y2"
    assert figure.layout.yaxis2.domain[1] < figure.layout.yaxis.domain[0]


def test_both_bodies_are_drawn_with_units_and_names() -> None:
    figure = elevations(data.observation(), Windows(span=data.SPAN))
    assert [one.name for one in figure.data if one.type == "scatter"] == ["Sun", "Earth"]
    assert figure.layout.yaxis.title.text == "Elevation [deg]"
    assert figure.layout.xaxis.title.text == "Time [UTC]"


def test_limits_are_dashed_lines() -> None:
    figure = elevations(
        data.observation(), Windows(span=data.SPAN), limits={"sun": (-1.4, None), "earth": (2.0, 80.0)}
    )
    assert sorted(shape.y0 for shape in figure.layout.shapes) == [-1.4, 2.0, 80.0]


def test_no_window_is_said() -> None:
    figure = elevations(data.observation(), Windows(span=data.SPAN))
    assert [one.text for one in figure.layout.annotations] == ["No time in this span meets all constraints"]
