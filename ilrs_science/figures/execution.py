"""A plan as it goes: what was planned above what was done, late, stopped or skipped, under bands of what is wrong."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from typing import NamedTuple

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
from ilrs_science.planning.execution.execution import Execution, Run
from ilrs_science.planning.plan import Plan

__all__ = ["execution_timeline"]

_ROW_PX, _TOP_PX, _BOTTOM_PX = 46, 52, 96
_PLANNED, _RAN, _THICK = -0.04, 0.2, 0.2
"""Middle of the upper and the lower bar of a row, and their thickness. [rows]"""
_LATE_S = 60
"""From here on a start is late. [s]"""
_LOOKS = {
    "done": ("Done", theme.GREEN, ""),
    "late": ("Done late", theme.ORANGE, ""),
    "running": ("Runs", theme.SKY, ""),
    "aborted": ("Stopped", theme.VERMILION, ""),
    "skipped": ("Skipped", theme.VERMILION, "/"),
}
_EMPTY = "The plan does nothing, so there is nothing to execute."


class _Bar(NamedTuple):
    start: str
    length: float
    row: float
    words: str
    id: str


def execution_timeline(
    execution: Execution,
    plan: Plan,
    *,
    disruptions: Iterable[Disruption] = (),
    until_s: int | None = None,
    experiments: Mapping[str, Experiment] | None = None,
    title: str = "Execution",
) -> go.Figure:
    """What was planned, and below it what came of it.

    Parameters
    ----------
    execution : Execution
        What ran.
    plan : Plan
        What is planned, such as the plan that was in force at the moment.
    disruptions : iterable of Disruption
        What goes wrong, drawn as bands.
    until_s : int, optional
        Show the execution as it stands at this moment; as it ended by default. [s]
    experiments : mapping of str to Experiment, optional
        Names by id; without it ids are shown.
    title : str
        Heading of the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        A row for each experiment: planned above, done, late, running, stopped and skipped below.
    """
    known, problem = experiments or {}, execution.problem
    now = execution.until_s if until_s is None else until_s
    names = [*plan.starts, *(run.id for run in execution.runs)]
    rows = list(dict.fromkeys(experiment_of(name, known) for name in sorted(names)))
    drawn = _frame(title, len(rows))
    if not rows:
        return say(drawn, _EMPTY)
    drawn.update_xaxes(range=[when(problem, 0), when(problem, problem.horizon_s)])
    mark_disruptions(
        drawn, problem, _begun(disruptions, now), [one for one in execution.asleep if one[0] < now]
    )
    place = {name: rows.index(experiment_of(name, known)) for name in names}
    planned = [
        _bar(
            execution, name, start, start + problem.by_id[name].duration_s, place[name] + _PLANNED, "planned"
        )
        for name, start in plan.starts.items()
    ]
    _add(drawn, "Planned", theme.faded(theme.GREY, 0.45), "", planned)
    fates = {run: _fate(run, now) for run in execution.runs}
    for fate, (words, colour, pattern) in _LOOKS.items():
        bars = [_ran(execution, run, fate, now, place) for run, came in fates.items() if came == fate]
        _add(drawn, f"{words} ({len(bars)})", colour, pattern, bars)
    add_names(drawn, rows, known, 0.16)
    if until_s is not None and until_s < problem.horizon_s:
        mark_moment(drawn, problem, until_s, "now")
    elif execution.lost_s is not None:
        mark_moment(drawn, problem, execution.lost_s, "station lost")
    add_caption(drawn, "Upper bars: the plan; lower bars: what came of it")
    return fit_narrow(drawn)


def _begun(disruptions: Iterable[Disruption], now: int) -> list[Disruption]:
    return [one for one in disruptions if one.start_s < now]


def _frame(title: str, rows: int) -> go.Figure:
    height = _ROW_PX * max(rows, 3) + _TOP_PX + _BOTTOM_PX
    return theme.figure(
        title=title,
        height=height,
        barmode="overlay",
        margin={"t": _TOP_PX, "b": _BOTTOM_PX, "l": 24},
        xaxis={"title": {"text": "Time [UTC]"}, "type": "date"},
        yaxis={"range": [max(rows, 1) - 0.5, -0.65], "visible": False},
        legend=LEGEND,
        narrow={"margin": {"b": _BOTTOM_PX + 60, "l": 12}, "height": height + 60},
    )


def _fate(run: Run, now: int) -> str:
    """What has come of a run by a moment; empty where nothing has."""
    if run.start_s is None:
        return "skipped" if run.outcome == "skipped" and run.planned_s <= now else ""
    if run.start_s > now:
        return ""
    if run.end_s is None or run.end_s > now:
        return "running"
    if run.outcome == "done" and run.start_s - run.planned_s >= _LATE_S:
        return "late"
    return run.outcome


def _ran(execution: Execution, run: Run, fate: str, now: int, place: Mapping[str, int]) -> _Bar:
    """The bar of a run; one that was skipped stands where it was planned."""
    start = run.planned_s if run.start_s is None else run.start_s
    length = execution.problem.by_id[run.id].duration_s
    end = start + length if run.start_s is None else min(now, now if run.end_s is None else run.end_s)
    words = _LOOKS[fate][0].lower()
    if fate == "late":
        words += f" by {(start - run.planned_s) / 3600:.1f} h"
    reason = f"<br>{html.escape(run.reason, quote=False)}" if run.reason else ""
    return _bar(execution, run.id, start, end, place[run.id] + _RAN, words + reason)


def _bar(execution: Execution, name: str, start: int, end: int, row: float, words: str) -> _Bar:
    begins = when(execution.problem, start)
    told = f"<b>{html.escape(name, quote=False)}</b>, {words}<br>from {begins.replace('T', ' ')[:16]} UTC"
    return _Bar(begins, end - start, row, f"{told} for {(end - start) / 3600:.1f} h", name)


def _add(drawn: go.Figure, label: str, colour: str, pattern: str, bars: list[_Bar]) -> None:
    """All bars of one fate in one trace; what nothing came to is left out."""
    if not bars:
        return
    marker = {"color": theme.faded(colour, 0.25) if pattern else colour, "line": EDGE}
    if pattern:
        marker |= {
            "pattern": {"shape": pattern, "size": 5, "fgcolor": colour},
            "line": {"width": 1, "color": colour},
        }
    drawn.add_bar(
        base=[one.start for one in bars], x=milliseconds(one.length for one in bars), y=[one.row for one in bars],
        width=_THICK, orientation="h", name=label, marker=marker, hovertext=[one.words for one in bars],
        hoverinfo="text", customdata=[[one.id] for one in bars],
    )  # fmt: skip
