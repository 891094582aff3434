"""Standing: what a site is like, for conditions that depend on terrain, light or the station that stands there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import xarray as xr

from ilrs_science.catalogue.library import Catalogue, load_catalogue
from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station
from ilrs_science.environment.ground import MAST, Terrain, standing_place, terrain_at
from ilrs_science.environment.light.horizon import horizon
from ilrs_science.environment.light.illumination import angular_radius, visibility
from ilrs_science.environment.light.sky import light
from ilrs_science.environment.terrain.stack import TerrainStack
from ilrs_science.epochs import Epochs
from ilrs_science.sky.apparent import Correction
from ilrs_science.sky.chebyshev import Floats
from ilrs_science.sky.observe import observe
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.sky.targets import Span

__all__ = ["Standing", "standing_of"]


@dataclass(frozen=True)
class Standing:
    """A site on its terrain; nothing is read or traced before it is needed."""

    site: Site | SurfacePlace
    """Where."""
    span: Span
    """Start and end, UTC."""
    terrain: Terrain = "auto"
    """Which grids, as `terrain_of` takes them."""
    mast: str | float = MAST
    """Height of the eye above the ground. [m]"""
    station: Station | None = None
    """What stands there."""
    correction: Correction = "apparent"
    """What light does on its way."""
    catalogue: Catalogue | None = None
    """Where names are looked up; the shipped one by default."""

    @cached_property
    def grids(self) -> TerrainStack | None:
        """Grids of the terrain; None for the bare sphere."""
        return terrain_at(self.site, self.terrain)

    @cached_property
    def place(self) -> SurfacePlace:
        """The site at the height of its ground."""
        return standing_place(self.site, self.grids)

    @cached_property
    def skyline(self) -> xr.Dataset:
        """Skyline round the site, from the mast."""
        return horizon(self.site, self.grids, mast=self.mast)

    def visible(self, body: Literal["sun", "earth"], epochs: Epochs) -> Floats:
        """Visible fraction of a disc above the skyline, continued below 0 and above 1.

        Parameters
        ----------
        body : {"sun", "earth"}
            Whose disc.
        epochs : (n,) ndarray of datetime64
            UTC, in any order.

        Returns
        -------
        (n,) ndarray
            [1]
        """
        seen = observe(self.place, epochs, [body], correction=self.correction).isel(body=0)
        azimuth, elevation, distance = (seen[name].values for name in ("azimuth", "elevation", "range"))
        return visibility(azimuth, elevation, angular_radius(body, distance), self.skyline)

    def light(self, epochs: Epochs) -> xr.Dataset:
        """Sun and Earth in the sky of the site.

        Parameters
        ----------
        epochs : (n,) ndarray of datetime64
            UTC, in any order.

        Returns
        -------
        Dataset
            As `ilrs_science.environment.light.sky.light`.
        """
        return light(self.place, epochs, self.skyline)


def standing_of(
    place: object,
    span: Span,
    catalogue: Catalogue | None,
    *,
    terrain: Terrain,
    mast: str | float | None,
    correction: Correction,
) -> Standing | None:
    """What is known of a site before anything is traced.

    Parameters
    ----------
    place : Station, Site, SurfacePlace or str
        Where; anything else has no terrain.
    span : tuple of datetime64
        Start and end, UTC.
    catalogue : Catalogue, optional
        Where ids are looked up; the shipped one by default.
    terrain : "auto", "none", file, files or TerrainStack
        As `terrain_of` takes it.
    mast : str or float, optional
        Height of the eye; by default that of the station or the place, else 2 m. [m]
    correction : {"apparent", "light_time", "geometric"}
        What light does on its way.

    Returns
    -------
    Standing or None
        None for an orbiter or a ground station.
    """
    known = catalogue or load_catalogue()
    if isinstance(place, str):
        place = known.stations[place] if place in known.stations else known.sites.get(place, place)
    station = place if isinstance(place, Station) and place.site is not None else None
    site = known.site_of(station) if station else place
    if not isinstance(site, Site | SurfacePlace):
        return None
    own = station.mast if station else getattr(site, "mast", 0.0) or MAST
    return Standing(site, span, terrain, own if mast is None else mast, station, correction, catalogue)
