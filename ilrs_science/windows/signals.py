"""Signals: the smooth scalar of time behind each kind of constraint, and its value at the Chebyshev nodes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ilrs_science.catalogue.constraint import (
    Constraint,
    Day,
    EarthElevation,
    Eclipse,
    LocalSolarTime,
    Magnetotail,
    Night,
    PhaseAngle,
    RadioQuiet,
    RangeTo,
    Season,
    Separation,
    SunElevation,
    TargetElevation,
)
from ilrs_science.catalogue.constraint.limits import Limits
from ilrs_science.errors import RequestError
from ilrs_science.sky.chebyshev import Floats, node_matrix, nodes
from ilrs_science.sky.ephemeris import SkyState, sky_on_segments
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.windows.aims import Resolve
from ilrs_science.windows.quantities import (
    Signal,
    covered_limb,
    elevated_limb,
    hour_angle,
    minus_cosine_of_phase,
    minus_cosine_of_separation,
    range_to,
    sine_of_elevation,
    sine_of_solar_latitude,
    tail_alignment,
)

__all__ = ["NODES", "SEGMENT", "Leaf", "leaf_of", "node_series", "segment_grid"]

#: Length of a segment: the shortest records of the ephemeris. [s]
SEGMENT = 4 * 86400.0
#: Nodes in a segment: an elevation is then interpolated to 0.01 ms of a window's edge (12 nodes: 0.012 ms, 10: 0.5 ms).
NODES = 14
#: Where one segment begins, and so all of them: DE421 and its lunar orientation share this phase. [s past J2000 TDB]
_ORIGIN = -36680.5 * 86400.0


@dataclass(frozen=True)
class Leaf:
    """A constraint without parts: ``low <= signal <= high``."""

    signal: Signal
    """Smooth function of time."""
    low: float | None
    """Smallest value allowed, in the signal's own scale."""
    high: float | None
    """Largest value allowed, in the signal's own scale."""


def _minus_cosine(angle: float) -> float:
    return float(-np.cos(angle))


def _between(signal: Signal, limits: Limits, scale: Callable[[float], float]) -> Leaf:
    """Limits brought to the signal's scale; one at the end of what is possible excludes nothing."""
    low, high = (
        None if value in (None, end) else float(scale(value))
        for value, end in zip((limits.min, limits.max), limits.possible, strict=True)
    )
    return Leaf(signal, low, high)


def _angle(signal: Signal, limits: Limits, scale: Callable[[float], float]) -> Leaf:
    return _between(signal, limits, lambda degrees: scale(np.radians(degrees)))


def leaf_of(constraint: Constraint, resolve: Resolve, place: SurfacePlace) -> Leaf:
    """The signal and limits of a constraint without parts.

    Parameters
    ----------
    constraint : Constraint
        Any kind but ``all_of``, ``any_of``, ``not`` and the composite ``eclipse``.
    resolve : callable
        Body or star of a name or direction.
    place : SurfacePlace
        Where; the season of a site depends on its hemisphere.

    Returns
    -------
    Leaf

    Raises
    ------
    RequestError
        If the kind has no smooth signal.
    """
    match constraint:
        case SunElevation():
            return _angle(sine_of_elevation("sun"), constraint, np.sin)
        case EarthElevation():
            return _angle(sine_of_elevation("earth"), constraint, np.sin)
        case TargetElevation(target=target):
            return _angle(sine_of_elevation(resolve(target)), constraint, np.sin)
        case Separation(bodies=(one, two)):
            return _angle(minus_cosine_of_separation(resolve(one), resolve(two)), constraint, _minus_cosine)
        case PhaseAngle(body=body):
            return _angle(minus_cosine_of_phase(body), constraint, _minus_cosine)
        case RangeTo(body=body):
            return _between(range_to(body), constraint, float)
        case _:
            return _leaf_of_light(constraint, place)


def _leaf_of_light(constraint: Constraint, place: SurfacePlace) -> Leaf:
    match constraint:
        case Day():
            return Leaf(sine_of_elevation("sun"), 0.0, None)
        case Night():
            return Leaf(sine_of_elevation("sun"), None, 0.0)
        case LocalSolarTime(min=first, max=last):
            half = np.pi * ((last - first) % 86400.0) / 86400.0
            return Leaf(hour_angle(2.0 * np.pi * first / 86400.0 + half), float(np.cos(half)), None)
        case Season(half=None):
            return _angle(sine_of_solar_latitude, constraint, np.sin)
        case Season(half=half):
            north = (half == "summer") == (place.latitude >= 0.0)
            return Leaf(sine_of_solar_latitude, 0.0 if north else None, None if north else 0.0)
        case RadioQuiet(margin=margin, within=radius):
            return Leaf(elevated_limb("earth", radius), None, -float(np.radians(margin)))
        case Magnetotail(half_width=width):
            return Leaf(tail_alignment, float(np.cos(np.radians(width))), None)
        case Eclipse(phase=phase):
            return Leaf(covered_limb(-1.0 if phase == "umbra" else 1.0), 0.0, None)
    raise RequestError(f"{constraint.kind} has no signal that is smooth in time")


def segment_grid(first: float, last: float) -> tuple[float, int]:
    """Segments that cover a span.

    Parameters
    ----------
    first, last : float
        Span. [s past J2000 TDB]

    Returns
    -------
    start : float
        Begin of the first segment. [s past J2000 TDB]
    count : int
        Number of segments.
    """
    lowest = int((first - _ORIGIN) // SEGMENT)
    highest = int(-(-(last - _ORIGIN) // SEGMENT))
    return _ORIGIN + lowest * SEGMENT, max(highest - lowest, 1)


@lru_cache(maxsize=4)
def _sky(start: float, count: int) -> SkyState:
    return sky_on_segments(start, SEGMENT, count, nodes(NODES))


def node_series(leaf: Leaf, place: SurfacePlace, start: float, count: int) -> Floats:
    """Chebyshev coefficients of a signal on consecutive segments.

    Parameters
    ----------
    leaf : Leaf
        The signal.
    place : SurfacePlace
        Where it is taken.
    start : float
        Begin of the first segment. [s past J2000 TDB]
    count : int
        Number of segments.

    Returns
    -------
    (count, NODES) ndarray
        Lowest degree first.
    """
    return leaf.signal(_sky(start, count), place) @ node_matrix(NODES).T
