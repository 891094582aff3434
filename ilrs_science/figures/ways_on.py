"""The ways to go on beside each other: value gained, charge and stored data over time."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import plotly.graph_objects as go

from ilrs_science.figures import theme
from ilrs_science.figures.caption import say
from ilrs_science.figures.operating import LEGEND, MODE_COLOURS, MODE_WORDS, mark_disruptions, when
from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.execution.execution import Execution
from ilrs_science.planning.problem.parts import MEGABIT, WATT_HOUR
from ilrs_science.planning.problem.problem import Problem

__all__ = ["operation_histories"]

_STRIP_PX, _FIRST_PX, _GAP_PX, _TOP_PX, _BOTTOM_PX = 110, 190, 26, 52, 96
_DASHES = ("solid", "dash", "dot")
_EMPTY = "Nothing was executed yet."


class _Strip(NamedTuple):
    words: str
    unit: str
    store: str


def operation_histories(
    executions: Mapping[str, Execution],
    *,
    disruptions: Iterable[Disruption] = (),
    title: str = "Ways to go on",
) -> go.Figure:
    """Value gained, charge of each battery and data in each storage over time, for several executions of one problem.

    Parameters
    ----------
    executions : mapping of str to Execution
        By who makes new plans (``keep_going``, ``on_board``, ``ground``), or by any other name.
    disruptions : iterable of Disruption
        What goes wrong, drawn as bands.
    title : str
        Heading of the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        A strip for each quantity, a line for each execution, one UTC axis.
    """
    shown = list(executions.items())
    strips = _strips(shown[0][1].problem) if shown else []
    drawn = _frame(title, strips)
    if not shown:
        return say(drawn, _EMPTY)
    problem = shown[0][1].problem
    drawn.update_xaxes(range=[when(problem, 0), when(problem, problem.horizon_s)])
    mark_disruptions(drawn, problem, disruptions)
    for number, (name, ran) in enumerate(shown):
        colour = MODE_COLOURS.get(name, theme.COLOURS[number % len(theme.COLOURS)])
        line = {"color": colour, "width": 2, "dash": _DASHES[number % len(_DASHES)]}
        words = html.escape(MODE_WORDS.get(name, name.replace("_", " ")), quote=False)
        for axis, strip in enumerate(strips, start=1):
            times, values = _series(ran, strip)
            unit = "points" if strip.unit == "points" else strip.unit
            drawn.add_scatter(
                x=times, y=values, yaxis="y" if axis == 1 else f"y{axis}", mode="lines",
                name=f"{words}: {ran.value:g} points", legendgroup=name, showlegend=axis == 1,
                line=line | {"shape": "hv" if axis == 1 else "linear"},
                hovertemplate=f"{words}: %{{y:.4~g}} {unit}<br>%{{x|%Y-%m-%d %H:%M}} UTC<extra></extra>",
            )  # fmt: skip
    _limits(drawn, problem, strips)
    return drawn


def _strips(problem: Problem) -> list[_Strip]:
    """Value first, then each store; its id where there are several."""
    found = [_Strip("Value gained", "points", "")]
    for words, unit, stores in (
        ("Battery", "Wh", problem.batteries),
        ("Storage", "Mbit", problem.storages),
    ):
        for one in stores:
            own = f" {one.id.partition('/')[2] or one.id}".replace("_", " ") if len(stores) > 1 else ""
            found.append(_Strip(words + own, unit, one.id))
    return found


def _frame(title: str, strips: list[_Strip]) -> go.Figure:
    heights = [_FIRST_PX, *[_STRIP_PX] * (len(strips) - 1)]
    inner = sum(heights) + _GAP_PX * (len(heights) - 1)
    axes: dict[str, Any] = {}
    top = inner
    for number, (strip, height) in enumerate(zip(strips, heights, strict=False), start=1):
        axes[f"yaxis{number if number > 1 else ''}"] = {
            "domain": [max(0.0, (top - height) / inner), top / inner],
            "title": {"text": f"{html.escape(strip.words, quote=False)}<br>[{strip.unit}]"},
            "rangemode": "tozero",
            "nticks": 5,
            "zeroline": False,
        }
        top -= height + _GAP_PX
    total = inner + _TOP_PX + _BOTTOM_PX
    return theme.figure(
        title=title,
        height=total,
        margin={"t": _TOP_PX, "b": _BOTTOM_PX, "l": 88},
        legend=LEGEND,
        xaxis={
            "title": {"text": "Time [UTC]"},
            "type": "date",
            "anchor": f"y{len(strips)}" if len(strips) > 1 else "y",
        },
        narrow={"height": total + 50, "margin": {"b": _BOTTOM_PX + 50, "l": 74}},
        **axes,
    )


def _series(ran: Execution, strip: _Strip) -> tuple[list[str], list[float]]:
    """Times and values of one line."""
    problem = ran.problem
    if strip.unit == "points":
        by_id, gained = problem.by_id, 0.0
        ends = [(when(problem, 0), 0.0)]
        done = [
            (run.end_s, run.start_s, run.id)
            for run in ran.runs
            if run.outcome == "done" and run.end_s is not None and run.start_s is not None
        ]
        for end, start, name in sorted(done):
            gained += by_id[name].worth_at(start) / 1000
            ends.append((when(problem, end), round(gained, 3)))
        ends.append((when(problem, ran.until_s), round(gained, 3)))
        return [time for time, _ in ends], [value for _, value in ends]
    levels, unit = (ran.charge_mJ, WATT_HOUR) if strip.unit == "Wh" else (ran.volume_bit, MEGABIT)
    return [when(problem, time) for time in ran.times], [
        round(level / unit, 3) for level in levels[strip.store]
    ]


def _limits(drawn: go.Figure, problem: Problem, strips: list[_Strip]) -> None:
    """Dashed lines at what a battery must not fall below and a storage cannot exceed."""
    levels = {one.id: ("minimum", one.minimum_Wh) for one in problem.batteries}
    levels |= {one.id: ("capacity", one.capacity_Mbit) for one in problem.storages}
    for axis, strip in enumerate(strips, start=1):
        if strip.store not in levels:
            continue
        words, level = levels[strip.store]
        line = {"color": theme.VERMILION, "width": 1, "dash": "dash"}
        where = {"xref": "paper", "yref": f"y{axis}"}
        drawn.add_shape(type="line", x0=0, x1=1, y0=level, y1=level, line=line, **where)
        drawn.add_annotation(
            text=words, x=1, xanchor="right", y=level, yanchor="bottom", font={"size": 10}, **where
        )
