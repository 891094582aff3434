"""What the site dashboard draws, one figure after the other, the quick ones first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import plotly.graph_objects as go
import xarray as xr

from ilrs_science.catalogue.library import Catalogue
from ilrs_science.catalogue.station import Station
from ilrs_science.environment.assemble import environment
from ilrs_science.environment.heat.thermal import surface_temperature
from ilrs_science.environment.light.horizon import horizon
from ilrs_science.environment.links.table import contacts
from ilrs_science.environment.power.sizing import battery_curve
from ilrs_science.environment.terrain.stack import TerrainStack
from ilrs_science.figures.battery import battery_curve as battery_figure
from ilrs_science.figures.caption import say
from ilrs_science.figures.contacts import contact_timeline
from ilrs_science.figures.horizon import panorama
from ilrs_science.figures.lunar_days import year_strip
from ilrs_science.figures.theme import figure
from ilrs_science.figures.thermal import lunation_temperature
from ilrs_science.panels.site_choices import SiteChoices
from ilrs_science.panels.site_sizes import array_powers, loads
from ilrs_science.panels.sky_names import short

__all__ = ["FIGURES", "figures_of", "names_of"]

FIGURES = {
    "horizon": "light",
    "strip": "light",
    "temperature": "temperature",
    "battery": "station",
    "contacts": "station",
}
"""Name and group of each figure."""


def names_of(choices: SiteChoices) -> list[str]:
    """Figures that are asked for.

    Parameters
    ----------
    choices : SiteChoices
        What was asked.

    Returns
    -------
    list of str
        Keys of `FIGURES`.
    """
    return [name for name, group in FIGURES.items() if choices.wants(group)]


def figures_of(
    choices: SiteChoices, terrain: TerrainStack, catalogue: Catalogue
) -> Iterator[tuple[str, go.Figure]]:
    """The figures that are asked for, each when it is ready.

    Parameters
    ----------
    choices : SiteChoices
        What was asked.
    terrain : TerrainStack
        Grids, finest first.
    catalogue : Catalogue
        Where those who hear a station come from.

    Yields
    ------
    tuple
        Name and figure.
    """
    ground, mast = choices.ground, choices.mast
    env = environment(ground, choices.start, choices.end, terrain=terrain, mast=mast)
    if choices.wants("light"):
        yield "horizon", panorama(horizon(ground, terrain, mast=mast), env)
        yield "strip", year_strip(env, title="Light by lunar day and hour")
    if choices.wants("temperature"):
        yield "temperature", _temperature(choices, terrain, env)
    if choices.station is not None and choices.wants("station"):
        yield "battery", _battery(choices, choices.station, terrain)
        yield "contacts", _contacts(choices, choices.station, terrain, catalogue)


def _temperature(choices: SiteChoices, terrain: TerrainStack, env: xr.Dataset) -> go.Figure:
    """Through the first lunation."""
    span = choices.start, choices.month_end
    ground = surface_temperature(choices.ground, *span, terrain=terrain, depth=("10 cm", "50 cm"))
    first = env.isel(time=np.flatnonzero(env["time"].values < choices.month_end))
    return lunation_temperature(ground, first, title="Temperature through the first lunation")


def _standing(choices: SiteChoices, terrain: TerrainStack) -> dict[str, Any]:
    return {"terrain": terrain, "mast": choices.mast, "site": choices.ground}


def _battery(choices: SiteChoices, station: Station, terrain: TerrainStack) -> go.Figure:
    if not station.arrays:
        return say(figure(title="Battery for the darkness", height=260), f"{station.label} has no array.")
    sizes = battery_curve(
        loads(station), station, choices.start, choices.end,
        array_power=array_powers(station), **_standing(choices, terrain),
    )  # fmt: skip
    return battery_figure(sizes, chosen=(station.rated_power, station.battery.capacity))


def _contacts(
    choices: SiteChoices, station: Station, terrain: TerrainStack, catalogue: Catalogue
) -> go.Figure:
    heard = contacts(
        station, choices.start, choices.month_end, choices.partners,
        catalogue=catalogue, **_standing(choices, terrain),
    )  # fmt: skip
    names = _names(choices, catalogue)
    named = heard.assign(link=[names.get(link, link) for link in heard["link"]])
    return contact_timeline(named, title="Contacts in the first 30 days")


def _names(choices: SiteChoices, catalogue: Catalogue) -> dict[str, str]:
    """Names of those who hear the station, short enough for a small screen; ids where two would be the same."""
    known = (catalogue.ground_stations, catalogue.relays, catalogue.orbits)
    labels = {one.id: one.label for shelf in known for one in shelf.values() if one.id in choices.partners}
    names = {key: short(label).split(",")[0] for key, label in labels.items()}
    return {key: name for key, name in names.items() if list(names.values()).count(name) == 1}
