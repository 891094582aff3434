"""Illumination: the part of the Sun's or the Earth's disc that shows above the skyline."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import xarray as xr

from ilrs_science.environment.bilinear import Float64s
from ilrs_science.environment.compiled import compiled, share_out

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
    return np.degrees(np.arcsin(RADIUS_KM[body] / np.asarray(distance, float)))


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
    return np.interp(
        np.asarray(azimuth, float) % 360.0,
        horizon["azimuth"].values,
        skyline,
        period=360.0,
    )


def visible_fraction(
    azimuth: npt.ArrayLike,
    elevation: npt.ArrayLike,
    radius: npt.ArrayLike,
    horizon: xr.Dataset,
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
    A uniform disc (no limb darkening) of the sky's tangent plane, x along the azimuth circle scaled by the cosine of
    the elevation, y up. The skyline is the broken line through the rays; the area above each of its straight pieces
    is integrated in closed form, so the result is exact for that line. Sampling the skyline only below the disc's
    centre would be wrong by up to half a disc beside a steep peak.
    """
    where = (
        np.asarray(azimuth, float),
        np.asarray(elevation, float),
        np.asarray(radius, float),
    )
    az, el, rad = np.broadcast_arrays(*where)
    flat = tuple(np.ascontiguousarray(part.ravel()) for part in (az, el, rad))
    skyline = np.ascontiguousarray(horizon["horizon_elevation"].values, float)
    out = np.empty(az.size)

    def work(first: int, last: int) -> None:
        disc_fractions(*flat, skyline, first, last, out)

    share_out(work, az.size, smallest=4096)
    return out.reshape(az.shape)


@compiled
def _under_arc(x: float, radius: float) -> float:
    """Antiderivative of ``sqrt(radius**2 - x**2)``."""
    x = min(max(x, -radius), radius)
    return 0.5 * (
        x * math.sqrt(radius * radius - x * x) + radius * radius * math.asin(x / radius)
    )


@compiled
def _strip(
    left: float, right: float, height: float, slope: float, radius: float
) -> float:
    """Area of the disc above the line between two x that lie on the same side of every crossing."""
    if right <= left:
        return 0.0
    x = 0.5 * (left + right)
    y, arc = height + slope * x, math.sqrt(max(radius * radius - x * x, 0.0))
    if y >= arc:
        return 0.0
    half = _under_arc(right, radius) - _under_arc(left, radius)
    return 2.0 * half if y <= -arc else half - y * (right - left)


@compiled
def _area_above(
    a: float, b: float, height: float, slope: float, radius: float
) -> float:
    """Area of the disc (centre 0, 0) above the line ``height + slope x`` for a <= x <= b inside the disc."""
    # Where the line meets the circle: (1 + m^2) x^2 + 2 m h x + h^2 - r^2 = 0.
    square = 1.0 + slope * slope
    root = square * radius * radius - height * height
    if root <= 0.0:
        return _strip(a, b, height, slope, radius)
    middle, half = -slope * height / square, math.sqrt(root) / square
    enter, leave = min(max(middle - half, a), b), min(max(middle + half, a), b)
    area = _strip(a, enter, height, slope, radius) + _strip(
        enter, leave, height, slope, radius
    )
    return area + _strip(leave, b, height, slope, radius)


@compiled
def disc_fraction(
    azimuth: float, elevation: float, radius: float, skyline: Float64s
) -> float:
    """Give the visible fraction of one disc.

    Parameters
    ----------
    azimuth, elevation, radius : float
        Of the disc. [deg]
    skyline : ndarray
        Elevation of the skyline at evenly spaced azimuths from north. [deg]

    Returns
    -------
    float
        0 to 1. [1]
    """
    count = skyline.size
    spacing = 360.0 / count
    squeeze = max(math.cos(math.radians(elevation)), 1e-6)
    half = min(radius / squeeze, 180.0)
    first, last = (
        math.floor((azimuth - half) / spacing),
        math.ceil((azimuth + half) / spacing),
    )
    lowest, highest = math.inf, -math.inf
    for k in range(first, last + 1):
        lowest, highest = (
            min(lowest, skyline[k % count]),
            max(highest, skyline[k % count]),
        )
    if elevation - radius >= highest:
        return 1.0
    if elevation + radius <= lowest:
        return 0.0
    area = 0.0
    for k in range(first, last):
        left, right = (
            (k * spacing - azimuth) * squeeze,
            ((k + 1) * spacing - azimuth) * squeeze,
        )
        low, high = skyline[k % count] - elevation, skyline[(k + 1) % count] - elevation
        slope = (high - low) / (right - left)
        a, b = max(left, -radius), min(right, radius)
        if b > a:
            area += _area_above(a, b, low - slope * left, slope, radius)
    return min(max(area / (math.pi * radius * radius), 0.0), 1.0)


@compiled
def disc_fractions(
    azimuth: Float64s,
    elevation: Float64s,
    radius: Float64s,
    skyline: Float64s,
    first: int,
    last: int,
    out: Float64s,
) -> None:
    """Fill ``out[first:last]`` with visible fractions.

    Parameters
    ----------
    azimuth, elevation, radius : ndarray
        Of the discs. [deg]
    skyline : ndarray
        Elevation of the skyline at evenly spaced azimuths from north. [deg]
    first, last : int
        Which discs.
    out : ndarray
        Receives the fractions. [1]
    """
    for i in range(first, last):
        out[i] = disc_fraction(azimuth[i], elevation[i], radius[i], skyline)
