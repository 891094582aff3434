"""Store and forward: how full a memory gets, what is delivered and when, exact where rates are constant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from ilrs_science.epochs import Epochs, format_epoch, parse_epochs, parse_span
from ilrs_science.errors import CoverageError, RequestError
from ilrs_science.nomenclature import check, describe
from ilrs_science.units import number_in

__all__ = ["Delivery", "memory_levels", "store_and_forward"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Delivery:
    """What became of the data; arrays stand at the borders between which everything changes evenly."""

    time: Floats
    """(n,) borders after the start. [s]"""
    level: Floats
    """(n,) data in the memory. [Mbit]"""
    accepted: Floats
    """(n,) data that have come and found room. [Mbit]"""
    delivered: Floats
    """(n,) data that have left. [Mbit]"""
    lost: Floats
    """(n,) data that found no room. [Mbit]"""
    age: Floats
    """(n,) time that the oldest data in the memory have waited. [s]"""

    @property
    def mean_latency(self) -> float:
        """Mean time between coming and leaving of what was delivered, by volume. [s]"""
        marks, after, before = self._waits()
        return float(np.sum(np.diff(marks) * (after + before) / 2.0) / marks[-1]) if marks.size > 1 else 0.0

    @property
    def max_latency(self) -> float:
        """Longest time between coming and leaving of what was delivered. [s]"""
        _, after, before = self._waits()
        return float(np.maximum(after, before).max(initial=0.0))

    def _waits(self) -> tuple[Floats, Floats, Floats]:
        """Amounts delivered between which the wait changes evenly [Mbit], and the wait after and before each. [s]

        At a mark coming or leaving may jump, so its two sides count.
        """
        came = self.level[0] + self.accepted
        marks = np.unique(np.concatenate([[0.0], came, self.delivered]))
        marks = marks[(marks >= 0.0) & (marks <= self.delivered[-1])]

        def waits(part: Floats, side: Literal["left", "right"]) -> Floats:
            return _when(self.time, self.delivered, part, side) - _when(self.time, came, part, side)

        return marks, waits(marks[:-1], "right"), waits(marks[1:], "left")


def memory_levels(
    edges: npt.ArrayLike,
    arriving: npt.ArrayLike,
    leaving: npt.ArrayLike,
    *,
    capacity: float = np.inf,
    initial: float = 0.0,
) -> Delivery:
    """Follow a memory that is filled and emptied, first in, first out.

    Parameters
    ----------
    edges : (n + 1,) array_like
        Times between which both rates are constant, rising. [s]
    arriving : (n,) array_like
        Rate at which data come. [Mbit/s]
    leaving : (n,) array_like
        Rate at which the link takes them, if there are any. [Mbit/s]
    capacity : float
        Data that fit. [Mbit]
    initial : float
        Data in the memory at the start, which count as having come then. [Mbit]

    Returns
    -------
    Delivery

    Raises
    ------
    RequestError
        If times do not rise, a rate is negative, or more is in the memory than fits.

    Notes
    -----
    Between two borders the level is a straight line; borders are added where it reaches empty or full. From then on
    no more leaves than comes, or no more is accepted than leaves.
    """
    times, come, go = (np.asarray(one, float) for one in (edges, arriving, leaving))
    _require_sense(times, come, go, capacity, initial)
    rows = [(times[0], initial, 0.0, 0.0, 0.0)]
    for end, fast_in, fast_out in zip(times[1:], come, go, strict=True):
        while rows[-1][0] < end:
            rows.append(_next(rows[-1], end, fast_in, fast_out, capacity))
    time, level, accepted, delivered, lost = np.array(rows).T
    came = _when(time, initial + accepted, delivered, "right")
    return Delivery(
        time, level, accepted, delivered, lost, np.where(level > 0.0, np.maximum(time - came, 0.0), 0.0)
    )


def _require_sense(times: Floats, come: Floats, go: Floats, capacity: float, initial: float) -> None:
    if times.ndim != 1 or not times.size == come.size + 1 == go.size + 1 >= 2:
        raise RequestError("store and forward needs one more edge than rates, and at least one rate")
    if not np.all(np.diff(times) > 0.0):
        raise RequestError("store and forward: the edges do not rise")
    if not np.all(np.concatenate([come, go]) >= 0.0) or not np.all(np.isfinite(come)):
        raise RequestError("store and forward: a rate is negative or not a number")
    if not 0.0 <= initial <= capacity:
        raise RequestError(f"store and forward: {initial:g} Mbit in a memory of {capacity:g} Mbit")


def _next(
    row: tuple[float, ...], end: float, come: float, go: float, capacity: float
) -> tuple[float, float, float, float, float]:
    """The next border: the end of the piece, or earlier when the memory is empty or full."""
    time, level, accepted, delivered, lost = row
    into, out = come, go
    if level <= 0.0 and out > into:
        out = into
    if level >= capacity and into > out:
        into = out
    slope = into - out
    room = capacity - level if slope > 0.0 else level
    with np.errstate(over="ignore"):  # so slow a change never arrives
        reach = time + (np.float64(room) / abs(slope) if slope else np.inf)
    until = min(end, reach)
    span = until - time
    if not span > 0.0:  # so little is missing that rounding cannot tell the border from this one
        more, less = (capacity - level, 0.0) if slope > 0.0 else (0.0, level)
        return time, level + more - less, accepted + more, delivered + less, lost
    new = level + slope * span
    if until == reach:
        new = capacity if slope > 0.0 else 0.0
    return until, new, accepted + into * span, delivered + out * span, lost + (come - into) * span


def _when(time: Floats, total: Floats, mark: Floats, side: Literal["left", "right"]) -> Floats:
    """When a rising broken line reaches a mark, or leaves it; the last border if it never does."""
    found = np.searchsorted(total, mark, side=side)
    index = np.clip(found, 1, total.size - 1)
    low, high = total[index - 1], total[index]
    rise = np.where(high > low, high - low, 1.0)
    share = np.where(high > low, np.clip((mark - low) / rise, 0.0, 1.0), 1.0)
    when = time[index - 1] + share * (time[index] - time[index - 1])
    return np.where(found == 0, time[0], when)


def store_and_forward(
    data_rate: str | float,
    contacts: pd.DataFrame,
    start: object,
    end: object,
    *,
    capacity: str | float = np.inf,
    initial: str | float = 0.0,
) -> xr.Dataset:
    """Follow the mass memory of a place that makes data all the time and sends them in its contacts.

    Parameters
    ----------
    data_rate : str or float
        Rate at which data come, with unit or in Mbit/s. [Mbit/s]
    contacts : DataFrame
        As `contacts` gives it; each counts with its mean rate, and of contacts at one time the fastest.
    start, end : str, datetime or datetime64
        UTC; within the span of the contacts, which the table knows by its ``attrs``.
    capacity : str or float
        Data that fit, with unit or in Mbit. [Mbit]
    initial : str or float
        Data in the memory at the start, with unit or in Mbit. [Mbit]

    Returns
    -------
    Dataset
        Dimension ``time``, at the borders between which everything changes evenly: ``storage_level``,
        ``delivered_volume`` and ``lost_volume`` [Mbit], and ``data_age`` of the oldest data in the memory [s].
        Attributes: ``mean_latency_s`` and ``max_latency_s``, both of what was delivered: what still waits at the
        end is in ``data_age``.

    Raises
    ------
    CoverageError
        If the span reaches beyond that of the contacts: what happens there the table does not know.
    RequestError
        If a contact has no rate, it is no table of contacts, or a number is impossible.
    """
    first, last = parse_span(start, end)
    coming = number_in(data_rate, "Mbit/s", "data_rate")
    room, filled = number_in(capacity, "Mbit", "capacity"), number_in(initial, "Mbit", "initial")
    _require_span(contacts, first, last)
    edges, leaving = _schedule(contacts, first, last)
    seconds = (edges - first) / np.timedelta64(1, "s")
    found = memory_levels(seconds, np.full(leaving.size, coming), leaving, capacity=room, initial=filled)
    data = {
        "storage_level": found.level,
        "delivered_volume": found.delivered,
        "lost_volume": found.lost,
        "data_age": found.age,
    }
    times = first + np.round(found.time * 1e6).astype("timedelta64[us]")
    dataset = xr.Dataset({name: ("time", values) for name, values in data.items()}, {"time": times})
    dataset.attrs = {
        "mean_latency_s": found.mean_latency,
        "max_latency_s": found.max_latency,
        "comment": "latencies are of what was delivered",
    }
    return check(describe(dataset))


def _require_span(contacts: pd.DataFrame, first: np.datetime64, last: np.datetime64) -> None:
    """A table of contacts, and one that tells all of the span, if it tells its span at all."""
    missing = [name for name in ("start", "end", "mean_rate") if name not in getattr(contacts, "columns", ())]
    if missing:
        raise RequestError(
            f"contacts without {', '.join(missing)}; give the table that ilrs.contacts makes for a place"
        )
    if not {"start", "end"} <= contacts.attrs.keys():
        return
    low, high = parse_span(contacts.attrs["start"], contacts.attrs["end"])
    if first < low or last > high:
        asked, told = (
            " to ".join(format_epoch(epoch, "s") for epoch in span) for span in ((first, last), (low, high))
        )
        raise CoverageError(
            f"store and forward over {asked}, but the contacts are of {told}; ask contacts for all of the span"
        )


def _schedule(contacts: pd.DataFrame, first: np.datetime64, last: np.datetime64) -> tuple[Epochs, Floats]:
    """Edges and the rate between them, of contacts at one time the fastest."""
    begin, finish = (parse_epochs(contacts[name].to_numpy()) for name in ("start", "end"))
    rate = contacts["mean_rate"].to_numpy(float)
    if np.isnan(rate).any():
        raise RequestError("a contact has no rate: give the link of the place, or a station")
    edges = np.unique(np.concatenate([[first, last], begin.clip(first, last), finish.clip(first, last)]))
    middle = edges[:-1] + (edges[1:] - edges[:-1]) // 2
    within = (begin[:, None] <= middle) & (middle < finish[:, None])
    return edges, np.where(within, rate[:, None], 0.0).max(axis=0, initial=0.0)
