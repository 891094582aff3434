"""The place that a command is asked about."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.orbit import Orbit
from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station
from ilrs_science.cli.common import site_of
from ilrs_science.errors import RequestError
from ilrs_science.sky.ground import GroundPlace, ground_place
from ilrs_science.sky.oem import read_oem
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.sky.spk import read_spk
from ilrs_science.sky.trajectory import Trajectory

__all__ = [
    "GRIDS_HELP",
    "TERRAIN_HELP",
    "ground_options",
    "moon_place",
    "somewhere",
    "span_options",
    "standing",
]

Command = TypeVar("Command", bound=Callable[..., Any])

TERRAIN_HELP = (
    "Shipped grids, bare sphere, or files and names in the store (ilrs data list), nested over the shipped grids, "
    "finest first; may be repeated.  [default: auto]"
)
"""What ``--terrain`` takes, in every command."""

GRIDS_HELP = (
    "Shipped grids, or files and names in the store (ilrs data list), nested over them, finest first; "
    "may be repeated.  [default: auto]"
)
"""The same, where the bare sphere is no answer."""


def span_options(command: Command) -> Command:
    """``--start`` and ``--end``."""
    command = click.option("--end", required=True, metavar="DATE", help="First instant after the span.")(
        command
    )
    return click.option("--start", required=True, metavar="DATE", help="UTC unless a zone is given.")(command)


def ground_options(command: Command) -> Command:
    """``--site``, ``--station``, ``--start``, ``--end`` and ``--terrain``."""
    command = click.option("--terrain", multiple=True, metavar="auto|none|NAME|FILE", help=TERRAIN_HELP)(
        command
    )
    command = click.option("--station", metavar="ID", help="Station instead of a site.")(
        span_options(command)
    )
    where = "ID|LAT,LON[,HEIGHT_M]"
    return click.option("--site", metavar=where, help="Site id, or degrees north and east.")(command)


def standing(site: str | None, station: str | None) -> Site | Station:
    """The one place on the ground of the Moon that is meant."""
    if (site is None) == (station is None):
        raise RequestError("give either --site or --station")
    known = load_catalogue()
    if station is not None:
        return known.stations[station]
    if site in known.ground_stations:
        raise RequestError(f"{site!r} is a ground station on the Earth; give a site on the Moon")
    return known.stations[str(site)] if site in known.stations else site_of(str(site))


def moon_place(
    site: str | None,
    station: str | None,
    orbit: str | None,
    *,
    mast: str | None,
    terrain: tuple[str, ...],
    span: tuple[str, str],
) -> Site | SurfacePlace | Station | Orbit | Trajectory:
    """The one place on or around the Moon that is meant; only what stands on the ground has terrain and a mast."""
    if [site, station, orbit].count(None) != 2:
        raise RequestError("give either --site or --station or --orbit")
    if station is not None:
        return load_catalogue().stations[station]
    if orbit is not None and terrain:
        raise RequestError("--terrain belongs to a site or a station, not to an orbit")
    place = somewhere(site, orbit, mast, span)
    if isinstance(place, GroundPlace):
        raise RequestError(
            f"{site!r} is a ground station on the Earth; give a site on the Moon, or --via {site}"
        )
    return place


def somewhere(
    site: str | None, orbit: str | None, mast: str | None, span: tuple[str, str]
) -> Site | SurfacePlace | Station | GroundPlace | Orbit | Trajectory:
    """The one place that is meant: a site, a station, a ground station, an orbit of the catalogue or one of a file."""
    if (site is None) == (orbit is None):
        raise RequestError("give either --site or --orbit")
    if site is not None and site in load_catalogue().ground_stations:
        if mast:
            raise RequestError("--mast belongs to a site on the Moon")
        return ground_place(site)
    if site is not None:
        stations = load_catalogue().stations
        return stations[site] if site in stations else site_of(site)
    if mast:
        raise RequestError("--mast belongs to a site")
    return _orbit_of(str(orbit), span)


def _orbit_of(text: str, span: tuple[str, str]) -> Orbit | Trajectory:
    kind = Path(text).suffix.lower()
    if kind in (".oem", ".txt", ".kvn"):
        return read_oem(text, start=span[0], end=span[1])
    if kind == ".bsp":
        return read_spk(text, start=span[0], end=span[1])
    if kind or "/" in text:
        raise RequestError(f"{text!r} is neither the id of an orbit nor a file that ends in .oem or .bsp")
    return load_catalogue().orbits[text]
