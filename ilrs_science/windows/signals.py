"""Signals: the smooth scalar of time behind each kind of constraint, and its value at the Chebyshev nodes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ilrs_science.catalogue.constraint import (
    AnyConstraint,
    Constraint,
    Day,
    EarthElevation,
    Night,
    Separation,
    SunElevation,
)
from ilrs_science.errors import RequestError
from ilrs_science.sky.chebyshev import Floats, node_matrix, nodes
from ilrs_science.sky.apparent import apparent
from ilrs_science.sky.ephemeris import SkyState, sky_on_segments
from ilrs_science.sky.place import SurfacePlace

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

    signal: Callable[[SkyState, SurfacePlace], Floats]
    """Value at each epoch of a sky; smooth, and rising with the quantity it stands for."""
    low: float | None
    """Smallest value allowed, in the signal's own scale."""
    high: float | None
    """Largest value allowed, in the signal's own scale."""


def _sine_of_elevation(body: str) -> Callable[[SkyState, SurfacePlace], Floats]:
    def signal(sky: SkyState, place: SurfacePlace) -> Floats:
        return np.asarray(apparent(sky, body, place.observer(sky))[0] @ place.axes[2])

    return signal


def _minus_cosine_of_separation(first: str, second: str) -> Callable[[SkyState, SurfacePlace], Floats]:
    def signal(sky: SkyState, place: SurfacePlace) -> Floats:
        one, two = (apparent(sky, body, place.observer(sky))[0] for body in (first, second))
        return np.asarray(-np.einsum("...i,...i->...", one, two))

    return signal


def _minus_cosine(angle: float) -> float:
    return float(-np.cos(angle))


def _leaf(
    signal: Callable[[SkyState, SurfacePlace], Floats],
    scale: Callable[[float], float],
    limits: tuple[float | None, float | None],
    possible: tuple[float, float],
) -> Leaf:
    """Limits in degrees brought to the signal's scale; one at the end of what is possible excludes nothing."""
    low, high = (
        None if value in (None, end) else float(scale(np.radians(value)))
        for value, end in zip(limits, possible, strict=True)
    )
    return Leaf(signal, low, high)


def leaf_of(constraint: AnyConstraint) -> Leaf:
    """The signal and limits of a constraint without parts.

    Parameters
    ----------
    constraint : Constraint
        Any kind but ``all_of``, ``any_of`` and ``not``.

    Returns
    -------
    Leaf

    Raises
    ------
    RequestError
        If the kind has no smooth signal.
    """
    match constraint:
        case SunElevation(min=low, max=high):
            return _leaf(_sine_of_elevation("sun"), np.sin, (low, high), (-90.0, 90.0))
        case EarthElevation(min=low, max=high):
            return _leaf(_sine_of_elevation("earth"), np.sin, (low, high), (-90.0, 90.0))
        case Separation(bodies=(one, two), min=low, max=high):
            signal = _minus_cosine_of_separation(one, two)
            return _leaf(signal, _minus_cosine, (low, high), (0.0, 180.0))
        case Day():
            return Leaf(_sine_of_elevation("sun"), 0.0, None)
        case Night():
            return Leaf(_sine_of_elevation("sun"), None, 0.0)
        case Constraint(kind=kind):
            raise RequestError(f"{kind} has no signal that is smooth in time")


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
