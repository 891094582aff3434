"""What instruments draw in each mode."""

from __future__ import annotations

from collections.abc import Mapping

import plotly.graph_objects as go

from ilrs_science.figures import theme

__all__ = ["power_modes"]

_STATED, _FOLLOWS = theme.BLUE, theme.GREY
_WORDS = {"off": "Off", "standby": "Standby", "warm_up": "Warm-up", "operate": "Operate", "peak": "Peak"}


def power_modes(power: Mapping[str, float], basis: Mapping[str, str], *, title: str) -> go.Figure:
    """Bars of power by mode, each with where its number comes from.

    Parameters
    ----------
    power : mapping of str to float
        Power by mode: off, standby, warm_up, operate, peak. [W]
    basis : mapping of str to str
        Where the number of a mode comes from, such as ``estimate L``; a mode that is left out is not stated, and its
        bar follows from another.
    title : str
        Heading of the figure.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    drawn = theme.figure(
        title=title,
        height=300,
        margin={"l": 90, "r": 24, "t": 52, "b": 52},
        showlegend=False,
        bargap=0.35,
        xaxis={"title": {"text": "Power [W]"}, "range": [0.0, 1.6 * max(1e-3, *power.values())]},
        yaxis={"autorange": "reversed"},
    )
    drawn.add_bar(
        orientation="h",
        x=[*power.values()],
        y=[_WORDS.get(mode, mode) for mode in power],
        marker={"color": [_STATED if mode in basis else theme.faded(_FOLLOWS, 0.55) for mode in power]},
        text=[f"{watts:g} W · {basis.get(mode, 'not stated')}" for mode, watts in power.items()],
        textposition="outside",
        cliponaxis=False,
        hovertemplate="%{y}: %{text}<extra></extra>",
    )
    return drawn
