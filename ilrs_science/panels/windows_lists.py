"""Lists of the windows dashboard: the windows, the months, and files to take away."""

from __future__ import annotations

import base64

import numpy as np
import pandas as pd

from ilrs_science.epochs import format_epoch
from ilrs_science.intervals import Windows
from ilrs_science.panels import controls
from ilrs_science.panels.windows_answer import WindowsAnswer

__all__ = ["downloads", "months", "windows_table"]

_ROWS = 12
_MOST_EVENTS = 1000


def windows_table(windows: Windows) -> str:
    """The first windows as a table.

    Parameters
    ----------
    windows : Windows
        What to list.

    Returns
    -------
    str
        HTML; nothing if there are none.
    """
    if not len(windows):
        return ""
    rows = [
        (
            *(format_epoch(time)[:-1].replace("T", " ") for time in pair),
            _hours(pair[1] - pair[0]),
        )
        for pair in list(windows)[:_ROWS]
    ]
    more = f", the first {_ROWS} of {len(windows)}" if len(windows) > _ROWS else ""
    columns = ("Start [UTC]", "End [UTC]", "Length [h]")
    return controls.table(f"Windows{more}", columns, rows, numbers=("Length [h]",))


def _hours(length: np.timedelta64) -> str:
    hours = float(length / np.timedelta64(1, "h"))
    return f"{hours:.2f}" if hours >= 1.0 else f"{hours:.5f}"  # a thirtieth of a second


def months(table: pd.DataFrame | None) -> str:
    """Hours of each month as a table.

    Parameters
    ----------
    table : pandas.DataFrame or None
        As `ilrs_science.observability` gives it.

    Returns
    -------
    str
        HTML; nothing without a table.
    """
    if table is None:
        return ""
    rows = [
        (str(month), f"{opened:.1f}", f"{share:.0%}", f"{longest:.1f}")
        for month, opened, share, longest in zip(
            table.index, table["open_h"], table["share"], table["longest_h"], strict=True
        )
    ]
    columns = ("Month [UTC]", "Open [h]", "Share", "Longest [h]")
    best = f", best in {table.attrs['best']}" if table.attrs.get("best") else ""
    return controls.table(f"By month{best}", columns, rows, numbers=columns[1:])


def downloads(answer: WindowsAnswer) -> str:
    """Links to the windows as files, made in the page itself.

    Parameters
    ----------
    answer : WindowsAnswer
        What is shown.

    Returns
    -------
    str
        HTML; nothing if there are no windows.
    """
    windows = answer.windows
    if not len(windows):
        return ""
    links = [_link("windows.csv", "text/csv", windows.to_csv(), "CSV")]
    if len(windows) <= _MOST_EVENTS:
        text = windows.to_icalendar(f"Windows at {answer.place.name}")
        links.append(_link("windows.ics", "text/calendar", text, "calendar (iCalendar)"))
    return f'<p class="ilrs-downloads">Download all {len(windows)}: {", ".join(links)}</p>'


def _link(name: str, kind: str, text: str, words: str) -> str:
    content = base64.b64encode(text.encode()).decode()
    return f'<a download="{name}" href="data:{kind};charset=utf-8;base64,{content}">{words}</a>'
