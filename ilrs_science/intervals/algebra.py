"""Algebra of intervals: union, intersection, difference, complement, and the four operations of SPICE windows."""

from __future__ import annotations

from typing import Self

import numpy as np

from ilrs_science.epochs import parse_span
from ilrs_science.errors import EpochError
from ilrs_science.intervals.disjoint import Disjoint, Interval, Span
from ilrs_science.intervals.duration import microseconds
from ilrs_science.intervals.edges import Edges, outside, overlaps, tidy

__all__ = ["Algebra"]


class Algebra(Disjoint):
    """Operations that make windows out of windows."""

    __slots__ = ()

    @classmethod
    def everything(cls, start: object, end: object) -> Self:
        """One interval over a whole span.

        Parameters
        ----------
        start, end : str, datetime or datetime64
            UTC, as `ilrs_science.epochs.parse_epoch` takes them.

        Returns
        -------
        Windows
            With the span set.
        """
        span = parse_span(start, end)
        return cls._of(np.array([span[0]]), np.array([span[1]]), span)

    def __and__(self, other: Self) -> Self:
        if not isinstance(other, Disjoint):
            return NotImplemented
        return self._joined(other, overlaps(self._edges, other._edges, 2))

    def __or__(self, other: Self) -> Self:
        if not isinstance(other, Disjoint):
            return NotImplemented
        return self._joined(other, overlaps(self._edges, other._edges, 1))

    def __sub__(self, other: Self) -> Self:
        if not isinstance(other, Disjoint):
            return NotImplemented
        return self._joined(other, overlaps(self._edges, outside(other._edges), 2))

    def _joined(self, other: Self, edges: Edges) -> Self:
        """Result of an operation, known on the common span."""
        if self._span == other._span:  # the operands are clipped to it, so the result is
            return self._of(*edges, self._span)
        return self._clipped(edges, _common_span(self._span, other._span))

    def __invert__(self) -> Self:
        if self._span is None:
            raise EpochError(
                "these windows have no span to take the complement in; use .complement(start, end)"
            )
        return self._rest(self._span)

    def complement(self, start: object, end: object) -> Self:
        """What these windows leave of a span.

        Parameters
        ----------
        start, end : str, datetime or datetime64
            UTC.

        Returns
        -------
        Windows
            With the span set.
        """
        return self._rest(parse_span(start, end))

    def _rest(self, span: Interval) -> Self:
        return self._clipped(outside(self._edges), span)

    def contract(self, left: str | np.timedelta64, right: str | np.timedelta64 | None = None) -> Self:
        """Each interval later by ``left`` at its start and earlier by ``right`` at its end (SPICE ``wncond``).

        Parameters
        ----------
        left, right : str or timedelta64
            Durations with a unit, such as ``"10 min"``; ``right`` is ``left`` unless given.

        Returns
        -------
        Windows
            Intervals that are too short are gone.
        """
        before = microseconds(left)
        return self._moved(before, before if right is None else microseconds(right))

    def expand(self, left: str | np.timedelta64, right: str | np.timedelta64 | None = None) -> Self:
        """Each interval earlier by ``left`` and later by ``right``, merged and clipped to the span (``wnexpd``).

        Parameters
        ----------
        left, right : str or timedelta64
            Durations with a unit; ``right`` is ``left`` unless given.

        Returns
        -------
        Windows
        """
        before = microseconds(left)
        return self._moved(-before, -(before if right is None else microseconds(right)))

    def _moved(self, before: int, after: int) -> Self:
        starts, ends = self._edges
        starts, ends = starts + before, ends - after
        keep = starts < ends
        return self._clipped(tidy(starts[keep], ends[keep]), self._span)

    def fill(self, shorter_than: str | np.timedelta64) -> Self:
        """Gaps no longer than a duration closed (``wnfild``).

        Parameters
        ----------
        shorter_than : str or timedelta64
            Duration with a unit.

        Returns
        -------
        Windows
        """
        starts, ends = self._edges
        open_gap = starts[1:] - ends[:-1] > microseconds(shorter_than)
        edge = np.ones(min(len(self), 1), bool)
        first, last = np.concatenate([edge, open_gap]), np.concatenate([open_gap, edge])
        return self._of(self._starts[first], self._ends[last], self._span)

    def filter(self, longer_than: str | np.timedelta64) -> Self:
        """Only intervals that last at least a duration (``wnfltd`` keeps the longer ones only).

        Parameters
        ----------
        longer_than : str or timedelta64
            Duration with a unit.

        Returns
        -------
        Windows
        """
        keep = self._lengths >= microseconds(longer_than)
        return self._of(self._starts[keep], self._ends[keep], self._span)


def _common_span(a: Span, b: Span) -> Span:
    if a is None or b is None:
        return a or b
    start, end = max(a[0], b[0]), min(a[1], b[1])
    if end <= start:
        raise EpochError("the two sets of windows have no common span")
    return start, end
