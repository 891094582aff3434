"""What a new plan does with the old one: what stays, what moves and whereto, what goes, what comes."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping

import plotly.graph_objects as go

from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.figures import theme
from ilrs_science.figures.caption import add_caption, say
from ilrs_science.figures.gantt import experiment_of
from ilrs_science.figures.narrow import fit_narrow
from ilrs_science.figures.operating import (
    EDGE,
    LEGEND,
    add_names,
    mark_disruptions,
    mark_moment,
    milliseconds,
    when,
)
from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem

__all__ = ["plan_changes"]

_ROW_PX, _TOP_PX, _BOTTOM_PX = 46, 52, 96
_OLD, _NEW, _THICK = -0.04, 0.2, 0.2
"""Middle of the upper and the lower bar of a row, and their thickness. [rows]"""
_KEPT, _MOVED, _DROPPED, _ADDED = theme.GREY, theme.BLUE, theme.VERMILION, theme.GREEN
_EMPTY = "Neither plan does anything."


def plan_changes(
    problem: Problem,
    before: Plan,
    after: Plan,
    *,
    now_s: int | None = None,
    disruptions: Iterable[Disruption] = (),
    experiments: Mapping[str, Experiment] | None = None,
    title: str = "What the new plan changes",
) -> go.Figure:
    """The difference between two plans as a Gantt.

    Parameters
    ----------
    problem : Problem
        What both are plans of.
    before, after : Plan
        The old plan and the new one.
    now_s : int, optional
        When the new plan took effect. [s]
    disruptions : iterable of Disruption
        What went wrong, drawn as bands.
    experiments : mapping of str to Experiment, optional
        Names by id; without it ids are shown.
    title : str
        Heading of the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        Kept, moved, dropped and added activities, the old start above the new one; an arrow leads from each old start
        to the new one.
    """
    known = experiments or {}
    old, new = before.starts, after.starts
    rows = list(dict.fromkeys(experiment_of(name, known) for name in sorted({*old, *new})))
    height = _ROW_PX * max(len(rows), 3) + _TOP_PX + _BOTTOM_PX
    drawn = theme.figure(
        title=title,
        height=height,
        barmode="overlay",
        margin={"t": _TOP_PX, "b": _BOTTOM_PX, "l": 24},
        xaxis={"title": {"text": "Time [UTC]"}, "type": "date"},
        yaxis={"range": [max(len(rows), 1) - 0.5, -0.65], "visible": False},
        legend=LEGEND,
        narrow={"margin": {"b": _BOTTOM_PX + 60, "l": 12}, "height": height + 60},
    )
    if not rows:
        return say(drawn, _EMPTY)
    drawn.update_xaxes(range=[when(problem, 0), when(problem, problem.horizon_s)])
    mark_disruptions(drawn, problem, disruptions)
    place = {name: rows.index(experiment_of(name, known)) for name in {*old, *new}}
    kept = [name for name in old if new.get(name) == old[name]]
    moved = [name for name in old if name in new and new[name] != old[name]]
    dropped = [name for name in old if name not in new]
    added = [name for name in new if name not in old]
    _add(drawn, problem, f"Kept ({len(kept)})", _KEPT, {name: old[name] for name in kept}, place, _NEW)
    _add(
        drawn,
        problem,
        f"Dropped ({len(dropped)})",
        _DROPPED,
        {name: old[name] for name in dropped},
        place,
        _OLD,
    )
    _add(drawn, problem, f"Added ({len(added)})", _ADDED, {name: new[name] for name in added}, place, _NEW)
    faint = theme.faded(_MOVED, 0.35)
    _add(drawn, problem, "Moved from", faint, {name: old[name] for name in moved}, place, _OLD, group="moved")
    words = f"Moved ({len(moved)})"
    _add(drawn, problem, words, _MOVED, {name: new[name] for name in moved}, place, _NEW, group="moved")
    _arrows(drawn, problem, {name: (old[name], new[name]) for name in moved}, place)
    add_names(drawn, rows, known, 0.16)
    if now_s is not None:
        mark_moment(drawn, problem, now_s, "new plan")
    add_caption(drawn, "Upper bars: the old plan where it changes; lower bars: the new plan")
    return fit_narrow(drawn)


def _add(
    drawn: go.Figure,
    problem: Problem,
    label: str,
    colour: str,
    starts: Mapping[str, int],
    place: Mapping[str, int],
    lane: float,
    group: str | None = None,
) -> None:
    """All bars of one kind in one trace; a kind without bars is left out."""
    if not starts:
        return
    length = {name: problem.by_id[name].duration_s for name in starts}
    kind = label.partition(" (")[0].lower()
    hover = [
        f"<b>{html.escape(name, quote=False)}</b>, {kind}<br>from {when(problem, at).replace('T', ' ')[:16]} UTC "
        f"for {length[name] / 3600:.1f} h"
        for name, at in starts.items()
    ]
    drawn.add_bar(
        base=[when(problem, at) for at in starts.values()], x=milliseconds(length.values()),
        y=[place[name] + lane for name in starts], width=_THICK, orientation="h", name=label, legendgroup=group,
        marker={"color": colour, "line": EDGE}, hovertext=hover, hoverinfo="text",
        customdata=[[name] for name in starts],
    )  # fmt: skip


def _arrows(
    drawn: go.Figure, problem: Problem, moves: Mapping[str, tuple[int, int]], place: Mapping[str, int]
) -> None:
    """An arrow from each old start to the new one, all in one trace that goes with the moved bars."""
    if not moves:
        return
    x: list[str | None] = []
    y: list[float | None] = []
    for name, ends in moves.items():
        x += [*(when(problem, at) for at in ends), None]
        y += [place[name] + _OLD + _THICK / 2, place[name] + _NEW - _THICK / 2, None]
    marker = {"symbol": "arrow", "angleref": "previous", "size": [0, 9, 0] * len(moves), "color": _MOVED}
    drawn.add_scatter(
        x=x, y=y, mode="lines+markers", line={"color": _MOVED, "width": 1}, marker=marker, hoverinfo="skip",
        legendgroup="moved", showlegend=False, name="Moves",
    )  # fmt: skip
