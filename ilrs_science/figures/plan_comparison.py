"""Two plans of one problem on one time axis: what stays, moves, goes and comes."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.figures import theme
from ilrs_science.figures.caption import add_caption, say
from ilrs_science.figures.gantt import experiment_of
from ilrs_science.figures.narrow import fit_narrow
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.result import PlanResult

__all__ = ["compare_plans"]

_ROW_PX, _TOP_PX, _BOTTOM_PX = 50, 52, 96
_LANES = (-0.02, 0.24)
"""Middle of the upper and the lower bar of a row, below its name. [rows]"""
_THICK = 0.22
"""Of a bar. [rows]"""
_COLOURS = {"same": theme.GREY, "moved": theme.BLUE, "dropped": theme.VERMILION, "added": theme.GREEN}
_EMPTY = "Neither plan does anything."


def compare_plans(
    first: PlanResult | Plan,
    second: PlanResult | Plan,
    *,
    names: tuple[str, str] = ("first", "second"),
    experiments: Mapping[str, Experiment] | None = None,
    turns: Mapping[str, str] | None = None,
    title: str = "Two plans",
) -> go.Figure:
    """Two plans beside each other, a row for each experiment with the first plan above the second.

    Parameters
    ----------
    first, second : PlanResult or Plan
        Of the same activities.
    names : tuple of str
        What the plans are called.
    experiments : mapping of str to Experiment, optional
        Names by id; without it ids are shown.
    turns : mapping of str to str, optional
        Names of rows of downlink turns, by what stands before their number; the legend does not count those.
    title : str
        Heading of the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        Bars by what became of them: same start, moved, only in the first plan, only in the second.
    """
    tables = first.to_frame(), second.to_frame()
    fate = _fate(*tables)
    known, sending = experiments or {}, turns or {}
    found = dict.fromkeys(experiment_of(str(name), known) for name in fate)
    rows = sorted(found, key=lambda row: row in sending)
    counts = Counter(kind for name, kind in fate.items() if experiment_of(name, known) not in sending)
    drawn = theme.figure(
        title=title,
        height=_ROW_PX * max(len(rows), 3) + _TOP_PX + _BOTTOM_PX,
        barmode="overlay",
        margin={"t": _TOP_PX, "b": _BOTTOM_PX, "l": 24},
        xaxis={"title": {"text": "Time [UTC]"}, "type": "date"},
        yaxis={"range": [len(rows) - 0.5, -0.65], "visible": False},
        legend={
            "orientation": "h",
            "x": 0,
            "xref": "container",
            "y": 0,
            "yref": "container",
            "yanchor": "bottom",
        },
        narrow={
            "margin": {"b": _BOTTOM_PX + 40, "l": 12},
            "height": _ROW_PX * max(len(rows), 3) + _TOP_PX + _BOTTOM_PX + 40,
        },
    )
    if not rows:
        return say(drawn, _EMPTY)
    words = {
        "same": "Same start",
        "moved": "Moved",
        "dropped": f"Only in {names[0]}",
        "added": f"Only in {names[1]}",
    }
    for kind, label in words.items():
        _add(drawn, f"{label} ({counts[kind]})", kind, tables, fate, rows, known, names)
    for row, name in enumerate(rows):
        label = known[name].label if name in known else sending.get(name) or name.replace("_", " ")
        text = html.escape(label, quote=False)
        drawn.add_annotation(
            text=text, x=0, xref="paper", xanchor="left", y=row - 0.14, yanchor="bottom", font={"size": 12}
        )
    apart = "; numbers count sessions, not downlink turns" if any(row in sending for row in rows) else ""
    add_caption(drawn, f"Upper bars: {names[0]}; lower bars: {names[1]}{apart}")
    return fit_narrow(drawn)


def _fate(first: pd.DataFrame, second: pd.DataFrame) -> dict[str, str]:
    """What became of each activity of either plan."""
    fate: dict[str, str] = {}
    before, after = first["start"].to_dict(), second["start"].to_dict()
    for name in dict.fromkeys([*before, *after]):
        if name not in after:
            fate[str(name)] = "dropped"
        elif name not in before:
            fate[str(name)] = "added"
        else:
            fate[str(name)] = "same" if before[name] == after[name] else "moved"
    return fate


def _add(
    drawn: go.Figure,
    label: str,
    kind: str,
    tables: tuple[pd.DataFrame, pd.DataFrame],
    fate: dict[str, str],
    rows: list[str],
    known: Mapping[str, Experiment],
    names: tuple[str, str],
) -> None:
    """All bars of one fate in one trace."""
    bars: list[tuple[str, float, float, str, str]] = []
    for lane, (plan, table) in enumerate(zip(names, tables, strict=True)):
        part = table[[fate[str(name)] == kind for name in table.index]]
        starts = theme.iso(part["start"].to_numpy()) if len(part) else []
        lengths = ((part["end"].to_numpy() - part["start"].to_numpy()) / np.timedelta64(1, "ms")).tolist()
        for name, start, length in zip(part.index, starts, lengths, strict=True):
            row = rows.index(experiment_of(str(name), known)) + _LANES[lane]
            hover = f"<b>{html.escape(str(name), quote=False)}</b> in {html.escape(plan, quote=False)}<br>"
            hover += f"from {start.replace('T', ' ')[:16]} UTC for {length / 3.6e6:.1f} h"
            bars.append((start, length, row, hover, str(name)))
    columns: list[Any] = [list(column) for column in zip(*bars, strict=True)] or [[], [], [], [], []]
    drawn.add_bar(
        base=columns[0], x=columns[1], y=columns[2], width=_THICK, orientation="h", name=label,
        marker={"color": _COLOURS[kind], "line": {"width": 0}}, hovertext=columns[3], hoverinfo="text",
        customdata=[[name] for name in columns[4]], visible=True if bars else "legendonly", showlegend=bool(bars),
    )  # fmt: skip
