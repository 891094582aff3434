"""Sampled signals: what is not smooth in time is looked at in steps; edges are refined on the function itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import TypeAlias

import numpy as np

from ilrs_science.environment.crossings import first_changed
from ilrs_science.epochs import Epochs
from ilrs_science.intervals import Windows
from ilrs_science.sky.chebyshev import Floats
from ilrs_science.windows.leaf import PLAIN, Scale, sides_of

__all__ = ["Sampled"]

#: Value at any epochs, in any order.
Value: TypeAlias = Callable[[Epochs], Floats]

#: Epochs whose sky is held in memory at once.
_BLOCK = 1 << 16
_INSTANT = np.timedelta64(1, "us")
#: Part of a bracket that golden-section search keeps.
_GOLDEN = (np.sqrt(5.0) - 1.0) / 2.0
#: It shrinks a bracket of ten minutes to 0.1 s, where an extreme is known to the square of that.
_GOLDEN_STEPS = 18


@dataclass(frozen=True, eq=False)
class Sampled:
    """A constraint without parts whose signal is known at any epoch but has no short series."""

    value: Value
    """The quantity itself."""
    low: float | None
    """Smallest value allowed."""
    high: float | None
    """Largest value allowed."""
    step: np.timedelta64
    """Between looks; a stay on one side that is shorter may only be missed where the signal turns twice in it."""
    scale: Scale = PLAIN
    """Unit in which the value is told to a person."""
    guide: Value | None = None
    """A function that is above zero where the value can be within its limits, and turns where the value stands still:
    what opens only between two looks is found by it."""

    @property
    def sides(self) -> tuple[tuple[float, float], ...]:
        """Each limit with its sign: 1 if the value must be at or above it, -1 if at or below."""
        return sides_of(self.low, self.high)

    def windows(self, span: tuple[np.datetime64, np.datetime64]) -> Windows:
        """When the value is within its limits.

        Parameters
        ----------
        span : tuple of datetime64
            Start and end, UTC.

        Returns
        -------
        Windows
            With the span. Edges are where the function crosses a limit, to a microsecond.

        Notes
        -----
        The function is looked at in steps. Where it turns close to a limit without reaching it, the turning point is
        sought by golden sections, so that a short stay beyond the limit is found. Then every change between two looks
        is halved until it is known.
        """
        epochs = _looks(*span, self.step)
        if self.guide is not None:
            turns, _ = _near_turns(self.guide, epochs, _in_blocks(self.guide, epochs))
            epochs = np.sort(np.concatenate([epochs, turns]))
        values = self.at(epochs)
        found = (self._one_side(epochs, values, limit, sign, span) for limit, sign in self.sides)
        return reduce(lambda a, b: a & b, found, Windows([span[0]], [span[1]], span))

    def at(self, epochs: Epochs) -> Floats:
        """Value at any epochs, a block at a time.

        Parameters
        ----------
        epochs : (n,) ndarray of datetime64
            UTC.

        Returns
        -------
        (n,) ndarray
        """
        return _in_blocks(self.value, epochs)

    def highest(self, sign: float, within: Windows) -> tuple[float, np.datetime64]:
        """Largest value, or the smallest, inside windows.

        Parameters
        ----------
        sign : float
            1 for the largest value, -1 for the smallest.
        within : Windows
            At least one.

        Returns
        -------
        value : float
            In the unit.
        when : datetime64
            When it is reached first, UTC.
        """
        looks = [_looks(start, end, self.step) for start, end in within]
        epochs = np.unique(np.concatenate(looks))
        signed = sign * self.at(epochs)
        best = int(np.argmax(signed))
        around = next(one for one in looks if one[0] <= epochs[best] <= one[-1])
        low, high = max(epochs[best] - self.step, around[0]), min(epochs[best] + self.step, around[-1])
        turn, peak = _peaks(_times(sign, self.value), np.array([low]), np.array([high]))
        if peak[0] > signed[best]:
            return float(sign * peak[0]), turn[0]
        return float(sign * signed[best]), epochs[best]

    def _one_side(
        self,
        epochs: Epochs,
        values: Floats,
        limit: float,
        sign: float,
        span: tuple[np.datetime64, np.datetime64],
    ) -> Windows:
        def margin(when: Epochs) -> Floats:
            return np.asarray(sign * (self.value(when) - limit))

        looks, margins = epochs, sign * (values - limit)
        for way in (1.0, -1.0):  # a stay beyond the limit that no look has seen, then a short absence
            turns, peaks = _near_turns(_times(way, margin), looks, way * margins)
            order = np.argsort(np.concatenate([looks, turns]), kind="stable")
            looks = np.concatenate([looks, turns])[order]
            margins = np.concatenate([margins, way * peaks])[order]
        holds = margins >= 0.0
        change = np.flatnonzero(holds[1:] != holds[:-1])
        edges = first_changed(
            lambda when: margin(when) >= 0.0, looks[change], looks[change + 1], holds[change]
        )
        starts, ends = edges[~holds[change]], edges[holds[change]]
        starts = np.append(looks[:1], starts) if holds[0] else starts
        ends = np.append(ends, looks[-1:]) if holds[-1] else ends
        return Windows(starts, ends, span)


def _in_blocks(function: Value, epochs: Epochs) -> Floats:
    parts = [function(epochs[first : first + _BLOCK]) for first in range(0, len(epochs), _BLOCK)]
    return np.concatenate(parts) if parts else np.empty(0)


def _times(factor: float, function: Value) -> Value:
    return lambda when: factor * function(when)


def _looks(start: np.datetime64, end: np.datetime64, step: np.timedelta64) -> Epochs:
    return np.append(np.arange(start, end, step), end)


def _near_turns(margin: Value, looks: Epochs, margins: Floats) -> tuple[Epochs, Floats]:
    """Turning points at which the margin is not negative, between looks at which it is."""
    left, mid, right = margins[:-2], margins[1:-1], margins[2:]
    turns = (mid >= left) & (mid >= right) & (mid > np.minimum(left, right))
    reach = mid + np.maximum(np.abs(mid - left), np.abs(right - mid))
    near = np.flatnonzero((mid < 0.0) & turns & (reach >= 0.0))
    when, peaks = _peaks(margin, looks[near], looks[near + 2])
    return when[peaks >= 0.0], peaks[peaks >= 0.0]


def _peaks(function: Value, low: Epochs, high: Epochs) -> tuple[Epochs, Floats]:
    """Where a function has its one highest value between two epochs, and that value, by golden sections."""
    if not len(low):
        return low, np.empty(0)

    def at(offset: Floats) -> Floats:
        return function(low + np.round(offset).astype("timedelta64[us]"))

    a, b = np.zeros(len(low)), (high - low) / _INSTANT
    x, y = b - _GOLDEN * b, _GOLDEN * b
    fx, fy = at(x), at(y)
    for _ in range(_GOLDEN_STEPS):
        left = fx >= fy
        a, b = np.where(left, a, x), np.where(left, y, b)
        new = np.where(left, b - _GOLDEN * (b - a), a + _GOLDEN * (b - a))
        f_new = at(new)
        x, fx, y, fy = (
            np.where(left, new, y),
            np.where(left, f_new, fy),
            np.where(left, x, new),
            np.where(left, fx, f_new),
        )
    best = np.where(fx >= fy, x, y)
    return low + np.round(best).astype("timedelta64[us]"), np.maximum(fx, fy)
