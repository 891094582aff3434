"""Temperature of the ground, and of a box on it, through a lunation."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
import xarray as xr
from numpy.typing import NDArray

from ilrs_science.figures import theme
from ilrs_science.figures.caption import add_caption, say
from ilrs_science.figures.lunar_days import local_solar_time
from ilrs_science.figures.night import night_of, shade

__all__ = ["lunation_temperature"]

_LUNATION = np.timedelta64(round(29.530589 * 86400), "s")
_DEPTHS = ("#A6894F", theme.PURPLE, theme.GREEN, theme.BLUE, theme.GREY)
_BOX_COLOUR = theme.SKY
_PLOT_PX = 270
"""Height of the picture without its margins, roughly. [px]"""
_NAME, _FARTHEST_PX = 0.28, 60
"""Width of the name of an extreme on a small screen, in pictures, and how far it may be from its point."""


def lunation_temperature(
    ground: xr.Dataset,
    env: xr.Dataset | None = None,
    *,
    box: xr.Dataset | None = None,
    limits: tuple[float, float] | None = None,
    title: str = "Temperature through a lunation",
) -> go.Figure:
    """Temperature over time, with the night shaded and the extremes named.

    Parameters
    ----------
    ground : xarray.Dataset
        ``surface_temperature(time)`` [K], and ``temperature(time, depth)`` [K] if depths were asked for, as
        `ilrs_science.surface_temperature` gives them; the first lunation is shown.
    env : xarray.Dataset, optional
        ``sun_visible_fraction(time)`` [1] or ``sun_elevation(time)`` [deg] to shade the night; with ``sun_azimuth`` and
        the latitude in its attributes it tells local noon and midnight.
    box : xarray.Dataset, optional
        ``box_temperature(time)`` [K] and ``heater_power(time)`` [W] of something that stands there.
    limits : tuple of float, optional
        Lowest and highest temperature that the box may have. [K]
    title : str
        Heading of the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        Kelvin over UTC; a second strip with the power of the heater if it is known.
    """
    heated = box is not None and "heater_power" in box
    drawn = _frame(title, heated=heated)
    if "surface_temperature" not in ground or ground.sizes.get("time", 0) < 2:
        return say(drawn, "No temperature to show: give what surface_temperature returns over a span.")
    first = ground["time"].values[0]
    ground = _lunation(ground, first)
    env, box = (None if one is None else _lunation(one, first) for one in (env, box))
    _add_line(
        drawn,
        ground["time"].values,
        ground["surface_temperature"].values,
        "Surface",
        theme.VERMILION,
        width=2.5,
    )
    if "temperature" in ground:
        for colour, depth in zip(_DEPTHS * 4, ground["depth"].values, strict=False):
            below = ground["temperature"].sel(depth=depth).values
            _add_line(drawn, ground["time"].values, below, f"{_length(float(depth))} below", colour)
    if box is not None:
        _add_box(drawn, box, limits)
    if env is not None:
        shade(drawn, night_of(env), name="Less than half of the Sun in view")
        _add_hours(drawn, env)
    _fit(drawn, limits)
    _add_extremes(drawn, ground["time"].values, ground["surface_temperature"].values)
    drawn.update_xaxes(range=theme.iso(ground["time"].values[[0, -1]]))
    add_caption(drawn, _words(ground))
    return drawn


def _frame(title: str, *, heated: bool) -> go.Figure:
    return theme.figure(
        title=title,
        height=560 if heated else 440,
        margin={"l": 64, "r": 20, "t": 58, "b": 108},
        legend={"orientation": "h", "x": 0, "y": 0, "yref": "container", "yanchor": "bottom"},
        xaxis={"title": {"text": "Time [UTC]"}, "type": "date", "anchor": "y2" if heated else "y"},
        yaxis={
            "title": {"text": "Temperature [K]"},
            "domain": [0.32, 1] if heated else [0, 1],
            "zeroline": False,
        },
        yaxis2={
            "title": {"text": "Heater [W]"},
            "domain": [0, 0.22],
            "rangemode": "tozero",
            "visible": heated,
        },
        narrow={"height": 620 if heated else 520, "margin": {"b": 170}, "yaxis": {"title": {"text": "[K]"}}},
    )


def _lunation(data: xr.Dataset, first: np.datetime64) -> xr.Dataset:
    """The part within one lunation of the first sample."""
    times = data["time"].values
    return data.isel(time=np.flatnonzero((times >= first) & (times <= first + _LUNATION)))


def _add_line(
    drawn: go.Figure, times: NDArray[np.datetime64], values: NDArray[np.float64], name: str, colour: str,
    *, width: float = 1.8,
) -> None:  # fmt: skip
    drawn.add_scatter(
        x=theme.iso(times), y=np.round(values, 2), name=name, mode="lines", line={"color": colour, "width": width},
        hovertemplate=f"{name} %{{y:.1f}} K<br>%{{x|%Y-%m-%d %H:%M}} UTC<extra></extra>",
    )  # fmt: skip


def _add_box(drawn: go.Figure, box: xr.Dataset, limits: tuple[float, float] | None) -> None:
    """What stands on the ground, what it may bear, and what keeps it warm."""
    times = box["time"].values
    if "box_temperature" in box:
        _add_line(drawn, times, box["box_temperature"].values, "Box", _BOX_COLOUR)
    for value in limits or ():
        line = {"color": _BOX_COLOUR, "width": 1.2, "dash": "dash"}
        drawn.add_hline(
            y=value, line=line, annotation_text=f"box limit {value:g} K", annotation_position="top right"
        )
    if "heater_power" in box:
        drawn.add_scatter(
            x=theme.iso(times), y=np.round(box["heater_power"].values, 2), yaxis="y2", mode="lines", name="Heater",
            line={"color": theme.ORANGE, "width": 1.5}, fill="tozeroy", fillcolor=theme.faded(theme.ORANGE, 0.22),
            hovertemplate="Heater %{y:.1f} W<br>%{x|%Y-%m-%d %H:%M} UTC<extra></extra>",
        )  # fmt: skip


def _add_hours(drawn: go.Figure, env: xr.Dataset) -> None:
    """Local noon and midnight on the upper edge, where the Sun crosses the meridian."""
    if not {"sun_azimuth", "sun_elevation"} <= set(env) or "latitude" not in env.attrs:
        return
    latitude = float(env.attrs["latitude"])
    hour = local_solar_time(env["sun_azimuth"].values, env["sun_elevation"].values, latitude)
    for at, word in ((12.0, "local noon"), (0.0, "local midnight")):
        since = (hour - at) % 24.0
        for index in np.flatnonzero(np.diff(since) < -12.0) + 1:
            where = {"x": theme.iso(env["time"].values[index])[0], "y": 1.0, "yref": "paper"}
            drawn.add_shape(
                type="line", x0=where["x"], x1=where["x"], y0=0, y1=1, yref="paper",
                line={"color": theme.GREY, "width": 1, "dash": "dot"},
            )  # fmt: skip
            drawn.add_annotation(text=word, yanchor="bottom", font={"size": 11}, **where)


def _add_extremes(drawn: go.Figure, times: NDArray[np.datetime64], values: NDArray[np.float64]) -> None:
    """Mark and name the warmest and the coldest hour of the surface; the name keeps clear of all lines."""
    for index, word, side in (
        (int(np.nanargmax(values)), "warmest", "top"),
        (int(np.nanargmin(values)), "coldest", "bottom"),
    ):
        late = index > 0.8 * len(values)
        early = index < 0.2 * len(values)
        across = "left" if late else "right" if early else "center"
        when, kelvin = theme.iso(times[index]), round(float(values[index]), 2)
        clear = _clear(drawn, index / len(values), kelvin, side, across)
        drawn.add_scatter(
            x=when, y=[kelvin], mode="markers", showlegend=False, name="Extreme", hoverinfo="skip",
            marker={"color": theme.VERMILION, "size": 8}, cliponaxis=False,
        )  # fmt: skip
        drawn.add_scatter(
            x=when, y=[clear], mode="markers+text", showlegend=False, marker={"size": 8, "opacity": 0}, name=word,
            text=[f"{word}, {values[index]:.0f} K"], textposition=f"{side} {across}", textfont={"size": 12},
            hoverinfo="skip", cliponaxis=False,
        )  # fmt: skip


def _clear(drawn: go.Figure, at: float, kelvin: float, side: str, across: str) -> float:
    """Where a name above or below a point touches no line: at the point, or a little farther away. [K]"""
    low, high = drawn.layout.yaxis.range
    pixel = (high - low) / _PLOT_PX * (1.0 if side == "top" else -1.0)
    left, right = {"left": (-1, 0), "right": (0, 1), "center": (-0.5, 0.5)}[across]
    lines = [np.asarray(one.y, float) for one in drawn.data if one.mode == "lines" and one.yaxis != "y2"]
    under = [line[_part(line, at + _NAME * left) : _part(line, at + _NAME * right) + 1] for line in lines]
    passing = np.concatenate(under) if under else np.empty(0)
    for away in range(0, _FARTHEST_PX, 2):
        ends = kelvin + pixel * (away + 4), kelvin + pixel * (away + 19)
        if low < min(ends) and max(ends) < high and not _any_between(passing, *ends):
            return float(kelvin + pixel * away)
    return kelvin


def _part(line: NDArray[np.float64], share: float) -> int:
    return int(np.clip(share, 0.0, 1.0) * (len(line) - 1))


def _any_between(values: NDArray[np.float64], one: float, other: float) -> bool:
    return bool(np.any((values > min(one, other)) & (values < max(one, other))))


def _fit(drawn: go.Figure, limits: tuple[float, float] | None) -> None:
    """Room above and below everything that has a temperature, for the names of the extremes."""
    shown = [
        np.asarray(one.y, float) for one in drawn.data if one.yaxis in (None, "y") and one.y[0] is not None
    ]
    values = np.concatenate([*shown, np.asarray(limits or (), float)])
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    edge = 0.14 * (high - low) + 3.0
    drawn.update_layout(yaxis={"range": [max(0.0, low - edge), high + edge]})


def _length(metres: float) -> str:
    return f"{100 * metres:.3g} cm" if metres < 1.0 else f"{metres:.3g} m"


def _words(ground: xr.Dataset) -> str:
    """The model, and of what it is."""
    said = [
        str(ground.attrs[key]) for key in ("model", "thermal_model", "surroundings") if key in ground.attrs
    ]
    comment = str(ground["surface_temperature"].attrs.get("comment", ""))
    return (
        "; ".join(dict.fromkeys([*said, *([comment] if comment and not said[1:] else [])]))
        or "Ground at the site"
    )
