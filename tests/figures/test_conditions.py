"""The strips of conditions, by their data: exact edges, the joint strip on top, and never too many bars."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
import pytest

from ilrs_science.figures import condition_rows, theme
from ilrs_science.intervals import Windows

START, END = np.datetime64("2031-02-24", "us"), np.datetime64("2031-03-24", "us")
SPAN = (START, END)
LIT = Windows(["2031-02-25T01:02:03.456"], ["2031-02-27"], SPAN)
LINK = Windows(["2031-02-24", "2031-02-26T12:00"], ["2031-02-25", "2031-03-01"], SPAN)
PARTS = {"sun_elevation >= 0 deg": LIT, "not occultation of earth": LINK}


def drawn(**changes: object) -> go.Figure:
    return condition_rows(LIT & LINK, PARTS, **changes)  # type: ignore[arg-type]


def minutes(count: int) -> Windows:
    """The first ten seconds of each of so many minutes."""
    starts = START + np.arange(count) * np.timedelta64(1, "m")
    return Windows(starts, starts + np.timedelta64(10, "s"), SPAN)


def test_the_joint_strip_is_green_and_on_top() -> None:
    figure = drawn(joined="Any condition holds")
    assert [bar.name for bar in figure.data] == [
        "Any condition holds",
        "Sun elevation ≥ 0°",
        "Not occultation of Earth",
    ]
    assert [bar.marker.color for bar in figure.data] == [theme.GREEN, theme.BLUE, theme.BLUE]
    heights = [bar.y[0] for bar in figure.data]
    assert heights == sorted(heights)
    low, high = figure.layout.yaxis.range
    assert low > high  # the axis points down


def test_a_bar_runs_from_edge_to_edge() -> None:
    (bar,) = (one for one in drawn().data if one.name == "Sun elevation ≥ 0°")
    assert list(bar.base) == ["2031-02-25T01:02:03"]
    assert bar.x[0] == float((LIT.ends[0] - LIT.starts[0]) / np.timedelta64(1, "ms"))


def test_exact_edges_are_told_on_hover() -> None:
    (bar,) = (one for one in drawn().data if one.name == "Sun elevation ≥ 0°")
    assert bar.hovertext[0] == (
        "<b>Sun elevation ≥ 0°</b><br>2031-02-25 01:02:03.456 to<br>2031-02-27 00:00:00.000 UTC<br>46.97 h"
    )


def test_each_strip_says_its_hours() -> None:
    texts = [note.text for note in drawn().layout.annotations]
    assert texts == [
        "<b>All conditions hold</b>  12.0 h in 1 window",
        "<b>Sun elevation ≥ 0°</b>  47.0 h in 1 window",
        "<b>Not occultation of Earth</b>  84.0 h in 2 windows",
    ]


def test_what_never_holds_is_said() -> None:
    figure = condition_rows(Windows([], [], SPAN), {}, joined="Open")
    assert figure.layout.annotations[0].text == "<b>Open</b>  never in this span"
    assert len(figure.data[0].x) == 0


def test_the_axis_is_the_whole_span_in_utc() -> None:
    axis = drawn().layout.xaxis
    assert axis.title.text == "Time [UTC]"
    assert list(axis.range) == ["2031-02-24T00:00:00", "2031-03-24T00:00:00"]


def test_a_figure_grows_with_its_strips() -> None:
    few, many = condition_rows(LIT, {}), condition_rows(LIT, PARTS)
    assert many.layout.height - few.layout.height == 2 * 50


@pytest.mark.parametrize("count", [1500, 1501, 20_000])
def test_bars_are_few_and_lose_no_window(count: int) -> None:
    found = minutes(count)
    figure = condition_rows(found, {"pass": found})
    bar = figure.data[1]
    assert len(bar.x) <= 1500
    told = [int(text.split("<br>")[-1].split()[0]) for text in bar.hovertext if text.endswith("windows")]
    assert sum(told) == (count if count > 1500 else 0)
    assert f"in {count} windows" in figure.layout.annotations[1].text


def test_short_windows_are_told_in_minutes() -> None:
    assert condition_rows(minutes(1), {"pass": minutes(1)}).data[1].hovertext[0].endswith("0.17 min")
