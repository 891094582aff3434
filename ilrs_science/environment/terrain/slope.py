"""Slope: how steep the ground is, and which way it falls."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ilrs_science.environment.terrain.bilinear import Float64s
from ilrs_science.environment.terrain.stack import MOON_RADIUS_M, Dem, TerrainStack
from ilrs_science.errors import RequestError
from ilrs_science.units import parse_quantity

__all__ = ["Slope", "slope_at"]

SHORTEST_CELLS = 2.0
"""A baseline has at least this many pixels of the grid that answers [1]: below it one sees the interpolation."""

LONGEST_M = 100_000.0
"""Longest baseline [m] (assumed): beyond it the ground is no plane."""

_WEIGHTS = ((-1, 1, 1), (0, 1, 2), (1, 1, 1), (-1, -1, 1), (0, -1, 2), (1, -1, 1), (-1, 0, 2), (1, 0, 2))
"""Steps east and north to the eight neighbours and their weights (Horn 1981)."""


class Slope(NamedTuple):
    """Slope of the ground and over which length it was measured."""

    slope: Float64s
    """From the local horizontal, 0 to 90. [deg]"""
    aspect: Float64s
    """Azimuth of steepest descent, from north through east; 0 on level ground. [deg]"""
    baseline: Float64s
    """Length over which heights were compared. [m]"""


def slope_at(
    terrain: TerrainStack | Dem,
    latitude: npt.ArrayLike,
    longitude: npt.ArrayLike,
    *,
    baseline: str | float | None = None,
) -> Slope:
    """Measure the slope of the ground.

    Parameters
    ----------
    terrain : TerrainStack or Dem
        Grids; each place takes all heights from the finest one that has them.
    latitude, longitude : array_like
        Selenographic, MOON_ME, east positive; broadcast against each other. [deg]
    baseline : str or float, optional
        Length over which heights are compared, with unit or in metres; never less than two pixels of the grid that
        answers, which is what is taken if it is left out. [m]

    Returns
    -------
    Slope
        Slope, aspect and baseline, in the shape of the places; NaN where no grid knows the ground.

    Raises
    ------
    RequestError
        If the baseline is not a length between 0 and 100 km.

    Notes
    -----
    Horn's (1981) differences of the eight neighbours at half a baseline, in the tangent plane of the place::

        p = ((z_ne + 2 z_e + z_se) - (z_nw + 2 z_w + z_sw)) / (4 b),  likewise q to the north
        slope = atan(hypot(p, q)),  aspect = atan2(-p, -q)

    Heights are above the sphere, so its curvature is no slope; lengths are those on the ground at its own height. At
    a pole, north is where the given longitude says: away from it at the south pole, as for horizons.
    Slope falls as the baseline grows: two of them compare only on the same one (Rosenburg et al. 2011,
    doi:10.1029/2010JE003716).

    References
    ----------
    Horn, B. K. P. (1981). Hill shading and the reflectance map. Proc. IEEE 69, 14-47,
    doi:10.1109/PROC.1981.11918.
    """
    wanted = _length(baseline)
    phi, lam = np.broadcast_arrays(np.asarray(latitude, float), np.asarray(longitude, float))
    shape, phi, lam = phi.shape, phi.ravel(), lam.ravel()
    p, q, length = (np.full(phi.size, np.nan) for _ in range(3))
    for dem in terrain.dems if isinstance(terrain, TerrainStack) else (terrain,):
        todo = np.flatnonzero(np.isnan(p))
        if not todo.size:
            break
        length[todo] = max(wanted, SHORTEST_CELLS * dem.cell)
        p[todo], q[todo] = _gradient(dem, phi[todo], lam[todo], 0.5 * max(wanted, SHORTEST_CELLS * dem.cell))
    length[np.isnan(p)] = np.nan
    slope = np.degrees(np.arctan(np.hypot(p, q)))
    aspect = np.where(slope == 0.0, 0.0, np.degrees(np.arctan2(-p, -q)) % 360.0)
    return Slope(slope.reshape(shape), aspect.reshape(shape), length.reshape(shape))


def _length(baseline: str | float | None) -> float:
    if baseline is None:
        return 0.0
    length = parse_quantity(baseline, "m") if isinstance(baseline, str) else float(baseline)
    if not 0.0 < length <= LONGEST_M:
        raise RequestError(f"baseline of {length:g} m; give more than 0 and at most {LONGEST_M:g} m")
    return length


def _gradient(dem: Dem, latitude: Float64s, longitude: Float64s, step: float) -> tuple[Float64s, Float64s]:
    """Rise to the east and to the north by length on the ground [1], of one grid; NaN where it does not know all."""
    phi, lam = np.radians(latitude), np.radians(longitude)
    up = np.array([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)])
    east = np.array([-np.sin(lam), np.cos(lam), np.zeros_like(lam)])
    north = np.array([-np.sin(phi) * np.cos(lam), -np.sin(phi) * np.sin(lam), np.cos(phi)])
    angle = step / MOON_RADIUS_M
    p, q = np.zeros_like(phi), np.zeros_like(phi)
    for right, ahead, weight in _WEIGHTS:
        x, y, z = up + angle * (right * east + ahead * north)
        height = dem.height(np.degrees(np.arctan2(z, np.hypot(x, y))), np.degrees(np.arctan2(y, x)))
        p += weight * right * height
        q += weight * ahead * height
    on_the_ground = 8.0 * step * (1.0 + dem.height(latitude, longitude) / MOON_RADIUS_M)
    return p / on_the_ground, q / on_the_ground
