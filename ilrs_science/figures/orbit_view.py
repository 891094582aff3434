"""An orbit about the Moon to scale from two sides, and its heights over time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from ilrs_science.catalogue.orbit import MOON_RADIUS
from ilrs_science.figures import theme

__all__ = ["orbit_heights", "orbit_path"]

_EDGE = {"width": 1.5, "color": "rgba(20, 24, 32, 0.75)"}


def orbit_path(
    path: ArrayLike,
    now: ArrayLike,
    *,
    labels: tuple[str, str, str],
    views: tuple[str, str],
    title: str = "Orbit about the Moon",
    colour: str = theme.GREEN,
) -> go.Figure:
    """The path about the Moon in two planes, equal scales.

    Parameters
    ----------
    path : (n, 3) array_like
        From the Moon's centre. [km]
    now : (3,) array_like
        The place to mark. [km]
    labels : tuple of str
        What the three axes are, without their unit.
    views : tuple of str
        What the plane of x and y, and that of x and z, are called.
    title : str
        Heading of the figure.
    colour : str
        Colour of the path.

    Returns
    -------
    plotly.graph_objects.Figure
        Two plots beside each other; below each other on a small screen.
    """
    places, here = np.asarray(path, float), np.asarray(now, float)
    far = float(np.abs(places).max(initial=MOON_RADIUS))
    scale, unit = (1000.0, "1000 km") if far > 10_000 else (1.0, "km")
    x, y, z = (
        _axis(label, unit, places[:, i] / scale, max(MOON_RADIUS, 0.2 * far) / scale)
        for i, label in enumerate(labels)
    )
    drawn = theme.figure(
        title=title,
        height=440,
        margin={"l": 64, "r": 16, "t": 76, "b": 64},
        showlegend=False,
        annotations=_captions(views, (0.0, 0.56), (1.03, 1.03)),
        xaxis=x | {"domain": [0.0, 0.44], "anchor": "y"},
        yaxis=y | {"scaleanchor": "x", "domain": [0.0, 1.0]},
        xaxis2=x
        | {"nticks": 5 if np.ptp(x["range"]) > 0.5 * np.ptp(z["range"]) else 3}
        | {"domain": [0.56, 1.0], "anchor": "y2"},
        yaxis2=z | {"scaleanchor": "x2", "domain": [0.0, 1.0], "anchor": "x2"},
        narrow={
            "height": 760,
            "annotations": _captions(views, (0.0, 0.0), (1.01, 0.43)),
            "xaxis": {"domain": [0.0, 1.0]},
            "xaxis2": {"domain": [0.0, 1.0]},
            "yaxis": {"domain": [0.58, 1.0]},
            "yaxis2": {"domain": [0.0, 0.42]},
        },
    )
    for number, second in enumerate((1, 2)):
        suffix = "" if number == 0 else "2"
        _add_view(drawn, places[:, (0, second)] / scale, here[[0, second]] / scale, suffix, unit, colour)
        _add_moon(drawn, MOON_RADIUS / scale, suffix)
    return drawn


def _captions(
    views: tuple[str, str], across: tuple[float, float], up: tuple[float, float]
) -> list[dict[str, Any]]:
    """What each view is called, above it."""
    place = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom", "showarrow": False}
    return [{"text": view, "x": x, "y": y} | place for view, x, y in zip(views, across, up, strict=True)]


def _axis(label: str, unit: str, values: NDArray[np.float64], least: float) -> dict[str, Any]:
    """Wide enough for the path and the Moon, and to be read."""
    low, high = float(values.min(initial=-least)), float(values.max(initial=least))
    margin = 0.05 * (high - low)
    shown = {
        "title": {"text": f"{label} [{unit}]"},
        "range": [low - margin, high + margin],
        "zeroline": False,
    }
    return {**shown, "constrain": "domain", "nticks": 5, "tickangle": 0}


def _add_view(
    drawn: go.Figure, path: NDArray[np.float64], now: NDArray[np.float64], suffix: str, unit: str, colour: str
) -> None:
    axes = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}
    hover = f"%{{x:.1f}}, %{{y:.1f}} {unit}<extra></extra>"
    line = {"color": colour, "width": 1.5}
    drawn.add_scatter(
        x=np.round(path[:, 0], 3), y=np.round(path[:, 1], 3), mode="lines", line=line, name="Path",
        hovertemplate=hover, **axes,
    )  # fmt: skip
    marker = {"symbol": "diamond", "size": 12, "color": colour, "line": _EDGE}
    drawn.add_scatter(
        x=[round(float(now[0]), 3)], y=[round(float(now[1]), 3)], mode="markers", marker=marker, name="Now",
        hovertemplate=f"Now at {hover}", **axes,
    )  # fmt: skip


def _add_moon(drawn: go.Figure, radius: float, suffix: str) -> None:
    drawn.add_shape(
        type="circle", xref=f"x{suffix}", yref=f"y{suffix}", x0=-radius, x1=radius, y0=-radius, y1=radius,
        fillcolor=theme.faded(theme.GREY, 0.5), line={"color": theme.GREY, "width": 1}, layer="below",
    )  # fmt: skip


def orbit_heights(
    times: ArrayLike,
    height: ArrayLike,
    *,
    low: tuple[ArrayLike, ArrayLike],
    high: tuple[ArrayLike, ArrayLike],
    moment: np.datetime64 | None = None,
    title: str = "Height over time",
    curve: bool = True,
) -> go.Figure:
    """Height of an orbiter over time, with its perilune and apolune in each revolution.

    Parameters
    ----------
    times : (n,) array_like of datetime64
        UTC.
    height : (n,) array_like
        Above the 1737.4 km sphere. [km]
    low, high : tuple of array_like
        When, UTC, and how high it is lowest and highest in each revolution. [km]
    moment : datetime64, optional
        Instant to mark, UTC.
    title : str
        Heading of the figure.
    curve : bool
        Whether to draw the height itself, which goes up and down too often to be read in a long span.

    Returns
    -------
    plotly.graph_objects.Figure
        Lines over one UTC axis.
    """
    stamps, heights = theme.iso(times), np.asarray(height, float)
    drawn = theme.figure(
        title=title,
        height=400,
        margin={"l": 72, "t": 52, "b": 96},
        legend={"orientation": "h", "x": 0, "y": 0, "yref": "container", "yanchor": "bottom"},
        xaxis={"title": {"text": "Time [UTC]"}, "type": "date", "range": [stamps[0], stamps[-1]]},
        yaxis={
            "title": {"text": "Height [km]"},
            "tickformat": ",",
            "rangemode": "tozero" if np.ptp(heights) > 200 else "normal",
        },
        narrow={"margin": {"b": 120}, "yaxis": {"title": {"text": "[km]"}}},
    )
    if curve:
        line = {"color": theme.GREY, "width": 1.5}
        hover = "Height %{y:.1f} km<br>%{x|%Y-%m-%d %H:%M} UTC<extra></extra>"
        drawn.add_scatter(
            x=stamps, y=np.round(heights, 2), mode="lines", line=line, name="Height", hovertemplate=hover
        )
    for (when, value), name, colour in ((high, "Apolune", theme.PURPLE), (low, "Perilune", theme.GREEN)):
        _add_extremes(drawn, theme.iso(when) if len(np.asarray(when)) else [], value, name, colour)
    if moment is not None:
        drawn.add_vline(x=theme.iso(moment)[0], line={"color": theme.GREY, "width": 1.5, "dash": "dot"})
    return drawn


def _add_extremes(drawn: go.Figure, when: Sequence[str], value: ArrayLike, name: str, colour: str) -> None:
    if not when:
        return
    drawn.add_scatter(
        x=list(when),
        y=np.round(np.asarray(value, float), 2),
        mode="lines+markers" if len(when) < 100 else "lines",
        line={"color": colour, "width": 1.5, "dash": "dot" if len(when) < 100 else "solid"},
        marker={"size": 7, "color": colour},
        name=f"{name} of each revolution",
        hovertemplate=f"{name} %{{y:.1f}} km<br>%{{x|%Y-%m-%d %H:%M}} UTC<extra></extra>",
    )
