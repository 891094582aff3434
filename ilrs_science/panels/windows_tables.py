"""What the windows dashboard lists and gives away: windows, months, files."""

from __future__ import annotations

import base64
import html
from typing import Any

import numpy as np
import pandas as pd

from ilrs_science.epochs import format_epoch
from ilrs_science.intervals import Windows
from ilrs_science.panels import controls

__all__ = ["downloads", "listing", "months"]

_ROWS = 12
_MOST_IN_A_FILE = 5000
_MOST_EVENTS = 500


def listing(windows: Windows) -> str:
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
        (*map(_clock, pair), f"{(pair[1] - pair[0]) / np.timedelta64(1, 'h'):.2f}")
        for pair in list(windows)[:_ROWS]
    ]
    more = f", the first {_ROWS} of {len(windows)}" if len(windows) > _ROWS else ""
    return controls.table(
        f"Windows{more}", ("Start [UTC]", "End [UTC]", "Length [h]"), rows, numbers=("Length [h]",)
    )


def months(table: pd.DataFrame) -> str:
    """How much of each month is open, as a table.

    Parameters
    ----------
    table : pandas.DataFrame
        As `ilrs_science.observability` gives it.

    Returns
    -------
    str
        HTML.
    """
    numbers = ("Open [h]", "Open [%]", "Windows", "Longest [h]")
    rows = [
        (
            str(name),
            _minute(row["first"]),
            _minute(row["last"]),
            f"{row['open_h']:.1f}",
            f"{100 * row['share']:.0f}",
            f"{row['count']}",
            f"{row['longest_h']:.1f}",
        )
        for name, row in zip(table.index, table.to_dict("records"), strict=True)
    ]
    best = table.attrs.get("best")
    caption = f"Month by month, the best is {best}" if best else "Month by month"
    columns = ("Month", "First opens [UTC]", "Last closes [UTC]", *numbers)
    return controls.table(caption, columns, rows, numbers=numbers)


def downloads(windows: Windows, name: str, title: str) -> str:
    """Links that save the windows, for a table and for a calendar.

    Parameters
    ----------
    windows : Windows
        What to save.
    name : str
        Of the files, without their ending.
    title : str
        Of the events in the calendar.

    Returns
    -------
    str
        HTML; the files are in it.
    """
    if not len(windows):
        return ""
    if len(windows) > _MOST_IN_A_FILE:
        return _note(
            f"{len(windows)} windows are too many for a file here; the lines of Python below save them."
        )
    links = [_link("Save as CSV", f"{name}.csv", "text/csv", windows.to_csv())]
    if len(windows) <= _MOST_EVENTS:
        links.append(_link("Save as calendar", f"{name}.ics", "text/calendar", windows.to_icalendar(title)))
    else:
        links.append(_note(f"A calendar is offered up to {_MOST_EVENTS} windows."))
    return f'<div class="ilrs-downloads">{" ".join(links)}</div>'


def _link(words: str, file: str, kind: str, text: str) -> str:
    content = base64.b64encode(text.encode()).decode("ascii")
    return (
        f'<a class="ilrs-download" download="{html.escape(file)}" href="data:{kind};base64,{content}">'
        f"{html.escape(words)}</a>"
    )


def _note(text: str) -> str:
    return f"<span>{html.escape(text)}</span>"


def _clock(epoch: np.datetime64) -> str:
    return format_epoch(epoch)[:-1].replace("T", " ")


def _minute(epoch: Any) -> str:
    return "–" if pd.isna(epoch) else f"{epoch:%Y-%m-%d %H:%M}"
