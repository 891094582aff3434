"""Regions: which part of the plasma around the Earth the Moon or an orbiter is in."""

from __future__ import annotations

import numpy as np

from ilrs_science.catalogue.constraint import PlasmaRegion
from ilrs_science.environment.plasma import bow_shock_margin, magnetopause_margin
from ilrs_science.epochs import Epochs
from ilrs_science.sky.chebyshev import Floats
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.sky.trajectory import Trajectory
from ilrs_science.windows.leaf import DEGREE
from ilrs_science.windows.sampled import Sampled
from ilrs_science.windows.view import View

__all__ = ["region_leaves"]

_STEP = np.timedelta64(20, "m")
"""The Moon goes through the tail in four days; a low orbiter may cross the edge again and again, half a turn apart."""


def region_leaves(spec: PlasmaRegion, view: View) -> tuple[Sampled, ...]:
    """Angles inside the magnetopause and the bow shock, seen from the Earth, and their limits.

    Parameters
    ----------
    spec : PlasmaRegion
        Which region.
    view : View
        Where: the Moon's own place for a site counts as well as an orbiter's.

    Returns
    -------
    tuple of Sampled
        All must hold.
    """
    place = view.place
    assert isinstance(place, SurfacePlace | Trajectory)

    def pause(epochs: Epochs) -> Floats:
        return magnetopause_margin(epochs, place)

    def shock(epochs: Epochs) -> Floats:
        return bow_shock_margin(epochs, place)

    match spec.region:
        case "magnetotail":
            return (Sampled(pause, 0.0, None, _STEP, DEGREE),)
        case "magnetosheath":
            return Sampled(pause, None, 0.0, _STEP, DEGREE), Sampled(shock, 0.0, None, _STEP, DEGREE)
        case "solar_wind":
            return (Sampled(shock, None, 0.0, _STEP, DEGREE),)
