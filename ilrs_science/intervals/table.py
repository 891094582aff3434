"""Tables of windows: pandas, csv, and a glance for notebooks."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ilrs_science.epochs import Epochs, format_epoch, parse_epoch, parse_epochs, parse_span
from ilrs_science.errors import EpochError, RequestError
from ilrs_science.intervals.disjoint import Disjoint, Interval, Span

if TYPE_CHECKING:
    from pandas import DataFrame, Series

__all__ = ["frame_of", "html_of", "read_csv", "read_frame", "text_of", "write_csv"]

_HEADER = "start,end,duration_s"
#: Most rows of a glance.
_ROWS = 6


def frame_of(windows: Disjoint) -> DataFrame:
    """Table with columns ``start``, ``end`` and ``duration_s``.

    Parameters
    ----------
    windows : Windows
        Their span goes into ``attrs`` as text.

    Returns
    -------
    pandas.DataFrame
    """
    import pandas as pd

    seconds = windows.durations / np.timedelta64(1, "s")
    table = pd.DataFrame({"start": windows.starts, "end": windows.ends, "duration_s": seconds})
    if windows.span is not None:
        table.attrs["span"] = [format_epoch(epoch, "us") for epoch in windows.span]
    return table


def read_frame(table: DataFrame) -> tuple[Epochs, Epochs, Span]:
    """Starts, ends and span of a table.

    Parameters
    ----------
    table : pandas.DataFrame
        With columns ``start`` and ``end``.

    Returns
    -------
    tuple
        Starts, ends and span, UTC.

    Raises
    ------
    RequestError
        If a column is missing.
    EpochError
        If a date is missing or impossible; the message names the row.
    """
    missing = [name for name in ("start", "end") if name not in table]
    if missing:
        raise RequestError(
            f"the table has no column {' and no '.join(map(repr, missing))} (it has: {', '.join(map(str, table))})"
        )
    span = table.attrs.get("span")
    starts, ends = _column(table["start"]), _column(table["end"])
    wrong = np.flatnonzero(ends < starts)
    if len(wrong):
        raise EpochError(f"row {table.index[wrong[0]]}: the interval ends before it starts")
    return starts, ends, parse_span(*span) if span is not None else None


def _column(column: Series[Any]) -> Epochs:
    import pandas as pd

    if column.isna().any():
        raise EpochError(f"row {column.index[column.isna()][0]}: {column.name!r} is missing")
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        column = column.dt.tz_convert("UTC").dt.tz_localize(None)
    if column.dtype.kind == "M":
        return parse_epochs(column.to_numpy())
    return np.array([_cell(value, row) for row, value in column.items()], "datetime64[us]")


def _cell(value: object, row: object) -> np.datetime64:
    try:
        return parse_epoch(value)
    except EpochError as error:
        raise EpochError(f"row {row}: {error}") from None


def write_csv(windows: Disjoint) -> str:
    """Text table ``start,end,duration_s``, to the millisecond.

    Parameters
    ----------
    windows : Windows
        To write.

    Returns
    -------
    str
        With a header, even if there is no window.
    """
    rows = [_HEADER]
    for start, end in windows:
        seconds = (end - start) / np.timedelta64(1, "s")
        rows.append(f"{format_epoch(start)},{format_epoch(end)},{seconds:.3f}")
    return "\n".join(rows) + "\n"


def text_of(source: str | Path, opening: str) -> tuple[str, str]:
    """Text that is given, or that a file holds.

    Parameters
    ----------
    source : str or Path
        Text of more than a line, or one that begins with the opening word; anything else is the path of a file.
    opening : str
        How the text begins.

    Returns
    -------
    text, name : str
        The text, and what to call it in messages.

    Raises
    ------
    RequestError
        If the file cannot be read.
    """
    if isinstance(source, str) and ("\n" in source or source.lstrip("\ufeff").startswith(opening)):
        return source.lstrip("\ufeff"), "the text"
    try:
        return Path(source).read_bytes().decode("utf-8-sig"), repr(str(source))
    except OSError as error:
        raise RequestError(f"cannot read {str(source)!r}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise RequestError(f"{str(source)!r} is no text in UTF-8") from error


def read_csv(source: str | Path) -> list[Interval]:
    """Intervals of a text table.

    Parameters
    ----------
    source : str or Path
        Text with the header ``start,end``, or the path of such a file; other columns are left aside.

    Returns
    -------
    list of tuple
        Starts and ends, UTC.

    Raises
    ------
    RequestError
        If there is no such file or no such header.
    EpochError
        If a date is missing or impossible, or an interval reversed; the message names the line.
    """
    text, name = text_of(source, "start,")
    lines = csv.DictReader(text.splitlines(), skipinitialspace=True)
    columns = lines.fieldnames or []
    if "start" not in columns or "end" not in columns:
        raise RequestError(f"{name}, line 1: the header must name start and end, such as {_HEADER}")
    return [_interval(row, f"{name}, line {lines.line_num}") for row in lines]


def _interval(row: Mapping[str, str | None], place: str) -> Interval:
    try:
        start, end = (parse_epoch((row[name] or "").strip()) for name in ("start", "end"))
    except EpochError as error:
        raise EpochError(f"{place}: {error}") from None
    if end < start:
        raise EpochError(f"{place}: the interval ends before it starts")
    return start, end


def html_of(windows: Disjoint) -> str:
    """A glance: the first few intervals and the total. Colours are those of the page, light or dark.

    Parameters
    ----------
    windows : Windows
        To show.

    Returns
    -------
    str
        HTML of a table.
    """
    cells = [
        (format_epoch(a, "s"), format_epoch(b, "s"), f"{(b - a) / np.timedelta64(1, 'h'):.2f}")
        for a, b in windows[:_ROWS]
    ]
    rows = [f"<tr><td>{a}</td><td>{b}</td><td>{hours}</td></tr>" for a, b, hours in cells]
    more = len(windows) - len(rows)
    if more > 0:
        rows.append(f"<tr><td colspan='3'>and {more} more</td></tr>")
    count = f"{len(windows)} interval{'' if len(windows) == 1 else 's'}"
    foot = f"<tr><th colspan='2'>{count}</th><th>{windows.hours:.2f}</th></tr>"
    head = "<tr><th>start (UTC)</th><th>end (UTC)</th><th>hours</th></tr>"
    return (
        "<table style='color: inherit; background: none; font-variant-numeric: tabular-nums'>"
        f"<thead>{head}</thead><tbody>{''.join(rows)}</tbody><tfoot>{foot}</tfoot></table>"
    )
