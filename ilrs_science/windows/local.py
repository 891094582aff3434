"""Local signals: what depends on the terrain, the ground or the station of a site."""

from __future__ import annotations

from typing import Literal

import numpy as np

from ilrs_science.catalogue.constraint import (
    EarthVisible,
    LinkRate,
    PowerAvailable,
    SunVisible,
    Temperature,
)
from ilrs_science.catalogue.constraint.limits import Limits
from ilrs_science.environment.heat.temperature import temperature_series
from ilrs_science.environment.links.partners import routes
from ilrs_science.environment.power.plant import plant_power
from ilrs_science.epochs import Epochs
from ilrs_science.errors import RequestError
from ilrs_science.sky.chebyshev import Floats
from ilrs_science.windows.leaf import ANGLE, DISC, KELVIN, RATE, WATT, Leaf, Scale
from ilrs_science.windows.limb import shown_over_limb
from ilrs_science.windows.sampled import Sampled, Value
from ilrs_science.windows.standing import Standing

__all__ = ["Local", "local_leaf"]

Local = SunVisible | EarthVisible | Temperature | PowerAvailable | LinkRate
"""Kinds that depend on what a site is like."""

_SUN_STEP = np.timedelta64(5, "m")
"""The Sun moves by 0.05 deg along the skyline, a tenth of its disc and a fifth of the way between two rays."""
_EARTH_STEP = np.timedelta64(15, "m")
"""The Earth moves by 0.03 deg at the most, of its disc of 1.9 deg."""

_HEAT_STEP = np.timedelta64(15, "m")
"""Between looks the series is monotone but for an extreme, which is sought; it is computed every five minutes."""


def local_leaf(spec: Local, standing: Standing | None) -> Leaf | Sampled:
    """Signal and limits of a kind that depends on what a place is like.

    Parameters
    ----------
    spec : Constraint
        Of one of the kinds in `Local`.
    standing : Standing or None
        The site; None on an orbiter.

    Returns
    -------
    Leaf or Sampled

    Raises
    ------
    RequestError
        If an orbiter has no ground, or a site no station, for the kind.
    """
    if isinstance(spec, SunVisible | EarthVisible):
        return _visible(spec, "sun" if isinstance(spec, SunVisible) else "earth", standing)
    if standing is None:
        raise RequestError(f"{spec.kind} belongs to a site on the Moon, not to an orbiter")
    match spec:
        case Temperature():
            return _temperature(spec, standing)
        case PowerAvailable():
            return _power(spec, standing)
        case LinkRate():
            return _rate(spec, standing)


def _visible(
    spec: SunVisible | EarthVisible, body: Literal["sun", "earth"], standing: Standing | None
) -> Leaf | Sampled:
    if standing is None:
        return Leaf(shown_over_limb(body, spec.min_fraction), 0.0, None, (body,), ANGLE)
    step = _SUN_STEP if body == "sun" else _EARTH_STEP
    return Sampled(lambda epochs: standing.visible(body, epochs), spec.min_fraction, None, step, DISC)


def _temperature(spec: Temperature, standing: Standing) -> Sampled:
    series = temperature_series(
        standing.site,
        *standing.span,
        terrain=standing.grids or "none",
        slope=spec.slope,
        aspect=spec.aspect,
        depth=spec.depth,
    )
    return _between(series, spec, _HEAT_STEP, KELVIN)


def _power(spec: PowerAvailable, standing: Standing) -> Sampled:
    station = standing.station
    if station is None:
        raise RequestError("power_available belongs to a station; give its id as the place")

    def power(epochs: Epochs) -> Floats:
        return np.asarray(plant_power(station, standing.light(epochs))["power_available"].values)

    return _between(power, spec, _SUN_STEP, WATT, guide=lambda epochs: standing.visible("sun", epochs))


def _rate(spec: LinkRate, standing: Standing) -> Sampled:
    if standing.station is None:
        raise RequestError("link_rate belongs to a station; give its id as the place")
    found = routes(
        standing.station,
        spec.via,
        *standing.span,
        terrain=standing.grids or "none",
        mast=standing.mast,
        site=standing.site,
        catalogue=standing.catalogue,
    )

    def rate(epochs: Epochs) -> Floats:
        return np.asarray(np.max([route.rate(epochs) for route in found], axis=0))

    def clearance(epochs: Epochs) -> Floats:
        return np.asarray(np.max([route.clearance(epochs) for route in found], axis=0))

    step = np.timedelta64(round(1e6 * min(route.step for route in found)), "us")
    return _between(rate, spec, step, RATE, guide=clearance)


def _between(
    value: Value, limits: Limits, step: np.timedelta64, scale: Scale, guide: Value | None = None
) -> Sampled:
    low, high = (
        None if limit == end else limit
        for limit, end in zip((limits.min, limits.max), limits.possible, strict=True)
    )
    return Sampled(value, low, high, step, scale, guide)
