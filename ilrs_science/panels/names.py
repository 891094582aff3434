"""Names that a person may choose from, in words and grouped by what they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ilrs_science.catalogue.library import Catalogue
from ilrs_science.sky.bodies import BODIES

__all__ = ["DIRECTION_WORDS", "options", "places"]

DIRECTION_WORDS: Final = "Direction · by right ascension and declination"
"""What stands in a list of names for a direction."""
_GROUPS: Final = {
    "bodies": "Body",
    "targets": "Target",
    "orbits": "Orbit",
    "sites": "Site",
    "stations": "Station",
    "relays": "Relay",
    "ground_stations": "Ground station",
}


def options(
    catalogue: Catalogue, folders: Iterable[str], without: Iterable[str] = ()
) -> list[tuple[str, str]]:
    """Words and name of everything in some folders.

    Parameters
    ----------
    catalogue : Catalogue
        Where records are.
    folders : iterable of str
        Such as ``orbits``; ``bodies`` stands for the ephemeris.
    without : iterable of str
        Names that are left out.

    Returns
    -------
    list of tuple
        Such as ``("Orbit · Queqiao-2 relay", "queqiao2")``, folder by folder.
    """
    left_out = set(without)
    return [
        (f"{_GROUPS[folder]} · {words}", name)
        for folder in folders
        for name, words in _named(catalogue, folder).items()
        if name not in left_out
    ]


def _named(catalogue: Catalogue, folder: str) -> dict[str, str]:
    """Words of each name in a folder."""
    if folder == "bodies":
        return {name: name.title() for name in BODIES}
    shelves = {shelf.kind: shelf for shelf in catalogue.shelves}
    return {one.id: one.label for one in shelves[folder.removesuffix("s")].values()}


def places(catalogue: Catalogue) -> list[tuple[str, str]]:
    """Words and id of every site, station and orbit.

    Parameters
    ----------
    catalogue : Catalogue
        Where records are.

    Returns
    -------
    list of tuple
        Such as ``("Site · Malapert massif", "malapert")``.
    """
    return options(catalogue, ("sites", "stations", "orbits"))
