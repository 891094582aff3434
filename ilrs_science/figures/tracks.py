"""Elevation over time of whatever is looked at, with the chosen instant marked."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go
import xarray as xr

from ilrs_science.figures import theme
from ilrs_science.figures.elevation import BODY_NAMES
from ilrs_science.figures.looks import looks
from ilrs_science.figures.night import shade, spans_where

__all__ = ["sky_tracks"]


def sky_tracks(
    observation: xr.Dataset,
    *,
    names: Mapping[str, str] | None = None,
    moment: np.datetime64 | None = None,
    title: str = "Elevation over time",
) -> go.Figure:
    """Elevation of each object; night is shaded if the Sun is among them.

    Parameters
    ----------
    observation : xarray.Dataset
        ``elevation(time, body)`` [deg] as `ilrs_science.observe` gives it; one that is not a number breaks a line. Seen
        from an orbiter it has ``limb_elevation(time)`` too, that of the lunar limb. [deg]
    names : mapping of str to str, optional
        What to call each body.
    moment : datetime64, optional
        A sample to mark, UTC.
    title : str
        Heading of the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        Lines over one UTC axis.
    """
    bodies = [str(body) for body in observation["body"].values]
    rows = 20 * (len(bodies) + 2)
    drawn = theme.figure(
        title=title,
        height=440,
        margin={"t": 52, "b": 112},
        legend={"orientation": "h", "x": 0, "y": 0, "yref": "container", "yanchor": "bottom"},
        xaxis={"title": {"text": "Time [UTC]"}, "type": "date"},
        yaxis={"title": {"text": "Elevation [deg]"}, "zeroline": True},
        narrow={
            "height": max(440, 320 + rows),
            "margin": {"b": 72 + rows},
            "yaxis": {"title": {"text": "[deg]"}},
        },
    )
    times = theme.iso(observation["time"].values)
    drawn.update_xaxes(range=[times[0], times[-1]])
    called = {**BODY_NAMES, **(names or {})}
    for body, look in looks(bodies).items():
        name, height = called.get(body, body), np.round(observation["elevation"].sel(body=body).values, 3)
        hover = f"{name} %{{y:.2f}}°<br>%{{x|%Y-%m-%d %H:%M}} UTC<extra></extra>"
        line = {"color": look.colour, "width": 2}
        drawn.add_scatter(x=times, y=height, name=name, mode="lines", line=line, hovertemplate=hover)
    _add_limb(drawn, observation, times)
    if moment is not None:
        _add_moment(drawn, observation, called, moment)
    if not bodies:
        drawn.add_annotation(
            text="Choose something to look at", x=0.5, y=0.5, xref="paper", yref="paper", font={"size": 14}
        )
    return drawn


def _add_limb(drawn: go.Figure, observation: xr.Dataset, times: list[str]) -> None:
    """The limb of the Moon as a line, and the hours in which the Sun is below it, or below the horizontal."""
    limb: xr.DataArray | float = 0.0
    if "limb_elevation" in observation:
        limb = observation["limb_elevation"]
        line = {"color": theme.GREY, "width": 1.5, "dash": "dash"}
        drawn.add_scatter(
            x=times, y=np.round(limb.values, 3), name="Lunar limb", mode="lines", line=line,
            hovertemplate="Lunar limb %{y:.2f}°<br>%{x|%Y-%m-%d %H:%M} UTC<extra></extra>",
        )  # fmt: skip
    if "sun" in observation["body"].values:
        down = observation["elevation"].sel(body="sun") < limb
        shade(drawn, spans_where(observation["time"], down), name="The Sun's centre is down")


def _add_moment(
    drawn: go.Figure, observation: xr.Dataset, called: Mapping[str, str], moment: np.datetime64
) -> None:
    """A line at the instant, and a marker on each curve."""
    now, at = observation["elevation"].sel(time=moment), theme.iso(moment)[0]
    drawn.add_vline(x=at, line={"color": theme.GREY, "width": 1.5, "dash": "dot"})
    for body, look in looks(str(one) for one in now["body"].values).items():
        height = float(now.sel(body=body))
        if np.isfinite(height):
            drawn.add_scatter(
                x=[at], y=[round(height, 3)], mode="markers", showlegend=False,
                name=f"{called.get(body, body)} now",
                marker={"color": look.colour, "symbol": look.symbol, "size": 11,
                        "line": {"width": 1.5, "color": "rgba(20, 24, 32, 0.75)"}},
                hovertemplate=f"{called.get(body, body)} %{{y:.2f}}°<br>{at.replace('T', ' ')} UTC<extra></extra>",
            )  # fmt: skip
