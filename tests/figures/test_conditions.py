"""The figure of conditions: a row each, all of them first."""

from __future__ import annotations

import numpy as np

from ilrs_science.figures.conditions import condition_rows
from ilrs_science.intervals import Windows

SPAN = ("2031-01-01", "2031-01-11")
LIT = Windows(["2031-01-02", "2031-01-05"], ["2031-01-04", "2031-01-08"], Windows.everything(*SPAN).span)
LINK = Windows(["2031-01-03"], ["2031-01-06T12:00"], LIT.span)


def test_a_row_each_with_exact_bars_and_words() -> None:
    drawn = condition_rows(LIT & LINK, {"sun_elevation >= 0 deg": LIT, "not day": LINK})
    assert [bar.name for bar in drawn.data] == ["All of it", "Sun elevation ≥ 0°", "Not day"]
    assert [len(bar.x) for bar in drawn.data] == [2, 2, 1]
    assert drawn.data[1].base[0] == "2031-01-02T00:00:00"
    assert drawn.data[1].x[0] == 2 * 86400e3
    assert [note.text for note in drawn.layout.annotations] == [
        "<b>All of it</b>  2 windows, 60.0 h",
        "<b>Sun elevation ≥ 0°</b>  2 windows, 120.0 h",
        "<b>Not day</b>  1 window, 84.0 h",
    ]
    assert drawn.layout.xaxis.title.text == "Time [UTC]"
    assert list(drawn.layout.xaxis.range) == ["2031-01-01T00:00:00", "2031-01-11T00:00:00"]


def test_pointing_at_a_bar_tells_its_edges_and_length() -> None:
    drawn = condition_rows(LINK, {})
    assert drawn.data[0].hovertext[0].endswith("UTC<br>84.00 h")
    second = Windows(["2031-01-02T00:00:00"], ["2031-01-02T00:00:01.5"], LIT.span)
    assert condition_rows(second, {}).data[0].hovertext[0].endswith("1.500 s")


def test_what_never_holds_is_said() -> None:
    never = Windows(span=LIT.span)
    drawn = condition_rows(never, {"day": never})
    assert [note.text for note in drawn.layout.annotations] == [
        "<b>All of it</b>  never",
        "<b>Day</b>  never",
    ]


def test_thousands_of_windows_are_drawn_as_fewer_bars() -> None:
    starts = np.arange("2031-01-01", "2031-01-11", np.timedelta64(2, "m"), dtype="datetime64[us]")
    many = Windows(starts, starts + np.timedelta64(1, "m"), LIT.span)
    assert len(many) == 7200
    drawn = condition_rows(many, {})
    assert len(drawn.data[0].x) <= 1500
    assert "7200 windows" in drawn.layout.annotations[0].text
