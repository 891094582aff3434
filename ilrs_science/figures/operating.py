"""What figures of a plan in operation share: words and colours of who plans anew, bands where something is wrong."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ilrs_science.figures import theme
from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.problem.problem import Problem

__all__ = [
    "EDGE",
    "LEGEND",
    "MODE_COLOURS",
    "MODE_WORDS",
    "add_names",
    "mark_disruptions",
    "mark_moment",
    "milliseconds",
    "when",
]

MODE_WORDS = {"keep_going": "Keep going", "on_board": "Replan on board", "ground": "Replan from ground"}
"""Who makes new plans, in words."""
MODE_COLOURS = {"keep_going": theme.GREY, "on_board": theme.BLUE, "ground": theme.ORANGE}
LEGEND: dict[str, Any] = {
    "orientation": "h",
    "x": 0,
    "xref": "container",
    "y": 0,
    "yref": "container",
    "yanchor": "bottom",
}
"""A legend along the lower edge of the figure."""
EDGE = {"width": 0.5, "color": "rgba(20, 24, 32, 0.6)"}
"""What keeps bars apart that follow each other."""
_WRONG, _ASLEEP = theme.faded(theme.VERMILION, 0.16), theme.NIGHT


def when(problem: Problem, second: float) -> str:
    """A moment of a problem as ISO text.

    Parameters
    ----------
    problem : Problem
        Whose epoch counts.
    second : float
        After the epoch. [s]

    Returns
    -------
    str
        Such as ``2031-05-01T00:00:00``, UTC.
    """
    return theme.iso(problem.time(round(second)))[0]


def mark_disruptions(
    drawn: go.Figure,
    problem: Problem,
    disruptions: Iterable[Disruption],
    asleep: Iterable[tuple[int, int]] = (),
) -> None:
    """Lay bands over the spans in which something is wrong or the station sleeps, each with an entry in the legend.

    Parameters
    ----------
    drawn : plotly.graph_objects.Figure
        With a time axis ``x``.
    problem : Problem
        Whose epoch and horizon count.
    disruptions : iterable of Disruption
        What goes wrong.
    asleep : iterable of (int, int)
        Spans of sleep. [s]
    """
    wrong = [one.span(problem.horizon_s) for one in disruptions]
    for spans, colour, name in ((wrong, _WRONG, "Something is wrong"), (asleep, _ASLEEP, "Asleep")):
        found = [(start, end) for start, end in spans if end > start]
        drawn.layout.shapes += tuple(
            go.layout.Shape(
                type="rect", xref="x", yref="paper", x0=when(problem, start), x1=when(problem, end), y0=0, y1=1,
                fillcolor=colour, line={"width": 0}, layer="below",
            )
            for start, end in found
        )  # fmt: skip
        if found:
            mark = {
                "symbol": "square",
                "size": 12,
                "color": colour,
                "line": {"width": 1, "color": theme.GREY},
            }
            drawn.add_scatter(x=[None], y=[None], mode="markers", marker=mark, name=name, hoverinfo="skip")


def mark_moment(drawn: go.Figure, problem: Problem, second: float, words: str) -> None:
    """Draw a line at a moment, with a word at its head.

    Parameters
    ----------
    drawn : plotly.graph_objects.Figure
        With a time axis ``x``.
    problem : Problem
        Whose epoch counts.
    second : float
        After the epoch. [s]
    words : str
        What the moment is.
    """
    at = when(problem, second)
    line = {"color": theme.PURPLE, "width": 1.5, "dash": "dot"}
    drawn.add_shape(type="line", xref="x", yref="paper", x0=at, x1=at, y0=0, y1=1, line=line)
    late = second > problem.horizon_s / 2
    drawn.add_annotation(
        text=html.escape(words, quote=False), x=at, xref="x", y=1, yref="paper", yanchor="bottom",
        xanchor="right" if late else "left", font={"size": 11, "color": theme.PURPLE},
    )  # fmt: skip


def add_names(drawn: go.Figure, rows: Iterable[str], known: Mapping[str, Any], above: float) -> None:
    """Write the name of each experiment above its bars.

    Parameters
    ----------
    drawn : plotly.graph_objects.Figure
        With a row for each experiment.
    rows : iterable of str
        Ids of experiments, from the top.
    known : mapping
        Experiments by id; one that is not there is called by its id.
    above : float
        How far above the middle of the row. [rows]
    """
    for row, name in enumerate(rows):
        text = known[name].label if name in known else name.replace("_", " ")
        drawn.add_annotation(
            text=html.escape(text, quote=False), x=0, xref="paper", xanchor="left", y=row - above,
            yref="y", yanchor="bottom", font={"size": 12},
        )  # fmt: skip


def milliseconds(seconds: Iterable[float]) -> list[float]:
    """Lengths of bars on a time axis.

    Parameters
    ----------
    seconds : iterable of float
        Lengths. [s]

    Returns
    -------
    list of float
        [ms]
    """
    found: list[float] = (np.fromiter(seconds, float) * 1000).tolist()
    return found
