"""Area of a disc above a broken line, in closed form, compiled."""

from __future__ import annotations

import math

from ilrs_science.environment.terrain.bilinear import Float64s
from ilrs_science.sky.compiled import compiled

ROUNDING = 1e-6
"""Where so little shows or is hidden, the edge of the disc decides, not the sum of areas with its rounding. [1]"""

SMALLEST = 2e-16
"""A part of the disc that is neither none nor rounded away from the whole. [1]"""


@compiled
def _under_arc(x: float, radius: float) -> float:
    """Antiderivative of ``sqrt(radius**2 - x**2)``."""
    x = min(max(x, -radius), radius)
    return 0.5 * (x * math.sqrt(radius * radius - x * x) + radius * radius * math.asin(x / radius))


@compiled
def _strip(left: float, right: float, height: float, slope: float, radius: float) -> float:
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
def _area_above(a: float, b: float, height: float, slope: float, radius: float) -> float:
    """Area of the disc (centre 0, 0) above the line ``height + slope x`` for a <= x <= b inside the disc."""
    # Where the line meets the circle: (1 + m^2) x^2 + 2 m h x + h^2 - r^2 = 0.
    square = 1.0 + slope * slope
    root = square * radius * radius - height * height
    if root <= 0.0:
        return _strip(a, b, height, slope, radius)
    middle, half = -slope * height / square, math.sqrt(root) / square
    enter, leave = min(max(middle - half, a), b), min(max(middle + half, a), b)
    area = _strip(a, enter, height, slope, radius) + _strip(enter, leave, height, slope, radius)
    return area + _strip(leave, b, height, slope, radius)


@compiled
def disc_fraction(azimuth: float, elevation: float, radius: float, skyline: Float64s) -> float:
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
    first, last = (math.floor((azimuth - half) / spacing), math.ceil((azimuth + half) / spacing))
    lowest, highest = math.inf, -math.inf
    for k in range(first, last + 1):
        lowest, highest = (min(lowest, skyline[k % count]), max(highest, skyline[k % count]))
    if elevation - radius >= highest:
        return 1.0
    if elevation + radius <= lowest:
        return 0.0
    area = 0.0
    for k in range(first, last):
        left, right = ((k * spacing - azimuth) * squeeze, ((k + 1) * spacing - azimuth) * squeeze)
        low, high = skyline[k % count] - elevation, skyline[(k + 1) % count] - elevation
        slope = (high - low) / (right - left)
        a, b = max(left, -radius), min(right, radius)
        if b > a:
            area += _area_above(a, b, low - slope * left, slope, radius)
    return min(max(area / (math.pi * radius * radius), 0.0), 1.0)


@compiled
def _clearance(azimuth: float, elevation: float, radius: float, skyline: Float64s, edge: float) -> float:
    """How far the upper edge (1) stands above the skyline where it does most, or the lower one (-1) least. [deg]"""
    count = skyline.size
    spacing = 360.0 / count
    squeeze = max(math.cos(math.radians(elevation)), 1e-6)
    half = min(radius / squeeze, 180.0)
    best = -math.inf
    for k in range(math.floor((azimuth - half) / spacing), math.ceil((azimuth + half) / spacing)):
        left, right = ((k * spacing - azimuth) * squeeze, ((k + 1) * spacing - azimuth) * squeeze)
        low, high = skyline[k % count] - elevation, skyline[(k + 1) % count] - elevation
        slope = (high - low) / (right - left)
        a, b = max(left, -radius), min(right, radius)
        if b >= a:
            # Where the arc runs parallel to the line, or the end of the piece nearest to it.
            x = min(max(-edge * slope * radius / math.sqrt(1.0 + slope * slope), a), b)
            arc = edge * math.sqrt(max(radius * radius - x * x, 0.0))
            best = max(best, edge * (arc - low - slope * (x - left)))
    return edge * best


@compiled
def disc_visibilities(
    azimuth: Float64s, elevation: Float64s, radius: Float64s, skyline: Float64s, out: Float64s
) -> None:
    """Fill `out` with visible fractions that go on below 0 and above 1, so that they never stand still.

    Parameters
    ----------
    azimuth, elevation, radius : ndarray
        Of the discs. [deg]
    skyline : ndarray
        Elevation of the skyline at evenly spaced azimuths from north. [deg]
    out : ndarray
        Receives the fraction where a part shows; else how far the nearest edge of the disc is from the skyline, in
        radii, below 0 or above 1. [1]
    """
    for i in range(out.size):
        place = (azimuth[i], elevation[i], radius[i])
        value = disc_fraction(azimuth[i], elevation[i], radius[i], skyline)
        if value < ROUNDING:
            beyond = _clearance(*place, skyline, 1.0) / radius[i]
            value = beyond if beyond < 0.0 else max(value, SMALLEST)
        elif value > 1.0 - ROUNDING:
            beyond = _clearance(*place, skyline, -1.0) / radius[i]
            value = 1.0 + beyond if beyond >= 0.0 else min(value, 1.0 - SMALLEST)
        out[i] = value


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
