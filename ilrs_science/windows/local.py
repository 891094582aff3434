"""Local signals: what depends on the terrain, the ground or the station of a site."""

from __future__ import annotations

from typing import Literal

import numpy as np

from ilrs_science.catalogue.constraint import EarthVisible, SunVisible
from ilrs_science.windows.leaf import ANGLE, DISC, Leaf
from ilrs_science.windows.limb import shown_over_limb
from ilrs_science.windows.sampled import Sampled
from ilrs_science.windows.standing import Standing

__all__ = ["LOCAL", "Local", "local_leaf"]

Local = SunVisible | EarthVisible
"""Kinds that depend on what a site is like."""

LOCAL = (SunVisible, EarthVisible)

_SUN_STEP = np.timedelta64(5, "m")
"""The Sun moves by 0.05 deg along the skyline, a tenth of its disc and a fifth of the way between two rays."""
_EARTH_STEP = np.timedelta64(15, "m")
"""The Earth moves by 0.03 deg at the most, of its disc of 1.9 deg."""


def local_leaf(spec: Local, standing: Standing | None) -> Leaf | Sampled:
    """Signal and limits of a kind that depends on what a place is like.

    Parameters
    ----------
    spec : Constraint
        Of one of the kinds `LOCAL`.
    standing : Standing or None
        The site; None on an orbiter.

    Returns
    -------
    Leaf or Sampled
    """
    return _visible(spec, "sun" if isinstance(spec, SunVisible) else "earth", standing)


def _visible(spec: Local, body: Literal["sun", "earth"], standing: Standing | None) -> Leaf | Sampled:
    if standing is None:
        return Leaf(shown_over_limb(body, spec.min_fraction), 0.0, None, (body,), ANGLE)
    step = _SUN_STEP if body == "sun" else _EARTH_STEP
    return Sampled(lambda epochs: standing.visible(body, epochs), spec.min_fraction, None, step, DISC)
