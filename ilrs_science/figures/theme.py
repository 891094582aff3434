"""One look for every figure: colours that colour-blind readers tell apart, light and dark.

The colours are those of Okabe and Ito [1]_ that keep their contrast on white and on near-black; neutral
tones come from the template, so that a figure drawn once can be shown in both themes.

References
----------
.. [1] M. Okabe, K. Ito, Color Universal Design (2008), https://jfly.uni-koeln.de/color/
"""

from __future__ import annotations

from functools import cache
from html import escape
from typing import Any, Literal

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike

__all__ = [
    "BLUE",
    "CATEGORY_COLOURS",
    "COLOURS",
    "FADED",
    "FONT",
    "GREEN",
    "GREY",
    "NIGHT",
    "ORANGE",
    "PURPLE",
    "SKY",
    "VERMILION",
    "faded",
    "figure",
    "iso",
    "template",
]

ORANGE = "#E69F00"
SKY = "#56B4E9"
GREEN = "#009E73"
BLUE = "#3C86C4"
"""Okabe and Ito's blue, lightened so that it keeps a contrast of 3:1 on near-black as on white."""
VERMILION = "#D55E00"
PURPLE = "#CC79A7"
GREY = "#8A8F98"
COLOURS = (BLUE, ORANGE, GREEN, PURPLE, SKY, VERMILION)
"""Order in which unnamed series take their colours."""

NIGHT = "rgba(110, 120, 150, 0.20)"
"""Shade laid over the hours without sunlight, on either background."""
FADED = 0.28
"""Opacity of what stands in the background of a figure. [1]"""

CATEGORY_COLOURS = {
    "Lunar exploration and utilization": BLUE,
    "Lunar-based observation": GREEN,
    "Basic scientific experiment": ORANGE,
    "Technical verification": PURPLE,
}
"""Colour of each experiment category; others take the next free one."""

FONT = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', Roboto, 'DejaVu Sans', sans-serif"

_NEUTRAL = {
    "light": {"text": "#1F2530", "soft": "#59616E", "grid": "#E2E6EB", "line": "#9AA3AF", "paper": "#FFFFFF"},
    "dark": {"text": "#E6E9EE", "soft": "#A9B1BD", "grid": "#2F3743", "line": "#5E6875", "paper": "#161B22"},
}

Theme = Literal["light", "dark"]


@cache
def template(theme: Theme) -> go.layout.Template:
    """Plotly template of one theme.

    Parameters
    ----------
    theme : {"light", "dark"}
        Which background the figure is shown on.

    Returns
    -------
    plotly.graph_objects.layout.Template
        Fonts, neutral colours, axes and legend.
    """
    tone = _NEUTRAL[theme]
    axis = {
        "gridcolor": tone["grid"],
        "linecolor": tone["line"],
        "tickcolor": tone["line"],
        "ticks": "outside",
        "ticklen": 4,
        "tickfont": {"color": tone["soft"], "size": 11},
    }
    cartesian = {
        **axis,
        "zerolinecolor": tone["line"],
        "automargin": True,
        "title": {"font": {"color": tone["soft"], "size": 12}, "standoff": 8},
    }
    layout = {
        "paper_bgcolor": tone["paper"],
        "plot_bgcolor": tone["paper"],
        "font": {"family": FONT, "size": 13, "color": tone["text"]},
        "title": {
            "x": 0,
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "pad": {"t": 14, "l": 14},
            "font": {"size": 16},
        },
        "colorway": list(COLOURS),
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": tone["paper"],
            "bordercolor": tone["line"],
            "font": {"color": tone["text"]},
        },
        "legend": {"bgcolor": "rgba(0,0,0,0)", "font": {"color": tone["text"], "size": 12}},
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": tone["soft"], "activecolor": tone["text"]},
        "annotationdefaults": {"font": {"color": tone["soft"], "size": 11}, "showarrow": False},
        "xaxis": cartesian,
        "yaxis": cartesian,
        "polar": {"bgcolor": tone["paper"], "angularaxis": axis, "radialaxis": axis},
        "margin": {"l": 64, "r": 24, "t": 48, "b": 48},
    }
    return go.layout.Template(layout=layout)


def figure(*, title: str, height: int, narrow: dict[str, Any] | None = None, **layout: Any) -> go.Figure:
    """An empty figure in the workbench's look.

    Parameters
    ----------
    title : str
        What the figure shows.
    height : int
        Height of the figure. [px]
    narrow : dict, optional
        Changes to the layout that the live widget makes on small screens.
    **layout
        Further Plotly layout.

    Returns
    -------
    plotly.graph_objects.Figure
        With the light template; the live widget exchanges it.
    """
    drawn = go.Figure()
    small = {"margin": {"l": 48, "r": 10}, "title": {"font": {"size": 14}}, **(narrow or {})}
    drawn.update_layout(
        template=template("light"),
        title={"text": escape(title, quote=False)},
        height=height,
        meta={"narrow": small},
        **layout,
    )
    return drawn


def iso(times: ArrayLike) -> list[str]:
    """Times as ISO text, the only form of a date that Plotly never misreads.

    Parameters
    ----------
    times : (time,) array of datetime64
        UTC.

    Returns
    -------
    list of str
        To the second, as ``2031-05-01T00:00:00``.
    """
    return [str(text) for text in np.datetime_as_string(np.atleast_1d(np.asarray(times, "datetime64[s]")))]


def faded(colour: str, opacity: float = FADED) -> str:
    """The colour with an opacity.

    Parameters
    ----------
    colour : str
        ``#RRGGBB``.
    opacity : float
        Between 0 and 1. [1]

    Returns
    -------
    str
        ``rgba(...)``.
    """
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {opacity:g})"
