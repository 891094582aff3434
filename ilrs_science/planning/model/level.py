"""Room of a battery or storage under a plan, at every event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ilrs_science.planning.model.buffers import Buffer, Ints

__all__ = ["Level", "level_of"]


@dataclass(frozen=True)
class Level:
    """Room of a buffer under a plan; straight lines between the times, saturating at the size."""

    size: int
    """Room when nothing is used. [mJ] or [bit]"""
    times: Ints
    """Events from 0 to the horizon. [s]"""
    rates: Ints
    """Net inflow from each event to the next."""
    summed: Ints
    """Net inflow from the epoch to each event, without saturation."""
    room: Ints
    """Room at each event."""
    final: int = 0
    """Room that must be left at the horizon."""

    def with_uses(self, use: Sequence[tuple[int, int, int]], start: int) -> Level:
        """Room if some rates are used after a start as well.

        Parameters
        ----------
        use : sequence of (int, int, int)
            Begin [s], end [s] after the start, and rate.
        start : int
            The start. [s]

        Returns
        -------
        Level
            With the same limits.
        """
        edges = [start + edge for begin, end, _ in use for edge in (begin, end)]
        times = np.union1d(self.times, edges)
        net = self.rates[np.searchsorted(self.times, times[:-1], "right") - 1]
        for begin, end, rate in use:
            net = net - rate * ((times[:-1] >= start + begin) & (times[:-1] < start + end))
        return _level(self.size, int(self.room[0]), times, net, self.final)


def level_of(buffer: Buffer, placed: Sequence[tuple[int, int, int]], horizon_s: int) -> Level:
    """Room of a buffer under a plan.

    Parameters
    ----------
    buffer : Buffer
        The buffer.
    placed : sequence of (int, int, int)
        Start [s], end [s] and rate of everything that uses it.
    horizon_s : int
        End of the problem. [s]

    Returns
    -------
    Level
        At every event.
    """
    starts, ends, rates = np.array(placed, dtype=np.int64).reshape(-1, 3).T
    times = np.unique(np.concatenate([buffer.times, starts, ends, [0, horizon_s]]))
    change = np.zeros(len(times), dtype=np.int64)
    np.add.at(change, np.searchsorted(times, starts), rates)
    np.subtract.at(change, np.searchsorted(times, ends), rates)
    inflow = buffer.inflow[np.searchsorted(buffer.times, times[:-1], "right") - 1]
    return _level(buffer.size, buffer.initial, times, inflow - np.cumsum(change)[:-1], buffer.final)


def _level(size: int, initial: int, times: Ints, net: Ints, final: int) -> Level:
    summed = np.concatenate([[0], np.cumsum(net * np.diff(times))]).astype(np.int64)
    free = summed + initial
    lost = (np.maximum.accumulate(free) - size).clip(0)
    return Level(size, times, net, summed, free - lost, final)
