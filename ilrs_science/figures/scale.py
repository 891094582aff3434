"""The bar that tells what colours mean, lying between caption and picture."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

__all__ = ["SCALE_PX", "add_scale"]

SCALE_PX = 62
"""Height that the bar, its numbers and its name take. [px]"""
_BAR_PX = 31
"""Height of the bar and its numbers. [px]"""


def add_scale(drawn: go.Figure, title: str, **axis: Any) -> None:
    """Lay the bar of the figure's colour axis above the picture; to be called when the caption is there.

    The bar is placed from the top of the figure: placed from the picture, Plotly would push the title out. Its name is
    a note, since Plotly writes the title of such a bar across it.

    Parameters
    ----------
    drawn : plotly.graph_objects.Figure
        With its traces on ``coloraxis``, its caption, and `SCALE_PX` of its upper margin left for the bar.
    title : str
        What the colours mean, with the unit.
    **axis
        Further settings of the colour axis, such as ``colorscale`` and ``cmin``.
    """
    layout, small = drawn.layout, drawn.layout.meta["narrow"]
    bar = {
        "tickfont": {"size": 11},
        "orientation": "h",
        "thickness": 9,
        "lenmode": "pixels",
        "len": 260,
        "outlinewidth": 0,
        "x": 0,
        "xanchor": "left",
        "xpad": 0,
        "y": _from_top(layout.margin.t, layout.height),
        "yref": "container",
        "yanchor": "top",
        "ypad": 0,
    }
    height = small.get("height", layout.height)
    narrow = {"coloraxis": {"colorbar": {"y": _from_top(small["margin"]["t"], height)}}}
    drawn.add_annotation(
        text=title, x=0, y=1, xref="paper", yref="paper", xanchor="left", yanchor="bottom", xshift=-2,
        yshift=_BAR_PX + 9, font={"size": 12},
    )  # fmt: skip
    drawn.update_layout(coloraxis={**axis, "colorbar": bar}, meta={"narrow": small | narrow})


def _from_top(margin: float, height: float) -> float:
    """Where the bar's top is, from below, in heights of the figure."""
    return 1.0 - (margin - _BAR_PX) / height
