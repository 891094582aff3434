"""All measures of all candidates at once: parallel coordinates, a row for each measure."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

import numpy as np
import plotly.graph_objects as go

from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.figures import theme
from ilrs_science.figures.caption import add_caption
from ilrs_science.figures.siting_words import COLOURS, SYMBOLS, TITLES, amount, axis_title, measure_name
from ilrs_science.studies.siting.measures import MEASURES

if TYPE_CHECKING:
    from ilrs_science.studies.siting.appraise import Appraisal
    from ilrs_science.studies.siting.result import Siting

__all__ = ["siting_profile"]

_ROW_PX = 34


def siting_profile(
    found: Siting, measures: Iterable[str] | None = None, *, title: str = "All measures"
) -> go.Figure:
    """Parallel coordinates: a line a candidate, from the worst value of each measure on the left to the best.

    Parameters
    ----------
    found : Siting
        As `ilrs_science.siting` gives it.
    measures : iterable of str, optional
        Rows from top to bottom; by default all of which more, or less, is better.
    title : str
        Heading of the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        Worst and best value of each measure with its unit at the ends of its row.

    Raises
    ------
    RequestError
        If neither more nor less of one is better.
    UnknownNameError
        If one is not known.
    """
    rows = _sound(measures)
    drawn = theme.figure(
        title=title,
        height=140 + _ROW_PX * len(rows),
        xaxis={"range": [-0.3, 1.3], "tickvals": [0, 1], "ticktext": ["worst", "best"], "zeroline": False},
        yaxis={
            "range": [len(rows) - 0.5, -0.5],
            "tickvals": list(range(len(rows))),
            "ticktext": [axis_title(name) for name in rows],
            "zeroline": False,
        },
        legend={"orientation": "h", "x": 0, "y": 0, "yref": "container", "yanchor": "bottom"},
        margin={"b": 70},
        narrow={"margin": {"b": 90}, "yaxis": {"tickfont": {"size": 10}}},
    )
    table = found.table()[rows].to_numpy(float)
    gains = table * [MEASURES[name].better for name in rows]
    low, high = gains.min(axis=0), gains.max(axis=0)
    places = np.where(high > low, (gains - low) / np.where(high > low, high - low, 1.0), 1.0)
    shown: set[str] = set()
    for one, line in zip(found.base, places, strict=True):
        _add_candidate(drawn, one, rows, line, legend=one.architecture not in shown)
        shown.add(one.architecture)
    _add_ends(drawn, rows, low, high)
    add_caption(
        drawn,
        "Each measure from the worst candidate to the best; where all are equal they stand at the right",
    )
    return drawn


def _sound(measures: Iterable[str] | None) -> list[str]:
    if measures is None:
        return [name for name, measure in MEASURES.items() if measure.better]
    rows = list(dict.fromkeys(measures))
    for name in rows:
        if name not in MEASURES:
            raise UnknownNameError("measure", name, MEASURES)
        if not MEASURES[name].better:
            raise RequestError(
                f"{name}: neither more nor less of it is better, so it has no worst and no best"
            )
    if not rows:
        raise RequestError("name one measure at least, such as value")
    return rows


def _add_candidate(
    drawn: go.Figure, one: Appraisal, rows: list[str], line: np.ndarray, *, legend: bool
) -> None:
    kind = one.architecture
    drawn.add_scatter(
        x=np.round(line, 4), y=list(range(len(rows))), mode="lines+markers", name=TITLES[kind], legendgroup=kind,
        showlegend=legend,
        line={"color": COLOURS[kind], "width": 2}, marker={"symbol": SYMBOLS[kind], "size": 9}, opacity=0.85,
        hovertext=[
            f"<b>{escape(one.candidate)}</b><br>{measure_name(name)}: {amount(name, one.measures[name])}"
            for name in rows
        ],
        hoverinfo="text",
    )  # fmt: skip


def _add_ends(drawn: go.Figure, rows: list[str], low: np.ndarray, high: np.ndarray) -> None:
    """Worst and best value beside the row."""
    for number, name in enumerate(rows):
        ends = [(1, high[number])] if low[number] == high[number] else [(0, low[number]), (1, high[number])]
        for side, gain in ends:
            drawn.add_annotation(
                x=1.06 if side else -0.06,
                y=number,
                text=amount(name, abs(gain)),
                xanchor="left" if side else "right",
            )
