"""How large a battery a place asks for, against the power of the array."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
import xarray as xr
from numpy.typing import NDArray

from ilrs_science.figures import theme
from ilrs_science.figures.caption import add_caption, say

__all__ = ["battery_curve"]

Floats = NDArray[np.float64]


def battery_curve(
    sizes: xr.Dataset, *, chosen: tuple[float, float] | None = None, title: str = "Battery for the darkness"
) -> go.Figure:
    """Capacity that carries a load through a span, for each power of the array, a line for each load.

    Parameters
    ----------
    sizes : xarray.Dataset
        ``battery_capacity(array_power[, load])`` [Wh] with powers in watts, as `ilrs_science.battery_curve` gives it;
        not a number, or infinite, where no battery suffices.
    chosen : tuple of float, optional
        Power of an array [W] and capacity of a battery [Wh] to mark, such as those of a station.
    title : str
        Heading of the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        Kilowatt hours over kilowatts; the powers at which the array never makes up for the load are shaded.
    """
    drawn = theme.figure(
        title=title,
        height=430,
        margin={"l": 68, "r": 24, "t": 52, "b": 104},
        legend={"orientation": "h", "x": 0, "y": 0, "yref": "container", "yanchor": "bottom"},
        xaxis={"title": {"text": "Power of the array, face on to the Sun [kW]"}, "zeroline": False},
        yaxis={"title": {"text": "Battery [kWh]"}, "rangemode": "tozero"},
        narrow={"height": 460, "margin": {"b": 130}, "yaxis": {"title": {"text": "[kWh]"}}},
    )
    if "battery_capacity" not in sizes or not sizes["battery_capacity"].size:
        return say(drawn, "No battery to show: give what battery_curve returns.")
    need = sizes["battery_capacity"]
    power = need["array_power"].values / 1000.0
    curves = need if "load" in need.dims else need.expand_dims("load", axis=1)
    capacity = curves.transpose("array_power", "load").values / 1000.0
    capacity = np.where(np.isfinite(capacity), capacity, np.nan)
    drawn.update_xaxes(range=_range(power, chosen))
    _add_impossible(drawn, power, capacity)
    for column, colour in zip(range(capacity.shape[1]), theme.COLOURS * 9, strict=False):
        load = float(curves["load"].values[column]) if "load" in need.dims else None
        _add_curve(drawn, power, capacity[:, column], load, colour)
    if chosen is not None:
        _add_chosen(drawn, *chosen)
    if np.isnan(capacity).all():
        text = "At none of these powers does the array make up for the load"
        drawn.add_annotation(text=text, x=0.5, xref="paper", y=0.5, yref="paper", font={"size": 14})
    add_caption(drawn, _words(sizes))
    return drawn


def _range(power: Floats, chosen: tuple[float, float] | None) -> list[float]:
    low, high = float(power.min()), float(power.max())
    if chosen is not None:
        low, high = min(low, chosen[0] / 1000.0), max(high, chosen[0] / 1000.0)
    edge = 0.03 * (high - low) or 0.1 * high
    return [max(0.0, low - edge), high + edge]


def _add_curve(drawn: go.Figure, power: Floats, capacity: Floats, load: float | None, colour: str) -> None:
    name = "Battery" if load is None else f"Load of {_watts(load)}"
    hover = f"<b>{name}</b><br>%{{y:.4~g}} kWh with an array of %{{x:.3~g}} kW<extra></extra>"
    drawn.add_scatter(
        x=np.round(power, 5), y=np.round(capacity, 3), name=name, mode="lines+markers", connectgaps=False,
        line={"color": colour, "width": 2.2}, marker={"size": 6, "color": colour}, hovertemplate=hover,
    )  # fmt: skip


def _add_impossible(drawn: go.Figure, power: Floats, capacity: Floats) -> None:
    """Shade the powers that are too small for every load."""
    enough = np.flatnonzero(np.isfinite(capacity).any(axis=1))
    if len(enough) == len(power):
        return
    edge = float(power[enough[0]]) if len(enough) else float(power[-1])
    drawn.add_shape(
        type="rect",
        x0=0,
        x1=edge,
        y0=0,
        y1=1,
        yref="paper",
        layer="below",
        line={"width": 0},
        fillcolor=theme.NIGHT,
    )
    mark = {"symbol": "square", "size": 12, "color": theme.NIGHT, "line": {"width": 1, "color": theme.GREY}}
    drawn.add_scatter(
        x=[None], y=[None], mode="markers", marker=mark, name="No battery suffices: the array is too small",
        hoverinfo="skip",
    )  # fmt: skip


def _add_chosen(drawn: go.Figure, array_w: float, battery_wh: float) -> None:
    text = f"<b>Station</b><br>array {_watts(array_w)}, battery {battery_wh / 1000.0:.4g} kWh"
    drawn.add_scatter(
        x=[array_w / 1000.0], y=[battery_wh / 1000.0], mode="markers", name="The station as it is",
        marker={"symbol": "star", "size": 14, "color": theme.VERMILION}, hovertext=[text], hoverinfo="text",
    )  # fmt: skip


def _watts(power: float) -> str:
    return f"{power / 1000.0:.3g} kW" if power >= 1000.0 else f"{power:.3g} W"


def _words(sizes: xr.Dataset) -> str:
    """Place, mast, grids and what is meant."""
    attrs = sizes.attrs
    parts = [str(attrs.get("title", ""))]
    if "mast_m" in attrs:
        parts.append(f"array {attrs['mast_m']:g} m above the ground")
    if "ground_dem" in attrs:
        parts.append(f"terrain {attrs['ground_dem']}")
    parts.append("smallest battery that begins full and is never empty")
    return "; ".join(part for part in parts if part)
