"""The strips under a timeline: battery, storage, light and link on the same time axis."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import xarray as xr

from ilrs_science.figures import theme

__all__ = ["Strip", "add_strips", "strips_of"]

_PLACES: tuple[tuple[float, Literal["left", "center", "right"]], ...] = (
    (1.0, "right"),
    (0.0, "left"),
    (0.5, "center"),
    (0.25, "center"),
    (0.75, "center"),
)
"""Where the name of a limit may stand, the first that is clear."""
_REACH, _BELOW, _ABOVE = 0.08, 0.03, 0.22
"""Half the width of such a name in widths of a strip, and how far below and above its line it reaches in heights."""


@dataclass(frozen=True)
class Strip:
    """One quantity over time."""

    name: str
    """What it is, in a word."""
    unit: str
    """Its unit."""
    times: list[str]
    """UTC, ISO text."""
    values: list[float]
    """Value at each time, straight lines between."""
    colour: str
    """Colour of the line."""
    stepped: bool = False
    """Whether the value holds until the next time instead."""
    limits: tuple[tuple[str, float], ...] = ()
    """Named levels, drawn as dashed lines."""
    whose: str = ""
    """Station or store that it is of, where there are several."""


def strips_of(
    env: xr.Dataset | Mapping[str, xr.Dataset] | None,
    levels: pd.DataFrame | None,
    limits: Mapping[str, float],
    stations: Mapping[str, str] | None = None,
) -> list[Strip]:
    """The strips that the given data allow.

    Parameters
    ----------
    env : xarray.Dataset, mapping of str to Dataset, or None
        ``sun_visible_fraction`` [1], ``link_rate`` [Mbit/s] or ``earth_visible_fraction`` [1], over time; of several
        stations by their names.
    levels : pandas.DataFrame or None
        Index UTC, columns ``battery_charge`` [Wh], ``stored_data`` [Mbit]; of several stores each has its id behind a
        colon, as `Simulation.to_frame` names them.
    limits : mapping
        ``battery_capacity``, ``battery_minimum`` [Wh], ``storage_capacity`` [Mbit]; of several with the same colon.
    stations : mapping of str to str, optional
        Names of stations, by the ids of them that stand in ``levels``.

    Returns
    -------
    list of Strip
        Batteries, storages, then light and link of each station; those without data are left out.
    """
    strips = [] if levels is None or not len(levels) else list(_stores(levels, limits, stations or {}))
    several = {"": env} if isinstance(env, xr.Dataset) else env or {}
    for whose, there in several.items():
        strips += _surroundings(there, whose)
    return strips


def _stores(
    levels: pd.DataFrame, limits: Mapping[str, float], stations: Mapping[str, str]
) -> Iterator[Strip]:
    times = theme.iso(levels.index.to_numpy())
    for quantity, name, unit, colour, lines in (
        ("battery_charge", "Battery", "Wh", theme.GREEN, ("battery_capacity", "battery_minimum")),
        ("stored_data", "Storage", "Mbit", theme.PURPLE, ("storage_capacity",)),
    ):
        for column in map(str, levels):
            base, colon, store = column.partition(":")
            if base == quantity:
                marked = tuple(
                    (line.rpartition("_")[2], limits[line + colon + store])
                    for line in lines
                    if line + colon + store in limits
                )
                whose = store.partition("/")[2] or store
                values = levels[column].round(3).tolist()
                whose = stations.get(whose) or whose.replace("_", " ")
                yield Strip(name, unit, times, values, colour, limits=marked, whose=whose)


def _surroundings(env: xr.Dataset, whose: str) -> Iterator[Strip]:
    times, told = theme.iso(env["time"].values), set()
    for variable, name, unit, colour in _CANDIDATES:
        if variable in env and name not in told:
            told.add(name)
            values = np.round(env[variable].values, 4).tolist()
            yield Strip(name, unit, times, values, colour, stepped=unit == "Mbit/s", whose=whose)


_CANDIDATES = (
    ("sun_visible_fraction", "Light", "1", theme.ORANGE),
    ("link_rate", "Link", "Mbit/s", theme.SKY),
    ("earth_visible_fraction", "Link", "1", theme.SKY),
)


def add_strips(drawn: go.Figure, strips: list[Strip]) -> None:
    """Draw the strips on the axes ``y2``, ``y3`` and so on.

    Parameters
    ----------
    drawn : plotly.graph_objects.Figure
        With an axis for each strip.
    strips : list of Strip
        What to draw.
    """
    for number, strip in enumerate(strips, start=2):
        whole = f"{strip.name} of {strip.whose}" if strip.whose else strip.name
        drawn.add_scatter(
            x=strip.times,
            y=strip.values,
            yaxis=f"y{number}",
            mode="lines",
            line={"color": strip.colour, "width": 1.5, "shape": "hv" if strip.stepped else "linear"},
            fill="tozeroy",
            fillcolor=theme.faded(strip.colour, 0.22),
            name=strip.name,
            showlegend=False,
            hovertemplate=f"{whole} %{{y:.4~g}} {'' if strip.unit == '1' else strip.unit}"
            "<br>%{x|%Y-%m-%d %H:%M} UTC<extra></extra>",
        )
        if strip.whose:
            drawn.add_annotation(
                x=0,
                xref="paper",
                xanchor="left",
                y=1,
                yref=f"y{number} domain",
                yanchor="bottom",
                text=html.escape(strip.whose, quote=False),
                font={"size": 11},
            )
        for label, value in strip.limits:
            drawn.add_shape(
                type="line",
                xref="paper",
                yref=f"y{number}",
                x0=0,
                x1=1,
                y0=value,
                y1=value,
                line={"color": theme.VERMILION, "width": 1, "dash": "dash"},
            )
            place, anchor = _clear_place(strip, value)
            drawn.add_annotation(
                x=place,
                xref="paper",
                xanchor=anchor,
                y=value,
                yref=f"y{number}",
                yanchor="bottom",
                text=label,
                font={"size": 10},
            )


def _clear_place(strip: Strip, limit: float) -> tuple[float, Literal["left", "center", "right"]]:
    """Where along the line of a limit its name lies clear of the curve: right, left or in the middle."""
    times = np.array(strip.times, "datetime64[s]").astype(float)
    values = np.array(strip.values)
    if len(times) < 2 or times[-1] <= times[0]:
        return _PLACES[0]
    share = (times - times[0]) / (times[-1] - times[0])
    top = max(values.max(), *(level for _, level in strip.limits))
    band = limit + np.array([-_BELOW, _ABOVE]) * top

    def distance(place: float) -> float:
        low = min(max(place - _REACH, 0.0), 1 - 2 * _REACH)
        there = np.interp(np.linspace(low, low + 2 * _REACH, 41), share, values)
        inside = np.concatenate([there, values[(share >= low) & (share <= low + 2 * _REACH)]])
        return float(np.maximum(band[0] - inside, inside - band[1]).min())

    return max(_PLACES, key=lambda one: min(distance(one[0]), 0.1 * top))
