"""The timeline: activities over their windows, and strips of battery, storage, light and link below."""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Container, Mapping
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import xarray as xr

from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.figures import theme
from ilrs_science.figures.narrow import fit_narrow
from ilrs_science.figures.night import night_of, shade
from ilrs_science.figures.strips import Strip, add_strips, strips_of
from ilrs_science.intervals import Windows
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.result import PlanResult

__all__ = ["experiment_of", "session_of", "timeline"]

_ROW_PX, _STRIP_PX, _GAP_PX, _TOP_PX, _BOTTOM_PX = 44, 84, 22, 52, 112
_PLAIN, _TURNS = "Activities", "Downlink turns"
_LEGEND_CHARS = 42
"""Characters in a line of the legend, so that it fits a small screen."""
_EDGE = {"width": 0.5, "color": "rgba(20, 24, 32, 0.6)"}
_SESSION = re.compile(r"(.+?)[.#/:@_-]\d+")
_HEAD = re.compile(r"[^./]+\.\d+")


def experiment_of(activity: str, known: Container[str] = ()) -> str:
    """Id of the experiment that an activity is a session of.

    Parameters
    ----------
    activity : str
        Id of the activity, such as ``"volatile_drilling.2"`` or ``"volatile_drilling#2"``.
    known : container of str
        Ids of experiments; an activity that is one of them is its own experiment.

    Returns
    -------
    str
        The part before the number of the session.
    """
    if activity in known:
        return activity
    head = activity.partition(".")[0]
    session = _SESSION.fullmatch(activity)
    return head if head in known else session[1] if session else activity


def session_of(activity: str) -> str:
    """Session that an activity is a way, a piece or a part of.

    Parameters
    ----------
    activity : str
        Id of the activity, such as ``"volatile_drilling.2/base~drill#1"``.

    Returns
    -------
    str
        ``"volatile_drilling.2"``; the id itself where it has no such form.
    """
    found = _HEAD.match(activity)
    return found[0] if found else activity


def timeline(
    plan: PlanResult | Plan | pd.DataFrame,
    *,
    windows: Mapping[str, Windows] | None = None,
    env: xr.Dataset | Mapping[str, xr.Dataset] | None = None,
    levels: pd.DataFrame | None = None,
    limits: Mapping[str, float] | None = None,
    experiments: Mapping[str, Experiment] | None = None,
    locked: Container[str] = (),
    turns: Mapping[str, str] | None = None,
    stations: Mapping[str, str] | None = None,
    title: str = "Plan",
) -> go.Figure:
    """Activities as bars over the windows in which they are possible, with what they cost below.

    Parameters
    ----------
    plan : PlanResult, Plan or DataFrame
        What is done; a table has the activities as index and columns ``start`` and ``end``, UTC.
    windows : mapping of str to Windows, optional
        When each experiment is possible, by id; drawn as pale bars.
    env : xarray.Dataset, or mapping of str to Dataset, optional
        ``sun_visible_fraction`` [1] and ``link_rate`` [Mbit/s] become strips, and the night a shade; of several
        stations by their names, the night is then that of the first.
    levels : pandas.DataFrame, optional
        Index UTC, columns ``battery_charge`` [Wh] and ``stored_data`` [Mbit]; strips as well, see `strips_of`.
    limits : mapping, optional
        Lines in the strips: ``battery_capacity``, ``battery_minimum`` [Wh] and ``storage_capacity`` [Mbit].
    experiments : mapping of str to Experiment, optional
        Names and categories by id; without it ids are shown.
    locked : container of str
        Ids of activities that a person has locked; they are hatched.
    turns : mapping of str to str, optional
        Names of rows of downlink turns, by what stands before their number.
    stations : mapping of str to str, optional
        Names of stations, by the ids that stand in ``levels``.
    title : str
        Heading of the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        One row an experiment, strips below, one UTC axis.
    """
    table = plan if isinstance(plan, pd.DataFrame) else plan.to_frame()
    table = table.assign(experiment=[experiment_of(str(name), experiments or {}) for name in table.index])
    rows = list(dict.fromkeys([*(windows or {}), *table["experiment"]]))
    strips = strips_of(env, levels, limits or {}, stations or {})
    where, first = ("", env) if env is None or isinstance(env, xr.Dataset) else next(iter(env.items()))
    drawn = _frame(title, len(rows), strips, _span(table, windows, first))
    if first is not None:
        night = f"Less than half of the Sun is seen{f' at {where}' if where else ''}"
        shade(
            drawn,
            night_of(first),
            name="<br>".join(textwrap.wrap(html.escape(night, quote=False), _LEGEND_CHARS)),
        )
    if windows:
        _add_windows(drawn, rows, windows)
    categories = np.array(
        _categories(table, experiments, turns or {}), dtype=object
    )  # a list of one would be a list of keys
    for category, part in table.groupby(categories, sort=False):
        _add_activities(drawn, rows, part, str(category), locked)
    named = {**{key: one.label for key, one in (experiments or {}).items()}, **(turns or {})}
    for row, name in enumerate(rows):
        label = named.get(name) or name.replace("_", " ")
        drawn.add_annotation(
            x=0,
            xref="paper",
            y=row - 0.22,
            yref="y",
            text=html.escape(label, quote=False),
            xanchor="left",
            yanchor="bottom",
            font={"size": 12},
        )
    if not len(table):
        drawn.add_annotation(
            x=0.5,
            xref="paper",
            y=1,
            yref="y domain",
            yanchor="bottom",
            text="Nothing is planned",
            font={"size": 13},
        )
    add_strips(drawn, strips)
    return fit_narrow(drawn)


def _frame(title: str, rows: int, strips: list[Strip], span: tuple[Any, Any] | None) -> go.Figure:
    """The empty figure: axes, heights, legend."""
    main = _ROW_PX * max(rows, 1) + 10
    inner = main + (_STRIP_PX + _GAP_PX) * len(strips)
    axes: dict[str, Any] = {
        "yaxis": {
            "domain": [1 - main / inner, 1],
            "range": [max(rows, 1) - 0.35, -0.75],
            "showticklabels": False,
            "ticks": "",
            "showgrid": False,
            "zeroline": False,
        }
    }
    top = inner - main - _GAP_PX
    for number, strip in enumerate(strips, start=2):
        axes[f"yaxis{number}"] = {
            "domain": [max(0.0, (top - _STRIP_PX) / inner), top / inner],
            "title": {"text": f"{strip.name}<br>[{strip.unit}]"},
            "rangemode": "tozero",
            "nticks": 4,
            "zeroline": False,
        }
        top -= _STRIP_PX + _GAP_PX
    time_axis: dict[str, Any] = {
        "title": {"text": "Time [UTC]"},
        "type": "date",
        "anchor": f"y{len(strips) + 1}" if strips else "y",
    }
    if span is not None:
        time_axis["range"] = theme.iso(np.array(span))
    return theme.figure(
        title=title,
        height=inner + _TOP_PX + _BOTTOM_PX,
        barmode="overlay",
        margin={"t": _TOP_PX, "b": _BOTTOM_PX, "l": 88},
        legend={
            "orientation": "h",
            "x": 0,
            "xref": "container",
            "y": 0,
            "yref": "container",
            "yanchor": "bottom",
        },
        xaxis=time_axis,
        narrow={"height": inner + _TOP_PX + _BOTTOM_PX + 70, "margin": {"b": _BOTTOM_PX + 70, "l": 74}},
        **axes,
    )


def _span(
    table: pd.DataFrame, windows: Mapping[str, Windows] | None, env: xr.Dataset | None
) -> tuple[Any, Any] | None:
    """What the time axis shows: the environment's span, else the windows', else the plan's."""
    if env is not None and env.sizes.get("time", 0) > 1:
        times = env["time"].values
        return times[0], times[-1] + (times[-1] - times[-2])
    for one in (windows or {}).values():
        if one.span is not None:
            return one.span
    return (table["start"].min(), table["end"].max()) if len(table) else None


def _categories(
    table: pd.DataFrame, experiments: Mapping[str, Experiment] | None, turns: Container[str]
) -> list[str]:
    known = experiments or {}
    other = {name: _TURNS if name in turns else _PLAIN for name in table["experiment"]}
    return [known[name].category.label if name in known else other[name] for name in table["experiment"]]


def _add_windows(drawn: go.Figure, rows: list[str], windows: Mapping[str, Windows]) -> None:
    """All windows in one trace of pale bars."""
    base: list[str] = []
    length: list[float] = []
    row: list[int] = []
    for name, found in windows.items():
        base += theme.iso(found.starts) if len(found) else []
        length += (found.durations / np.timedelta64(1, "ms")).tolist()
        row += [rows.index(name)] * len(found)
    hover = [
        f"Possible for {ms / 3.6e6:.1f} h<br>from {start.replace('T', ' ')[:16]} UTC"
        for start, ms in zip(base, length, strict=True)
    ]
    colour = theme.faded(theme.GREY, 0.3)
    drawn.add_bar(
        base=base,
        x=length,
        y=row,
        width=0.42,
        orientation="h",
        name="Possible",
        marker={"color": colour, "line": {"width": 0}},
        hovertext=hover,
        hoverinfo="text",
    )


def _add_activities(
    drawn: go.Figure, rows: list[str], part: pd.DataFrame, category: str, locked: Container[str]
) -> None:
    start, end = theme.iso(part["start"].to_numpy()), theme.iso(part["end"].to_numpy())
    length = (part["end"].to_numpy() - part["start"].to_numpy()) / np.timedelta64(1, "ms")
    hover = [
        f"<b>{html.escape(str(name), quote=False)}</b><br>"
        f"{a.replace('T', ' ')[:16]} to {b.replace('T', ' ')[:16]} UTC<br>{ms / 3.6e6:.1f} h"
        f"{', locked' if name in locked else ''}"
        for name, a, b, ms in zip(part.index, start, end, length, strict=True)
    ]
    drawn.add_bar(
        base=start,
        x=length.tolist(),
        y=[rows.index(name) for name in part["experiment"]],
        width=0.42,
        orientation="h",
        name=category,
        marker={
            "color": theme.CATEGORY_COLOURS.get(category, theme.VERMILION),
            "line": _EDGE,
            "pattern": {"shape": ["/" if name in locked else "" for name in part.index], "size": 6},
        },
        customdata=[[str(name)] for name in part.index],
        hovertext=hover,
        hoverinfo="text",
    )
