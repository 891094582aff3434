"""What each experiment has at each candidate: hours in which it is possible, sessions in the plan, or why never."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Literal

import plotly.graph_objects as go

from ilrs_science.errors import UnknownNameError
from ilrs_science.figures import theme
from ilrs_science.figures.caption import add_caption

if TYPE_CHECKING:
    from ilrs_science.studies.siting.appraise import Appraisal
    from ilrs_science.studies.siting.result import Siting

__all__ = ["siting_experiments"]

_BAR_PX, _GAP_PX = 11, 14
_WORD = 20
"""Characters in a line of a name."""
_AXES = {"hours": "Possible [h]", "sessions": "Sessions in the plan [1]"}
_PATTERNS = ("", "/", "x")
"""Further candidates take the colours again, hatched."""


def siting_experiments(
    found: Siting,
    show: Literal["hours", "sessions"] = "hours",
    *,
    names: Mapping[str, str] | None = None,
    title: str = "Experiments at each candidate",
) -> go.Figure:
    """Bars: a group for each experiment, in it a bar for each candidate.

    Parameters
    ----------
    found : Siting
        As `ilrs_science.siting` gives it.
    show : "hours" or "sessions"
        Hours in which an experiment is possible, or its sessions in the plan.
    names : mapping of str to str, optional
        Names of experiments by id; without it ids are shown.
    title : str
        Heading of the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        Where an experiment can never be done there is a cross, with the reason in the hover.

    Raises
    ------
    UnknownNameError
        If something else is to be shown.
    """
    if show not in _AXES:
        raise UnknownNameError("kind of bar", show, _AXES)
    rows = list(found.base[0].hours)
    words = [_broken((names or {}).get(name, name)) for name in rows]
    height = len(rows) * (_GAP_PX + _BAR_PX * max(2, len(found.base)))
    drawn = theme.figure(
        title=title,
        height=140 + height,
        barmode="group",
        scattermode="group",
        bargap=0.25,
        xaxis={"title": {"text": _AXES[show]}, "rangemode": "tozero", "zeroline": False},
        yaxis={"categoryorder": "array", "categoryarray": words, "autorange": "reversed"},
        legend={"orientation": "h", "x": 0, "y": 0, "yref": "container", "yanchor": "bottom"},
        margin={"b": 88 + 10 * len(found.base) // 2},
        narrow={"margin": {"b": 70 + 20 * len(found.base)}, "height": 200 + height + 14 * len(found.base)},
    )
    for number, one in enumerate(found.base):
        _add_candidate(drawn, one, number, show, rows, words)
    add_caption(drawn, "A cross: it can never be done there; point at it for the reason")
    return drawn


def _add_candidate(
    drawn: go.Figure, one: Appraisal, number: int, show: str, rows: list[str], words: list[str]
) -> None:
    colour = theme.COLOURS[number % len(theme.COLOURS)]
    pattern = _PATTERNS[number // len(theme.COLOURS) % len(_PATTERNS)]
    values = one.hours if show == "hours" else one.sessions
    common = {
        "legendgroup": one.candidate,
        "offsetgroup": one.candidate,
        "orientation": "h",
        "hoverinfo": "text",
    }
    drawn.add_bar(
        y=words, x=[round(float(values[name]), 2) for name in rows], name=escape(one.candidate),
        marker={"color": colour, "pattern": {"shape": pattern}},
        hovertext=[_told(one, name, word) for name, word in zip(rows, words, strict=True)], **common,
    )  # fmt: skip
    never = [k for k, name in enumerate(rows) if name in one.impossible]
    drawn.add_scatter(
        y=[words[k] for k in never], x=[0.0] * len(never), mode="markers", showlegend=False, name=escape(one.candidate),
        marker={"symbol": "x-thin", "size": 7, "line": {"width": 2, "color": colour}}, cliponaxis=False,
        hovertext=[_told(one, rows[k], words[k]) for k in never], **common,
    )  # fmt: skip


def _broken(name: str) -> str:
    """A name as HTML in short lines, so that small screens keep room for the bars."""
    return "<br>".join(escape(line) for line in textwrap.wrap(name, _WORD, break_long_words=False))


def _told(one: Appraisal, name: str, word: str) -> str:
    head = f"<b>{word.replace('<br>', ' ')}</b><br>{escape(one.candidate)}"
    if name in one.impossible:
        return f"{head}<br>{escape(one.impossible[name])}"
    count = one.sessions[name]
    return f"{head}<br>possible for {one.hours[name]:.1f} h<br>{count} session{'' if count == 1 else 's'} in the plan"
