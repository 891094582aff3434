"""Sunlight on a piece of ground: its slope, its skyline, eclipses, and how much of the sky it sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import xarray as xr

from ilrs_science.catalogue.plant import SOLAR_CONSTANT
from ilrs_science.environment.constants import ASTRONOMICAL_UNIT_KM
from ilrs_science.environment.light.directions import cosine_of_incidence, seen_nearby
from ilrs_science.environment.light.eclipse import covered_fraction, separation
from ilrs_science.environment.light.illumination import angular_radius, visible_fraction
from ilrs_science.errors import RequestError

__all__ = ["SOLAR_CONSTANT", "Beam", "Facet", "mean_cosine", "sunlight"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Facet:
    """A plane piece of ground."""

    slope: float = 0.0
    """Of its plane, 0 (level) to 90. [deg]"""
    aspect: float = 0.0
    """Azimuth to which it falls, from north through east. [deg]"""

    def __post_init__(self) -> None:
        if not 0.0 <= self.slope <= 90.0:
            raise RequestError(f"slope of {self.slope:g} deg is outside 0 to 90 deg; turn the aspect instead")
        if not -360.0 <= self.aspect <= 360.0:
            raise RequestError(f"aspect of {self.aspect:g} deg is outside -360 to 360 deg")

    def above(self, azimuth: npt.ArrayLike, elevation: npt.ArrayLike) -> Floats:
        """Give the angle of a direction above the plane.

        Parameters
        ----------
        azimuth, elevation : array_like
            Of the direction. [deg]

        Returns
        -------
        ndarray
            90 less the angle of incidence. [deg]
        """
        return np.degrees(np.arcsin(cosine_of_incidence(azimuth, elevation, self.slope, self.aspect)))

    def skyline(self, horizon: xr.Dataset) -> xr.Dataset:
        """Give the skyline of ground that also stands in its own way.

        Parameters
        ----------
        horizon : Dataset
            ``horizon_elevation(azimuth)`` of the terrain. [deg]

        Returns
        -------
        Dataset
            The higher of the terrain and the plane of the facet, otherwise the same.
        """
        higher = np.maximum(horizon["horizon_elevation"].values, self.plane(horizon["azimuth"].values))
        return horizon.assign(horizon_elevation=("azimuth", higher))

    def sky_view(self, horizon: xr.Dataset) -> float:
        """Give the part of the radiation of a facet that reaches the sky.

        Parameters
        ----------
        horizon : Dataset
            ``horizon_elevation(azimuth)`` of the terrain, evenly spaced. [deg]

        Returns
        -------
        float
            1 for level ground under a level skyline, ``(1 + cos(slope)) / 2`` for a slope. [1]
        """
        edge = self.skyline(horizon)["horizon_elevation"].values
        view = np.mean(self.share(horizon["azimuth"].values, edge, 90.0))
        return float(np.clip(view, 0.0, 1.0))

    def plane(self, azimuth: npt.ArrayLike) -> Floats:
        """Give how high the facet's own plane stands.

        Parameters
        ----------
        azimuth : array_like
            [deg]

        Returns
        -------
        ndarray
            Elevation of the plane, negative where it falls. [deg]
        """
        tilt = np.radians(self.slope)
        height: Floats = np.degrees(np.arctan2(-np.sin(tilt) * np.cos(self._side(azimuth)), np.cos(tilt)))
        return height

    def share(self, azimuth: npt.ArrayLike, low: npt.ArrayLike, high: npt.ArrayLike) -> Floats:
        """Give the part of the diffuse radiation of a facet that leaves between two elevations.

        Parameters
        ----------
        azimuth : array_like
            [deg]
        low, high : array_like
            Not below the plane of the facet. [deg]

        Returns
        -------
        ndarray
            Mean over the azimuths, if these are even, is the part of all radiation. [1]
        """
        upright, sideward = np.cos(np.radians(self.slope)), np.sin(np.radians(self.slope))
        above, below = (self._antiderivative(np.radians(np.asarray(edge, float))) for edge in (high, low))
        facing = sideward * np.cos(self._side(azimuth))
        part: Floats = 2.0 * (upright * (above[0] - below[0]) + facing * (above[1] - below[1]))
        return part

    @staticmethod
    def _antiderivative(edge: Floats) -> tuple[Floats, Floats]:
        """Of ``sin e cos e`` and ``cos(e)**2``."""
        return 0.5 * np.sin(edge) ** 2, 0.5 * edge + 0.25 * np.sin(2.0 * edge)

    def _side(self, azimuth: npt.ArrayLike) -> Floats:
        side: Floats = np.radians(np.asarray(azimuth, float) - self.aspect)
        return side


def mean_cosine(above: npt.ArrayLike, radius: npt.ArrayLike) -> Floats:
    """Give the mean cosine of incidence over the part of a disc that is above a plane.

    Parameters
    ----------
    above : array_like
        Of the disc's centre above the plane. [deg]
    radius : array_like
        Of the disc. [deg]

    Returns
    -------
    ndarray
        The sine of `above` for a whole disc, more than that for a rising one. [1]

    Notes
    -----
    With x the height of the centre in radii and s = sqrt(1 - x**2), the mean height of the part above the plane is
    ``r (x (pi/2 + asin x) + s (2 + x**2) / 3) / (pi/2 + asin x + x s)``: 0.0020 for half the Sun, where its centre
    alone would give no light at all, and ground at a pole has no other for weeks.
    """
    height, size = np.asarray(above, float), np.radians(np.asarray(radius, float))
    x = np.clip(np.radians(height) / size, -1.0, 1.0)
    s, arc = np.sqrt(1.0 - x * x), 0.5 * np.pi + np.arcsin(x)
    area = arc + x * s
    rising = size * (x * arc + s * (2.0 + x * x) / 3.0) / np.maximum(area, 1e-12)
    cosine: Floats = np.where(x >= 1.0, np.sin(np.radians(height)), np.where(area > 1e-9, rising, 0.0))
    return cosine


class Beam(NamedTuple):
    """Light of the Sun at a place."""

    azimuth: Floats
    """(time,) Of the Sun's centre, from north through east. [deg]"""
    elevation: Floats
    """(time,) Of the Sun's centre. [deg]"""
    distance: Floats
    """(time,) [km]"""
    free: Floats
    """(time,) Part of the disc that is not behind the Earth. [1]"""

    @classmethod
    def of(cls, seen: xr.Dataset) -> Beam:
        """Take the light from what is seen in the sky.

        Parameters
        ----------
        seen : Dataset
            Sun and Earth from the place, as `observe` gives them.

        Returns
        -------
        Beam
        """
        sun, earth = seen.sel(body="sun"), seen.sel(body="earth")
        azimuth, elevation, distance = (sun[name].values for name in ("azimuth", "elevation", "range"))
        apart = separation(azimuth, elevation, earth["azimuth"].values, earth["elevation"].values)
        covered = covered_fraction(
            apart, angular_radius("sun", distance), angular_radius("earth", earth["range"].values)
        )
        return cls(azimuth, elevation, distance, 1.0 - covered)

    def turned(self, rotation: Floats) -> Beam:
        """Give the same light along the axes of a place nearby.

        Parameters
        ----------
        rotation : (3, 3) ndarray
            From north, east and up here to those there.

        Returns
        -------
        Beam
            The Sun is so far that the way between the places does not turn it: 0.1 arcsec in 75 km.
        """
        azimuth, elevation = seen_nearby(self.azimuth, self.elevation, rotation)
        return self._replace(azimuth=azimuth, elevation=elevation)

    def on(self, horizon: xr.Dataset, facet: Facet) -> tuple[Floats, Floats]:
        """Give the sunlight on a facet.

        Parameters
        ----------
        horizon : Dataset
            ``horizon_elevation(azimuth)`` of the terrain. [deg]
        facet : Facet
            The ground.

        Returns
        -------
        flux, incidence : (time,) ndarray
            As `sunlight`. [W/m2 and deg]
        """
        radius = angular_radius("sun", self.distance)
        cosine = np.clip(mean_cosine(facet.above(self.azimuth, self.elevation), radius), 0.0, 1.0)
        visible = visible_fraction(self.azimuth, self.elevation, radius, facet.skyline(horizon))
        flux = SOLAR_CONSTANT * (ASTRONOMICAL_UNIT_KM / self.distance) ** 2 * visible * cosine * self.free
        return flux, np.degrees(np.arccos(cosine))


def sunlight(seen: xr.Dataset, horizon: xr.Dataset, facet: Facet) -> tuple[Floats, Floats]:
    """Give the sunlight on a facet.

    Parameters
    ----------
    seen : Dataset
        Sun and Earth from the place, as `observe` gives them.
    horizon : Dataset
        ``horizon_elevation(azimuth)`` of the terrain. [deg]
    facet : Facet
        The ground.

    Returns
    -------
    flux : (time,) ndarray
        ``1361 W/m2 (1 AU / distance)**2`` times the part of the disc above skyline and plane, times the mean cosine of
        its incidence, less what the Earth covers. [W/m2]
    incidence : (time,) ndarray
        0 to 90, the angle of that mean cosine. [deg]
    """
    return Beam.of(seen).on(horizon, facet)
