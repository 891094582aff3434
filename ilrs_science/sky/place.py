"""Places: where an observer is."""

from __future__ import annotations

from dataclasses import dataclass

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.site import Site
from ilrs_science.errors import RequestError
from ilrs_science.sky.apparent import Observer, fixed_observer
from ilrs_science.sky.chebyshev import Floats
from ilrs_science.sky.ephemeris import SkyState
from ilrs_science.sky.frames import horizontal_axes, selenographic

__all__ = ["MOON_RADIUS", "SurfacePlace", "place_of"]

#: Radius of the sphere to which latitudes, heights and maps refer (IAU 2015; LOLA products). [km]
MOON_RADIUS = 1737.4

#: Heights that a place on the surface may have, as for a site of the catalogue. [m]
_LOWEST, _HIGHEST = -20_000.0, 100_000.0


@dataclass(frozen=True)
class SurfacePlace:
    """A point fixed to the Moon, selenographic MOON_ME."""

    latitude: float
    """Planetocentric latitude. [deg]"""
    longitude: float
    """East-positive longitude. [deg]"""
    height: float = 0.0
    """Height above the 1737.4 km sphere. [m]"""

    def __post_init__(self) -> None:
        if not -90.0 <= self.latitude <= 90.0:
            raise RequestError(f"latitude {self.latitude:g} deg is outside -90 to 90 deg")
        if not -360.0 <= self.longitude <= 360.0:
            raise RequestError(f"longitude {self.longitude:g} deg is outside -360 to 360 deg")
        if not _LOWEST <= self.height <= _HIGHEST:
            raise RequestError(f"height {self.height:g} m is outside {_LOWEST:g} to {_HIGHEST:g} m")

    @property
    def position(self) -> Floats:
        """(3,) in MOON_ME. [km]"""
        return selenographic(self.latitude, self.longitude, MOON_RADIUS + self.height / 1000.0)

    def observer(self, sky: SkyState) -> Observer:
        """Place and motion of an observer who stands here.

        Parameters
        ----------
        sky : SkyState
            At the epochs of interest.

        Returns
        -------
        Observer
        """
        return fixed_observer(sky, self.position)

    @property
    def axes(self) -> Floats:
        """(3, 3) rows north, east, up in MOON_ME axes."""
        return horizontal_axes(self.latitude, self.longitude)


def place_of(site: Site | SurfacePlace | str) -> SurfacePlace:
    """The place of a catalogue site.

    Parameters
    ----------
    site : Site, SurfacePlace or str
        A site, or the id of one in the shipped catalogue. Without a height it stands on the 1737.4 km sphere.

    Returns
    -------
    SurfacePlace

    Raises
    ------
    UnknownNameError
        If the catalogue has no such site.
    RequestError
        If it is nothing of the kind.
    """
    if isinstance(site, str):
        site = load_catalogue().sites[site]
    if isinstance(site, SurfacePlace):
        return site
    if not isinstance(site, Site):
        raise RequestError(f"{site!r:.60} is no place; give a Site, a SurfacePlace or the id of a site")
    return SurfacePlace(site.latitude, site.longitude, site.height or 0.0)
