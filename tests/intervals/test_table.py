"""Windows as tables: pandas, csv, a glance in a notebook."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.errors import EpochError, RequestError, UnitError
from ilrs_science.intervals import Windows
from tests.intervals.strategies import SPAN, long_windows

HEADER = "start,end,duration_s"
DAY = Windows(["2026-01-01"], ["2026-01-02"])


def to_ms(some: Windows) -> Windows:
    """Edges as a text table rounds them."""
    starts, ends = (
        (edge + np.timedelta64(500, "us")).astype("datetime64[ms]") for edge in (some.starts, some.ends)
    )
    return Windows(starts, ends, some.span)


# --- pandas -------------------------------------------------------------------------------------------------------


@given(long_windows())
def test_a_frame_reads_back_with_its_span(some: Windows) -> None:
    again = Windows.from_frame(some.to_frame())
    assert again == some
    assert again.span == some.span


@given(long_windows(), st.sampled_from(["UTC", "Asia/Shanghai", "America/New_York"]))
def test_columns_with_a_zone_are_the_same_instants(some: Windows, zone: str) -> None:
    frame = some.to_frame()
    for name in ("start", "end"):
        frame[name] = frame[name].dt.tz_localize("UTC").dt.tz_convert(zone)
    assert Windows.from_frame(frame) == some


def test_a_frame_may_hold_text_and_anything_else_beside() -> None:
    frame = pd.DataFrame({"note": ["good"], "end": ["2026-01-02"], "start": ["2026-01-01T08:00+08:00"]})
    assert Windows.from_frame(frame) == DAY
    assert Windows.from_frame(frame).span is None
    mixed = pd.DataFrame(
        {"start": [pd.Timestamp("2026-01-01", tz="UTC")], "end": [np.datetime64("2026-01-02")]}
    )
    assert Windows.from_frame(mixed) == DAY


def test_a_span_that_is_given_counts_more_than_the_one_that_is_kept() -> None:
    frame = Windows.everything("2026-01-01", "2026-01-03").to_frame()
    assert frame.attrs["span"] == ["2026-01-01T00:00:00.000000Z", "2026-01-03T00:00:00.000000Z"]
    some = Windows.from_frame(frame, ("2026-01-02", "2026-01-05"))
    assert some == Windows(["2026-01-02"], ["2026-01-03"])
    assert ~some == Windows(["2026-01-03"], ["2026-01-05"])
    assert DAY.to_frame().attrs == {}


def test_a_filtered_frame_is_still_windows() -> None:
    frame = (DAY | Windows(["2026-01-05"], ["2026-01-06"])).to_frame()
    assert Windows.from_frame(frame[frame["start"] < "2026-01-03"]) == DAY
    assert Windows.from_frame(frame.iloc[::-1]).to_frame().equals(frame)


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"begin": ["2026-01-01"], "end": ["2026-01-02"]}, "no column 'start' .it has: begin, end"),
        ({}, "no column 'start' and no 'end'"),
        ({"start": [pd.NaT], "end": [pd.Timestamp("2026-01-02")]}, "row 0: 'start' is missing"),
        ({"start": ["2026-01-01"] * 2, "end": ["2026-01-02", None]}, "row 1: 'end' is missing"),
        ({"start": ["2026-01-03"], "end": ["2026-01-02"]}, "row 0: the interval ends before it starts"),
        ({"start": ["soon"], "end": ["2026-01-02"]}, "row 0: 'soon' is not a date"),
        ({"start": [5.0], "end": [6.0]}, "row 0: 5.0 is not a date"),
        ({"start": ["2026-01-01"] * 2, "end": ["2026-01-02", "2026-02-30"]}, "row 1: .* not a possible date"),
    ],
    ids=["no start", "empty", "NaT", "None", "reversed", "words", "numbers", "impossible"],
)
def test_a_frame_that_holds_no_windows_is_refused(columns: dict[str, list[object]], message: str) -> None:
    with pytest.raises(RequestError, match=message):
        Windows.from_frame(pd.DataFrame(columns))


# --- csv ----------------------------------------------------------------------------------------------------------


@given(long_windows())
def test_a_text_table_reads_back_to_the_millisecond(some: Windows) -> None:
    again = Windows.from_csv(some.to_csv(), some.span)
    assert again == to_ms(some)
    assert again.span == some.span
    assert Windows.from_csv(again.to_csv()) == again


def test_a_text_table_is_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "windows.csv"
    file.write_text(DAY.to_csv(), "utf-8")
    assert Windows.from_csv(file) == Windows.from_csv(str(file)) == DAY
    file.write_bytes(
        b"\xef\xbb\xbf" + DAY.to_csv().replace("\n", "\r\n").encode()
    )  # as a spreadsheet saves it
    assert Windows.from_csv(file) == DAY


def test_a_header_alone_is_no_windows() -> None:
    assert Windows.from_csv(HEADER) == Windows.from_csv(HEADER + "\n") == Windows()


def test_other_columns_and_empty_lines_are_left_aside() -> None:
    text = "id, end , start\nfirst, 2026-01-02, 2026-01-01\n\n"
    with pytest.raises(RequestError, match="line 1"):
        Windows.from_csv(text)
    assert Windows.from_csv("id, end, start\nfirst, 2026-01-02 , 2026-01-01\n\n") == DAY


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("a,b\n1,2\n", RequestError, "line 1: the header must name start and end"),
        ("\n", RequestError, "line 1: the header must name start and end"),
        (HEADER + "\n2026-01-01,2026-01-02,1\nsoon,2026-01-05,1\n", EpochError, "text, line 3: 'soon' is not"),
        (HEADER + "\n2026-01-01\n", EpochError, "line 2: '' is not a date"),
        (HEADER + "\n\n2026-02-30,2026-03-01,1\n", EpochError, "line 3: '2026-02-30' is not a possible date"),
        (HEADER + "\n2026-01-02,2026-01-01,1\n", EpochError, "line 2: the interval ends before it starts"),
    ],
    ids=["header", "empty", "words", "short", "impossible", "reversed"],
)  # fmt: skip
def test_a_fault_is_named_with_its_line(text: str, error: type, message: str) -> None:
    with pytest.raises(error, match=message):
        Windows.from_csv(text)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match=r"cannot read .*nowhere\.csv.*No such file"):
        Windows.from_csv(tmp_path / "nowhere.csv")
    (tmp_path / "wrong.csv").write_text(HEADER + "\nsoon,later\n", "utf-8")
    with pytest.raises(EpochError, match=r"wrong.csv', line 2"):
        Windows.from_csv(tmp_path / "wrong.csv")
    (tmp_path / "latin.csv").write_bytes(b"start,end\n\xe9\n")
    with pytest.raises(RequestError, match="no text in UTF-8"):
        Windows.from_csv(tmp_path / "latin.csv")


# --- a glance -----------------------------------------------------------------------------------------------------


def test_a_notebook_shows_the_first_few_and_the_total() -> None:
    days = np.datetime64("2026-01-01", "us") + np.arange(9) * np.timedelta64(2, "D")
    shown = Windows(days, days + np.timedelta64(36, "h"))._repr_html_()
    assert shown.count("<tr>") == 1 + 6 + 1 + 1
    assert "and 3 more" in shown
    assert "<th colspan='2'>9 intervals</th><th>324.00</th>" in shown
    assert "<td>2026-01-01T00:00:00Z</td><td>2026-01-02T12:00:00Z</td><td>36.00</td>" in shown


def test_a_glance_at_few_or_none_counts_them() -> None:
    assert "1 interval<" in DAY._repr_html_()
    assert "more" not in DAY._repr_html_()
    assert "0 intervals" in Windows(span=SPAN)._repr_html_()


def test_a_glance_has_no_colour_of_its_own() -> None:
    shown = DAY._repr_html_()
    assert re.findall(r"#[0-9a-f]{3,6}|rgb|bgcolor|white|black", shown) == []
    assert "color: inherit" in shown


def test_durations_have_a_unit_of_time() -> None:
    with pytest.raises(UnitError):
        DAY.contract("10 km")
    assert DAY.contract(np.timedelta64(1, "h"), "2 h").hours == 21.0
