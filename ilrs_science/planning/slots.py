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

from ilrs_science.planning.buffers import Buffer, Ints
from ilrs_science.planning.parts import Activity
from ilrs_science.planning.problem import Problem

__all__ = ["Draw", "Ledger", "Side", "StartSlot", "first_edges", "ledger", "refined", "start_slots"]

#: Slots that solve well: 1 h does not converge, 6 h misjudge a storage by 20 %. (measured) [s]
SLOT_S = 3 * 3600
#: Slots are not cut finer than this. [s]
FINEST_S = 60
#: Steps into which the size of a buffer is divided in the model.
STEPS = 100_000

Side = Literal["relaxed", "restricted"]


@dataclass(frozen=True)
class StartSlot:
    """Starts of one activity within one slot."""

    first: int
    """Earliest start. [s]"""
    last: int
    """Latest start. [s]"""


def first_edges(problem: Problem) -> list[int]:
    """Cuts every three hours, at the ends of passes, and where the arrays begin or cease to give power.

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
    dark = True
    for time, watt in problem.battery.generation if problem.battery else ():
        if (watt <= 0) != dark:
            events.add(time)
            dark = not dark
    return sorted({*range(0, horizon, SLOT_S), horizon, *(time for time in events if 0 < time < horizon)})


def refined(edges: list[int], moments: Iterable[int]) -> list[int]:
    """The cuts and more of them: at each moment, and halfway through the slots next to it.

    Parameters
    ----------
    edges : list of int
        Increasing cuts. [s]
    moments : iterable of int
        Where the balance must become finer. [s]

    Returns
    -------
    list of int
        Increasing cuts, none closer together than a minute unless they were. [s]
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
        if 0 < place < len(kept) and min(cut - kept[place - 1], kept[place] - cut) >= FINEST_S:
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
    """What an activity takes from a buffer in one slot if it starts in a certain slot. [steps]"""

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

    def widest(self, index: int) -> int:
        """Most that all the activities in progress at a cut can leave open."""
        most: dict[str, int] = {}
        for draw in self.draws[index]:
            most[draw.activity] = max(most.get(draw.activity, 0), draw.open)
        return sum(most.values())


def ledger(
    problem: Problem, buffer: Buffer, slots: Mapping[str, list[StartSlot]], edges: list[int], side: Side
) -> Ledger:
    """Balance of a buffer, rounded to the side.

    Parameters
    ----------
    problem : Problem
        Whose activities use the buffer.
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
        In steps of the size divided by a hundred thousand.
    """
    relaxed, step = side == "relaxed", max(1, buffer.size // STEPS)
    cuts = np.array(edges, dtype=np.int64)
    restored = buffer.restored(cuts)
    total = -(-restored // step) if relaxed else restored // step
    margin = 0 if step == 1 else len(buffer.use) + 1  # what rounding every finished activity can amount to
    size = max(0, buffer.size // step + (margin if relaxed else -margin))
    start = -(-buffer.initial // step) if relaxed else buffer.initial // step
    draws: list[list[Draw]] = [[] for _ in edges]
    for name, rate in buffer.use.items():
        for number, slot in enumerate(slots[name]):
            least, most = _used(problem.by_id[name].duration_s, rate, slot, cuts, step)
            going = (cuts > slot.first) & (cuts < slot.last + problem.by_id[name].duration_s)
            drawn, open_ = np.diff(least if relaxed else most, prepend=0), np.where(going, most - least, 0)
            for index in np.flatnonzero(drawn | open_).tolist():
                draws[index].append(Draw(name, number, int(drawn[index]), int(open_[index])))
    return Ledger(min(start, size), size, np.diff(total, prepend=0).tolist(), draws)


def _used(duration_s: int, rate: int, slot: StartSlot, cuts: Ints, step: int) -> tuple[Ints, Ints]:
    """Least and most that an activity that starts in a slot has used by each cut, in steps."""
    least = np.clip(cuts - slot.last, 0, duration_s) * rate // step
    most = -(-(np.clip(cuts - slot.first, 0, duration_s) * rate) // step)
    return least, most
