"""Time cut into slots for the energy and data balance of a model, and what an activity surely uses by each cut.

For an activity that starts somewhere within a slot, its use by a later moment lies between that of the latest and
that of the earliest start in the slot. Counting the smaller makes a model that every true plan satisfies (a
relaxation: its bound holds); counting the larger makes one whose plans hold at every cut (a restriction: its plans are
safe). Cutting finer brings the two together.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from ilrs_science.planning.model.buffers import Buffer, Ints
from ilrs_science.planning.problem.parts import Activity, Phase
from ilrs_science.planning.problem.problem import Problem

__all__ = ["Draw", "Ledger", "Side", "StartSlot", "first_edges", "ledger", "refined", "start_slots"]

#: Slots that solve well: 1 h does not converge, 6 h misjudge a storage by 20 %. (measured) [s]
SLOT_S = 3 * 3600
#: Slots are not cut finer than this as long as that helps. [s]
FINEST_S = 60
#: Amounts are counted exactly up to this; beyond it in coarser steps, since the solver's sums have 64 bits.
EXACT = 10**14

Side = Literal["relaxed", "restricted"]


@dataclass(frozen=True)
class StartSlot:
    """Starts of one activity within one slot."""

    first: int
    """Earliest start. [s]"""
    last: int
    """Latest start. [s]"""


def first_edges(problem: Problem) -> list[int]:
    """Cuts every three hours, at the ends of passes and downlinks, and where arrays begin or cease to give power.

    Parameters
    ----------
    problem : Problem
        Where passes and arrays are looked up.

    Returns
    -------
    list of int
        Increasing, from 0 to the horizon. [s]
    """
    horizon = problem.horizon_s
    events = {time for link in problem.links for start, end, _ in link.passes for time in (start, end)}
    for activity in problem.activities:
        if activity.rate_bit_s < 0:
            events |= {time for span in activity.spans(horizon) for time in span}
    for battery in problem.batteries:
        dark = True
        for time, watt in battery.generation:
            if (watt <= 0) != dark:
                events.add(time)
                dark = not dark
    return sorted({*range(0, horizon, SLOT_S), horizon, *(time for time in events if 0 < time < horizon)})


def refined(edges: list[int], moments: Iterable[int], finest: int = FINEST_S) -> list[int]:
    """The cuts and more of them: at each moment, and halfway through the slots next to it.

    Parameters
    ----------
    edges : list of int
        Increasing cuts. [s]
    moments : iterable of int
        Where the balance must become finer. [s]
    finest : int
        No new slot is shorter. [s]

    Returns
    -------
    list of int
        Increasing cuts. [s]
    """
    cuts = np.array(edges)
    wanted: set[int] = set()
    for moment in moments:
        index = int(np.searchsorted(cuts, moment, side="right"))
        near = cuts[max(0, index - 2) : index + 2].tolist()
        wanted |= {moment, *((early + late) // 2 for early, late in itertools.pairwise(near))}
    kept = list(edges)
    for cut in sorted(wanted):
        place = int(np.searchsorted(kept, cut))
        if 0 < place < len(kept) and min(cut - kept[place - 1], kept[place] - cut) >= finest:
            kept.insert(place, cut)
    return kept


def start_slots(activity: Activity, horizon_s: int, edges: list[int]) -> list[StartSlot]:
    """Allowed starts of an activity, cut into slots.

    Parameters
    ----------
    activity : Activity
        Whose windows count.
    horizon_s : int
        End of the problem. [s]
    edges : list of int
        Increasing cuts. [s]

    Returns
    -------
    list of StartSlot
        One for each slot in which the activity may start, in order.
    """
    spans = activity.starts(horizon_s)
    found: list[StartSlot] = []
    for opens, closes in zip(edges, [*edges[1:-1], horizon_s + 1], strict=False):
        inside = [(max(first, opens), min(last, closes - 1)) for first, last in spans]
        inside = [(first, last) for first, last in inside if first <= last]
        if inside:
            found.append(StartSlot(inside[0][0], inside[-1][1]))
    return found


class Draw(NamedTuple):
    """What a buffer loses in one slot if an activity has started by the end of a start slot. [steps]

    What a start in slot k takes is the sum over that slot and all later ones; for a long activity most are zero.
    """

    activity: str
    start_slot: int
    drawn: int
    """Counted in this slot."""
    open: int
    """Difference between the most and the least it may have taken by the end of this slot."""


@dataclass(frozen=True)
class Ledger:
    """Balance of a buffer over the slots, in steps; index 0 is the epoch, index k the end of slot k."""

    start: int
    """Room at the epoch."""
    size: int
    """Room that saturates."""
    gains: list[int]
    """Restored in each slot."""
    draws: list[list[Draw]]
    """What activities may take in each slot."""
    widest: list[int]
    """Most that all the activities in progress at each cut can leave open."""
    final: int
    """Room that must be left after the last slot."""


def ledger(buffer: Buffer, slots: Mapping[str, list[StartSlot]], edges: list[int], side: Side) -> Ledger:
    """Balance of a buffer, rounded to the side.

    Parameters
    ----------
    buffer : Buffer
        The buffer.
    slots : mapping of str to list of StartSlot
        Where each activity may start.
    edges : list of int
        Increasing cuts. [s]
    side : "relaxed" or "restricted"
        Which way all is rounded: so that every true plan satisfies it, or so that what satisfies it is safe.

    Returns
    -------
    Ledger
        In steps of 1 mJ or 1 bit, where the amounts are not astronomic.
    """
    relaxed, cuts = side == "relaxed", np.array(edges, dtype=np.int64)
    restored = buffer.restored(cuts)
    largest = max(buffer.size, int(np.abs(restored).max()), len(buffer.use) * buffer.most)
    step = max(1, largest // EXACT)
    total = -(-restored // step) if relaxed else restored // step
    # What rounding every finished activity can amount to.
    margin = 0 if step == 1 else sum(map(len, buffer.use.values())) + 1
    size = max(0, buffer.size // step + (margin if relaxed else -margin))
    start = -(-buffer.initial // step) if relaxed else buffer.initial // step
    draws: list[list[Draw]] = [[] for _ in edges]
    widest = np.zeros(len(edges), dtype=np.int64)
    for name, phases in buffer.use.items():
        drawn, open_ = _use(phases, slots[name], cuts, step, relaxed=relaxed)
        widest += open_.max(axis=0, initial=0)
        last = np.zeros((1, len(edges)), dtype=np.int64)
        drawn, open_ = (-np.diff(table, axis=0, append=last) for table in (drawn, open_))
        for number, index in np.argwhere(drawn | open_).tolist():
            draws[index].append(Draw(name, number, int(drawn[number, index]), int(open_[number, index])))
    final = buffer.final // step if relaxed else -(-buffer.final // step)
    gains = np.diff(total, prepend=0).tolist()
    return Ledger(min(start, size), size, gains, draws, widest.tolist(), final)


def _use(
    phases: tuple[Phase, ...], slots: list[StartSlot], cuts: Ints, step: int, *, relaxed: bool
) -> tuple[Ints, Ints]:
    """Drawn in each slot, and left open at its end, by start slot and cut. [steps]"""
    first, last = (
        np.array([(slot.first, slot.last) for slot in slots], dtype=np.int64).reshape(-1, 2).T[:, :, None]
    )
    least, most = (np.zeros((len(slots), len(cuts)), dtype=np.int64) for _ in range(2))
    for begin, end, rate in phases:
        late, early = (np.clip(cuts - start - begin, 0, end - begin) * rate for start in (last, first))
        least += np.minimum(late, early) // step
        most += -(-np.maximum(late, early) // step)
    begin, end = min(phase.begin for phase in phases), max(phase.end for phase in phases)
    going = (cuts > first + begin) & (cuts < last + end)
    drawn = np.diff(least if relaxed else most, axis=1, prepend=0)
    return drawn, np.where(going, most - least, 0)
