"""Observability: how much of each month, of the calendar or of the Moon, is open."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd

from ilrs_science.catalogue.constraint import Constraint
from ilrs_science.epochs import Epochs, parse_span
from ilrs_science.errors import EpochError, RequestError, UnknownNameError
from ilrs_science.intervals import Windows
from ilrs_science.sky.lunations import lunations
from ilrs_science.sky.targets import Somewhere
from ilrs_science.windows.constraints import find_windows

__all__ = ["Period", "observability"]

#: Start and end. [UTC]
Interval: TypeAlias = tuple[np.datetime64, np.datetime64]
#: What the rows of the table are: months of the calendar (UTC), or from new moon to new moon.
Period: TypeAlias = Literal["month", "lunation"]


def observability(
    windows: Windows | Mapping[str, Windows] | Constraint | dict[str, object],
    place: Somewhere | None = None,
    start: object = None,
    end: object = None,
    *,
    by: Period = "month",
) -> pd.DataFrame:
    """How much of each month is open: the best months for an experiment.

    Parameters
    ----------
    windows : Windows, mapping of str to Windows, Constraint or mapping
        Windows, those of several experiments by name (a `Portfolio`), or a constraint.
    place : Site, Orbit, GroundStation, SurfacePlace, Trajectory or str, optional
        Where; a constraint needs it, as `find_windows` takes it.
    start, end : str, datetime or datetime64, optional
        Span, UTC. A constraint needs it; windows know theirs, and may be looked at in a part of it.
    by : {"month", "lunation"}
        Months of the calendar, UTC, or lunations from new moon to new moon, by their Brown number.

    Returns
    -------
    pandas.DataFrame
        One row a period, indexed by ``month`` (such as ``2026-08``) or ``lunation``; for several experiments also by
        ``experiment``. Columns: ``begin`` and ``end`` of the period inside the span, UTC; its length ``span_h`` [h];
        ``open_h`` while open [h]; ``share``, the open part, in [0, 1]; ``count`` of openings; ``longest_h`` without a
        break [h]; ``first`` opening and ``last`` closing, UTC, ``NaT`` if there is none. An opening over the end of a
        period is cut there and counts in both. ``attrs["best"]`` names the period with the most hours, the earlier one
        of equals, or None; for several experiments it is a mapping.

    Raises
    ------
    RequestError
        If there is no span, no place for a constraint, or one where windows are given.
    UnknownNameError
        If ``by`` is no period.
    EpochError, CoverageError
        As `find_windows`; lunations need the ephemeris.

    Notes
    -----
    For a session of eight hours look at ``windows.filter("8 h")``; ``table.sort_values("open_h", ascending=False)``
    puts the best months first.

    Examples
    --------
    >>> table = observability(Windows.everything("2026-01-30", "2026-02-03") - Windows(["2026-02-01"], ["2026-02-02"]))
    >>> table[["span_h", "open_h", "count"]]
             span_h  open_h  count
    month
    2026-01    48.0    48.0      1
    2026-02    48.0    24.0      1
    """
    if by not in ("month", "lunation"):
        raise UnknownNameError("period", str(by), ("month", "lunation"))
    several = _several(windows)
    if several is None:
        return _table(*_windows_and_span(windows, place, start, end), by)
    tables = {name: _table(*_windows_and_span(one, place, start, end), by) for name, one in several.items()}
    joined = pd.concat(tables, names=["experiment"])
    joined.attrs = {"best": {name: table.attrs["best"] for name, table in tables.items()}}
    return joined


def _several(windows: object) -> dict[str, Windows] | None:
    """Windows by experiment, if it is that."""
    if not isinstance(windows, Mapping):
        return None
    if not windows:
        raise RequestError("there is no experiment to look at")
    named = {str(name): one for name, one in windows.items() if isinstance(one, Windows)}
    return named if len(named) == len(windows) else None  # else it is a constraint as a mapping


def _table(found: Windows, span: Interval, by: Period) -> pd.DataFrame:
    labels, edges = _months(*span) if by == "month" else _lunations(*span)
    rows = [_row(found.between(begin, end), begin, end) for begin, end in pairwise(edges)]
    table = pd.DataFrame(rows, index=pd.Index(labels, name=by))
    table.attrs = {"best": table["open_h"].idxmax() if found else None}
    return table


def _windows_and_span(
    windows: object, place: Somewhere | None, start: object, end: object
) -> tuple[Windows, Interval]:
    if (start is None) != (end is None):
        raise RequestError("a span has a start and an end; give both, or neither")
    if isinstance(windows, Windows):
        if place is not None:
            raise RequestError("windows are already those of a place; give the place with a constraint only")
        some = windows if start is None else windows.between(start, end)
        if some.span is None:
            raise EpochError("these windows do not say what span was searched; give start and end")
        return some, some.span
    if place is None or start is None:
        raise RequestError("a constraint needs a place, a start and an end")
    return find_windows(windows, place, start, end), parse_span(start, end)  # type: ignore[arg-type]


def _months(start: np.datetime64, end: np.datetime64) -> tuple[list[str], Epochs]:
    """Labels of the months of a span, and their edges."""
    last = (end - np.timedelta64(1, "us")).astype("datetime64[M]")
    months = np.arange(start.astype("datetime64[M]"), last + 1)
    inner = months[1:].astype("datetime64[us]")
    return [str(month) for month in months], np.concatenate([[start], inner, [end]])


def _lunations(start: np.datetime64, end: np.datetime64) -> tuple[list[int], Epochs]:
    """Brown numbers of the lunations of a span, and their edges."""
    numbers, edges = lunations(start, end)
    return numbers.tolist(), np.concatenate([[start], edges[1:-1], [end]])


def _row(some: Windows, begin: np.datetime64, end: np.datetime64) -> dict[str, object]:
    """One period and the windows in it."""
    span_h = float((end - begin) / np.timedelta64(1, "h"))
    missing = np.datetime64("NaT", "us")
    return {
        "begin": begin,
        "end": end,
        "span_h": span_h,
        "open_h": some.hours,
        "share": some.hours / span_h,
        "count": len(some),
        "longest_h": float(some.longest / np.timedelta64(1, "h")),
        "first": some.starts[0] if some else missing,
        "last": some.ends[-1] if some else missing,
    }
