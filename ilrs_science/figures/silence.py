"""What silence costs: value lost over days without contact, and when energy, storage and plan run out."""

from __future__ import annotations

import plotly.graph_objects as go

from ilrs_science.figures import theme
from ilrs_science.figures.caption import add_caption
from ilrs_science.figures.operating import LEGEND, MODE_COLOURS, MODE_WORDS
from ilrs_science.studies.autonomy import Autonomy

__all__ = ["silence_cost"]

_RUNS_OUT = {"energy": "a battery is at its minimum", "storage": "a storage is full", "plan": "the plan ends"}
_HOLDS = {"energy": "energy", "storage": "storage", "plan": "plan"}


def silence_cost(autonomy: Autonomy, *, title: str = "What silence costs") -> go.Figure:
    """Value lost over the length of a silence, by who makes new plans.

    Parameters
    ----------
    autonomy : Autonomy
        As `ilrs_science.studies.autonomy.autonomy` gives it.
    title : str
        Heading of the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        A line for each mode, and an upright where something runs out within the lengths that were tried; the caption
        tells the days of autonomy.
    """
    drawn = theme.figure(
        title=title,
        height=360,
        margin={"t": 56, "b": 96, "l": 68},
        legend=LEGEND,
        xaxis={"title": {"text": "Length of the silence [d]"}, "zeroline": False, "rangemode": "tozero"},
        yaxis={"title": {"text": "Value lost [points]"}, "zeroline": True},
        narrow={"height": 400, "margin": {"b": 130}},
    )
    lengths = list(autonomy.silence)
    for mode, curve in autonomy.value.items():
        lost = [round(curve[0] - value, 3) for value in curve]
        rate = autonomy.lost_per_day[mode]
        words = MODE_WORDS[mode]
        hover = [
            f"{words}: {one:g} points lost in {days:g} d"
            + (f"<br>{one / days:.3g} points a day" if days else "")
            for one, days in zip(lost, lengths, strict=True)
        ]
        drawn.add_scatter(
            x=lengths, y=lost, mode="lines+markers", name=f"{words}: {rate:.2g} points a day",
            line={"color": MODE_COLOURS[mode], "width": 2.2}, marker={"size": 8}, hovertext=hover, hoverinfo="text",
        )  # fmt: skip
    for cause, days in autonomy.limits.items():
        if days is not None and days <= lengths[-1]:
            _upright(drawn, days, _RUNS_OUT[cause])
    others = [
        f"{_HOLDS[cause]} {'lasts to the end' if days is None else f'{days:.1f} d'}"
        for cause, days in autonomy.limits.items()
        if cause != autonomy.first
    ]
    add_caption(
        drawn,
        f"From {autonomy.epoch.replace('T', ' ')[:16]} UTC: {autonomy.days:.1f} days of autonomy, until "
        f"{_RUNS_OUT[autonomy.first]} ({', '.join(others)})",
    )
    return drawn


def _upright(drawn: go.Figure, days: float, words: str) -> None:
    line = {"color": theme.PURPLE, "width": 1.5, "dash": "dash"}
    drawn.add_shape(type="line", x0=days, x1=days, yref="paper", y0=0, y1=1, line=line)
    drawn.add_annotation(
        text=words,
        x=days,
        xanchor="left",
        y=1,
        yref="paper",
        yanchor="top",
        xshift=4,
        font={"color": theme.PURPLE},
    )
