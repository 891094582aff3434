"""Limb: how much of a disc shows beyond the limb of the Moon, seen from an orbiter."""

from __future__ import annotations

from typing import Literal

import numpy as np

from ilrs_science.environment.light.illumination import RADIUS_KM
from ilrs_science.environment.light.limb import limb_angle, over_limb
from ilrs_science.sky.chebyshev import Floats
from ilrs_science.sky.ephemeris import SkyState
from ilrs_science.windows.quantities import Signal
from ilrs_science.windows.view import View

__all__ = ["shown_over_limb"]


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
        gap, cover = over_limb(line, view.place.observer(sky).position)
        return np.asarray(gap - limb_angle(fraction, np.arcsin(RADIUS_KM[body] / distance), cover))

    return signal
