"""Parts of windows: the gaps, the next one, a shorter span, equal pieces."""

from __future__ import annotations

from typing import Self

import numpy as np

from ilrs_science.epochs import Epochs, parse_epoch
from ilrs_science.errors import EpochError
from ilrs_science.intervals.algebra import Algebra
from ilrs_science.intervals.disjoint import Interval
from ilrs_science.intervals.duration import microseconds

__all__ = ["Pieces"]

#: Most pieces of one split: half a century in pieces of half an hour.
_MOST = 1_000_000


class Pieces(Algebra):
    """What lies between, what comes next, and what fits into a session."""

    __slots__ = ()

    @property
    def gaps(self) -> Self:
        """What lies between: all the rest of the span, or of the time from first start to last end if there is none."""
        if self.span is not None:
            return ~self
        return self._of(self._ends[:-1], self._starts[1:], None)

    def at(self, epoch: object) -> Interval | None:
        """The interval that contains an epoch.

        Parameters
        ----------
        epoch : str, datetime or datetime64
            UTC.

        Returns
        -------
        tuple of datetime64 or None
            Start and end; None if the epoch is in no interval.
        """
        when = parse_epoch(epoch)
        found = self.next(when)
        return found if found is not None and found[0] <= when else None

    def next(self, epoch: object) -> Interval | None:
        """The interval that contains an epoch, or else the first that begins after it.

        Parameters
        ----------
        epoch : str, datetime or datetime64
            UTC.

        Returns
        -------
        tuple of datetime64 or None
            Start and end; None after the last interval.
        """
        index = int(np.searchsorted(self._ends, parse_epoch(epoch), side="right"))
        return self[index] if index < len(self) else None

    def between(self, start: object, end: object) -> Self:
        """Windows of a shorter span.

        Parameters
        ----------
        start, end : str, datetime or datetime64
            UTC.

        Returns
        -------
        Windows
            Clipped. Their span is what was searched between the two epochs.

        Raises
        ------
        EpochError
            If nothing was searched there.
        """
        return self & self.everything(start, end)

    def split(self, longest: str | np.timedelta64) -> Epochs:
        """Every interval cut into equal pieces, such as sessions that a crew can work through.

        Parameters
        ----------
        longest : str or timedelta64
            No piece is longer than this duration, such as ``"8 h"``; each interval gives as few pieces as it can.

        Returns
        -------
        (n, 2) ndarray of datetime64[us]
            Rows of start and end, UTC, in order. They are pairs and no `Windows`, which would join what touches.

        Raises
        ------
        EpochError
            If the duration is not positive or makes more than a million pieces.

        Notes
        -----
        Pieces of one interval differ by a microsecond at the most.

        Examples
        --------
        >>> pieces = Pieces(["2026-01-01"], ["2026-01-02"]).split("10 h")
        >>> pieces[:, 1] - pieces[:, 0]
        array([28800000000, 28800000000, 28800000000], dtype='timedelta64[us]')
        """
        most = microseconds(longest)
        if most < 1:
            raise EpochError(f"a piece of {longest} is no piece; give a duration above zero, such as '8 h'")
        lengths = self._lengths
        counts = -(-lengths // most)
        if counts.sum() > _MOST:
            raise EpochError(f"pieces of {longest} are {counts.sum():.2g} pieces, more than {_MOST:.0e}")
        # piece k begins k * base after the start, and a microsecond later for each longer piece before it
        base, extra = (np.repeat(part, counts) for part in np.divmod(lengths, np.maximum(counts, 1)))
        first = np.repeat(np.cumsum(counts) - counts, counts)
        rank = np.arange(len(first)) - first
        begin = np.repeat(self._edges[0], counts)
        edges = [begin + k * base + np.minimum(k, extra) for k in (rank, rank + 1)]
        return np.stack(edges, axis=1).view("datetime64[us]")
