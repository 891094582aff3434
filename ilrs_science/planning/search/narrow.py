"""Starts that no plan can have, taken out before a search: even with nothing else done they would break a rule.

Each activity is looked at with only what every plan holds at a known start, and with every planned downlink that might
run, as if it ran all the time it may. What else a plan does draws more and sends less, so a start that breaks a rule
here breaks it in every plan. What is left is found to the second: one good start in a month is a span of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Self

import numpy as np

from ilrs_science.planning.model.buffers import Buffer, buffers
from ilrs_science.planning.model.level import Level, level_of
from ilrs_science.planning.model.margins import Spans, good_starts, joined
from ilrs_science.planning.model.punctual import on_time
from ilrs_science.planning.problem.parts import MEGABIT, Activity, Renewable, Storage
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.search.trivial import earliest_starts

__all__ = ["Narrowed", "narrowed"]

#: Largest problem that is looked at; it takes a tenth of a second there. (measured)
MOST = 1000
#: Longest horizon, for the same reason. (assumed) [s]
LONGEST_S = 60 * 86_400
#: How often what one activity lost is used for the others. (assumed)
ROUNDS = 4
#: What may change in a narrowed activity while its starts stay as they are.
KEPT = {"precedences", "needs", "exclusions", "forbidden"}


class Narrowed(Activity):
    """An activity with the starts that some plan may have; to the checker and as JSON it is the activity itself."""

    possible: tuple[tuple[int, int], ...]
    """First and last start of each span that is left, in order and disjoint. [s]"""

    def starts(self, horizon_s: int) -> Spans:
        """Starts that windows, forbidden spans, horizon and lock allow and some plan may have.

        Parameters
        ----------
        horizon_s : int
            End of the problem. [s]

        Returns
        -------
        list of (int, int)
            First and last start of each span. [s]
        """
        return _both(super().starts(horizon_s), self.possible)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy; with its times or what it takes changed it is a plain activity again.

        Parameters
        ----------
        update : mapping of str to object, optional
            New values by field.
        deep : bool
            Whether fields are copied as well.

        Returns
        -------
        Activity
            The copy.
        """
        copied = super().model_copy(update=update, deep=deep)
        if set(update or ()) <= KEPT:
            return copied
        fields = {name: getattr(copied, name) for name in Activity.model_fields}
        return Activity.model_construct(**fields)  # type: ignore[return-value]


def narrowed(problem: Problem) -> Problem:
    """The same problem without the starts that no plan can have.

    Parameters
    ----------
    problem : Problem
        What is to be planned.

    Returns
    -------
    Problem
        Equal in the eyes of the checker; the problem itself if nothing was found, or if it is large.
    """
    if len(problem.activities) > MOST or problem.horizon_s > LONGEST_S:
        return problem
    for _ in range(ROUNDS):
        left = _left(problem)
        if not left:
            break
        fields = {name: getattr(problem, name) for name in type(problem).model_fields}
        fields["activities"] = tuple(
            _with(entry, left[entry.id]) if entry.id in left else entry for entry in problem.activities
        )
        problem = type(problem).model_construct(**fields)
    return problem


def _with(activity: Activity, possible: Spans) -> Narrowed:
    fields = {name: getattr(activity, name) for name in Activity.model_fields}
    return Narrowed.model_construct(**fields, possible=tuple(possible))


def _left(problem: Problem) -> dict[str, Spans]:
    """Possible starts of each activity that loses some. [s]"""
    spans = {entry.id: entry.starts(problem.horizon_s) for entry in problem.activities}
    fixed = {
        entry.id: spans[entry.id][0][0]
        for entry in problem.activities
        if entry.required and len(spans[entry.id]) == 1 and spans[entry.id][0][0] == spans[entry.id][0][1]
    }
    early = earliest_starts(problem)
    stores = [_Store(problem, buffer, spans, fixed) for buffer in buffers(problem) if buffer.use]
    sinks = {store.id: _Sink(problem, store, spans) for store in problem.storages}
    found = {}
    for entry in problem.activities:
        if entry.id in fixed or not spans[entry.id]:
            continue
        left = spans[entry.id] if entry.id in early else []
        left = _both(left, [(early.get(entry.id, 0), problem.horizon_s)])
        left = _without(left, _barred(problem, entry, fixed))
        for store in stores:
            left = store.hold(entry.id, left)
        sink = sinks.get(problem.storage_of(entry) or "")
        if sink is not None:
            left = sink.hold(entry, left)
        if left != spans[entry.id]:
            found[entry.id] = left
    return found


class _Store:
    """A battery or storage with what is fixed, and with all downlinks that might run."""

    def __init__(
        self, problem: Problem, buffer: Buffer, spans: Mapping[str, Spans], fixed: Mapping[str, int]
    ) -> None:
        self.use = buffer.use
        placed = []
        for name, use in buffer.use.items():
            for begin, end, rate in use:
                if name in fixed:
                    placed.append((fixed[name] + begin, fixed[name] + end, rate))
                elif rate < 0:
                    might = joined([(first + begin, last + end - 1) for first, last in spans[name]])
                    placed += [(first, last + 1, rate) for first, last in might]
        self.level: Level = level_of(buffer, placed, problem.horizon_s)
        self.spare = min(int(self.level.room.min()), int(self.level.room[-1]) - self.level.final)

    def hold(self, name: str, spans: Spans) -> Spans:
        """The starts at which an activity leaves it within its limits. [s]"""
        use = self.use.get(name, ())
        total = sum(rate * (end - begin) for begin, end, rate in use if rate > 0)
        if not spans or total <= 0 or total <= self.spare:
            return spans
        left = good_starts(self.level, use, spans)
        return good_starts(self.level, use, left, at_end=True) if left and self.level.final else left


class _Sink:
    """What can leave a storage, if every downlink that might run does."""

    def __init__(self, problem: Problem, storage: Storage, spans: Mapping[str, Spans]) -> None:
        flows = [
            (start, end, round(rate * MEGABIT))
            for link in problem.links
            if problem.storage_of(link) == storage.id
            for start, end, rate in link.passes
        ]
        mine = [entry for entry in problem.activities if problem.storage_of(entry) == storage.id]
        for entry in mine:
            if entry.drain_Mbit_s and entry.duration_s:
                might = joined([(first, last + entry.duration_s - 1) for first, last in spans[entry.id]])
                flows += [(first, last + 1, round(entry.drain_Mbit_s * MEGABIT)) for first, last in might]
        self.flows = flows
        self.horizon = problem.horizon_s
        self.initial = round(storage.initial_Mbit * MEGABIT)
        self.lowest = min([0, *(entry.urgency for entry in mine)])

    def hold(self, activity: Activity, spans: Spans) -> Spans:
        """The starts after which the data of an activity leave in time. [s]"""
        rate = round(activity.data_Mbit_s * MEGABIT)
        if activity.latency_s is None or not rate or not spans:
            return spans
        nothing = Buffer("", 0, 0, np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64), {})
        level = level_of(nothing, [(start, end, -out) for start, end, out in self.flows], self.horizon)
        before = self.initial if activity.urgency <= self.lowest else 0
        made = (activity.duration_s, rate, activity.latency_s)
        return on_time(level.times, level.rates, made, spans, before=before)


def _barred(problem: Problem, activity: Activity, fixed: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """First and last start of spans that what is fixed, or a resource by itself, forbids. [s]"""
    horizon = problem.horizon_s
    rivals = problem.members[activity.choice] if activity.choice else ()
    before = [*(entry.after for entry in activity.precedences), *activity.needs]
    alone = any(set(problem.members[name]) <= set(rivals) for name in before)
    if alone or any(name in fixed for name in rivals):
        yield 0, horizon
    yield from _out_of_order(problem, activity, fixed)
    if not activity.held_s:
        return
    for name in problem.apart[activity.id] & fixed.keys():
        begin, end = _held(problem.by_id[name], fixed[name])
        if begin < end:
            yield _meeting(activity, begin, end)
    for resource in problem.renewables:
        amount = activity.demands.get(resource.id, 0)
        for begin, end, free in _free(problem, resource, fixed) if amount else ():
            if free < amount:
                yield _meeting(activity, begin, end)


def _out_of_order(
    problem: Problem, activity: Activity, fixed: Mapping[str, int]
) -> Iterator[tuple[int, int]]:
    """Starts at which it would not keep its lag to something fixed. [s]"""
    horizon = problem.horizon_s
    for before in activity.precedences:
        for name in problem.members[before.after]:
            if name in fixed:
                ended = fixed[name] + problem.by_id[name].duration_s
                yield 0, ended + before.min_lag_s - 1
                if before.max_lag_s is not None:
                    yield ended + before.max_lag_s + 1, horizon
    for name, shortest, longest in problem.followers[activity.id]:
        if name in fixed:
            ended = fixed[name] - activity.duration_s
            yield ended - shortest + 1, horizon
            if longest is not None:
                yield 0, ended - longest - 1


def _free(problem: Problem, resource: Renewable, fixed: Mapping[str, int]) -> Iterator[tuple[int, int, int]]:
    """Begin [s], end [s] and free amount of each span of a resource."""
    holders = [
        (*_held(problem.by_id[name], at), amount)
        for name, at in fixed.items()
        if (amount := problem.by_id[name].demands.get(resource.id, 0))
    ]
    for start, end, there in resource.steps(problem.horizon_s):
        cuts = {start, end, *(cut for begin, close, _ in holders for cut in (begin, close))}
        inside = sorted(cut for cut in cuts if start <= cut <= end)
        for begin, close in pairwise(inside):
            taken = sum(amount for opens, closes, amount in holders if opens <= begin < closes)
            yield begin, close, there - taken


def _held(activity: Activity, start: int) -> tuple[int, int]:
    """From warm-up to cool-down. [s]"""
    return start - activity.warm_up_s, start + activity.duration_s + activity.cool_down_s


def _meeting(activity: Activity, begin: int, end: int) -> tuple[int, int]:
    """First and last start at which it would hold something between two moments. [s]"""
    return begin - activity.duration_s - activity.cool_down_s + 1, end + activity.warm_up_s - 1


def _both(one: Spans, other: Spans | tuple[tuple[int, int], ...]) -> Spans:
    """What lies in both of two lists of disjoint spans."""
    found = [
        (max(first, begin), min(last, end))
        for first, last in one
        for begin, end in other
        if max(first, begin) <= min(last, end)
    ]
    return sorted(found)


def _without(spans: Spans, barred: Iterator[tuple[int, int]]) -> Spans:
    """Spans less what is barred."""
    for begin, end in barred:
        if begin <= end:
            spans = [
                part
                for first, last in spans
                for part in ((first, min(last, begin - 1)), (max(first, end + 1), last))
                if part[0] <= part[1]
            ]
    return spans
