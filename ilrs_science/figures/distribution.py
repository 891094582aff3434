"""How science return is distributed over the members of an ensemble, by who makes new plans."""

from __future__ import annotations

import html
from typing import Literal

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go
import xarray as xr

from ilrs_science.errors import UnknownNameError
from ilrs_science.figures import theme
from ilrs_science.figures.caption import add_caption, say
from ilrs_science.figures.operating import LEGEND, MODE_COLOURS, MODE_WORDS

__all__ = ["science_return"]

_EMPTY = "No member of the ensemble is done yet."
_KINDS = ("cumulative", "histogram")
_BINS = 14
"""Bins of a histogram. [1]"""


def science_return(
    ensemble: xr.Dataset,
    *,
    by: str = "mode",
    kind: Literal["cumulative", "histogram"] = "cumulative",
    title: str = "Science return",
) -> go.Figure:
    """Distribution of the value done over the members of an ensemble.

    Parameters
    ----------
    ensemble : xarray.Dataset
        ``done_value`` and ``planned_value`` [1] with a dimension ``seed``; members without a value are left out.
    by : str
        Dimension whose values are told apart, by default who makes new plans; all others are taken together.
    kind : "cumulative" or "histogram"
        Share of the members that return at least so much, or counts.
    title : str
        Heading of the figure.

    Returns
    -------
    plotly.graph_objects.Figure

    Raises
    ------
    UnknownNameError
        If there is no such dimension or kind of figure.
    """
    if kind not in _KINDS:
        raise UnknownNameError("kind of figure", kind, _KINDS)
    if by not in ensemble.dims:
        raise UnknownNameError("dimension", by, [str(name) for name in ensemble.dims])
    found = {str(name): _values(ensemble["done_value"].sel({by: name})) for name in ensemble[by].values}
    drawn = _frame(title, kind)
    if not any(map(len, found.values())):
        return say(drawn, _EMPTY)
    edges = np.histogram_bin_edges(np.concatenate([*found.values()]), _BINS)
    for number, (name, values) in enumerate(found.items()):
        if not len(values):
            continue
        colour = MODE_COLOURS.get(name, theme.COLOURS[number % len(theme.COLOURS)])
        words = html.escape(MODE_WORDS.get(name, name.replace("_", " ")), quote=False)
        label = f"{words}: median {np.median(values):.4g}"
        if kind == "histogram":
            _bars(drawn, label, colour, values, edges)
        else:
            _steps(drawn, label, colour, np.concatenate([edges[:1], values]))
    planned = float(ensemble["planned_value"].max())
    line = {"color": theme.PURPLE, "width": 1.5, "dash": "dash"}
    drawn.add_shape(type="line", x0=planned, x1=planned, yref="paper", y0=0, y1=1, line=line)
    drawn.add_annotation(
        text="planned", x=planned, y=1, yref="paper", yanchor="bottom", font={"color": theme.PURPLE}
    )
    counts = sorted({len(values) for values in found.values()})
    add_caption(
        drawn, f"{' to '.join(map(str, {counts[0]: 0, counts[-1]: 0}))} members each, under the same luck"
    )
    return drawn


def _frame(title: str, kind: str) -> go.Figure:
    share = kind == "cumulative"
    return theme.figure(
        title=title,
        height=380,
        barmode="group",
        bargap=0.12,
        margin={"t": 56, "b": 96, "l": 68},
        legend=LEGEND,
        xaxis={"title": {"text": "Value of what was done [points]"}, "zeroline": False},
        yaxis={
            "title": {"text": "Members with at least so much [%]" if share else "Members [1]"},
            "range": [0, 104] if share else None,
            "rangemode": "tozero",
            "zeroline": False,
        },
        narrow={"height": 430, "margin": {"b": 140}, "yaxis": {"title": {"text": "[%]" if share else "[1]"}}},
    )


def _values(members: xr.DataArray) -> npt.NDArray[np.float64]:
    values = np.asarray(members.values, float).ravel()
    return np.sort(values[np.isfinite(values)])


def _steps(drawn: go.Figure, label: str, colour: str, values: npt.NDArray[np.float64]) -> None:
    """Share of the members with at least so much, from where all of them have it and down a step at each member."""
    count = len(values) - 1
    share = 100.0 * np.concatenate([[1.0], 1.0 - np.arange(count + 1) / count])
    x = np.concatenate([values, values[-1:]])
    drawn.add_scatter(
        x=x.round(3).tolist(), y=share.round(2).tolist(), mode="lines", name=label,
        line={"color": colour, "width": 2.2, "shape": "vh"},
        hovertemplate=f"{label}<br>%{{y:.0f}} % return at least %{{x:.4~g}} points<extra></extra>",
    )  # fmt: skip


def _bars(
    drawn: go.Figure,
    label: str,
    colour: str,
    values: npt.NDArray[np.float64],
    edges: npt.NDArray[np.float64],
) -> None:
    counts, _ = np.histogram(values, edges)
    middle = (edges[:-1] + edges[1:]) / 2
    hover = [
        f"{label}<br>{count} members with {low:.4g} to {high:.4g} points"
        for count, low, high in zip(counts, edges[:-1], edges[1:], strict=True)
    ]
    drawn.add_bar(
        x=middle.round(3).tolist(), y=counts.tolist(), name=label, marker={"color": colour}, hovertext=hover,
        hoverinfo="text",
    )  # fmt: skip
