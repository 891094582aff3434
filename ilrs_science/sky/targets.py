"""Targets: what a name or a direction stands for, and where it is looked at from."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeAlias

import numpy as np

from ilrs_science.catalogue.constraint import Aim as Named
from ilrs_science.catalogue.constraint import Direction
from ilrs_science.catalogue.ground_station import GroundStation
from ilrs_science.catalogue.library import Catalogue, load_catalogue
from ilrs_science.catalogue.orbit import Orbit
from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station
from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.sky.apparent import Aim
from ilrs_science.sky.bodies import BODIES
from ilrs_science.sky.ground import GroundPlace, ground_place
from ilrs_science.sky.orbiters import trajectory_of
from ilrs_science.sky.place import Place, SurfacePlace, place_of
from ilrs_science.sky.stars import Star
from ilrs_science.sky.trajectory import Trajectory

__all__ = ["Resolve", "Somewhere", "Span", "resolver", "standpoint"]

#: Gives what can be looked at for what a person names.
Resolve: TypeAlias = Callable[[Named], Aim]

#: Where one may look from: a site, station, orbit or ground station of the catalogue by record or id, or a place.
Somewhere: TypeAlias = Site | Station | Orbit | GroundStation | SurfacePlace | Trajectory | GroundPlace | str

#: Start and end, UTC.
Span: TypeAlias = tuple[np.datetime64, np.datetime64]


def resolver(span: Span, catalogue: Catalogue | None = None) -> Resolve:
    """How names of what is looked at are looked up.

    Parameters
    ----------
    span : tuple of datetime64
        Time over which orbiters are wanted, UTC.
    catalogue : Catalogue, optional
        Where names come from; the shipped one, loaded when it is first needed, by default.

    Returns
    -------
    callable
        From a name or direction to a body, star, site, orbiter or ground station; raises `UnknownNameError`.
    """

    def resolve(aim: Named) -> Aim:
        if isinstance(aim, Direction):
            return Star(aim.ra, aim.dec)
        return aim if aim in BODIES else _of_catalogue(aim, span, catalogue or load_catalogue())

    return resolve


def _of_catalogue(name: str, span: Span, catalogue: Catalogue) -> Aim:
    if name in catalogue.targets:
        found = catalogue.targets[name]
        return Star(found.ra, found.dec, found.motion_ra, found.motion_dec, found.parallax)
    if name in catalogue.orbits:
        return _flight(catalogue.orbits[name], *span)
    if name in catalogue.sites:
        return place_of(catalogue.sites[name])
    if name in catalogue.ground_stations:
        return ground_place(catalogue.ground_stations[name])
    shelves = (catalogue.targets, catalogue.orbits, catalogue.sites, catalogue.ground_stations)
    raise UnknownNameError("body or target", name, [*BODIES, *(key for shelf in shelves for key in shelf)])


def standpoint(place: Somewhere, span: Span, catalogue: Catalogue | None = None) -> Place:
    """The place that is meant.

    Parameters
    ----------
    place : Site, Station, Orbit, GroundStation, SurfacePlace, Trajectory, GroundPlace or str
        A record, the id of a site, a station, an orbit or a ground station, or a place. A station is at its site or in
        its orbit.
    span : tuple of datetime64
        Time over which an orbiter is wanted, UTC.
    catalogue : Catalogue, optional
        Where ids come from; the shipped one by default.

    Returns
    -------
    Place

    Raises
    ------
    UnknownNameError
        If no site, station, orbit or ground station has the id.
    RequestError
        If it is nothing of the kind, or the orbiter hits the Moon.
    """
    if isinstance(place, str):
        known = catalogue or load_catalogue()
        shelves = (known.orbits, known.sites, known.stations, known.ground_stations)
        found = [shelf[place] for shelf in shelves if place in shelf]
        if not found:
            raise UnknownNameError(
                "site, station, orbit or ground station", place, [key for s in shelves for key in s]
            )
        place = found[0]
    match place:
        case Station(orbit=None):
            return place_of((catalogue or load_catalogue()).site_of(place))
        case Station():
            return _flight((catalogue or load_catalogue()).orbits[str(place.orbit)], *span)
        case Orbit():
            return _flight(place, *span)
        case Site():
            return place_of(place)
        case GroundStation():
            return ground_place(place)
        case SurfacePlace() | Trajectory() | GroundPlace():
            return place
    raise RequestError(f"{place!r:.60} is no place; give a site, an orbit, or the id of one")


@lru_cache(maxsize=8)
def _flight(orbit: Orbit, start: np.datetime64, end: np.datetime64) -> Trajectory:
    return trajectory_of(orbit, start, end)
