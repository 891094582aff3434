"""Ground: where on the terrain a place stands."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

import numpy as np

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station
from ilrs_science.environment.terrain.stack import TerrainStack, terrain_of
from ilrs_science.errors import RequestError
from ilrs_science.sky.place import SurfacePlace

__all__ = ["MAST", "Terrain", "site_of", "standing_place", "terrain_at"]

Terrain: TypeAlias = str | Path | TerrainStack | Iterable[str | Path]
"""What a caller may say about terrain; see `terrain_of`."""

MAST = "2 m"
"""Height of the eye, the array or the antenna where neither the place nor a station says otherwise (assumed)."""


def site_of(place: Station | Site | SurfacePlace | str) -> Site | SurfacePlace:
    """Give the site of anything that stands on the Moon.

    Parameters
    ----------
    place : Station, Site, SurfacePlace or str
        A station stands on its site of the shipped catalogue; text is the id of a site or station there.

    Returns
    -------
    Site or SurfacePlace

    Raises
    ------
    UnknownNameError
        If the catalogue has no such site or station.
    RequestError
        If it is nothing of the kind.
    """
    if isinstance(place, str) and place in load_catalogue().stations:
        place = load_catalogue().stations[place]
    if isinstance(place, Station):
        if place.site is None:
            raise RequestError(f"station {place.id} flies; it stands on no ground")
        place = place.site
    if isinstance(place, str):
        return load_catalogue().sites[place]
    if not isinstance(place, Site | SurfacePlace):
        raise RequestError(
            f"{place!r:.60} is no place; give a Site, a SurfacePlace, a Station or the id of a site"
        )
    return place


def standing_place(site: Site | SurfacePlace, terrain: TerrainStack | None) -> SurfacePlace:
    """Give the place on the ground.

    Parameters
    ----------
    site : Site or SurfacePlace
        Its own height counts if it has one.
    terrain : TerrainStack or None
        Tells the height of a site without one; None puts it on the 1737.4 km sphere.

    Returns
    -------
    SurfacePlace
        With a height.
    """
    height = site.height
    if height is None:
        known = np.nan if terrain is None else float(terrain.height(site.latitude, site.longitude))
        height = 0.0 if np.isnan(known) else known
    return SurfacePlace(site.latitude, site.longitude, height)


def terrain_at(site: Site | SurfacePlace, terrain: Terrain) -> TerrainStack | None:
    """Give the grids for a place; files too large to be read whole are read around it.

    Parameters
    ----------
    site : Site or SurfacePlace
        The place.
    terrain : "auto", "none", file, name, several of them, or TerrainStack
        See `terrain_of`.

    Returns
    -------
    TerrainStack or None
        None for the bare sphere.

    Raises
    ------
    RequestError, UnknownNameError
        As `terrain_of`.
    """
    return terrain_of(terrain, around=(site.latitude, site.longitude))
