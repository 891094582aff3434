"""The place that a command is asked about."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.orbit import Orbit
from ilrs_science.cli.common import site_of
from ilrs_science.errors import RequestError
from ilrs_science.sky.ground import GroundPlace, ground_place
from ilrs_science.sky.oem import read_oem
from ilrs_science.sky.place import SurfacePlace, place_of
from ilrs_science.sky.spk import read_spk
from ilrs_science.sky.trajectory import Trajectory
from ilrs_science.units import parse_quantity

__all__ = ["somewhere"]


def somewhere(
    site: str | None, orbit: str | None, mast: str | None, span: tuple[str, str]
) -> SurfacePlace | GroundPlace | Orbit | Trajectory:
    """The one place that is meant: a site with a mast, a ground station, an orbit of the catalogue or one of a file."""
    if (site is None) == (orbit is None):
        raise RequestError("give either --site or --orbit")
    if site is not None and site in load_catalogue().ground_stations:
        if mast:
            raise RequestError("--mast belongs to a site on the Moon")
        return ground_place(site)
    if site is not None:
        ground = place_of(site_of(site))
        return replace(ground, mast=parse_quantity(mast, "m")) if mast else ground
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
