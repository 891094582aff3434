"""The numbers of the site dashboard in words: light, how far it goes, and which grid stands behind it."""

from __future__ import annotations

from ilrs_science.environment.ground import standing_place
from ilrs_science.environment.statistics import Illumination
from ilrs_science.environment.terrain.stack import TerrainStack
from ilrs_science.panels import controls
from ilrs_science.panels.site_choices import SiteChoices

__all__ = ["grid_words", "sentence", "spread_table"]

_ROWS = {
    "mean_fraction": ("Mean light [%]", 100.0),
    "lit_fraction": ("Time with any of the Sun in view [%]", 100.0),
    "longest_dark_days": ("Longest darkness [d]", 1.0),
    "longest_lit_days": ("Longest light [d]", 1.0),
}
_COLUMNS = {
    "one_pixel": "One pixel aside",
    "half_and_double_mast": "Half or twice the mast",
}


def sentence(choices: SiteChoices, light: Illumination, terrain: TerrainStack) -> str:
    """Light at the place, how far it is off a pixel aside, and the grid.

    Parameters
    ----------
    choices : SiteChoices
        What was asked.
    light : Illumination
        Of the span.
    terrain : TerrainStack
        Grids, finest first.

    Returns
    -------
    str
        Such as ``Connecting Ridge: mean light 92.3 %, one pixel aside 41 to 92 %; ...``.
    """
    low, high = light.spread["one_pixel"]["mean_fraction"]
    dark = light.longest_dark_days
    return (
        f"{choices.label}, {str(choices.start)[:10]} to {str(choices.end)[:10]}: "
        f"mean light {100 * light.mean_fraction:.1f} %, one pixel aside {100 * low:.0f} to {100 * high:.0f} %; "
        f"longest dark {dark:.1f} d; {grid_words(choices, terrain)}, mast {light.mast_m:g} m."
    )


def grid_words(choices: SiteChoices, terrain: TerrainStack) -> str:
    """The grid under the place.

    Parameters
    ----------
    choices : SiteChoices
        What was asked.
    terrain : TerrainStack
        Grids, finest first.

    Returns
    -------
    str
        Such as ``1600 m grid``, or ``7.6 km grid``.
    """
    here = standing_place(choices.ground, terrain)
    number = int(terrain.source(here.latitude, here.longitude))
    cell = terrain.dems[number].cell
    return f"{cell:.0f} m grid" if cell < 2000.0 else f"{cell / 1000.0:.1f} km grid"


def spread_table(light: Illumination) -> str:
    """How far the numbers go when one stands a pixel aside, or on another mast.

    Parameters
    ----------
    light : Illumination
        Of the span.

    Returns
    -------
    str
        HTML.
    """
    columns = ["Light", "Here", *_COLUMNS.values()]
    rows = []
    for key, (name, times) in _ROWS.items():
        ranges = [light.spread[column].get(key) for column in _COLUMNS]
        told = [f"{times * one[0]:.1f} to {times * one[1]:.1f}" if one else "" for one in ranges]
        rows.append([name, f"{times * getattr(light, key):.1f}", *told])
    return controls.table("Light, and how far the numbers go", columns, rows, numbers=columns[1:])
