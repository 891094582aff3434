"""The strips under a timeline: battery, storage, light and link on the same time axis."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import xarray as xr

from ilrs_science.figures import theme

__all__ = ["Strip", "add_strips", "strips_of"]


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

    Returns
    -------
    list of Strip
        Batteries, storages, then light and link of each station; those without data are left out.
    """
    strips = [] if levels is None or not len(levels) else list(_stores(levels, limits))
    several = {"": env} if isinstance(env, xr.Dataset) else env or {}
    for whose, there in several.items():
        strips += _surroundings(there, whose)
    return strips


def _stores(levels: pd.DataFrame, limits: Mapping[str, float]) -> Iterator[Strip]:
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
                yield Strip(name, unit, times, values, colour, limits=marked, whose=whose.replace("_", " "))


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
            drawn.add_annotation(
                x=1,
                xref="paper",
                xanchor="right",
                y=value,
                yref=f"y{number}",
                yanchor="bottom",
                text=label,
                font={"size": 10},
            )
