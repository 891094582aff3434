"""Windows: disjoint half-open UTC intervals with the algebra of SPICE windows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ilrs_science.epochs import Epochs, format_epoch, parse_epochs, parse_span
from ilrs_science.errors import EpochError
from ilrs_science.units import parse_quantity

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["Windows"]

Mask = NDArray[np.bool_]

#: Ten thousand years: no sum of an epoch and a duration leaves what datetime64[us] can hold. [s]
_LONGEST = 3.2e11


def _microseconds(duration: str | np.timedelta64) -> np.timedelta64:
    """Duration with a unit as a time step. [us]"""
    if not isinstance(duration, str):
        return np.timedelta64(int(duration.astype("timedelta64[us]").astype(np.int64)), "us")
    seconds = parse_quantity(duration, "s")
    if abs(seconds) > _LONGEST:
        raise EpochError(f"a duration of {duration} is longer than {_LONGEST:g} s")
    return np.timedelta64(round(seconds * 1e6), "us")


class Windows:
    """Disjoint half-open UTC intervals ``[start, end)``, in order, immutable.

    Parameters
    ----------
    starts, ends : array_like of datetime64
        UTC; each start before its end. Overlapping and touching intervals are merged, in any order.
    span : tuple of datetime64, optional
        What was searched. Intervals are clipped to it; ``~`` needs it.

    Raises
    ------
    EpochError
        If an interval ends before it starts, or a date is missing.

    Notes
    -----
    ``&``, ``|`` and ``-`` are intersection, union and difference; the result is known on the common span. ``~`` is the
    complement in the span.

    Examples
    --------
    >>> day = Windows(["2026-01-01"], ["2026-01-03"])
    >>> day & Windows(["2026-01-02"], ["2026-01-05"])
    <Windows: 1 interval, 24.0 h, 2026-01-02 to 2026-01-03>
    """

    __slots__ = ("_ends", "_span", "_starts")

    def __init__(
        self,
        starts: object = (),
        ends: object = (),
        span: tuple[np.datetime64, np.datetime64] | None = None,
    ) -> None:
        first, last = np.atleast_1d(parse_epochs(starts)), np.atleast_1d(parse_epochs(ends))
        if first.shape != last.shape or first.ndim != 1:
            raise EpochError(f"{first.size} starts for {last.size} ends")
        if (last < first).any():
            raise EpochError("an interval ends before it starts")
        if span is not None:
            span = parse_span(*span)
            first, last = np.maximum(first, span[0]), np.minimum(last, span[1])
        self._starts, self._ends = _merge(first, last)
        self._span = span

    @classmethod
    def everything(cls, start: object, end: object) -> Windows:
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
        return cls([span[0]], [span[1]], span)

    @property
    def starts(self) -> Epochs:
        """UTC starts, in order, read-only."""
        return self._starts

    @property
    def ends(self) -> Epochs:
        """UTC ends, in order, read-only."""
        return self._ends

    @property
    def span(self) -> tuple[np.datetime64, np.datetime64] | None:
        """What was searched, if known."""
        return self._span

    @property
    def durations(self) -> NDArray[np.timedelta64]:
        """Length of each interval, ``timedelta64[us]``."""
        return self._ends - self._starts

    @property
    def total(self) -> np.timedelta64:
        """Summed length, ``timedelta64[us]``."""
        return np.timedelta64(int(self.durations.astype(np.int64).sum()), "us")

    @property
    def hours(self) -> float:
        """Summed length. [h]"""
        return float(self.total / np.timedelta64(1, "h"))

    @property
    def longest(self) -> np.timedelta64:
        """Length of the longest interval, zero if there is none."""
        return np.timedelta64(int(self.durations.astype(np.int64).max(initial=0)), "us")

    def __len__(self) -> int:
        return len(self._starts)

    def __iter__(self) -> Iterator[tuple[np.datetime64, np.datetime64]]:
        return iter(zip(self._starts, self._ends, strict=True))

    def __getitem__(self, index: int) -> tuple[np.datetime64, np.datetime64]:
        return self._starts[index], self._ends[index]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Windows):
            return NotImplemented
        return np.array_equal(self._starts, other._starts) and np.array_equal(self._ends, other._ends)

    def __hash__(self) -> int:
        return hash((self._starts.tobytes(), self._ends.tobytes()))

    def __repr__(self) -> str:
        if not len(self):
            return "<Windows: none>"
        count = f"{len(self)} interval{'s' if len(self) != 1 else ''}"
        days = f"{self._starts[0].astype('datetime64[D]')} to {self._ends[-1].astype('datetime64[D]')}"
        return f"<Windows: {count}, {self.hours:.1f} h, {days}>"

    def __and__(self, other: Windows) -> Windows:
        return _combine(self, other, lambda a, b: a & b)

    def __or__(self, other: Windows) -> Windows:
        return _combine(self, other, lambda a, b: a | b)

    def __sub__(self, other: Windows) -> Windows:
        return _combine(self, other, lambda a, b: a & ~b)

    def __invert__(self) -> Windows:
        if self._span is None:
            raise EpochError(
                "these windows have no span to take the complement in; use .complement(start, end)"
            )
        return self.complement(*self._span)

    def complement(self, start: object, end: object) -> Windows:
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
        return Windows.everything(start, end) - Windows(self._starts, self._ends)

    def contains(self, epochs: object) -> NDArray[np.bool_]:
        """Whether epochs lie in a window.

        Parameters
        ----------
        epochs : str or array_like of datetime64
            UTC.

        Returns
        -------
        ndarray of bool
            Shape of the epochs.
        """
        when = parse_epochs(epochs)
        begun = np.searchsorted(self._starts, when, side="right")
        return np.asarray(begun > np.searchsorted(self._ends, when, side="right"))

    def contract(self, left: str | np.timedelta64, right: str | np.timedelta64 | None = None) -> Windows:
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
        before = _microseconds(left)
        after = before if right is None else _microseconds(right)
        starts, ends = self._starts + before, self._ends - after
        keep = starts < ends
        return Windows(starts[keep], ends[keep], self._span)

    def expand(self, left: str | np.timedelta64, right: str | np.timedelta64 | None = None) -> Windows:
        """Each interval earlier by ``left`` and later by ``right``, merged and clipped to the span (``wnexpd``).

        Parameters
        ----------
        left, right : str or timedelta64
            Durations with a unit; ``right`` is ``left`` unless given.

        Returns
        -------
        Windows
        """
        before = _microseconds(left)
        return self.contract(-before, -(before if right is None else _microseconds(right)))

    def fill(self, shorter_than: str | np.timedelta64) -> Windows:
        """Gaps no longer than a duration closed (``wnfild``).

        Parameters
        ----------
        shorter_than : str or timedelta64
            Duration with a unit.

        Returns
        -------
        Windows
        """
        open_gap = self._starts[1:] - self._ends[:-1] > _microseconds(shorter_than)
        edge = np.ones(min(len(self), 1), bool)
        return Windows(self._starts[np.r_[edge, open_gap]], self._ends[np.r_[open_gap, edge]], self._span)

    def filter(self, longer_than: str | np.timedelta64) -> Windows:
        """Only intervals that last at least a duration (``wnfltd`` keeps the longer ones only).

        Parameters
        ----------
        longer_than : str or timedelta64
            Duration with a unit.

        Returns
        -------
        Windows
        """
        keep = self.durations >= _microseconds(longer_than)
        return Windows(self._starts[keep], self._ends[keep], self._span)

    def to_frame(self) -> DataFrame:
        """A pandas table with columns ``start``, ``end`` (UTC) and ``duration_s``.

        Returns
        -------
        pandas.DataFrame
        """
        import pandas as pd

        seconds = self.durations / np.timedelta64(1, "s")
        return pd.DataFrame({"start": self._starts, "end": self._ends, "duration_s": seconds})

    def to_csv(self) -> str:
        """Text table ``start,end,duration_s``, UTC ISO 8601 to the millisecond.

        Returns
        -------
        str
            With a header, even if there is no window.
        """
        rows = ["start,end,duration_s"]
        for start, end in self:
            seconds = (end - start) / np.timedelta64(1, "s")
            rows.append(f"{format_epoch(start)},{format_epoch(end)},{seconds:.3f}")
        return "\n".join(rows) + "\n"


def _merge(starts: Epochs, ends: Epochs) -> tuple[Epochs, Epochs]:
    """Sorted, disjoint, non-empty intervals, read-only."""
    keep = starts < ends
    order = np.argsort(starts[keep], kind="stable")
    starts, ends = starts[keep][order], ends[keep][order]
    if len(starts) > 1:
        reach = np.maximum.accumulate(ends.astype(np.int64)).astype("datetime64[us]")
        fresh = starts[1:] > reach[:-1]
        starts, ends = starts[np.r_[True, fresh]], reach[np.r_[fresh, True]]
    else:
        starts, ends = starts.copy(), ends.copy()
    starts.flags.writeable = ends.flags.writeable = False
    return starts, ends


def _common_span(a: Windows, b: Windows) -> tuple[np.datetime64, np.datetime64] | None:
    if a.span is None or b.span is None:
        return a.span or b.span
    start, end = max(a.span[0], b.span[0]), min(a.span[1], b.span[1])
    if end <= start:
        raise EpochError("the two sets of windows have no common span")
    return start, end


def _combine(a: Windows, b: Windows, rule: Callable[[Mask, Mask], Mask]) -> Windows:
    """Windows where ``rule(in a, in b)`` holds, by one sweep over all edges."""
    edges = np.unique(np.concatenate([a.starts, a.ends, b.starts, b.ends]))
    inside = rule(a.contains(edges), b.contains(edges))
    if not len(edges):
        return Windows(span=_common_span(a, b))
    return Windows(edges[:-1][inside[:-1]], edges[1:][inside[:-1]], _common_span(a, b))
