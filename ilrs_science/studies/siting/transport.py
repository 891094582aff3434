"""What it takes to bring a kilogram there: mass sent toward the Moon, by the rocket equation."""

from __future__ import annotations

import math
from typing import Final

from ilrs_science.catalogue.orbit import Orbit
from ilrs_science.catalogue.site import Site

__all__ = ["DELTA_V", "SPECIFIC_IMPULSE_S", "launch_mass_ratio"]

#: Manoeuvres after the injection toward the Moon, one way. (assumed: with chemical stages a low orbit takes 0.8 to 1.0,
#: a landing from it 1.7 to 2.1, a halo orbit or a distant retrograde one about half of a low orbit) [km/s]
DELTA_V: Final = {"low_orbit": 0.9, "high_orbit": 0.65, "far_orbit": 0.45, "landing": 1.9}
#: Of a storable bipropellant stage. (assumed) [s]
SPECIFIC_IMPULSE_S: Final = 320.0
#: Dry mass of a stage over its propellant. (assumed) [1]
TANKS: Final = 0.15
GRAVITY: Final = 9.80665e-3
#: Heights of the apolune up to which an orbit is low, and bound to the Moon alone. (assumed) [km]
LOW_KM, HIGH_KM = 1000.0, 30000.0


def launch_mass_ratio(place: Site | Orbit) -> float:
    """Mass injected toward the Moon for each kilogram that arrives: an assumption, the same for every candidate.

    Parameters
    ----------
    place : Site or Orbit
        Where it arrives.

    Returns
    -------
    float
        [1]
    """
    burns = ["low_orbit", "landing"] if isinstance(place, Site) else [_kind(place)]
    ratio = 1.0
    for burn in burns:
        grown = math.exp(DELTA_V[burn] / (GRAVITY * SPECIFIC_IMPULSE_S))
        ratio *= grown / (1 - TANKS * (grown - 1))
    return ratio


def _kind(orbit: Orbit) -> str:
    if orbit.apolune_height < LOW_KM:
        return "low_orbit"
    return "high_orbit" if orbit.apolune_height < HIGH_KM else "far_orbit"
