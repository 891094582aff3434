"""Disjoint intervals: what windows hold, and how it is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Self, overload

import numpy as np
from numpy.typing import NDArray

from ilrs_science.epochs import Epochs, parse_epoch, parse_epochs, parse_span
from ilrs_science.errors import EpochError
from ilrs_science.intervals.edges import Edges, Ints, clip, tidy

__all__ = ["Disjoint", "Interval", "Span"]

#: Start and end. [UTC]
Interval = tuple[np.datetime64, np.datetime64]
#: Start and end of what was searched, if known. [UTC]
Span = Interval | None

_UTC = np.dtype("datetime64[us]")


def _epochs(values: object) -> Epochs:
    """Epochs as one row. An array of the right kind is taken as it is; `tidy` looks for missing dates."""
    if type(values) is np.ndarray and values.ndim == 1 and values.dtype == _UTC:
        return values
    return np.atleast_1d(parse_epochs(values))


@lru_cache(maxsize=256)
def _known_span(start: np.datetime64, end: np.datetime64) -> Interval:
    """`parse_span`, once for the span that thousands of windows share."""
    return parse_span(start, end)


def _span(span: tuple[object, object]) -> Interval:
    start, end = span
    if isinstance(start, np.datetime64) and isinstance(end, np.datetime64):
        return _known_span(start, end)
    return parse_span(start, end)


class Disjoint:
    """Disjoint half-open intervals in order, immutable: storage and looks of `Windows`.

    Parameters
    ----------
    starts, ends : array_like of datetime64
        UTC; each start before its end, in any order.
    span : tuple of datetime64, optional
        What was searched; intervals are clipped to it.
    """

    __slots__ = ("_ends", "_span", "_starts")

    _starts: Epochs
    _ends: Epochs
    _span: Span

    def __init__(self, starts: object = (), ends: object = (), span: Span = None) -> None:
        first, last = _epochs(starts), _epochs(ends)
        if first.shape != last.shape or first.ndim != 1:
            raise EpochError(f"{first.size} starts for {last.size} ends")
        known = None if span is None else _span(span)
        self._hold(tidy(first.view(np.int64), last.view(np.int64)), known)

    def _hold(self, edges: Edges, span: Span) -> None:
        """Keep tidy edges, clipped to the span; the arrays must be ours alone."""
        if span is not None:
            edges = clip(edges, int(span[0].astype(np.int64)), int(span[1].astype(np.int64)))
        self._keep(*edges, span)

    def _keep(self, starts: Ints | Epochs, ends: Ints | Epochs, span: Span) -> None:
        first, last = starts.view(_UTC), ends.view(_UTC)
        first.setflags(write=False)
        last.setflags(write=False)
        self._starts, self._ends, self._span = first, last, span

    @classmethod
    def _of(cls, starts: Ints | Epochs, ends: Ints | Epochs, span: Span) -> Self:
        """Windows from tidy arrays inside the span, which nobody else writes to: nothing is parsed or checked."""
        made = object.__new__(cls)
        made._keep(starts, ends, span)
        return made

    @classmethod
    def _clipped(cls, edges: Edges, span: Span) -> Self:
        """Windows from tidy edges that may reach beyond the span."""
        made = object.__new__(cls)
        made._hold(edges, span)
        return made

    @property
    def _edges(self) -> Edges:
        return self._starts.view(np.int64), self._ends.view(np.int64)

    def __reduce__(self) -> tuple[object, ...]:
        # what a pickle restores by itself could be written to
        return self._of, (self._starts, self._ends, self._span)

    @property
    def starts(self) -> Epochs:
        """UTC starts, in order, read-only."""
        return self._starts

    @property
    def ends(self) -> Epochs:
        """UTC ends, in order, read-only."""
        return self._ends

    @property
    def span(self) -> Span:
        """What was searched, if known."""
        return self._span

    @property
    def durations(self) -> NDArray[np.timedelta64]:
        """Length of each interval, ``timedelta64[us]``."""
        return self._ends - self._starts

    @property
    def total(self) -> np.timedelta64:
        """Summed length, ``timedelta64[us]``."""
        return np.timedelta64(int(self._lengths.sum()), "us")

    @property
    def hours(self) -> float:
        """Summed length. [h]"""
        return float(self.total / np.timedelta64(1, "h"))

    @property
    def longest(self) -> np.timedelta64:
        """Length of the longest interval, zero if there is none."""
        return np.timedelta64(int(self._lengths.max(initial=0)), "us")

    @property
    def _lengths(self) -> Ints:
        starts, ends = self._edges
        return ends - starts

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

    def __contains__(self, epoch: object) -> bool:
        return bool(self.contains(parse_epoch(epoch)))

    def __len__(self) -> int:
        return len(self._starts)

    def __iter__(self) -> Iterator[Interval]:
        return iter(zip(self._starts, self._ends, strict=True))

    @overload
    def __getitem__(self, index: int) -> Interval: ...
    @overload
    def __getitem__(self, index: slice) -> Self: ...
    def __getitem__(self, index: int | slice) -> Interval | Self:
        if not isinstance(index, slice):
            return self._starts[index], self._ends[index]
        some = slice(None, None, -1) if index.step is not None and index.step < 0 else slice(None)
        return self._of(
            self._starts[index][some], self._ends[index][some], self._span
        )  # in order of time again

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Disjoint):
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
