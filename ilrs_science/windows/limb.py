"""Limb: how much of a disc shows beyond the limb of the Moon, seen from an orbiter."""

from __future__ import annotations

from typing import Literal

import numpy as np

from ilrs_science.environment.eclipse import covered_fraction
from ilrs_science.environment.illumination import RADIUS_KM
from ilrs_science.sky.chebyshev import Floats
from ilrs_science.sky.ephemeris import SkyState
from ilrs_science.sky.place import MOON_RADIUS
from ilrs_science.windows.quantities import Signal
from ilrs_science.windows.view import View, along

__all__ = ["shown_over_limb"]

_HALVINGS = 44


def shown_over_limb(body: Literal["sun", "earth"], fraction: float) -> Signal:
    """How far a disc has risen above the place at which a given part of it shows. [rad]

    Parameters
    ----------
    body : {"sun", "earth"}
        Whose disc.
    fraction : float
        Part of its area; 0 is the first contact. [1]
    """

    def signal(sky: SkyState, view: View) -> Floats:
        line, distance = view.from_the_moon(sky, body)
        place = view.place.observer(sky).position
        near = np.linalg.norm(place, axis=-1)
        radius = np.arcsin(RADIUS_KM[body] / distance)
        cover = np.arcsin(np.minimum(MOON_RADIUS / near, 1.0))
        apart = np.arccos(np.clip(-along(line, place) / near, -1.0, 1.0))
        return np.asarray(apart - cover - _gap(radius, np.tan(cover), fraction))

    return signal


def _gap(radius: Floats, cover: Floats, fraction: float) -> Floats:
    """Angle of a disc's centre from the limb at which a part of it shows, by halving. [rad]

    The limb is a circle of a sphere, curved as a flat one whose radius is the tangent of its own.
    """
    if fraction in (0.0, 1.0):
        return (2.0 * fraction - 1.0) * radius
    low, high = -radius, +radius
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        hidden = covered_fraction(cover + middle, radius, cover) > 1.0 - fraction
        low, high = np.where(hidden, middle, low), np.where(hidden, high, middle)
    return np.asarray((low + high) / 2.0)
