"""Tables and files of windows: rounded as on the command line, complete, and small enough for a page."""

from __future__ import annotations

import base64
import re

import numpy as np
import pytest

from ilrs_science.intervals import Windows
from ilrs_science.panels.windows_tables import downloads, listing, months
from ilrs_science.windows.observability import observability

DAY = np.timedelta64(1, "D")
START = np.datetime64("2031-02-24", "us")


def hours(count: int) -> Windows:
    """The first minute of each of so many hours."""
    starts = START + np.arange(count) * np.timedelta64(1, "h")
    return Windows(starts, starts + np.timedelta64(1, "m"), (START, START + 400 * DAY))


def files(page: str) -> dict[str, str]:
    """Text of each file that a page holds."""
    found = re.findall(r'download="([^"]+)" href="data:[a-z/]+;base64,([A-Za-z0-9+/=]+)"', page)
    return {name: base64.b64decode(content).decode() for name, content in found}


def test_the_table_rounds_milliseconds_as_the_command_line_does() -> None:
    edges = np.array(["2031-02-24T00:00:00.000600", "2031-02-24T06:00:00.000400"], "datetime64[us]")
    table = listing(Windows(edges[:1], edges[1:]))
    assert "<td>2031-02-24 00:00:00.001</td><td>2031-02-24 06:00:00.000</td>" in table


def test_no_window_is_no_table_and_no_file() -> None:
    assert listing(hours(0)) == downloads(hours(0), "a", "b") == ""


def test_the_first_of_many_are_listed() -> None:
    assert "<caption>Windows</caption>" in listing(hours(12))
    table = listing(hours(40))
    assert "<caption>Windows, the first 12 of 40</caption>" in table
    assert table.count("<tr>") == 13


def test_files_hold_all_windows() -> None:
    windows = hours(40)
    saved = files(downloads(windows, "windows_malapert_2031-02-24", "Window at Malapert"))
    assert list(saved) == ["windows_malapert_2031-02-24.csv", "windows_malapert_2031-02-24.ics"]
    assert Windows.from_csv(saved["windows_malapert_2031-02-24.csv"], windows.span) == windows
    assert Windows.from_icalendar(saved["windows_malapert_2031-02-24.ics"]) == windows
    assert saved["windows_malapert_2031-02-24.ics"].count("SUMMARY:Window at Malapert") == 40


@pytest.mark.parametrize(
    ("count", "kinds", "says"),
    [
        (500, 2, ""),
        (501, 1, "A calendar is offered up to 500 windows."),
        (5001, 0, "5001 windows are too many for a file here"),
    ],
)
def test_files_stay_small(count: int, kinds: int, says: str) -> None:
    page = downloads(hours(count), "a", "b")
    assert len(files(page)) == kinds
    assert says in page
    assert len(page) < 500_000


def test_names_and_titles_are_text_and_never_markup() -> None:
    page = downloads(hours(1), 'a"><script>', "<b>x</b>")
    assert "<script>" not in page
    assert "<b>" not in page


def test_months_carry_units_and_name_the_best() -> None:
    table = months(observability(hours(24 * 40)))
    assert "<caption>Month by month, the best is 2031-03</caption>" in table
    head = re.findall(r"<th[^>]*>([^<]+)</th>", table)
    assert head == [
        "Month", "First opens [UTC]", "Last closes [UTC]", "Open [h]", "Open [%]", "Windows", "Longest [h]",
    ]  # fmt: skip
    cells = [re.findall(r"<td[^>]*>([^<]*)</td>", row) for row in table.split("<tr>")[2:]]
    assert cells[0] == ["2031-02", "2031-02-24 00:00", "2031-02-28 23:01", "2.0", "2", "120", "0.0"]
    assert cells[4][1:3] == ["–", "–"]
