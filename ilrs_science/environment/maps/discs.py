"""Sun or Earth over a span as areas of sky, and what skylines of many pixels leave of them, compiled.

The discs of all epochs are laid into strips of azimuth as seen from the middle of a tile. What shows above a skyline
is then a look-up per strip, whatever the number of epochs.
"""

from __future__ import annotations

import math

import numpy as np

from ilrs_science.environment.terrain.bilinear import Float32s, Float64s
from ilrs_science.sky.compiled import compiled

__all__ = ["hidden_below", "laid", "longest_dark", "mean_fractions", "thresholds"]


@compiled
def _under_arc(x: float, radius: float) -> float:
    """Antiderivative of ``sqrt(radius**2 - x**2)``."""
    x = min(max(x, -radius), radius)
    return 0.5 * (x * math.sqrt(radius * radius - x * x) + radius * radius * math.asin(x / radius))


@compiled
def laid(
    azimuth: Float64s,
    elevation: Float64s,
    radius: Float64s,
    low: Float64s,
    per_degree: Float64s,
    out: Float64s,
) -> None:
    """Lay the discs of all epochs into strips of azimuth.

    Parameters
    ----------
    azimuth, elevation, radius : (time,) ndarray
        Of the discs. [deg]
    low, per_degree : (strip,) ndarray
        Elevation where each strip begins [deg], its cells per degree.
    out : (strip, cell + 1) ndarray of zeros
        Receives the mean part of the discs' area that is in the strip and above the lower edge of each cell. [1]
    """
    strips, cells = out.shape[0], out.shape[1] - 1
    width = 360.0 / strips
    for t in range(azimuth.size):
        squeeze, r = max(math.cos(math.radians(elevation[t])), 1e-6), radius[t]
        half = min(r / squeeze, 179.0)
        for k in range(math.floor((azimuth[t] - half) / width), math.floor((azimuth[t] + half) / width) + 1):
            a = max((k * width - azimuth[t]) * squeeze, -r)
            b = min(((k + 1) * width - azimuth[t]) * squeeze, r)
            if b <= a:
                continue
            area = 2.0 * (_under_arc(b, r) - _under_arc(a, r))
            chord, strip = 0.5 * area / (b - a), k % strips
            share = area / (math.pi * r * r) / azimuth.size
            bottom = (elevation[t] - chord - low[strip]) * per_degree[strip]
            top = (elevation[t] + chord - low[strip]) * per_degree[strip]
            for cell in range(max(int(bottom), 0), min(int(top), cells - 1) + 1):
                overlap = min(top, cell + 1.0) - max(bottom, float(cell))
                out[strip, cell] += share * overlap / (top - bottom)
    for strip in range(strips):
        for cell in range(cells - 1, -1, -1):
            out[strip, cell] += out[strip, cell + 1]


@compiled
def _level_angle(seen: float, long: float) -> float:
    """``asin(sin(seen) / long)`` by series, 0.003 deg off at 30 deg, exact beyond."""
    if abs(seen) > 0.5:
        return math.asin(min(max(math.sin(seen) / long, -1.0), 1.0))
    square = seen * seen
    sine = seen * (1.0 - square / 6.0 * (1.0 - square / 20.0)) / long
    square = sine * sine
    return sine * (1.0 + square * (1.0 / 6.0 + square * (3.0 / 40.0 + square * (15.0 / 336.0))))


@compiled
def thresholds(skylines: Float32s, axes: Float64s, strips: Float64s, middle: Float64s, out: Float32s) -> None:
    """Say for each pixel above which elevation, seen from the middle of the tile, the sky is open.

    Parameters
    ----------
    skylines : (pixel, azimuth) ndarray of float32
        Of each pixel. [deg]
    axes : (pixel, 3, 3) ndarray
        North, east and up of each pixel. [1]
    strips : (strip, 3) ndarray
        Level direction in the middle of each strip, seen from the middle of the tile. [1]
    middle : (3,) ndarray
        Up in the middle of the tile. [1]
    out : (pixel, strip) ndarray of float32
        Receives the elevations; NaN for a pixel without ground. [deg]

    Notes
    -----
    A direction at azimuth ``A`` and elevation ``e`` of the middle is ``cos e (level(A) + tan e up)``; its azimuth
    at the pixel is taken at the elevation found for the strip before, its elevation there in closed form.
    """
    count = skylines.shape[1]
    for pixel in range(skylines.shape[0]):
        north, east, up = axes[pixel, 0], axes[pixel, 1], axes[pixel, 2]
        north_up = north[0] * middle[0] + north[1] * middle[1] + north[2] * middle[2]
        east_up = east[0] * middle[0] + east[1] * middle[1] + east[2] * middle[2]
        upright = up[0] * middle[0] + up[1] * middle[1] + up[2] * middle[2]
        slope = 0.0
        for k in range(-1, strips.shape[0]):
            x, y, z = strips[k, 0], strips[k, 1], strips[k, 2]
            ahead = north[0] * x + north[1] * y + north[2] * z + slope * north_up
            aside = east[0] * x + east[1] * y + east[2] * z + slope * east_up
            place = math.atan2(aside, ahead) * (count / (2.0 * math.pi))
            place += count * (place < 0.0)
            i = int(place)
            below, above = skylines[pixel, i % count], skylines[pixel, (i + 1) % count]
            seen = math.radians(below + (above - below) * (place - i))
            tilt = (up[0] * x + up[1] * y + up[2] * z) / upright
            long = upright * math.sqrt(1.0 + tilt * tilt)
            found = _level_angle(seen, long) - tilt * (1.0 - tilt * tilt * (1.0 / 3.0 - tilt * tilt / 5.0))
            slope = found * (1.0 + found * found * (1.0 / 3.0 + found * found * (2.0 / 15.0)))
            out[pixel, max(k, 0)] = math.degrees(found)


@compiled
def mean_fractions(
    limits: Float32s, low: Float64s, per_degree: Float64s, above: Float64s, out: Float32s
) -> None:
    """Fill the mean visible fraction of each pixel.

    Parameters
    ----------
    limits : (pixel, strip) ndarray of float32
        From `thresholds`. [deg]
    low, per_degree, above : ndarray
        From `laid`.
    out : (pixel,) ndarray of float32
        Receives the means. [1]
    """
    cells = above.shape[1] - 1
    for pixel in range(limits.shape[0]):
        total = 0.0
        for strip in range(limits.shape[1]):
            place = (limits[pixel, strip] - low[strip]) * per_degree[strip]
            place = min(max(place, 0.0), float(cells))
            cell = min(int(place), cells - 1)
            total += above[strip, cell] + (above[strip, cell + 1] - above[strip, cell]) * (place - cell)
        # A pixel without ground has NaN in every strip, which min and max would hide.
        out[pixel] = min(total, 1.0) if limits[pixel, 0] == limits[pixel, 0] else math.nan


@compiled
def hidden_below(limits: Float32s, radius: float) -> None:
    """Lower each limit to the elevation below which all of a disc is hidden.

    Parameters
    ----------
    limits : (pixel, strip) ndarray of float32
        From `thresholds`; changed in place. [deg]
    radius : float
        Of the disc. [deg]
    """
    strips = limits.shape[1]
    row = np.empty(strips, np.float32)
    for pixel in range(limits.shape[0]):
        row[:] = limits[pixel]
        for k in range(strips):
            squeeze = 360.0 / strips * max(math.cos(math.radians(row[k])), 1e-3)
            least = row[k] - radius
            for n in range(1, int(radius / squeeze) + 1):
                chord = math.sqrt(radius * radius - (n * squeeze) ** 2)
                least = min(least, min(row[(k + n) % strips], row[(k - n) % strips]) - chord)
            limits[pixel, k] = least


@compiled
def longest_dark(limits: Float32s, place: Float32s, elevation: Float32s, out: Float32s) -> None:
    """Follow the Sun through all epochs and find the longest darkness.

    Parameters
    ----------
    limits : (pixel, strip) ndarray of float32
        From `hidden_below`. [deg]
    place : (time,) ndarray of float32
        Strip that the disc's centre is in, fractional from the middle of the first.
    elevation : (time,) ndarray of float32
        Of the disc's centre. [deg]
    out : (pixel, 2) ndarray of float32
        Receives the number of epochs of the longest run without any of the disc, and the part of the epochs with
        some of it. [1]
    """
    strips = limits.shape[1]
    row = np.empty(strips + 1, np.float32)
    for pixel in range(limits.shape[0]):
        row[:strips], row[strips] = limits[pixel], limits[pixel, 0]
        run, longest, dark = 0, 0, 0
        for t in range(place.size):
            i = int(place[t])
            limit = row[i] + (row[i + 1] - row[i]) * (place[t] - i)
            hidden = elevation[t] <= limit
            run = run + 1 if hidden else 0
            dark += hidden
            longest = max(longest, run)
        known = row[0] == row[0]
        out[pixel, 0] = longest if known else math.nan
        out[pixel, 1] = 1.0 - dark / place.size if known else math.nan
