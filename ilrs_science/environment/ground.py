"""Ground: where on the terrain a place stands."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

import numpy as np

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station
from ilrs_science.environment.terrain.stack import TerrainStack, TerrainWarning, terrain_of
from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.sky.place import SurfacePlace

__all__ = ["MAST", "Terrain", "place_on_ground", "site_of", "standing_place", "station_of", "terrain_at"]

Terrain: TypeAlias = str | Path | TerrainStack | Iterable[str | Path]
"""What a caller may say about terrain; see `terrain_of`."""

MAST = "2 m"
"""Height of the eye, the array or the antenna where neither the place nor a station says otherwise (assumed)."""

OWN_HEIGHT_M = 100.0
"""A site's own height may be this far off the grid's without a word (assumed): a pixel of 1600 m is as rough. [m]"""


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
    found = place_on_ground(place)
    if not isinstance(found, Station):
        return found
    if found.site is None:
        raise RequestError(f"station {found.id} flies; it stands on no ground")
    return load_catalogue().sites[found.site]


def place_on_ground(place: Station | Site | SurfacePlace | str) -> Station | Site | SurfacePlace:
    """Give the record that is meant: an id of a station is the station, with its mast, arrays and radios.

    Parameters
    ----------
    place : Station, Site, SurfacePlace or str
        Text is the id of a site or station of the shipped catalogue.

    Returns
    -------
    Station, Site or SurfacePlace

    Raises
    ------
    UnknownNameError
        If the catalogue has no such site or station.
    RequestError
        If it is nothing of the kind.
    """
    if isinstance(place, str):
        known = load_catalogue()
        if place in known.stations:
            return known.stations[place]
        if place not in known.sites:
            raise UnknownNameError("site", place, [*known.sites, *known.stations])
        return known.sites[place]
    if not isinstance(place, Station | Site | SurfacePlace):
        raise RequestError(
            f"{place!r:.60} is no place; give a Site, a SurfacePlace, a Station or the id of a site"
        )
    return place


def station_of(place: Station | str) -> Station:
    """Give the station that is meant.

    Parameters
    ----------
    place : Station or str
        A record, or the id of one in the shipped catalogue.

    Returns
    -------
    Station

    Raises
    ------
    UnknownNameError
        If the catalogue has no such station.
    RequestError
        If it is no station.
    """
    if isinstance(place, str):
        known = load_catalogue()
        if place in known.stations:
            return known.stations[place]
        if place not in known.sites:
            raise UnknownNameError("station", place, known.stations)
    if not isinstance(place, Station):
        raise RequestError(f"{place!r:.60} is no station; give a Station, or the id of one")
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

    Warns
    -----
    TerrainWarning
        As `terrain_of`, and if a site's own height is more than 100 m off the grid's, from which its skyline is seen.
    """
    grids = terrain_of(terrain, around=(site.latitude, site.longitude))
    if grids is not None and isinstance(site, Site) and site.height is not None:
        _say_whose_ground(site, site.height, grids)
    return grids


def _say_whose_ground(site: Site, height: float, grids: TerrainStack) -> None:
    """Warn that a skyline is seen from the ground of the grid, where that is another than the site's own."""
    ground = float(grids.height(site.latitude, site.longitude))
    if abs(height - ground) > OWN_HEIGHT_M:
        warnings.warn(
            f"the skyline at {site.latitude:g}, {site.longitude % 360.0:g} is seen from the ground of the grid "
            f"({ground:.0f} m), not from the site's own {height:.0f} m",
            TerrainWarning,
            stacklevel=3,
        )
