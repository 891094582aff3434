"""How a search came on: the value of the best plan and the bound over time, closing in on each other."""

from __future__ import annotations

import math
from collections.abc import Sequence

import plotly.graph_objects as go

from ilrs_science.figures import theme
from ilrs_science.figures.caption import say
from ilrs_science.planning.search.progress import Progress, gap_of

__all__ = ["search_progress"]

_EMPTY = "No search yet. Press Plan, and watch the value rise and the bound fall."
_EDGE = 0.12
"""Room above and below the lines, as a share of what they span. [1]"""


def search_progress(
    history: Sequence[Progress], *, end_s: float | None = None, unit: str = "points", title: str = "Search"
) -> go.Figure:
    """Value of the best plan and the bound on any plan, over the time of the search.

    Parameters
    ----------
    history : sequence of Progress
        Each better plan or bound, in order of time, as ``progress`` of `ilrs_science.solve` is called with.
    end_s : float, optional
        Until when both lines are drawn; the last report by default. [s]
    unit : str
        Of the value: ``"points"``, or ``"s"`` for a makespan.
    title : str
        Heading of the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        Two stepped lines over a time axis in seconds; what lies between them is still open.
    """
    drawn = theme.figure(
        title=title,
        height=270,
        xaxis={"title": {"text": "Time of search [s]"}, "rangemode": "tozero", "zeroline": False},
        yaxis={"title": {"text": f"{'Value' if unit == 'points' else 'Makespan'} [{unit}]"}, "nticks": 6},
        legend={"orientation": "h", "x": 0, "y": -0.32, "yanchor": "top"},
        margin={"t": 44, "b": 84},
    )
    value = _steps([(one.time_s, one.objective) for one in history], end_s)
    bound = _steps([(one.time_s, one.bound) for one in history], end_s)
    if not value and not bound:
        drawn.update_layout(height=130, margin={"b": 16})
        return say(drawn, _EMPTY)
    _add(
        drawn,
        "No plan can exceed this" if unit == "points" else "No plan ends earlier",
        bound,
        theme.ORANGE,
        unit,
    )
    _add(drawn, "Best plan so far", value, theme.BLUE, unit)
    levels = [level for _, level in [*value, *bound]]
    room = _EDGE * (max(levels) - min(levels)) or 1.0
    drawn.update_yaxes(range=[min(levels) - room, max(levels) + room])
    gap = gap_of(value[-1][1] if value else None, bound[-1][1] if bound else None)
    if gap is not None:
        words = "proved: value and bound meet" if gap == 0 else f"gap {gap:.1%}"
        drawn.update_layout(title={"text": f"{drawn.layout.title.text}: {words}"})
    return drawn


def _steps(points: Sequence[tuple[float, float | None]], end_s: float | None) -> list[tuple[float, float]]:
    """Known points, the last level carried on to the end."""
    known = [(time, level) for time, level in points if level is not None and math.isfinite(level)]
    if known and end_s is not None and end_s > known[-1][0]:
        known.append((end_s, known[-1][1]))
    return known


def _add(drawn: go.Figure, name: str, points: list[tuple[float, float]], colour: str, unit: str) -> None:
    drawn.add_scatter(
        x=[round(time, 2) for time, _ in points],
        y=[level for _, level in points],
        name=name,
        mode="lines+markers",
        line={"color": colour, "width": 2, "shape": "hv"},
        marker={"size": 5},
        hovertemplate=f"{name}<br>%{{y:.4~g}} {unit} after %{{x:.1f}} s<extra></extra>",
    )
