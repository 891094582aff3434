"""Spans of a sampled signal, and the shade that marks the night."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
import xarray as xr
from numpy.typing import ArrayLike

from ilrs_science.figures import theme

__all__ = ["night_of", "shade", "spans_where"]


def spans_where(times: ArrayLike, mask: ArrayLike) -> list[tuple[Any, Any]]:
    """Spans in which a sampled condition holds.

    Parameters
    ----------
    times : (time,) array of datetime64
        UTC, rising.
    mask : (time,) array of bool
        Whether it holds.

    Returns
    -------
    list of tuple
        First sample and the first one after it of each run; the last run ends with the last sample.
    """
    when, holds = np.asarray(times), np.asarray(mask, bool)
    if not holds.any():
        return []
    edges = np.flatnonzero(np.diff(np.r_[False, holds, False].astype(np.int8)))
    return [(when[a], when[min(b, len(when) - 1)]) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def night_of(env: xr.Dataset) -> list[tuple[Any, Any]]:
    """Spans in which less than half of the Sun is seen.

    Parameters
    ----------
    env : xarray.Dataset
        ``sun_visible_fraction(time)`` [1]; without it ``sun_elevation(time)`` [deg].

    Returns
    -------
    list of tuple
        Start and end, UTC.
    """
    if "sun_visible_fraction" in env:
        return spans_where(env["time"], env["sun_visible_fraction"] < 0.5)
    return spans_where(env["time"], env["sun_elevation"] < 0.0) if "sun_elevation" in env else []


def shade(drawn: go.Figure, spans: list[tuple[Any, Any]], *, name: str, legend: bool = True) -> None:
    """Lay a shade over spans of time, across all strips of a figure, with one entry in the legend.

    Parameters
    ----------
    drawn : plotly.graph_objects.Figure
        Figure with a time axis ``x``.
    spans : list of tuple
        Start and end, UTC.
    name : str
        What the shade means.
    legend : bool
        Whether the legend says so.
    """
    if not spans:
        return
    starts, ends = (theme.iso([span[side] for span in spans]) for side in (0, 1))
    drawn.update_layout(
        shapes=[
            *drawn.layout.shapes,
            *(
                {"type": "rect", "xref": "x", "yref": "paper", "x0": a, "x1": b, "y0": 0, "y1": 1}
                | {"fillcolor": theme.NIGHT, "line": {"width": 0}, "layer": "below"}
                for a, b in zip(starts, ends, strict=True)
            ),
        ]
    )
    if legend:
        mark = {
            "symbol": "square",
            "size": 12,
            "color": theme.NIGHT,
            "line": {"width": 1, "color": theme.GREY},
        }
        drawn.add_scatter(x=[None], y=[None], mode="markers", marker=mark, name=name, hoverinfo="skip")
