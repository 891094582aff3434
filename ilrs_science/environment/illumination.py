"""Illumination: the part of the Sun's or the Earth's disc that shows above the skyline."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import xarray as xr

from ilrs_science.environment.disc import disc_fractions
from ilrs_science.environment.threads import share_out

__all__ = ["RADIUS_KM", "angular_radius", "skyline_at", "visible_fraction"]

RADIUS_KM = {"sun": 695_700.0, "earth": 6_371.0}
"""Radius of the disc [km]: nominal solar radius, IAU 2015 resolution B3 (Prsa et al. 2016,
doi:10.3847/0004-6256/152/2/41); mean Earth radius without atmosphere, IUGG R1 (Moritz 2000,
doi:10.1007/s001900050278)."""


def angular_radius(body: str, distance: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Give the apparent radius of a body's disc.

    Parameters
    ----------
    body : "sun" or "earth"
        Which body.
    distance : array_like
        Distance of its centre. [km]

    Returns
    -------
    ndarray
        ``asin(radius / distance)``. [deg]
    """
    radius: npt.NDArray[np.float64] = np.degrees(np.arcsin(RADIUS_KM[body] / np.asarray(distance, float)))
    return radius


def skyline_at(horizon: xr.Dataset, azimuth: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Give the elevation of the skyline at any azimuth, between the rays by straight lines.

    Parameters
    ----------
    horizon : Dataset
        ``horizon_elevation(azimuth)``, evenly spaced round the compass from north. [deg]
    azimuth : array_like
        From north through east. [deg]

    Returns
    -------
    ndarray
        Elevation of the skyline. [deg]
    """
    skyline = horizon["horizon_elevation"].values
    below: npt.NDArray[np.float64] = np.interp(
        np.asarray(azimuth, float), horizon["azimuth"].values, skyline, period=360.0
    )
    return below


def visible_fraction(
    azimuth: npt.ArrayLike, elevation: npt.ArrayLike, radius: npt.ArrayLike, horizon: xr.Dataset
) -> npt.NDArray[np.float64]:
    """Give the part of a disc's area that shows above the skyline.

    Parameters
    ----------
    azimuth, elevation : array_like
        Apparent direction of the disc's centre. [deg]
    radius : array_like
        Apparent radius of the disc; broadcast against the others. [deg]
    horizon : Dataset
        ``horizon_elevation(azimuth)``, evenly spaced round the compass from north. [deg]

    Returns
    -------
    ndarray
        0 (hidden) to 1 (whole). [1]

    Notes
    -----
    A uniform disc (no limb darkening) of the sky's tangent plane, x along the azimuth circle scaled by the
    cosine of the elevation, y up. The skyline is the broken line through the rays; the area above each of its
    straight pieces is integrated in closed form, so the result is exact for that line. Sampling the skyline
    only below the disc's centre would be wrong by up to half a disc beside a steep peak.
    """
    shape = np.broadcast_shapes(np.shape(azimuth), np.shape(elevation), np.shape(radius))
    az, el, rad = (
        np.ascontiguousarray(np.broadcast_to(np.asarray(part, float), shape).ravel())
        for part in (azimuth, elevation, radius)
    )
    skyline = np.ascontiguousarray(horizon["horizon_elevation"].values, float)
    out = np.empty(az.size)

    def work(first: int, last: int) -> None:
        disc_fractions(az, el, rad, skyline, first, last, out)

    share_out(work, az.size, smallest=4096)
    return out.reshape(shape)
