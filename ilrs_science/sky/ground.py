"""Places on the Earth: where a ground station is and how it moves, seen from the Moon."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ilrs_science.catalogue.ground_station import GroundStation
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.errors import RequestError
from ilrs_science.sky.apparent import Observer
from ilrs_science.sky.chebyshev import Floats
from ilrs_science.sky.earth import earth_axes, itrf_position, itrf_vertical
from ilrs_science.sky.ephemeris import BodyState, SkyState
from ilrs_science.sky.frames import horizontal_axes

__all__ = ["GroundPlace", "ground_place"]

#: Heights that a place on the Earth may have, as for a ground station of the catalogue. [m]
_LOWEST, _HIGHEST = -1000.0, 10_000.0


@dataclass(frozen=True)
class GroundPlace:
    """A point fixed to the Earth, geodetic WGS 84."""

    latitude: float
    """Geodetic latitude. [deg]"""
    longitude: float
    """East-positive longitude. [deg]"""
    height: float = 0.0
    """Height above the ellipsoid. [m]"""
    name: str = ""
    """Name of the station, for titles."""

    def __post_init__(self) -> None:
        if not -90.0 <= self.latitude <= 90.0:
            raise RequestError(f"latitude {self.latitude:g} deg is outside -90 to 90 deg")
        if not -360.0 <= self.longitude <= 360.0:
            raise RequestError(f"longitude {self.longitude:g} deg is outside -360 to 360 deg")
        if not _LOWEST <= self.height <= _HIGHEST:
            raise RequestError(f"height {self.height:g} m is outside {_LOWEST:g} to {_HIGHEST:g} m")

    @property
    def position(self) -> Floats:
        """(3,) from the Earth's centre along ITRF93 axes. [km]"""
        return itrf_position(self.latitude, self.longitude, self.height)

    def state(self, sky: SkyState) -> BodyState:
        """Place and motion as for a body, to be looked at from the Moon.

        Parameters
        ----------
        sky : SkyState
            At the epochs of interest.

        Returns
        -------
        BodyState

        Raises
        ------
        CoverageError
            If the orientation of the Earth is not known at an epoch.

        Notes
        -----
        The offset from the Earth's centre turns: velocity w x r, acceleration w x (w x r). The change of the spin
        itself is left out: it moves the station by less than a nanometre over the light time.
        """
        earth, axes, offset = sky.body("earth"), earth_axes(sky), self.position
        velocity = np.cross(axes.spin, np.broadcast_to(offset, axes.spin.shape))
        acceleration = np.cross(axes.spin, velocity)
        turned = [sky.to_fixed(axes.to_icrf(vector)) for vector in (offset, velocity, acceleration)]
        return BodyState(
            earth.position + turned[0], earth.velocity + turned[1], earth.acceleration + turned[2]
        )

    def observer(self, sky: SkyState) -> Observer:
        """Place and motion of an observer who stands here, to look at the Moon.

        Parameters
        ----------
        sky : SkyState
            At the epochs of interest.

        Returns
        -------
        Observer

        Raises
        ------
        CoverageError
            If the orientation of the Earth is not known at an epoch.
        """
        state = self.state(sky)
        return Observer(state.position, state.velocity - sky.moon_velocity)

    def vertical(self, sky: SkyState) -> Floats:
        """Geodetic vertical; the sine of an elevation is its product with a direction.

        Parameters
        ----------
        sky : SkyState
            At the epochs of interest.

        Returns
        -------
        (..., 3) ndarray
            Unit vectors along MOON_ME axes.

        Raises
        ------
        CoverageError
            If the orientation of the Earth is not known at an epoch.
        """
        return sky.to_fixed(earth_axes(sky).to_icrf(itrf_vertical(self.latitude, self.longitude)))

    def axes_at(self, sky: SkyState) -> Floats:
        """Local axes of the station.

        Parameters
        ----------
        sky : SkyState
            At the epochs of interest.

        Returns
        -------
        (..., 3, 3) ndarray
            Rows north, east, up along MOON_ME axes.

        Raises
        ------
        CoverageError
            If the orientation of the Earth is not known at an epoch.
        """
        axes = earth_axes(sky)
        rows = [sky.to_fixed(axes.to_icrf(row)) for row in horizontal_axes(self.latitude, self.longitude)]
        return np.stack(rows, axis=-2)


def ground_place(station: GroundStation | GroundPlace | str) -> GroundPlace:
    """The place of a ground station.

    Parameters
    ----------
    station : GroundStation, GroundPlace or str
        A station, or the id of one in the shipped catalogue.

    Returns
    -------
    GroundPlace

    Raises
    ------
    UnknownNameError
        If the catalogue has no such ground station.
    RequestError
        If it is nothing of the kind.
    """
    if isinstance(station, str):
        station = load_catalogue().ground_stations[station]
    if isinstance(station, GroundPlace):
        return station
    if not isinstance(station, GroundStation):
        raise RequestError(
            f"{station!r:.60} is no place on the Earth; give a GroundStation, a GroundPlace or the id of a station"
        )
    return GroundPlace(station.latitude, station.longitude, station.height, station.label)
