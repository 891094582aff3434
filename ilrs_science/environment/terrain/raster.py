"""Reference systems: how longitude and latitude become the x and y of a grid, and which systems will do."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ilrs_science.environment.terrain.bilinear import GEOGRAPHIC, NORTH, SOUTH, Float64s
from ilrs_science.errors import RequestError

MOON_RADIUS_M = 1_737_400.0
"""Radius of the sphere that heights refer to [m]; LOLA data products, Smith et al. 2010,
doi:10.1029/2009GL041367"""

LEAST_COSINE = 0.1
"""A parallel of true scale poleward of 84 deg is no sensible equirectangular map [1] (assumed)."""

FAR_SIDE = 0.1
"""Where ``1 +- sin(lat)`` falls below this, a stereographic map runs to infinity. [1]"""


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
    stretch: float = 1.0
    """Degrees of longitude by degrees of latitude in one unit of the file: 1 / cos(parallel of true scale). [1]"""

    def xy(self, latitude: npt.ArrayLike, longitude: npt.ArrayLike) -> tuple[Float64s, Float64s]:
        """Give x and y of places.

        Parameters
        ----------
        latitude, longitude : array_like
            Selenographic, MOON_ME, east positive. [deg]

        Returns
        -------
        x, y : ndarray
            From the projection's origin; infinite at the far end of a stereographic map. [m or deg]
        """
        phi, lam = np.broadcast_arrays(np.asarray(latitude, float), np.asarray(longitude, float))
        if self.kind == GEOGRAPHIC:
            return lam.copy(), phi.copy()
        turn = np.radians(lam - self.meridian)
        below = 1.0 + self.kind * np.sin(np.radians(phi))
        with np.errstate(divide="ignore"):
            rho = np.where(below < FAR_SIDE, np.inf, self.scale * np.cos(np.radians(phi)) / below)
        with np.errstate(invalid="ignore"):
            return rho * np.sin(turn), -self.kind * rho * np.cos(turn)

    @property
    def label(self) -> str:
        """Name for people."""
        return {GEOGRAPHIC: "longitude and latitude", NORTH: "north polar", SOUTH: "south polar"}[self.kind]


def projection_of(path: Path, crs: Mapping[str, object] | None) -> Projection:
    """Read a reference system, or raise the one error that says why it will not do.

    Parameters
    ----------
    path : Path
        The file, for the message.
    crs : mapping or None
        Parameters of PROJ by name; None where the file has no reference system.

    Returns
    -------
    Projection
        Geographic or polar stereographic; an equirectangular map is geographic in other units.
    """
    if not crs:
        raise RequestError(
            f"terrain file {path} has no coordinate reference system; set one on the 1737.4 km sphere"
        )
    _check_body(path, crs)
    kind, unit = crs.get("proj"), {"m": 1.0, "km": 1000.0}.get(str(crs.get("units", "m")), math.nan)
    x0, y0, lon0, lat0 = (_number(crs, key, 0.0) for key in ("x_0", "y_0", "lon_0", "lat_0"))
    if kind in ("longlat", "latlong") and not _number(crs, "pm", 0.0):
        return Projection(GEOGRAPHIC)
    if kind == "eqc" and not math.isnan(unit) and not lat0:
        # x = R cos(lat_ts) (lon - lon_0), y = R lat: degrees in disguise.
        degree = math.radians(MOON_RADIUS_M) / unit
        cosine = math.cos(math.radians(_number(crs, "lat_ts", 0.0)))
        if cosine >= LEAST_COSINE:
            east, north = x0 / unit / degree / cosine - lon0, y0 / unit / degree
            return Projection(GEOGRAPHIC, 1.0 / degree, east=east, north=north, stretch=1.0 / cosine)
    if kind == "stere" and abs(lat0) == 90.0 and not math.isnan(unit):
        true_scale = (1.0 + math.sin(math.radians(abs(_number(crs, "lat_ts", 90.0))))) / 2.0
        scale = 2.0 * MOON_RADIUS_M * true_scale * _number(crs, "k", _number(crs, "k_0", 1.0))
        return Projection(NORTH if lat0 > 0 else SOUTH, unit, scale, lon0, x0, y0)
    raise RequestError(
        f"terrain file {path} is in projection {kind!r}; use longitude and latitude, equirectangular, or polar "
        "stereographic, in m or km"
    )


def _check_body(path: Path, crs: Mapping[str, object]) -> None:
    radius = _number(crs, "R", _number(crs, "a", math.nan))
    if not abs(radius - MOON_RADIUS_M) < 1.0 or abs(_number(crs, "b", radius) - radius) > 1.0:
        body = crs.get("datum") or crs.get("ellps") or crs.get("init") or f"a sphere of {radius:.0f} m"
        raise RequestError(f"terrain file {path} is on {body}, not on the Moon's sphere of 1737400 m")


def _number(crs: Mapping[str, object], key: str, otherwise: float) -> float:
    return float(str(crs.get(key, otherwise)))
