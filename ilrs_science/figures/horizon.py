"""The horizon as one sees it when turning round: skyline, tracks of the Sun, and where the Earth moves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
import xarray as xr
from numpy.typing import NDArray
from scipy.spatial import ConvexHull, QhullError

from ilrs_science.environment.light.illumination import angular_radius, skyline_at
from ilrs_science.figures import theme
from ilrs_science.figures.caption import add_caption
from ilrs_science.figures.elevation import BODY_COLOURS, BODY_NAMES

__all__ = ["panorama"]

_TERRAIN = "#8C8173"
_ASPECT = 105.0
"""Height of the picture in degrees of azimuth: elevations are drawn so much larger that they fill it. [deg]"""
_SMALL = 3
"""On a small screen the picture is so many times higher for its width."""
_LUNATION = np.timedelta64(32, "D")
"""Up to here the Sun's track is a line with its days; beyond, the band between its extremes."""
_POLAR = 20.0
"""A Sun that moves less than this up and down goes round the whole horizon. [deg]"""
_BIN = 2.0
_DAYS, _EDGE = 4, 12.0
_MOST = 3000
_COMPASS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW", "N")

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class _Track:
    """Where one body goes."""

    name: str
    times: NDArray[np.datetime64]
    azimuth: Floats
    elevation: Floats
    radius: float
    colour: str


def panorama(
    horizon: xr.Dataset, env: xr.Dataset | None = None, *, title: str = "The horizon all around"
) -> go.Figure:
    """Skyline over the whole compass, with the Sun and the Earth over a span.

    Up to a lunation the Sun is a line with the days along it, dotted where terrain hides it; over a longer span it is
    the band between its highest and its lowest path. The Earth is the area in which it moves. Both discs are drawn in
    their true size, stretched as everything is.

    Parameters
    ----------
    horizon : xarray.Dataset
        ``horizon_elevation(azimuth)`` [deg] as `ilrs_science.horizon` gives it.
    env : xarray.Dataset, optional
        ``sun_azimuth``, ``sun_elevation`` [deg], ``sun_range`` [km], or the same of the Earth, over time, as
        `ilrs_science.environment` gives them.
    title : str
        Heading of the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        Azimuth from north through east against elevation; how much the latter is stretched stands at the axis.
    """
    tracks = {} if env is None else _tracks(env)
    low, high = _limits(horizon, tracks)
    drawn = _frame(title, low, high)
    _add_terrain(drawn, horizon)
    if "earth" in tracks:
        _add_earth(drawn, tracks["earth"])
    if "sun" in tracks:
        _add_sun(drawn, tracks["sun"], horizon)
    level = {"color": theme.GREY, "width": 1.2, "dash": "dash"}
    drawn.add_scatter(
        x=[0, 360], y=[0, 0], mode="lines", line=level, name="Horizontal", hovertemplate="Horizontal, 0°<extra></extra>"
    )  # fmt: skip
    add_caption(drawn, _words(horizon, tracks))
    return drawn


def _frame(title: str, low: float, high: float) -> go.Figure:
    """The empty picture: compass below, elevations larger by a stated number."""
    larger = max(1, int(_ASPECT / (high - low)))
    around = list(range(0, 361, 45))
    ticks = [f"{name}<br>{turn}°" for name, turn in zip(_COMPASS, around, strict=True)]
    said = "Azimuth from north through east; elevations drawn {} times larger"
    return theme.figure(
        title=title,
        height=455,
        margin={"l": 60, "r": 28, "t": 46, "b": 100},
        legend={"orientation": "h", "x": 0, "y": 0, "yref": "container", "yanchor": "bottom"},
        xaxis={
            "title": {"text": said.format(larger) if larger > 1 else "Azimuth from north through east"},
            "range": [0, 360],
            "tickvals": around,
            "ticktext": ticks,
            "zeroline": False,
            "constrain": "domain",
        },
        yaxis={
            "title": {"text": "Elevation [deg]"},
            "range": [low, high],
            "zeroline": False,
            "scaleanchor": "x",
            "scaleratio": larger,
            "constrain": "range",
            "constraintoward": "bottom",
        },
        narrow={
            "height": 480,
            "margin": {"b": 146},
            "xaxis": {
                "title": {"text": f"Azimuth; elevations {_SMALL * larger} times larger"},
                "tickvals": around[::2],
                "ticktext": ticks[::2],
            },
            "yaxis": {"scaleratio": _SMALL * larger, "title": {"text": "[deg]"}},
        },
    )


def _tracks(env: xr.Dataset) -> dict[str, _Track]:
    """What is known of Sun and Earth."""
    found = {}
    for body, name in BODY_NAMES.items():
        if f"{body}_azimuth" not in env or not env.sizes.get("time", 0):
            continue
        azimuth, elevation = (env[f"{body}_{what}"].values.astype(float) for what in ("azimuth", "elevation"))
        usual = {"sun": 149_597_870.7, "earth": 384_400.0}[body]
        distance = float(env[f"{body}_range"].mean()) if f"{body}_range" in env else usual
        radius = float(angular_radius(body, distance))
        found[body] = _Track(name, env["time"].values, azimuth, elevation, radius, BODY_COLOURS[body])
    return found


def _limits(horizon: xr.Dataset, tracks: dict[str, _Track]) -> tuple[float, float]:
    """Lowest and highest elevation that is shown. [deg]"""
    ridge, sun = horizon["horizon_elevation"].values, tracks.get("sun")
    high = max(
        [float(ridge.max()), 0.0, *(float(one.elevation.max()) + one.radius for one in tracks.values())]
    )
    low = min(float(ridge.min()), 0.0)
    if sun is not None and np.ptp(sun.elevation) < _POLAR:
        low = min(low, float(sun.elevation.min()))
    low -= max(1.0, 0.03 * (high - low))
    return float(np.floor(low)), float(np.ceil(high + 0.05 * (high - low)))


def _add_terrain(drawn: go.Figure, horizon: xr.Dataset) -> None:
    """Everything below the skyline, and the skyline itself."""
    azimuth = np.linspace(0.0, 360.0, 1441)
    ridge = np.round(skyline_at(horizon, azimuth), 3)
    drawn.add_scatter(
        x=np.r_[azimuth, 360.0, 0.0], y=np.r_[ridge, -90.0, -90.0], fill="toself", mode="none",
        fillcolor=_TERRAIN, hoverinfo="skip", showlegend=False, name="Ground",
    )  # fmt: skip
    drawn.add_scatter(
        x=azimuth, y=ridge, mode="lines", line={"color": "#6B6156", "width": 1.5}, name="Terrain",
        hovertemplate="Skyline at %{y:.2f}°<br>azimuth %{x:.1f}°<extra></extra>",
    )  # fmt: skip


def _add_sun(drawn: go.Figure, sun: _Track, horizon: xr.Dataset) -> None:
    long, polar = sun.times[-1] - sun.times[0] > _LUNATION, np.ptp(sun.elevation) < _POLAR
    if long and polar:
        _add_band(drawn, sun)
    else:
        _add_line(drawn, sun, horizon, named=not long)
    top = int(np.argmax(sun.elevation))
    _add_disc(drawn, sun, float(sun.azimuth[top]), float(sun.elevation[top]))


def _add_line(drawn: go.Figure, sun: _Track, horizon: xr.Dataset, *, named: bool) -> None:
    """The Sun's path, dotted where terrain hides its centre; its days if asked."""
    every = max(1, -(-len(sun.times) // _MOST))
    azimuth, elevation, times = sun.azimuth[::every], sun.elevation[::every], sun.times[::every]
    edge = skyline_at(horizon, azimuth)
    for seen, label, dash in (
        (elevation >= edge, sun.name, "solid"),
        (elevation < edge, f"{sun.name}, hidden", "dot"),
    ):
        shown = seen.copy()
        shown[1:] |= seen[:-1]
        if not seen.any():
            continue
        height = np.where(shown, elevation, np.nan)
        height[1:][np.abs(np.diff(azimuth)) > 180.0] = np.nan
        drawn.add_scatter(
            x=np.round(azimuth, 2), y=np.round(height, 3), mode="lines", name=label,
            line={"color": sun.colour, "width": 2.5, "dash": dash},
            customdata=[text.replace("T", " ")[:16] for text in theme.iso(times)],
            hovertemplate=f"<b>{sun.name}</b> %{{y:.2f}}° at azimuth %{{x:.1f}}°<br>%{{customdata}} UTC<extra></extra>",
        )  # fmt: skip
    if named:
        _add_days(drawn, sun)


def _add_days(drawn: go.Figure, sun: _Track) -> None:
    """Some days along the path, clear of the sides of the picture."""
    days = sun.times.astype("datetime64[D]")
    first = np.flatnonzero(np.r_[True, np.diff(days) > np.timedelta64(0)])[1::_DAYS]
    first = first[np.abs(sun.azimuth[first] - 180.0) < 180.0 - _EDGE]
    dates = days[first].astype(object)
    drawn.add_scatter(
        x=sun.azimuth[first], y=sun.elevation[first], mode="markers+text", showlegend=False, hoverinfo="skip",
        marker={"color": sun.colour, "size": 6}, text=[f"{day:%b} {day.day}" for day in dates],
        textposition="top center", textfont={"size": 11}, name="Days",
    )  # fmt: skip


def _add_band(drawn: go.Figure, sun: _Track) -> None:
    """The Sun's highest and lowest path of the span, and the area between them."""
    cell = np.minimum((sun.azimuth / _BIN).astype(int), round(360 / _BIN) - 1)
    order = np.lexsort((sun.elevation, cell))
    edges = np.flatnonzero(np.r_[True, np.diff(cell[order]) > 0, True])
    ends = ((order[edges[1:] - 1], "highest"), (order[edges[:-1]], "lowest"))
    for pick, label in ends:
        height = sun.elevation[pick]
        line = {"color": sun.colour, "width": 2}
        drawn.add_scatter(
            x=np.r_[0.0, sun.azimuth[pick], 360.0],
            y=np.round(np.r_[_at_north(height), height, _at_north(height)], 3),
            mode="lines", line=line, name="Sun, between its highest and lowest path",
            showlegend=label == "lowest", fill="tonexty" if label == "lowest" else None,
            fillcolor=theme.faded(sun.colour, 0.25),
            customdata=[text[:10] for text in theme.iso(sun.times[[pick[0], *pick, pick[-1]]])],
            hovertemplate=f"<b>Sun at its {label}</b> %{{y:.2f}}°<br>azimuth %{{x:.0f}}°, %{{customdata}}"
            "<extra></extra>",
        )  # fmt: skip


def _at_north(height: Floats) -> float:
    return float((height[0] + height[-1]) / 2.0)


def _add_earth(drawn: go.Figure, earth: _Track) -> None:
    """The area in which the Earth's centre moves, and its disc in the middle."""
    turn = np.radians(earth.azimuth)
    middle = float(np.degrees(np.arctan2(np.sin(turn).mean(), np.cos(turn).mean())) % 360.0)
    azimuth = middle + (earth.azimuth - middle + 180.0) % 360.0 - 180.0
    points = np.column_stack([azimuth, earth.elevation])
    try:
        points = points[ConvexHull(points).vertices]
    except (QhullError, ValueError):
        points = points[:1]
    ring = np.vstack([points, points[:1]])
    around = np.ptp(azimuth) > 300.0
    for shift in (0.0,) if around else (-360.0, 0.0, 360.0):
        low, high = azimuth.min() + shift, azimuth.max() + shift
        if high < 0.0 or low > 360.0:
            continue
        drawn.add_scatter(
            x=np.round(ring[:, 0] + shift, 2), y=np.round(ring[:, 1], 3), mode="lines", fill="toself",
            line={"color": earth.colour, "width": 1.5}, fillcolor=theme.faded(earth.colour, 0.25), hoveron="points",
            name="Where the Earth's centre moves", legendgroup="earth", showlegend=not shift,
            hovertemplate="<b>Earth</b>, edge of its area<br>%{y:.2f}° at azimuth %{x:.1f}°<extra></extra>",
        )  # fmt: skip
        _add_disc(drawn, earth, middle + shift, float(earth.elevation.mean()))


def _add_disc(drawn: go.Figure, body: _Track, azimuth: float, elevation: float) -> None:
    """The disc in its true size."""
    turn = np.linspace(0.0, 2.0 * np.pi, 37)
    drawn.add_scatter(
        x=np.round(azimuth + body.radius * np.cos(turn) / max(np.cos(np.radians(elevation)), 0.05), 3),
        y=np.round(elevation + body.radius * np.sin(turn), 3),
        mode="lines", fill="toself", fillcolor=body.colour, line={"color": body.colour, "width": 0.5},
        name=f"{body.name}'s disc", showlegend=False, hoveron="fills", hoverinfo="text",
        text=f"{body.name}'s disc, {2.0 * body.radius:.2f}° across",
    )  # fmt: skip


def _words(horizon: xr.Dataset, tracks: dict[str, _Track]) -> str:
    """Grids, mast and span."""
    attrs = horizon.attrs
    parts = []
    if attrs.get("dem") == "none":
        parts.append("Bare sphere")
    elif "ground_dem" in attrs:
        parts.append(f"Terrain {attrs['ground_dem']} and coarser, traced to {attrs.get('range_km', 0):g} km")
    if "mast_m" in attrs:
        parts.append(f"eye {attrs['mast_m']:g} m above the ground")
    if tracks:
        first, last = theme.iso(next(iter(tracks.values())).times[[0, -1]])
        parts += [f"{first[:10]} to {last[:10]} UTC", "discs in their true size"]
    return "; ".join(parts) or "Skyline above the horizontal plane"
