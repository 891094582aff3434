"""Regolith: what the upper metres of the Moon are made of, and the layers in which heat is followed through them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ilrs_science.errors import RequestError

__all__ = ["Column", "Regolith", "column"]

FIRST_GAP = 0.0015
"""Between the surface and the first node below it [m], a twentieth of the skin depth of a lunar day at the surface."""

GROWTH = 1.2
"""Of the gaps from one node to the next, as Hayne et al. 2017, A2.2, have it (n = 5) [1]. On a much finer grid the
equator's temperature is 0.04 K off in the median, 0.4 K at sunrise (tests/environment/heat/test_conduction.py)."""

BOTTOM = 2.0
"""Depth of the lowest node [m], some ten skin depths of a year."""

#: Smallest and largest value that each property may have.
_LIMITS = {
    "surface_density": (1.0, 5000.0),
    "deep_density": (1.0, 5000.0),
    "scale_height": (1e-4, 100.0),
    "surface_conductivity": (1e-6, 10.0),
    "deep_conductivity": (1e-6, 10.0),
    "radiative": (0.0, 100.0),
    "emissivity": (0.1, 1.0),
    "heat_flow": (0.0, 1.0),
    "albedo": (0.0, 1.0),
}

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Regolith:
    """Thermal properties of the ground; by default those of the average Moon.

    References
    ----------
    Hayne et al. 2017, doi:10.1002/2017JE005387, table A1 and equations A2 to A8.
    """

    surface_density: float = 1100.0
    """[kg/m3]"""
    deep_density: float = 1800.0
    """[kg/m3]"""
    scale_height: float = 0.06
    """Depth in which density and conductivity come nearer to the deep values by a factor e. [m]"""
    surface_conductivity: float = 7.4e-4
    """Through the contacts of the grains. [W/m/K]"""
    deep_conductivity: float = 3.4e-3
    """Through the contacts of the grains. [W/m/K]"""
    radiative: float = 2.7
    """Conductivity by radiation between the grains at 350 K over that by contact, chi. [1]"""
    emissivity: float = 0.95
    """In the infrared. [1]"""
    heat_flow: float = 0.018
    """From the interior. [W/m2]"""
    albedo: float = 0.12
    """Bond albedo for light from the zenith; 0.12 on highlands, 0.06 to 0.07 on maria. [1]"""

    def __post_init__(self) -> None:
        for field in fields(self):
            value, (low, high) = getattr(self, field.name), _LIMITS[field.name]
            if not low <= value <= high:
                raise RequestError(f"{field.name} of {value:g} is outside {low:g} to {high:g}")

    def density(self, depth: npt.ArrayLike) -> Floats:
        """Give the bulk density.

        Parameters
        ----------
        depth : array_like
            Below the surface. [m]

        Returns
        -------
        ndarray
            [kg/m3]
        """
        return self._falling(self.surface_density, self.deep_density, depth)

    def conductivity(self, depth: npt.ArrayLike, temperature: npt.ArrayLike) -> Floats:
        """Give the conductivity by contact and radiation.

        Parameters
        ----------
        depth : array_like
            Below the surface. [m]
        temperature : array_like
            [K]

        Returns
        -------
        ndarray
            ``k (1 + chi (T / 350 K)**3)``. [W/m/K]
        """
        contact = self._falling(self.surface_conductivity, self.deep_conductivity, depth)
        warm: Floats = 1.0 + self.radiative * (np.asarray(temperature, float) / 350.0) ** 3
        return contact * warm

    def heat_capacity(self, temperature: npt.ArrayLike) -> Floats:
        """Give the specific heat.

        Parameters
        ----------
        temperature : array_like
            The polynomial holds from 10 to 400 K. [K]

        Returns
        -------
        ndarray
            [J/kg/K]
        """
        capacity: Floats = np.polynomial.polynomial.polyval(np.asarray(temperature, float), HEAT_CAPACITY)
        return capacity

    def reflected(self, incidence: npt.ArrayLike) -> Floats:
        """Give the Bond albedo for light from a direction.

        Parameters
        ----------
        incidence : array_like
            Angle between the light and the normal of the ground, 0 to 90. [deg]

        Returns
        -------
        ndarray
            ``A0 + 0.06 (i / 45 deg)**3 + 0.25 (i / 90 deg)**8``, 1 at the most. [1]
        """
        angle = np.asarray(incidence, float)
        rise = 0.06 * (angle / 45.0) ** 3 + 0.25 * (angle / 90.0) ** 8
        albedo: Floats = np.minimum(self.albedo + rise, 1.0)
        return albedo

    def _falling(self, surface: float, deep: float, depth: npt.ArrayLike) -> Floats:
        values: Floats = deep - (deep - surface) * np.exp(-np.asarray(depth, float) / self.scale_height)
        return values


HEAT_CAPACITY = (-3.6125, 2.7431, 2.3616e-3, -1.2340e-5, 8.9093e-9)
"""Coefficients of the specific heat in powers of the temperature, constant first (Hayne et al. 2017, table A1, after
Hemingway et al. 1973 and Ledlow et al. 1992). [J/kg/K]"""


class Column(NamedTuple):
    """Ground cut into layers: one node each, the first on the surface itself with half a layer below it."""

    depth: Floats
    """(node,) Of the nodes. [m]"""
    mass: Floats
    """(node,) Of the layers. [kg/m2]"""
    conductance: Floats
    """(node - 1,) By contact, from each node to the next. [W/m2/K]"""
    radiative: float
    """Flux goes with the difference of ``T + radiative T**4``. [1/K3]"""
    capacity: Floats
    """(5,) Coefficients of the specific heat, constant first. [J/kg/K]"""
    heat_flow: float
    """Into the lowest layer. [W/m2]"""

    def potential(self, temperature: npt.ArrayLike) -> Floats:
        """Give what drives heat: flux is conductance by contact times its difference.

        Parameters
        ----------
        temperature : array_like
            [K]

        Returns
        -------
        ndarray
            ``T + radiative T**4``. [K]
        """
        known = np.asarray(temperature, float)
        driving: Floats = known + self.radiative * known**4
        return driving

    def temperature(self, potential: npt.ArrayLike) -> Floats:
        """Give the temperature of a potential, the inverse of `potential`.

        Parameters
        ----------
        potential : array_like
            [K]

        Returns
        -------
        ndarray
            [K]
        """
        wanted = np.asarray(potential, float)
        found: Floats = np.minimum(wanted, 400.0)
        for _ in range(30):  # from above the root, Newton's method on this convex function falls to it
            found = found - (self.potential(found) - wanted) / (1.0 + 4.0 * self.radiative * found**3)
        return found

    @property
    def rise(self) -> Floats:
        """(node,) Potential above that of the surface that carries the heat flow upward at rest. [K]"""
        return np.concatenate([[0.0], np.cumsum(self.heat_flow / self.conductance)])


def column(
    regolith: Regolith, *, first: float = FIRST_GAP, growth: float = GROWTH, bottom: float = BOTTOM
) -> Column:
    """Cut the ground into layers that grow with depth.

    Parameters
    ----------
    regolith : Regolith
        What it is made of.
    first : float
        Gap below the surface. [m]
    growth : float
        Of the gaps, 1 or more. [1]
    bottom : float
        The lowest node is at this depth or less than a gap deeper. [m]

    Returns
    -------
    Column
        Masses and resistances are the exact integrals of the exponential profiles.

    Notes
    -----
    As the conductivity by contact depends on depth alone, its product with the gradient of ``T + chi T**4 / (4
    (350 K)**3)`` is the flux with radiation between the grains included.
    """
    count = int(np.ceil(np.log1p(bottom * (growth - 1.0) / first) / np.log(growth))) if growth > 1.0 else 0
    count = count or int(np.ceil(bottom / first - 1e-9))
    depth = np.concatenate([[0.0], np.cumsum(first * growth ** np.arange(count))])
    edges = np.concatenate([[0.0], 0.5 * (depth[1:] + depth[:-1]), depth[-1:]])
    height, deep = regolith.scale_height, regolith.deep_conductivity
    missing = (regolith.deep_density - regolith.surface_density) * height
    mass = np.diff(regolith.deep_density * edges + missing * np.exp(-edges / height))
    contact = regolith.conductivity(depth, 0.0)
    resistance = np.diff((depth + height * np.log(contact)) / deep)
    return Column(
        depth,
        mass,
        1.0 / resistance,
        regolith.radiative / (4.0 * 350.0**3),
        np.array(HEAT_CAPACITY),
        regolith.heat_flow,
    )
