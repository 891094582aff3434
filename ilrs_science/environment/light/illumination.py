"""Illumination: the part of the Sun's or the Earth's disc that shows above the skyline."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import xarray as xr

from ilrs_science.environment.light.disc import disc_fractions, disc_visibilities
from ilrs_science.environment.threads import share_out
from ilrs_science.errors import RequestError

__all__ = ["RADIUS_KM", "angular_radius", "skyline_at", "visibility", "visible_fraction"]

RADIUS_KM = {"sun": 695_700.0, "earth": 6_371.0}
"""Radius of the disc [km]: nominal solar radius, IAU 2015 resolution B3 (Prsa et al. 2016,
doi:10.3847/0004-6256/152/2/41); mean Earth radius without atmosphere, IUGG R1 (Moritz 2000,
doi:10.1007/s001900050278)."""


_DISCS = 7
"""Uniform discs that stand for one with a darkened limb."""


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
    azimuth: npt.ArrayLike,
    elevation: npt.ArrayLike,
    radius: npt.ArrayLike,
    horizon: xr.Dataset,
    *,
    limb_darkening: float = 0.0,
) -> npt.NDArray[np.float64]:
    """Give the part of a disc's light that shows above the skyline.

    Parameters
    ----------
    azimuth, elevation : array_like
        Apparent direction of the disc's centre. [deg]
    radius : array_like
        Apparent radius of the disc; broadcast against the others. [deg]
    horizon : Dataset
        ``horizon_elevation(azimuth)``, evenly spaced round the compass from north. [deg]
    limb_darkening : float
        Coefficient u of the linear law, ``I = 1 - u (1 - cos)``; 0 is a uniform disc, about 0.6 the Sun in visible
        light (Cox 2000, Allen's Astrophysical Quantities, 14.7). [1]

    Returns
    -------
    ndarray
        0 (hidden) to 1 (whole): of the area, where the disc is uniform. [1]

    Raises
    ------
    RequestError
        If the coefficient is outside 0 to 1.

    Notes
    -----
    The disc lies in the sky's tangent plane, x along the azimuth circle scaled by the cosine of the elevation, y up.
    The skyline is the broken line through the rays; the area above each of its straight pieces is integrated in closed
    form, so the result is exact for that line. Sampling the skyline only below the disc's centre would be wrong by up
    to half a disc beside a steep peak.

    A darkened disc is a pile of uniform discs, one for each radius, as many as the light falls there: seven of them, by
    Gauss's rule in the cosine, are within 1e-3 of it.
    """
    if not 0.0 <= limb_darkening <= 1.0:
        raise RequestError(f"limb darkening of {limb_darkening:g} is outside 0 to 1")
    whole = _fractions(azimuth, elevation, radius, horizon)
    if not limb_darkening:
        return whole
    # I = (1 - u) + u cos: a uniform disc of 1 - u, and one of radius sqrt(1 - mu^2), u dmu bright, for each cosine mu.
    nodes, weights = np.polynomial.legendre.leggauss(_DISCS)
    cosine, part = (nodes + 1.0) / 2.0, weights / 2.0
    total = (1.0 - limb_darkening) * whole
    for mu, weight in zip(cosine, part, strict=True):
        disc = np.sqrt(1.0 - mu * mu)
        smaller = _fractions(azimuth, elevation, np.asarray(radius, float) * disc, horizon)
        total = total + limb_darkening * weight * disc * disc * smaller
    light: npt.NDArray[np.float64] = total / (1.0 - limb_darkening / 3.0)
    return light


def visibility(
    azimuth: npt.NDArray[np.float64],
    elevation: npt.NDArray[np.float64],
    radius: npt.NDArray[np.float64],
    horizon: xr.Dataset,
) -> npt.NDArray[np.float64]:
    """Give the visible fraction of a uniform disc, continued where it would stand still.

    Parameters
    ----------
    azimuth, elevation, radius : (n,) ndarray
        Of the discs. [deg]
    horizon : Dataset
        ``horizon_elevation(azimuth)``, evenly spaced round the compass from north. [deg]

    Returns
    -------
    (n,) ndarray
        The fraction where a part shows; 0 less how far the upper edge is below the skyline, in radii, where the disc is
        hidden; 1 plus how far the lower edge is above it, where the disc is whole. Continuous. [1]
    """
    out = np.empty(azimuth.shape)
    skyline = np.ascontiguousarray(horizon["horizon_elevation"].values, float)
    disc_visibilities(azimuth, elevation, radius, skyline, out)
    return out


def _fractions(
    azimuth: npt.ArrayLike, elevation: npt.ArrayLike, radius: npt.ArrayLike, horizon: xr.Dataset
) -> npt.NDArray[np.float64]:
    """Visible part of the area of uniform discs. [1]"""
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
