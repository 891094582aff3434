"""Places: where an observer is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.site import Site
from ilrs_science.errors import RequestError
from ilrs_science.sky.apparent import Observer, fixed_observer
from ilrs_science.sky.chebyshev import Floats
from ilrs_science.sky.ephemeris import BodyState, SkyState
from ilrs_science.sky.frames import horizontal_axes, selenographic

__all__ = ["MOON_RADIUS", "Place", "SurfacePlace", "place_of"]

#: Radius of the sphere to which latitudes, heights and maps refer (IAU 2015; LOLA products). [km]
MOON_RADIUS = 1737.4

#: Heights that a place on the surface may have, as for a site of the catalogue. [m]
_LOWEST, _HIGHEST = -20_000.0, 100_000.0


class Place(Protocol):
    """Where an observer is: a site, an orbiter, a ground station. It must be hashable."""

    def state(self, sky: SkyState) -> BodyState:
        """Motion at the epochs of a sky, to be looked at from elsewhere."""

    def observer(self, sky: SkyState) -> Observer:
        """Place and motion of an observer who is here."""

    def vertical(self, sky: SkyState) -> Floats:
        """(3,) or (..., 3) unit vector that elevations are counted from, along MOON_ME axes."""

    def axes_at(self, sky: SkyState) -> Floats:
        """(3, 3) or (..., 3, 3) rows north, east, up along MOON_ME axes."""


@dataclass(frozen=True)
class SurfacePlace:
    """A point fixed to the Moon, selenographic MOON_ME."""

    latitude: float
    """Planetocentric latitude. [deg]"""
    longitude: float
    """East-positive longitude. [deg]"""
    height: float = 0.0
    """Height of the ground above the 1737.4 km sphere. [m]"""
    mast: float = 0.0
    """Height of the observer above the ground. [m]"""

    def __post_init__(self) -> None:
        if not -90.0 <= self.latitude <= 90.0:
            raise RequestError(f"latitude {self.latitude:g} deg is outside -90 to 90 deg")
        if not -360.0 <= self.longitude <= 360.0:
            raise RequestError(f"longitude {self.longitude:g} deg is outside -360 to 360 deg")
        if not _LOWEST <= self.height <= _HIGHEST:
            raise RequestError(f"height {self.height:g} m is outside {_LOWEST:g} to {_HIGHEST:g} m")
        if not 0.0 <= self.mast <= _HIGHEST:
            raise RequestError(f"mast {self.mast:g} m is outside 0 to {_HIGHEST:g} m")

    @property
    def position(self) -> Floats:
        """(3,) in MOON_ME. [km]"""
        return selenographic(self.latitude, self.longitude, MOON_RADIUS + (self.height + self.mast) / 1000.0)

    def state(self, sky: SkyState) -> BodyState:
        """Motion at the epochs of a sky, as that of a body.

        Parameters
        ----------
        sky : SkyState
            At the epochs of interest.

        Returns
        -------
        BodyState
        """
        turning = self.observer(sky).velocity
        return BodyState(
            np.broadcast_to(self.position, turning.shape),
            sky.moon_velocity + turning,
            sky.moon_acceleration + np.cross(sky.spin, turning),
        )

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

    def axes_at(self, sky: SkyState) -> Floats:
        """(3, 3) rows north, east, up in MOON_ME axes, the same at all epochs.

        Parameters
        ----------
        sky : SkyState
            At the epochs of interest.

        Returns
        -------
        (3, 3) ndarray
        """
        del sky
        return self.axes

    def vertical(self, sky: SkyState) -> Floats:
        """(3,) unit vector away from the Moon's centre in MOON_ME axes, the same at all epochs.

        Parameters
        ----------
        sky : SkyState
            At the epochs of interest.

        Returns
        -------
        (3,) ndarray
        """
        del sky
        return np.asarray(self.axes[2])


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
