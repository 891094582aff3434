"""The sky of a place: its horizon and the tracks of what moves above it, as seen when looking around."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go
import xarray as xr
from numpy.typing import NDArray

from ilrs_science.figures import theme
from ilrs_science.figures.elevation import BODY_NAMES
from ilrs_science.figures.looks import Look, looks

__all__ = ["sky"]

_MOST_LABELS = 10
_LABEL = (0.40, 0.15)
"""Width and height that a date takes on a small screen, in radii of the picture."""
_FLOOR = -12.0
_LEAP = 0.6
"""Two samples so far apart, in radii of the picture, are not joined by a line."""
_SCALE = 45.0
"""Where the elevations are written, an angle from the right. [deg]"""


def sky(
    observation: xr.Dataset,
    horizon: xr.Dataset | None = None,
    *,
    title: str = "The sky from here",
    names: Mapping[str, str] | None = None,
    moment: np.datetime64 | None = None,
    bold: Mapping[str, tuple[np.datetime64, np.datetime64]] | None = None,
) -> go.Figure:
    """Polar view of the sky, north at the top, azimuth clockwise, the zenith towards the middle.

    The middle is not the zenith but the smallest round elevation above all that is drawn, so that polar sites, where
    Sun and Earth stay within a few degrees of the horizon, fill the picture. Tracks are dotted where something hides
    them.

    Parameters
    ----------
    observation : xarray.Dataset
        ``azimuth(time, body)`` and ``elevation(time, body)`` [deg] as `ilrs_science.observe` gives them; an elevation
        that is not a number breaks a track. From an orbiter ``limb_elevation(time)`` too, that of the lunar limb. [deg]
    horizon : xarray.Dataset, optional
        ``horizon_elevation(azimuth)`` [deg]; without it the horizon is flat, or the limb at the moment.
    title : str
        Heading of the figure.
    names : mapping of str to str, optional
        What to call each body.
    moment : datetime64, optional
        Sample at which each body gets a marker, UTC; without it the days along the tracks are named.
    bold : mapping of str to tuple of datetime64, optional
        The part of a track that stands out where the whole goes round often, UTC; all of it by default.

    Returns
    -------
    plotly.graph_objects.Figure
        Polar figure.
    """
    aloft = "limb_elevation" in observation
    azimuth, ridge = _ridge(horizon)
    if aloft and horizon is None:
        ridge = np.full_like(ridge, _limb_at(observation, moment))
    low, high = _limits(observation["elevation"].values, ridge, floor=-90.0 if aloft else _FLOOR)
    low, high = (-90.0, 90.0) if aloft else (low, high)
    drawn = _frame(title, low, high)
    kind = "Lunar limb" if aloft else "Flat horizon" if horizon is None else "Terrain horizon"
    _add_ground(drawn, azimuth, np.clip(ridge, low, high), low, name=kind)
    tracks = {str(body): observation.sel(body=body) for body in observation["body"].values}
    appearance, called = looks(tracks), {**BODY_NAMES, **(names or {})}
    for body, track in tracks.items():
        edge = track["limb_elevation"].values if aloft else np.interp(track["azimuth"].values, azimuth, ridge)
        name, when = called.get(body, body), track["time"].values
        if body in (bold or {}):
            first, last = (bold or {})[body]
            _add_track(drawn, name, track, edge, low, high, appearance[body], faint=True, quiet=True)
            near = (when >= first) & (when <= last)
            track, edge = track.isel(time=np.flatnonzero(near)), edge[near]
        _add_track(drawn, name, track, edge, low, high, appearance[body], quiet=moment is not None)
    if moment is None:
        _add_days(drawn, tracks, low, high, appearance)
    else:
        for body, track in tracks.items():
            _add_marker(drawn, called.get(body, body), track.sel(time=moment), low, appearance[body])
    return drawn


def _frame(title: str, low: float, high: float) -> go.Figure:
    """The empty picture: compass round it, elevations along one radius."""
    turns = list(range(0, 360, 30))
    compass = {0: "N", 90: "E", 180: "S", 270: "W"}
    return theme.figure(
        title=title,
        height=520,
        margin={"l": 48, "r": 48, "t": 64, "b": 72},
        legend={"orientation": "h", "x": 0, "y": 0, "yref": "container", "yanchor": "bottom"},
        polar={
            "angularaxis": {
                "direction": "clockwise",
                "rotation": 90,
                "tickvals": turns,
                "ticktext": [compass.get(turn, f"{turn}°") for turn in turns],
            },
            "radialaxis": {
                "range": [high, low],
                "ticksuffix": "°",
                "angle": _SCALE,
                "tickangle": 45,
                "nticks": 6,
            },
        },
        narrow={"height": 440, "margin": {"l": 30, "r": 30, "b": 96}},
    )


def _ridge(horizon: xr.Dataset | None) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Azimuth from 0 to 360 deg, both ends included, and the elevation of the horizon there. [deg]"""
    if horizon is None:
        around = np.arange(0.0, 361.0, 2.0)
        return around, np.zeros_like(around)
    azimuth = np.asarray(horizon["azimuth"].values, float)
    height = np.asarray(horizon["horizon_elevation"].values, float)
    around = np.linspace(0.0, 360.0, 721)
    return around, np.interp(around, azimuth, height, period=360.0)


def _limb_at(observation: xr.Dataset, moment: np.datetime64 | None) -> float:
    """Elevation of the lunar limb at the moment, or at the first sample. [deg]"""
    limb = observation["limb_elevation"]
    return float(limb.isel(time=0) if moment is None else limb.sel(time=moment))


def _limits(
    elevation: NDArray[np.float64], ridge: NDArray[np.float64], *, floor: float
) -> tuple[float, float]:
    """Elevation at the edge and in the middle. [deg]"""
    above = elevation[elevation > floor]
    top = float(max(above.max(initial=0.0), ridge.max(), 1.0))
    bottom = float(min(above.min(initial=0.0), ridge.min(), -1.0))
    step = 2.0 if top < 20.0 else 10.0
    high = min(90.0, step * (np.floor(top / step) + 1.0) + step)
    return max(bottom - 0.5, floor), float(high)


def _add_ground(
    drawn: go.Figure, azimuth: NDArray[np.float64], ridge: NDArray[np.float64], low: float, *, name: str
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
        name=name,
        hovertemplate=f"{name} %{{r:.2f}}° at azimuth %{{theta:.0f}}°<extra></extra>",
    )


def _add_track(
    drawn: go.Figure,
    name: str,
    track: xr.Dataset,
    edge: NDArray[np.float64],
    low: float,
    high: float,
    look: Look,
    *,
    faint: bool = False,
    quiet: bool = False,
) -> None:
    """Two lines a body: where it is seen, and where something hides it; quietly, the legend leaves out the latter."""
    azimuth, height = track["azimuth"].values, track["elevation"].values
    when = np.array([text.replace("T", " ")[:16] for text in theme.iso(track["time"].values)])
    shown = height >= low
    hover = f"<b>{name}</b> %{{r:.2f}}° at azimuth %{{theta:.1f}}°<br>%{{customdata}} UTC<extra></extra>"
    for visible, label in ((height >= edge, name), (height < edge, f"{name}, hidden")):
        inside = visible & shown
        if not inside.any():
            continue
        gap = np.where(_with_neighbours(inside) & shown, height, np.nan)
        line: dict[str, Any] = {"color": look.colour, "width": 3 if label == name else 1.5}
        line |= {} if label == name else {"dash": "dot"}
        line |= {"color": theme.faded(look.colour, 0.4), "width": 1} if faint else {}
        gap[_leaps(azimuth, height, low, high)] = np.nan
        kept = _ends(np.isfinite(gap))
        drawn.add_scatterpolar(
            theta=np.round(azimuth[kept], 2),
            r=np.round(gap[kept], 3),
            mode="lines",
            line=line,
            name=label,
            legendgroup=label,
            showlegend=not faint and (label == name or not quiet),
            customdata=when[kept],
            hovertemplate=hover,
            connectgaps=False,
        )


def _with_neighbours(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The mask and one sample after each run, so that two pieces of a track meet."""
    grown = mask.copy()
    grown[1:] |= mask[:-1]
    return grown


def _leaps(
    azimuth: NDArray[np.float64], height: NDArray[np.float64], low: float, high: float
) -> NDArray[np.bool_]:
    """Samples far from the one before: an orbiter's north turns round as it crosses a pole."""
    where = (high - height) / (high - low) * np.exp(1j * np.radians(azimuth))
    return np.asarray(np.r_[False, np.abs(np.diff(where)) > _LEAP])


def _ends(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The mask and one gap after each run: what must be sent so that the pieces stay apart."""
    return mask | _with_neighbours(mask)


def _add_marker(drawn: go.Figure, name: str, now: xr.Dataset, low: float, look: Look) -> None:
    """Where a body is at the moment; nothing if that is outside the picture."""
    height = float(now["elevation"])
    if not height >= low:
        return
    drawn.add_scatterpolar(
        theta=[round(float(now["azimuth"]), 3)],
        r=[round(height, 3)],
        mode="markers",
        marker={
            "color": look.colour,
            "symbol": look.symbol,
            "size": 13,
            "line": {"width": 1.5, "color": "rgba(20, 24, 32, 0.75)"},
        },
        name=f"{name} now",
        showlegend=False,
        hovertemplate=f"<b>{name}</b> %{{r:.2f}}° at azimuth %{{theta:.2f}}°<br>"
        f"{theme.iso(now['time'].values)[0].replace('T', ' ')} UTC<extra></extra>",
    )


def _add_days(
    drawn: go.Figure, tracks: dict[str, xr.Dataset], low: float, high: float, appearance: dict[str, Look]
) -> None:
    """Dots at the start of days, named, at most ten a body; no name lies on another or on the elevations."""
    turn = np.exp(1j * np.radians(90.0 - _SCALE))  # azimuth of the radius along which elevations are written
    taken = [complex(step * turn) for step in np.linspace(0.0, 1.0, 6)]
    for body, track in tracks.items():
        times = track["time"].values.astype("datetime64[s]")
        azimuth, height = track["azimuth"].values, track["elevation"].values
        where = (high - height) / (high - low) * np.exp(1j * np.radians(azimuth))
        first = np.flatnonzero((times == times.astype("datetime64[D]")) & (height >= low))
        every = max(1, -(-len(first) // _MOST_LABELS))
        chosen: list[int] = []
        for one in first[::every]:
            if all(_clear(where[one] - other) for other in taken):
                chosen.append(int(one))
                taken.append(complex(where[one]))
        days = times[chosen].astype("datetime64[D]").astype(object)
        drawn.add_scatterpolar(
            theta=azimuth[chosen],
            r=height[chosen],
            mode="markers+text",
            marker={"color": appearance[body].colour, "size": 7},
            text=[f"{day:%b} {day.day}" for day in days],
            textposition="top center",
            textfont={"size": 11},
            hoverinfo="skip",
            showlegend=False,
        )


def _clear(offset: complex) -> bool:
    """Whether two dates so far apart do not overlap; north, the real part, is up."""
    return abs(offset.imag) > _LABEL[0] or abs(offset.real) > _LABEL[1]
