"""The sky of a place: terrain horizon and the tracks of Sun and Earth, as seen when looking around."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
import xarray as xr
from numpy.typing import NDArray

from ilrs_science.figures import theme
from ilrs_science.figures.elevation import BODY_COLOURS, BODY_NAMES

__all__ = ["sky"]

_MOST_LABELS = 10
_APART = 0.16
"""Smallest distance of two labels, in radii of the picture."""


def sky(
    observation: xr.Dataset, horizon: xr.Dataset | None = None, *, title: str = "The sky from here"
) -> go.Figure:
    """Polar view of the sky, north at the top, azimuth clockwise, the zenith towards the middle.

    The middle is not the zenith but the smallest round elevation above all that is drawn, so that polar sites, where
    Sun and Earth stay within a few degrees of the horizon, fill the picture. Tracks are faint where terrain hides them.

    Parameters
    ----------
    observation : xarray.Dataset
        ``azimuth(time, body)`` and ``elevation(time, body)`` [deg] as `ilrs_science.observe` gives them.
    horizon : xarray.Dataset, optional
        ``horizon_elevation(azimuth)`` [deg]; without it the horizon is flat.
    title : str
        Heading of the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        Polar figure.
    """
    azimuth, ridge = _ridge(horizon)
    low, high = _limits(observation["elevation"].values, ridge)
    drawn = theme.figure(
        title=title,
        height=520,
        margin={"l": 48, "r": 48, "t": 64, "b": 72},
        legend={"orientation": "h", "x": 0, "y": 0, "yref": "container", "yanchor": "bottom"},
        polar={
            "angularaxis": {
                "direction": "clockwise",
                "rotation": 90,
                "tickvals": list(range(0, 360, 30)),
                "ticktext": [
                    "N",
                    "30°",
                    "60°",
                    "E",
                    "120°",
                    "150°",
                    "S",
                    "210°",
                    "240°",
                    "W",
                    "300°",
                    "330°",
                ],
            },
            "radialaxis": {
                "range": [high, low],
                "ticksuffix": "°",
                "angle": 45,
                "tickangle": 45,
                "nticks": 6,
            },
        },
        narrow={"height": 440, "margin": {"l": 30, "r": 30, "b": 96}},
    )
    _add_ground(drawn, azimuth, np.clip(ridge, low, high), low, terrain=horizon is not None)
    tracks = {str(body): observation.sel(body=body) for body in observation["body"].values}
    for body, track in tracks.items():
        _add_track(drawn, body, track, np.interp(track["azimuth"].values, azimuth, ridge), low)
    _add_days(drawn, tracks, low, high)
    return drawn


def _ridge(horizon: xr.Dataset | None) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Azimuth from 0 to 360 deg, both ends included, and the elevation of the horizon there. [deg]"""
    if horizon is None:
        around = np.arange(0.0, 361.0, 2.0)
        return around, np.zeros_like(around)
    azimuth = np.asarray(horizon["azimuth"].values, float)
    height = np.asarray(horizon["horizon_elevation"].values, float)
    around = np.linspace(0.0, 360.0, 721)
    return around, np.interp(around, azimuth, height, period=360.0)


def _limits(elevation: NDArray[np.float64], ridge: NDArray[np.float64]) -> tuple[float, float]:
    """Elevation at the edge and in the middle. [deg]"""
    above = elevation[elevation > -12.0]
    top = float(max(above.max(initial=0.0), ridge.max(), 1.0))
    bottom = float(min(above.min(initial=0.0), ridge.min(), -1.0))
    step = 2.0 if top < 20.0 else 10.0
    high = min(90.0, step * (np.floor(top / step) + 1.0) + step)
    return max(bottom - 0.5, -12.0), float(high)


def _add_ground(
    drawn: go.Figure, azimuth: NDArray[np.float64], ridge: NDArray[np.float64], low: float, *, terrain: bool
) -> None:
    ring = np.linspace(360.0, 0.0, 181)
    drawn.add_scatterpolar(
        theta=np.r_[azimuth, ring],
        r=np.r_[ridge, np.full(len(ring), low)],
        fill="toself",
        fillcolor=theme.faded(theme.GREY, 0.35),
        line={"width": 0},
        hoverinfo="skip",
        showlegend=False,
    )
    drawn.add_scatterpolar(
        theta=azimuth,
        r=ridge,
        mode="lines",
        line={"color": theme.GREY, "width": 1.5},
        name="Terrain horizon" if terrain else "Flat horizon",
        hovertemplate="Horizon %{r:.2f}° at azimuth %{theta:.0f}°<extra></extra>",
    )


def _add_track(
    drawn: go.Figure, body: str, track: xr.Dataset, ridge: NDArray[np.float64], low: float
) -> None:
    name, colour = BODY_NAMES.get(body, body), BODY_COLOURS.get(body, theme.PURPLE)
    azimuth, height = track["azimuth"].values, track["elevation"].values
    when = np.array([text.replace("T", " ")[:16] for text in theme.iso(track["time"].values)])
    shown = height >= low
    hover = f"<b>{name}</b> %{{r:.2f}}° at azimuth %{{theta:.1f}}°<br>%{{customdata}} UTC<extra></extra>"
    for visible, label in ((height >= ridge, name), (height < ridge, f"{name}, hidden")):
        inside = visible & shown
        if not inside.any():
            continue
        gap = np.where(_with_neighbours(inside) & shown, height, np.nan)
        line: dict[str, Any] = {"color": colour, "width": 3 if label == name else 1.5}
        line |= {} if label == name else {"dash": "dot"}
        drawn.add_scatterpolar(
            theta=np.round(azimuth, 2),
            r=np.round(gap, 3),
            mode="lines",
            line=line,
            name=label,
            customdata=when,
            hovertemplate=hover,
            connectgaps=False,
        )


def _with_neighbours(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The mask and one sample after each run, so that two pieces of a track meet."""
    grown = mask.copy()
    grown[1:] |= mask[:-1]
    return grown


def _add_days(drawn: go.Figure, tracks: dict[str, xr.Dataset], low: float, high: float) -> None:
    """Dots at the start of days, named, at most ten a body and none on top of another."""
    taken: list[complex] = []
    for body, track in tracks.items():
        times = track["time"].values.astype("datetime64[s]")
        azimuth, height = track["azimuth"].values, track["elevation"].values
        where = (high - height) / (high - low) * np.exp(1j * np.radians(azimuth))
        first = np.flatnonzero((times == times.astype("datetime64[D]")) & (height >= low))
        every = max(1, -(-len(first) // _MOST_LABELS))
        chosen: list[int] = []
        for one in first[::every]:
            if all(abs(where[one] - other) > _APART for other in taken):
                chosen.append(int(one))
                taken.append(complex(where[one]))
        days = times[chosen].astype("datetime64[D]").astype(object)
        drawn.add_scatterpolar(
            theta=azimuth[chosen],
            r=height[chosen],
            mode="markers+text",
            marker={"color": BODY_COLOURS.get(body, theme.PURPLE), "size": 7},
            text=[f"{day:%b} {day.day}" for day in days],
            textposition="top center",
            textfont={"size": 11},
            hoverinfo="skip",
            showlegend=False,
        )
