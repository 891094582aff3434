"""Elevation of Sun and Earth over time, with the windows in which all constraints hold."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
import xarray as xr

from ilrs_science.figures import theme
from ilrs_science.intervals import Windows

__all__ = ["BODY_COLOURS", "BODY_NAMES", "elevations"]

BODY_NAMES = {"sun": "Sun", "earth": "Earth"}
BODY_COLOURS = {"sun": theme.ORANGE, "earth": theme.SKY}


def elevations(
    observation: xr.Dataset,
    windows: Windows,
    *,
    limits: dict[str, tuple[float | None, float | None]] | None = None,
    title: str = "Sun and Earth above the horizontal",
) -> go.Figure:
    """Elevation of each body, and below it the windows as a bar.

    Parameters
    ----------
    observation : xarray.Dataset
        ``elevation(time, body)`` [deg] as `ilrs_science.observe` gives it.
    windows : Windows
        When all constraints hold.
    limits : dict, optional
        Smallest and largest elevation allowed of each body, drawn as dashed lines. [deg]
    title : str
        Heading of the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        Two strips over one UTC axis.
    """
    drawn = theme.figure(
        title=title,
        height=430,
        margin={"t": 52, "b": 96},
        legend={"orientation": "h", "x": 0, "y": 0, "yref": "container", "yanchor": "bottom"},
        xaxis={"title": {"text": "Time [UTC]"}, "anchor": "y2", "type": "date"},
        yaxis={"title": {"text": "Elevation [deg]"}, "domain": [0.2, 1], "zeroline": True},
        yaxis2={"domain": [0, 0.1], "range": [0, 1], "showticklabels": False, "showgrid": False, "ticks": ""},
        narrow={"margin": {"b": 120}, "yaxis": {"title": {"text": "[deg]"}}},
    )
    times = theme.iso(observation["time"].values)
    if times:
        drawn.update_xaxes(range=[times[0], times[-1]])
    for body in map(str, observation["body"].values):
        colour, name = BODY_COLOURS.get(body, theme.PURPLE), BODY_NAMES.get(body, body)
        height = np.round(observation["elevation"].sel(body=body).values, 4)
        hover = f"{name} %{{y:.2f}}°<br>%{{x|%Y-%m-%d %H:%M}} UTC<extra></extra>"
        drawn.add_scatter(
            x=times, y=height, name=name, line={"color": colour, "width": 2}, hovertemplate=hover
        )
        for limit in (limits or {}).get(body, ()):
            if limit is not None:
                drawn.add_hline(y=limit, line={"color": colour, "dash": "dash", "width": 1.5})
    _add_windows(drawn, windows)
    return drawn


def _add_windows(drawn: go.Figure, windows: Windows) -> None:
    starts, ends = theme.iso(windows.starts), theme.iso(windows.ends)
    if not len(windows):
        drawn.add_annotation(
            text="No time in this span meets all constraints",
            x=0.5,
            xref="paper",
            y=0.05,
            yref="paper",
            font={"size": 13},
        )
    length_ms = (windows.durations / np.timedelta64(1, "ms")).tolist()
    text = [
        f"{a.replace('T', ' ')} to<br>{b.replace('T', ' ')} UTC<br>{ms / 3.6e6:.1f} h"
        for a, b, ms in zip(starts, ends, length_ms, strict=True)
    ]
    bars: dict[str, Any] = {
        "base": starts,
        "x": length_ms,
        "y": [0.5] * len(windows),
        "width": 1,
        "orientation": "h",
    }
    drawn.add_bar(
        **bars,
        marker={"color": theme.GREEN, "line": {"width": 0}},
        name="All constraints hold",
        hovertext=text,
        hoverinfo="text",
        yaxis="y2",
    )
