"""Leaf: a constraint without parts as a signal between two limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ilrs_science.catalogue.constraint.limits import Limits
from ilrs_science.sky.apparent import Aim
from ilrs_science.sky.chebyshev import Floats
from ilrs_science.sky.place import Place
from ilrs_science.windows.quantities import Signal

__all__ = [
    "ANGLE",
    "COSINE",
    "DEGREE",
    "DISC",
    "DISTANCE",
    "HOURS",
    "KELVIN",
    "MINUS_COSINE",
    "PLAIN",
    "RATE",
    "SINE",
    "WATT",
    "Leaf",
    "Scale",
    "between",
    "sides_of",
]


@dataclass(frozen=True)
class Scale:
    """How a quantity in its own unit and the signal that stands for it are converted."""

    unit: str
    """Unit of the quantity."""
    signal: Callable[[float], float]
    """Signal of a quantity."""
    quantity: Callable[[Floats], Floats]
    """Quantity of a signal."""


def _arccos(value: Floats) -> Floats:
    return np.asarray(np.degrees(np.arccos(np.clip(value, -1.0, 1.0))))


#: A signal that is the sine of an angle.
SINE = Scale(
    "deg",
    lambda angle: float(np.sin(np.radians(angle))),
    lambda value: np.degrees(np.arcsin(np.clip(value, -1.0, 1.0))),
)
#: A signal that is minus the cosine of an angle.
MINUS_COSINE = Scale("deg", lambda angle: float(-np.cos(np.radians(angle))), lambda value: _arccos(-value))
#: A signal that is the cosine of an angle, and falls with it.
COSINE = Scale("deg", lambda angle: float(np.cos(np.radians(angle))), _arccos)
#: The same in hours of a turn.
HOURS = Scale("h", lambda hours: float(np.cos(np.pi / 12.0 * hours)), lambda value: _arccos(value) / 15.0)
#: A signal that is an angle in radians.
ANGLE = Scale("deg", lambda angle: float(np.radians(angle)), np.degrees)
#: A signal that is a distance.
DISTANCE = Scale("km", float, np.asarray)
#: A signal that is the quantity itself, a number without unit.
PLAIN = Scale("1", float, np.asarray)
#: The same in other units.
KELVIN, WATT, RATE, DEGREE = (Scale(unit, float, np.asarray) for unit in ("K", "W", "Mbit/s", "deg"))
#: A signal that is the visible part of a disc: 1 is the whole of it, however high it stands; below 0 it is hidden.
DISC = Scale("1", float, lambda value: np.minimum(value, 1.0))


@dataclass(frozen=True)
class Leaf:
    """A constraint without parts: ``low <= signal <= high``."""

    signal: Signal
    """Smooth function of time."""
    low: float | None
    """Smallest value allowed, in the signal's own scale."""
    high: float | None
    """Largest value allowed, in the signal's own scale."""
    aims: tuple[Aim | Place, ...] = ()
    """What takes part besides the place."""
    scale: Scale = SINE
    """Unit in which the signal is told to a person."""

    @property
    def limits(self) -> tuple[float, ...]:
        """The limits that there are, in the signal's own scale."""
        return tuple(limit for limit, _ in self.sides)

    @property
    def sides(self) -> tuple[tuple[float, float], ...]:
        """Each limit with its sign: 1 if the signal must be above it, -1 if below."""
        return sides_of(self.low, self.high)


def sides_of(low: float | None, high: float | None) -> tuple[tuple[float, float], ...]:
    """Limits that there are, each with its sign.

    Parameters
    ----------
    low, high : float or None
        Smallest and largest value allowed.

    Returns
    -------
    tuple of tuple
        1 with a value that must be at least so large, -1 with one that must be at most so.
    """
    return tuple((limit, sign) for limit, sign in ((low, 1.0), (high, -1.0)) if limit is not None)


def between(signal: Signal, limits: Limits, scale: Scale, *aims: Aim | Place) -> Leaf:
    """Leaf of a quantity between two limits; a limit at the end of what is possible excludes nothing.

    Parameters
    ----------
    signal : callable
        Stands for the quantity.
    limits : Limits
        In the unit of the scale.
    scale : Scale
        Between the two.
    *aims : str, Star or Mover
        What takes part.

    Returns
    -------
    Leaf
    """
    low, high = (
        None if value in (None, end) else scale.signal(value)
        for value, end in zip((limits.min, limits.max), limits.possible, strict=True)
    )
    return Leaf(signal, low, high, aims, scale)
