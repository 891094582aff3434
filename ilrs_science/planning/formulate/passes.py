"""Passes: when the link of a station holds, and who has a relay or ground station for which several wait.

Where a station has a partner for itself, its pass is a fixed link. Where several wait for one, each has it in turns,
which are activities: a plan chooses them.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import xarray as xr

__all__ = ["Contact", "Turns", "passes_of", "take_turns"]


class Contact(NamedTuple):
    """A span in which a link holds."""

    start: int
    """Begins. [s]"""
    end: int
    """Ends. [s]"""
    rate: float
    """Rate. [Mbit/s]"""


@dataclass
class Turns:
    """What each station has."""

    alone: dict[str, list[Contact]] = field(default_factory=dict)
    """Passes by station in which nobody else waits for the partner."""
    shared: list[tuple[str, str, Contact]] = field(default_factory=list)
    """(station, partner, pass) of those in which others wait too."""


def passes_of(rate: xr.DataArray, times: list[int], horizon: int) -> list[Contact]:
    """Steps of the environment at both ends of which a link holds, joined where the rate is the same.

    Parameters
    ----------
    rate : DataArray
        By `time`. [Mbit/s]
    times : list of int
        Of the environment. [s]
    horizon : int
        End of the campaign. [s]

    Returns
    -------
    list of Contact
        In order, disjoint, at the lower rate of the two ends of each step.
    """
    rates = np.asarray(rate.values, float)
    lower = np.minimum(rates[:-1], rates[1:]).round(6).tolist()
    ends = [*times[1:-1], max(times[-1], horizon)]
    steps = [
        Contact(max(0, start), min(end, horizon), rate)
        for start, end, rate in zip(times[:-1], ends, lower, strict=True)
        if rate > 0 and max(0, start) < min(end, horizon)
    ]
    return list(_joined(steps, 0))


def take_turns(contacts: Mapping[str, Mapping[str, list[Contact]]], turn_s: int) -> Turns:
    """Tell which passes are of one station alone, and which several wait for.

    Parameters
    ----------
    contacts : mapping of str to mapping of str to list of Contact
        Passes by station, then by partner.
    turn_s : int
        Longest turn where several wait; turns are cut at its multiples. [s]

    Returns
    -------
    Turns
        No station has two passes at a time alone. One that has a partner for itself, of several the fastest, leaves
        the others to those who wait for them; it may thus be slower than it could be.
    """
    passes = [one for partners in contacts.values() for found in partners.values() for one in found]
    edges = sorted({time for one in passes for time in (one.start, one.end)})
    cuts = sorted({*edges, *(range(0, edges[-1], turn_s) if len(contacts) > 1 and edges else ())})
    alone: dict[str, list[Contact]] = {station: [] for station in contacts}
    shared: dict[tuple[str, str], list[Contact]] = {}
    rates = {pair: iter(_rates(contacts[pair[0]][pair[1]], cuts)) for pair in _pairs(contacts)}
    for start, end in itertools.pairwise(cuts):
        open_ = {pair: rate for pair, each in rates.items() if (rate := next(each)) > 0}
        for station, partner in _settled(open_):
            alone[station].append(Contact(start, end, open_.pop((station, partner))))
            open_ = {pair: rate for pair, rate in open_.items() if pair[0] != station}
        for pair, rate in open_.items():
            shared.setdefault(pair, []).append(Contact(start, end, rate))
    return Turns(
        {station: list(_joined(found, 0)) for station, found in alone.items()},
        [(*pair, one) for pair, found in shared.items() for one in _joined(found, turn_s)],
    )


def _pairs(contacts: Mapping[str, Mapping[str, list[Contact]]]) -> Iterator[tuple[str, str]]:
    for station, partners in contacts.items():
        for partner in partners:
            yield station, partner


def _rates(passes: list[Contact], cuts: list[int]) -> list[float]:
    """Rate between the cuts, among which are all edges of the passes. [Mbit/s]"""
    place = {time: index for index, time in enumerate(cuts)}
    found = [0.0] * len(cuts)
    for one in passes:
        first, last = place[one.start], place[one.end]
        found[first:last] = [one.rate] * (last - first)
    return found


def _settled(open_: Mapping[tuple[str, str], float]) -> list[tuple[str, str]]:
    """(station, partner) of stations that have a partner for themselves, once those who have one have left the rest."""
    left = dict(open_)
    found: list[tuple[str, str]] = []
    while True:
        waiting: dict[str, list[str]] = {}
        for station, partner in left:
            waiting.setdefault(partner, []).append(station)
        own = [(one[0], partner) for partner, one in waiting.items() if len(one) == 1]
        if not own:
            return found
        best = max(own, key=lambda pair: left[pair])
        found.append(best)
        left = {pair: rate for pair, rate in left.items() if pair[0] != best[0]}


def _joined(passes: list[Contact], turn_s: int) -> Iterator[Contact]:
    """Passes that follow each other at one rate as one, but for the border of a turn."""
    last: Contact | None = None
    for one in passes:
        border = turn_s > 0 and one.start % turn_s == 0
        if last is not None and last.end == one.start and last.rate == one.rate and not border:
            last = Contact(last.start, one.end, one.rate)
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last
