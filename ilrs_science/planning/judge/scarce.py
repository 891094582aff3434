"""What must be done and cannot be: it comes too late after what precedes it, or needs more than there is.

All that must be done within a span is added up and held against what the span can give at the most: the time of a
renewable resource, the energy that a full battery and its generation hold, the data that a storage and its passes take.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from ilrs_science.planning.problem.parts import MEGABIT, WATT_HOUR, Activity, Battery, Renewable, Storage
from ilrs_science.planning.problem.problem import Problem

__all__ = ["scarce"]

Ints = NDArray[np.int64]

#: Begins of spans that are looked at for each resource, and spans of which the smallest set is sought. (assumed)
BEGINS, SPANS = 200, 100


def scarce(problem: Problem) -> list[str]:
    """Why what must be done cannot be, where a sum or a chain of predecessors shows it.

    Parameters
    ----------
    problem : Problem
        What is to be planned.

    Returns
    -------
    list of str
        One line each, with ids and UTC; empty if no sum shows anything.
    """
    must = _must(problem)
    early, because = _earliest(problem, must)
    late = [_too_late(problem, name, early, because) for name in must if early[name] > _last(problem, name)]
    if late:
        return late[:1]
    frames = {name: (early[name], _last(problem, name)) for name in must}
    return [line for supply in _supplies(problem, must) for line in _overdrawn(problem, supply, frames)]


def _must(problem: Problem) -> list[str]:
    """Ids of what every plan holds, in the order of the problem."""
    found = {entry.id for entry in problem.activities if entry.required}
    stack = list(found)
    while stack:
        entry = problem.by_id[stack.pop()]
        for other in [*(before.after for before in entry.precedences), *entry.needs]:
            members = problem.members[other]
            if len(members) == 1 and members[0] not in found:
                found.add(members[0])
                stack.append(members[0])
    return [entry.id for entry in problem.activities if entry.id in found]


def _last(problem: Problem, name: str) -> int:
    """Last start that windows, lock and horizon allow; -1 where there is none. [s]"""
    return max((last for _, last in problem.by_id[name].starts(problem.horizon_s)), default=-1)


def _earliest(problem: Problem, must: Sequence[str]) -> tuple[dict[str, int], dict[str, str]]:
    """Earliest start of each, beyond its last one where there is none, and the predecessor that sets it. [s]"""
    spans = {name: problem.by_id[name].starts(problem.horizon_s) for name in must}
    early = {name: found[0][0] if found else 0 for name, found in spans.items()}
    because: dict[str, str] = {}
    changed = True
    while changed:
        changed = False
        for name in must:
            for before in problem.by_id[name].precedences:
                members = problem.members[before.after]
                if len(members) > 1 or early[name] > _end(spans[name]):
                    continue
                first = members[0]
                start = early[first] + problem.by_id[first].duration_s + before.min_lag_s
                start = min((max(start, low) for low, high in spans[name] if high >= start), default=start)
                if start > early[name]:
                    early[name], because[name], changed = start, first, True
    return early, because


def _end(spans: Sequence[tuple[int, int]]) -> int:
    return max((last for _, last in spans), default=-1)


def _too_late(problem: Problem, name: str, early: Mapping[str, int], because: Mapping[str, str]) -> str:
    """Why an activity has no start, with those that must come before it."""
    last = _last(problem, name)
    if last < 0:
        return f"{name!r} must be done but no start is allowed"
    chain = [name]
    while chain[-1] in because and because[chain[-1]] not in chain:
        chain.append(because[chain[-1]])
    before = _listed(chain[:0:-1])
    return (
        f"{name!r} cannot start before {_utc(problem, early[name])}, after {before}, "
        f"but its last allowed start is {_utc(problem, last)}"
    )


@dataclass(frozen=True)
class _Supply:
    """A resource: what it can give within a span, and what each activity takes of it."""

    told: str
    """Sentence with who, amount, span and what there is."""
    unit: float
    """What the amounts are divided by for a person."""
    given: Callable[[int, Ints], Ints]
    """The most that it can give from one moment to each of some others."""
    uses: Mapping[str, tuple[int, int, int]]
    """Begin and end after the start [s], and amount, by id."""


def _supplies(problem: Problem, must: Iterable[str]) -> Iterator[_Supply]:
    entries = [problem.by_id[name] for name in must]
    for resource in problem.renewables:
        yield _held(problem, resource, entries)
    for battery in problem.batteries:
        yield _charged(problem, battery, entries)
    drained = {problem.storage_of(entry) for entry in problem.activities if entry.drain_Mbit_s}
    for storage in problem.storages:
        if storage.id not in drained:
            yield _stored(problem, storage, entries)


def _held(problem: Problem, resource: Renewable, entries: Iterable[Activity]) -> _Supply:
    steps = resource.steps(problem.horizon_s)
    total = _Sum((start, end, max(0, amount)) for start, end, amount in steps)
    uses = {
        entry.id: (-entry.warm_up_s, entry.duration_s + entry.cool_down_s, amount * entry.held_s)
        for entry in entries
        if (amount := entry.demands.get(resource.id, 0)) and entry.held_s
    }
    unit, word = (3600, "h") if problem.horizon_s >= 3600 else (1, "s")
    times = word if max(amount for *_, amount in steps) <= 1 else f"{word} (amount times time)"
    told = f"{{who}} must hold {resource.id!r} for {{need:g}} {times} in all {{span}}, but there are {{there:g}} {word}"
    return _Supply(told, unit, total.between, uses)


def _charged(problem: Problem, battery: Battery, entries: Iterable[Activity]) -> _Supply:
    low, final, size, initial = (
        round(level * WATT_HOUR)
        for level in (battery.minimum_Wh, battery.final_Wh, battery.capacity_Wh, battery.initial_Wh)
    )
    end = problem.horizon_s
    spans = [
        (time, end, sign * (round(watt * 1000) - round(before * 1000)))
        for steps, sign in ((battery.generation, 1), (battery.load, -1))
        for (time, watt), before in zip(steps, [0.0, *(watt for _, watt in steps)], strict=False)
    ]
    for link in problem.links:
        if problem.battery_of(link) == battery.id:
            spans += [(start, stop, -round(link.power_W * 1000)) for start, stop, _ in link.passes]
    total = _Sum((max(0, start), min(stop, end), rate) for start, stop, rate in spans)

    def given(begin: int, stops: Ints) -> Ints:
        least = np.where(stops >= end, max(low, final), low)
        return (initial if begin <= 0 else size) - least + total.between(begin, stops)

    uses = {
        entry.id: (
            -entry.warm_up_s,
            entry.duration_s + entry.cool_down_s,
            sum(phase.rate * (phase.end - phase.begin) for phase in entry.draws),
        )
        for entry in entries
        if problem.battery_of(entry) == battery.id and entry.draws
    }
    told = f"{{who}} must draw {{need:.3f}} Wh from battery {battery.id!r} {{span}}, but it can give {{there:.3f}} Wh"
    return _Supply(told, WATT_HOUR, given, uses)


def _stored(problem: Problem, storage: Storage, entries: Iterable[Activity]) -> _Supply:
    size, initial = (round(level * MEGABIT) for level in (storage.capacity_Mbit, storage.initial_Mbit))
    total = _Sum(
        (max(0, start), min(stop, problem.horizon_s), round(rate * MEGABIT))
        for link in problem.links
        if problem.storage_of(link) == storage.id
        for start, stop, rate in link.passes
    )

    def given(begin: int, stops: Ints) -> Ints:
        return size - (initial if begin <= 0 else 0) + total.between(begin, stops)

    uses = {
        entry.id: (0, entry.duration_s, entry.rate_bit_s * entry.duration_s)
        for entry in entries
        if problem.storage_of(entry) == storage.id and entry.rate_bit_s > 0 and entry.duration_s
    }
    told = (
        f"{{who}} must put {{need:.3f}} Mbit into {storage.id!r} {{span}}, but it can take {{there:.3f}} Mbit"
    )
    return _Supply(told, MEGABIT, given, uses)


class _Sum:
    """Integral of rates over time."""

    def __init__(self, spans: Iterable[tuple[int, int, int]]) -> None:
        changes = sorted(
            (time, change)
            for start, end, rate in spans
            if start < end
            for time, change in ((start, rate), (end, -rate))
        )
        times, rates, sums = [0], [0], [0]
        for time, group in groupby(changes, key=lambda change: change[0]):
            if time > times[-1]:
                sums.append(sums[-1] + rates[-1] * (time - times[-1]))
                rates.append(rates[-1])
                times.append(time)
            rates[-1] += sum(change for _, change in group)
        self._times, self._rates, self._sums = (np.array(one, dtype=np.int64) for one in (times, rates, sums))

    def between(self, begin: int, ends: Ints) -> Ints:
        """Integral from one moment to each of some others."""
        return self._until(ends) - self._until(np.array([begin]))

    def _until(self, moments: Ints) -> Ints:
        at = (np.searchsorted(self._times, moments, "right") - 1).clip(0)
        found: Ints = self._sums[at] + self._rates[at] * (moments - self._times[at])
        return found


def _overdrawn(problem: Problem, supply: _Supply, frames: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    """The fewest activities that must take more of a resource within a span than it can give."""
    names = list(supply.uses)
    if not names:
        return
    begins, ends, amounts = _arrays(supply, frames)
    best: tuple[list[int], int, int, int] | None = None
    looked = 0
    for begin in np.unique(np.concatenate([[0], begins]))[:BEGINS].tolist():
        inside = np.flatnonzero(begins >= begin)
        order = inside[np.argsort(ends[inside], kind="stable")]
        stops = np.append(ends[order], problem.horizon_s)
        counts = np.searchsorted(ends[order], stops, "right")
        there = supply.given(begin, stops)
        over = np.flatnonzero(np.cumsum(amounts[order])[counts - 1] > there)[: SPANS - looked]
        looked += len(over)
        for index in over.tolist():
            few = _fewest(order[: counts[index]], amounts, int(there[index]))
            if best is None or len(few) < len(best[0]):
                best = few, begin, int(stops[index]), int(there[index])
    if best is not None:
        few, begin, stop, most = best
        who = _listed([names[index] for index in sorted(few)])
        span = f"from {_utc(problem, begin)} to {_utc(problem, stop)}"
        need = int(amounts[few].sum()) / supply.unit
        yield supply.told.format(who=who, need=need, span=span, there=max(0, most) / supply.unit)


def _arrays(supply: _Supply, frames: Mapping[str, tuple[int, int]]) -> tuple[Ints, Ints, Ints]:
    """Earliest begin and latest end of what each activity takes [s], and how much that is."""
    rows = [
        (frames[name][0] + begin, frames[name][1] + end, amount)
        for name, (begin, end, amount) in supply.uses.items()
    ]
    begins, ends, amounts = np.array(rows, dtype=np.int64).T
    return begins, ends, amounts


def _fewest(inside: Ints, amounts: Ints, there: int) -> list[int]:
    """The largest takers that together take too much."""
    order = inside[np.argsort(-amounts[inside], kind="stable")]
    count = int(np.searchsorted(np.cumsum(amounts[order]), max(0, there), "right")) + 1
    return [int(index) for index in order[:count]]


def _listed(names: Sequence[str]) -> str:
    """Ids in words."""
    told = [repr(name) for name in names[:5]]
    if len(names) > 5:
        return f"{', '.join(told)} and {len(names) - 5} more"
    return " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)


def _utc(problem: Problem, second: int) -> str:
    return f"{np.datetime_as_string(problem.time(second), 's')}Z"
