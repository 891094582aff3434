"""Map of the Moon: relief, night, the points under Sun and Earth, sites, and where orbiters fly over the ground."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from ilrs_science.figures import theme
from ilrs_science.figures.relief import moon_relief

__all__ = ["Ground", "moon_map", "pieces", "terminator"]

_EDGE = {"width": 1.5, "color": "rgba(12, 16, 24, 0.85)"}
_DARK = "rgba(8, 12, 28, 0.5)"

Point = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Ground:
    """Where one orbiter flies over the ground."""

    name: str
    """What flies."""
    latitude: ArrayLike
    """(n,) over the whole span. [deg]"""
    longitude: ArrayLike
    """(n,) over the whole span, -180 to 180. [deg]"""
    colour: str = theme.GREEN
    """``#RRGGBB``."""
    now: Point | None = None
    """Latitude and longitude at the moment. [deg]"""
    turn: tuple[ArrayLike, ArrayLike] | None = None
    """Latitude and longitude over the revolution around the moment, drawn bold. [deg]"""


def moon_map(
    *,
    sun: Point,
    earth: Point,
    sites: Mapping[str, Point],
    place: str | None = None,
    grounds: Sequence[Ground] = (),
    title: str = "The Moon",
) -> go.Figure:
    """Plain cylindrical map of the whole Moon at one instant.

    Parameters
    ----------
    sun, earth : tuple of float
        Latitude and longitude of the points under Sun and Earth. [deg]
    sites : mapping of str to tuple
        Name of each site to its latitude and longitude. [deg]
    place : str, optional
        Name of the site from which one looks; it is marked.
    grounds : sequence of Ground
        Tracks of orbiters.
    title : str
        Heading of the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        MOON_ME, east positive.
    """
    drawn = theme.figure(
        title=title,
        height=720,
        margin={"l": 56, "r": 16, "t": 52, "b": 104},
        legend={"orientation": "h", "x": 0, "y": 0, "yref": "container", "yanchor": "bottom"},
        xaxis=_axis("Longitude, east positive [deg]", 180.0, 30.0),
        yaxis=_axis("Latitude [deg]", 90.0, 30.0) | {"scaleanchor": "x"},
        images=[
            {
                "source": moon_relief(),
                "xref": "x",
                "yref": "y",
                "x": -180,
                "y": 90,
                "sizex": 360,
                "sizey": 180,
            }
            | {"sizing": "stretch", "layer": "below"}
        ],
        narrow={"height": 450, "margin": {"b": 200}, "xaxis": {"dtick": 90.0}, "yaxis": {"dtick": 45.0}},
    )
    _add_night(drawn, *sun)
    for ground in grounds:
        _add_ground(drawn, ground, ground.colour)
    others = {name: point for name, point in sites.items() if name != place}
    _add_points(drawn, "Sites", others, {"symbol": "circle", "size": 8, "color": "#FFFFFF"})
    if place in sites:
        _add_points(
            drawn,
            str(place),
            {str(place): sites[str(place)]},
            {"symbol": "star", "size": 16, "color": "#F0E442"},
        )
    for name, point, colour, size in (
        ("Under the Sun", sun, theme.ORANGE, 18),
        ("Under the Earth", earth, theme.SKY, 11),  # on top of the Sun's in an eclipse
    ):
        _add_points(drawn, name, {name: point}, {"symbol": "circle", "size": size, "color": colour})
    return drawn


def terminator(sun: Point, longitude: ArrayLike) -> NDArray[np.float64]:
    """Latitude at which the centre of the Sun is on the horizontal.

    Parameters
    ----------
    sun : tuple of float
        Latitude and longitude of the point under the Sun. [deg]
    longitude : (n,) array_like
        Where. [deg]

    Returns
    -------
    (n,) ndarray
        Latitude. [deg]

    Notes
    -----
    ``tan(latitude) = -cos(longitude - sun's) / tan(sun's latitude)``; at an equinox it runs along two meridians.
    """
    height = sun[0] if abs(sun[0]) > 1e-6 else 1e-6
    hour = np.radians(np.asarray(longitude, float) - sun[1])
    return np.asarray(np.degrees(np.arctan(-np.cos(hour) / np.tan(np.radians(height)))))


def pieces(latitude: ArrayLike, longitude: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A track with a gap wherever it leaves the map on one side and comes back on the other, or crosses a pole.

    Parameters
    ----------
    latitude, longitude : (n,) array_like
        Longitudes from -180 to 180. [deg]

    Returns
    -------
    latitude, longitude : (m,) ndarray
        With NaN between pieces. [deg]
    """
    lat, lon = np.asarray(latitude, float), np.asarray(longitude, float)
    jump = np.abs(np.diff(lon))
    cut = np.flatnonzero((jump > 180.0) | ((jump > 45.0) & (np.abs(lat[1:]) > 75.0))) + 1
    return np.insert(lat, cut, np.nan), np.insert(lon, cut, np.nan)


def _axis(title: str, end: float, tick: float) -> dict[str, Any]:
    shown = {"title": {"text": title}, "range": [-end, end], "tick0": 0.0, "dtick": tick, "zeroline": False}
    return {**shown, "showgrid": False, "constrain": "domain"}


def _add_night(drawn: go.Figure, latitude: float, longitude: float) -> None:
    """The half of the Moon without the Sun, and its border."""
    across = np.arange(-180.0, 180.01, 0.25)
    border = terminator((latitude, longitude), across)
    pole = -90.0 if latitude >= 0.0 else 90.0
    drawn.add_scatter(
        x=np.r_[-180.0, across, 180.0],
        y=np.r_[pole, np.round(border, 2), pole],
        fill="toself",
        fillcolor=_DARK,
        mode="lines",
        line={"width": 0.5, "color": theme.GREY},
        hoverinfo="skip",
        name="Night",
    )
    drawn.add_scatter(
        x=across,
        y=np.round(border, 2),
        mode="lines",
        line={"color": theme.ORANGE, "width": 1.5, "dash": "dash"},
        name="Terminator",
        hovertemplate="Terminator %{y:.1f}°, %{x:.1f}°<extra></extra>",
    )


def _add_ground(drawn: go.Figure, ground: Ground, colour: str) -> None:
    latitude, longitude = pieces(ground.latitude, ground.longitude)
    hover = f"<b>{ground.name}</b><br>%{{y:.1f}}°, %{{x:.1f}}°<extra></extra>"
    common = {"mode": "lines", "hovertemplate": hover, "legendgroup": ground.name}
    crossings = np.count_nonzero(np.isnan(longitude))
    whole = {"width": 1, "color": theme.faded(colour, 0.6 if crossings < 100 else 0.12)}
    drawn.add_scatter(
        x=np.round(longitude, 2), y=np.round(latitude, 2), line=whole, name=ground.name,
        showlegend=ground.turn is None, **common,
    )  # fmt: skip
    if ground.turn is not None:
        latitude, longitude = pieces(*ground.turn)
        bold = {"width": 3, "color": colour}
        drawn.add_scatter(
            x=np.round(longitude, 2), y=np.round(latitude, 2), line=bold, name=ground.name, **common
        )
    if ground.now is not None:
        marker = {"symbol": "diamond", "size": 13, "color": colour}
        _add_points(drawn, ground.name, {ground.name: ground.now}, marker, legend=False)


def _add_points(
    drawn: go.Figure, name: str, points: Mapping[str, Point], marker: dict[str, Any], *, legend: bool = True
) -> None:
    """Points that say their names when one points at them: near a pole they lie close together."""
    drawn.add_scatter(
        x=[round(point[1], 3) for point in points.values()],
        y=[round(point[0], 3) for point in points.values()],
        mode="markers",
        marker={**marker, "line": _EDGE},
        name=name,
        showlegend=legend,
        text=list(points),
        hovertemplate="<b>%{text}</b><br>%{y:.2f}°, %{x:.2f}°<extra></extra>",
        cliponaxis=False,
    )
