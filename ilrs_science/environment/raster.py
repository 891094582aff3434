"""What a raster file must be to serve as a grid of heights."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ilrs_science.environment.bilinear import GEOGRAPHIC, NORTH, SOUTH, Float32s
from ilrs_science.errors import RequestError

MOON_RADIUS_M = 1_737_400.0
"""Radius of the sphere that heights refer to [m]; LOLA data products, Smith et al. 2010,
doi:10.1029/2009GL041367"""

LARGEST_PIXELS = 400_000_000
"""Most pixels of one grid: 1.6 GB of heights in memory (assumed)."""

HIGHEST_M = 30_000.0
"""A height beyond this is a wrong unit or reference: the Moon spans -9.1 to +10.8 km (Smith et al. 2010).
[m]"""

_UNITS = {"": 1.0, "m": 1.0, "metre": 1.0, "meter": 1.0, "metres": 1.0, "meters": 1.0, "km": 1000.0}


@dataclass(frozen=True)
class Projection:
    """How longitude and latitude become a grid's x and y."""

    kind: int
    """`bilinear.GEOGRAPHIC` (x, y in degrees), `bilinear.NORTH` or `bilinear.SOUTH` (metres)."""
    metres: float = 1.0
    """Length of one unit of x and y of the file, or the degrees in it for a geographic grid."""
    scale: float = 2.0 * MOON_RADIUS_M
    """``2 R k`` of the polar stereographic projection. [m]"""
    meridian: float = 0.0
    """Central meridian. [deg]"""
    east: float = 0.0
    """x of the projection's origin (false easting). [m or deg]"""
    north: float = 0.0
    """y of the projection's origin (false northing). [m or deg]"""


def projection_of(path: Path, dataset: Any) -> Projection:
    """The file's reference system, or the one error that says why it will not do."""
    if dataset.crs is None:
        raise RequestError(
            f"terrain file {path} has no coordinate reference system; set one on the 1737.4 km sphere"
        )
    crs = dataset.crs.to_dict()
    radius = float(crs.get("R", crs.get("a", math.nan)))
    if not abs(radius - MOON_RADIUS_M) < 1.0 or abs(float(crs.get("b", radius)) - radius) > 1.0:
        body = crs.get("datum") or crs.get("ellps") or crs.get("init") or f"a sphere of {radius:.0f} m"
        raise RequestError(f"terrain file {path} is on {body}, not on the Moon's sphere of 1737400 m")
    kind, unit = (crs.get("proj"), {"m": 1.0, "km": 1000.0}.get(str(crs.get("units", "m")), math.nan))
    x0, y0, lon0 = (float(crs.get(key, 0.0)) for key in ("x_0", "y_0", "lon_0"))
    if kind == "longlat" and not float(crs.get("pm", 0.0)):
        return Projection(GEOGRAPHIC)
    if kind == "eqc" and not math.isnan(unit) and not float(crs.get("lat_0", 0.0)):
        degree = math.radians(MOON_RADIUS_M) / unit
        if abs(float(crs.get("lat_ts", 0.0))) < 1e-9:
            # x = R (lon - lon_0), y = R lat: degrees in disguise.
            return Projection(
                GEOGRAPHIC, 1.0 / degree, east=x0 / unit / degree - lon0, north=y0 / unit / degree
            )
    if kind == "stere" and abs(float(crs.get("lat_0", 0.0))) == 90.0 and not math.isnan(unit):
        true_scale = (1.0 + math.sin(math.radians(abs(float(crs.get("lat_ts", 90.0)))))) / 2.0
        scale = 2.0 * MOON_RADIUS_M * true_scale * float(crs.get("k", crs.get("k_0", 1.0)))
        pole = NORTH if float(crs["lat_0"]) > 0 else SOUTH
        return Projection(pole, unit, scale, lon0, x0, y0)
    raise RequestError(
        f"terrain file {path} is in projection {kind!r}; use longitude and latitude, equirectangular with "
        "true scale at the equator, or polar stereographic"
    )


def heights_of(path: Path, dataset: Any) -> Float32s:
    """Heights in metres with NaN for no data."""
    if dataset.count != 1:
        raise RequestError(f"terrain file {path} has {dataset.count} bands; one band of heights is expected")
    if dataset.width * dataset.height > LARGEST_PIXELS:
        size = f"{dataset.width} x {dataset.height}"
        raise RequestError(
            f"terrain file {path} is too large ({size} pixels); cut out the part around the site"
        )
    if min(dataset.width, dataset.height) < 2:
        raise RequestError(
            f"terrain file {path} is {dataset.width} x {dataset.height} pixels; at least 2 x 2 needed"
        )
    unit = _UNITS.get(str(dataset.units[0] or "").lower())
    if unit is None or np.dtype(dataset.dtypes[0]).kind not in "iuf":
        raise RequestError(
            f"terrain file {path} holds {dataset.dtypes[0]} in {dataset.units[0]!r}, not heights in m"
        )
    band = dataset.read(1, masked=True)
    values = np.ma.filled(band.astype(np.float64), np.nan)
    values = (values * dataset.scales[0] + dataset.offsets[0]) * unit
    values[~np.isfinite(values)] = np.nan
    if np.isnan(values).all():
        raise RequestError(f"terrain file {path} has no data in any pixel")
    if abs(np.nanmedian(values) - MOON_RADIUS_M) < HIGHEST_M:  # radii: PDS3 labels with OFFSET = 1737400
        values -= MOON_RADIUS_M
    if np.nanmax(np.abs(values)) > HIGHEST_M:
        worst = float(values.flat[int(np.nanargmax(np.abs(values)))])
        raise RequestError(
            f"terrain file {path} has a height of {worst:.6g} m; check its unit and no-data value"
        )
    heights: Float32s = values.astype(np.float32)
    return heights
