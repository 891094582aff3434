"""What an even hand costs: value against fairness between the partners, each point with its bound."""

from __future__ import annotations

from html import escape

import plotly.graph_objects as go

from ilrs_science.figures import theme
from ilrs_science.figures.caption import add_caption, say
from ilrs_science.planning.shares import FrontPoint, ShareTradeoff, partner_values

__all__ = ["fairness_front"]

_NONE = "No plan is as fair as was asked; ask for less, or give the search more time."


def fairness_front(front: ShareTradeoff, *, title: str = "Value against fairness") -> go.Figure:
    """Value of the best plan of each fairness, and the bound above it.

    Parameters
    ----------
    front : ShareTradeoff
        As `ilrs_science.planning.shares.share_tradeoff` gives it.
    title : str
        Heading of the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        Fairness asked for against value; 1 is what is due to everybody, 0 is nothing for somebody.
    """
    drawn = theme.figure(
        title=title,
        height=330,
        xaxis={"title": {"text": "Fairness asked for, at least [1]"}, "range": [-0.04, 1.04]},
        yaxis={"title": {"text": "Value [points]"}, "rangemode": "tozero", "zeroline": False},
        legend={"orientation": "h", "x": 0, "y": -0.26, "yanchor": "top"},
        margin={"b": 84},
    )
    known = [point for point in front.points if point.value is not None]
    if not known:
        return say(drawn, _NONE)
    bounded = [point for point in front.points if point.bound is not None]
    drawn.add_scatter(
        x=[point.asked for point in bounded], y=[point.bound for point in bounded],
        name="No plan so fair can exceed this", mode="lines+markers",
        line={"color": theme.ORANGE, "width": 2, "dash": "dot"}, marker={"symbol": "line-ew-open", "size": 14},
        hovertemplate="At most %{y:.4~g} points at fairness %{x:.2f}<extra></extra>",
    )  # fmt: skip
    drawn.add_scatter(
        x=[point.asked for point in known], y=[point.value for point in known],
        name="Best plan found", mode="lines+markers", line={"color": theme.BLUE, "width": 2},
        marker={"size": 9, "symbol": ["circle" if point.proved else "circle-open" for point in known]},
        hovertext=[_words(front, point) for point in known], hoverinfo="text",
    )  # fmt: skip
    due = ", ".join(f"{partner} {share:.0%}" for partner, share in front.due.items())
    add_caption(drawn, f"Due: {due}; full circles are proved to be best")
    return drawn


def _words(front: ShareTradeoff, point: FrontPoint) -> str:
    values = partner_values(front.problem, point.plan) if point.plan is not None else {}
    total = sum(values.values()) or 1.0
    lines = [f"<b>{point.value:g} points</b>, fairness {point.fairness:.2f}"]
    lines += [
        f"{escape(partner)}: {values.get(partner, 0.0) / total:.0%} of the value" for partner in front.due
    ]
    return "<br>".join(lines)
