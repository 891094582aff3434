"""A planning problem as plain arrays of integers, for compiled code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from ilrs_science.planning.model.buffers import Ints, buffers
from ilrs_science.planning.problem.parts import Activity
from ilrs_science.planning.problem.problem import Problem

__all__ = ["REQUIRED", "Facts", "facts", "packable"]

#: What it counts, beside its value, that something which must be done is done; more than all values together.
REQUIRED = 10**15


class Facts(NamedTuple):
    """Arrays over activities. Lists of lists are flat: those of activity `a` at ``x_at[a]`` to ``x_at[a + 1]``."""

    horizon: int
    """End of the problem. [s]"""
    duration: Ints
    """(activity,) From start to end. [s]"""
    lead: Ints
    """(activity,) From warm-up to start. [s]"""
    held: Ints
    """(activity,) From warm-up to the end of the cool-down. [s]"""
    span_at: Ints
    """(activity + 1,) Where the spans of an activity begin, the most valuable first."""
    span_first: Ints
    """(span,) First start. [s]"""
    span_last: Ints
    """(span,) Last start. [s]"""
    span_worth: Ints
    """(span,) What a start within it is worth. [0.001]"""
    hold_at: Ints
    """(activity + 1,) Where its demands begin."""
    hold_of: Ints
    """(hold,) Number of the renewable resource."""
    hold_amount: Ints
    """(hold,) Amount. [1]"""
    use_at: Ints
    """(activity + 1,) Where its phases begin, in order of buffer and time."""
    use_of: Ints
    """(phase,) Number of the buffer."""
    use_begin: Ints
    """(phase,) Begin after the start. [s]"""
    use_end: Ints
    """(phase,) End after the start. [s]"""
    use_rate: Ints
    """(phase,) Rate that is drawn, negative where it restores. [mW] or [bit/s]"""
    before_at: Ints
    """(activity + 1,) Where its predecessors begin."""
    before_of: Ints
    """(precedence,) The activity that ends first."""
    before_least: Ints
    """(precedence,) Shortest lag. [s]"""
    before_most: Ints
    """(precedence,) Longest lag. [s]"""
    after_at: Ints
    """(activity + 1,) Where its followers begin."""
    after_of: Ints
    """(precedence,) The activity that follows."""
    after_least: Ints
    """(precedence,) Shortest lag. [s]"""
    after_most: Ints
    """(precedence,) Longest lag. [s]"""
    apart_at: Ints
    """(activity + 1,) Where those begin that never run at the same time."""
    apart_of: Ints
    """(exclusion,) The other activity; told from both sides."""
    rival_at: Ints
    """(activity + 1,) Where the others of its choice begin."""
    rival_of: Ints
    """(rival,) The other activity."""
    must_at: Ints
    """(activity + 1,) Where the groups begin of each of which it needs a member."""
    must_of: Ints
    """(must,) Number of the group."""
    group_at: Ints
    """(group + 1,) Where the members of a group begin."""
    group_of: Ints
    """(member,) The activity."""
    rely_at: Ints
    """(activity + 1,) Where those begin that cannot stay without it."""
    rely_of: Ints
    """(rely,) The other activity."""
    size: Ints
    """(buffer,) Room that saturates. [mJ] or [bit]"""
    final: Ints
    """(buffer,) Room that must be left at the end. [mJ] or [bit]"""


def packable(problem: Problem) -> bool:
    """Whether compiled code can improve plans of a problem.

    Parameters
    ----------
    problem : Problem
        What is planned.

    Returns
    -------
    bool
        False for a makespan. Shares of partners and limits of latency it does not know, but weights of partners do for
        the first, and a plan is as a rule soon repaired of the second.
    """
    return problem.objective == "value"


def facts(problem: Problem) -> Facts:
    """The arrays of a problem.

    Parameters
    ----------
    problem : Problem
        What is planned.

    Returns
    -------
    Facts
        In the order of ``problem.activities``, ``problem.renewables`` and ``buffers(problem)``.
    """
    activities, stores = problem.activities, buffers(problem)
    rows = {resource.id: row for row, resource in enumerate(problem.renewables)}
    holds = [
        [(rows[name], amount) for name, amount in activity.demands.items() if amount]
        for activity in activities
    ]
    uses = [
        [(row, *phase) for row, store in enumerate(stores) for phase in store.use.get(activity.id, ())]
        for activity in activities
    ]
    columns = [
        *(
            np.array([getattr(activity, name) for activity in activities], dtype=np.int64)
            for name in ("duration_s", "warm_up_s", "held_s")
        ),
        *_flat([_spans(activity, problem.horizon_s) for activity in activities], 3),
        *_flat(holds, 2),
        *_flat(uses, 4),
        *_order(problem),
        *_company(problem),
        np.array([store.size for store in stores], dtype=np.int64),
        np.array([store.final for store in stores], dtype=np.int64),
    ]
    return Facts(problem.horizon_s, *columns)


def _spans(activity: Activity, horizon_s: int) -> list[tuple[int, int, int]]:
    """First and last start, and what they are worth."""
    duty = REQUIRED * (activity.required or not activity.optional)
    return [
        (first, last, worth + duty)
        for worth, spans in sorted(activity.levels(horizon_s), key=lambda level: -level[0])
        for first, last in spans
    ]


def _order(problem: Problem) -> list[Ints]:
    """Predecessors and followers with their lags."""
    number = _numbers(problem)
    before: list[list[tuple[int, ...]]] = [[] for _ in number]
    after: list[list[tuple[int, ...]]] = [[] for _ in number]
    for index, activity in enumerate(problem.activities):
        for entry in activity.precedences:
            most = 2 * problem.horizon_s if entry.max_lag_s is None else entry.max_lag_s
            for first in (number[name] for name in problem.members[entry.after]):
                before[index].append((first, entry.min_lag_s, most))
                after[first].append((index, entry.min_lag_s, most))
    return [*_flat(before, 3), *_flat(after, 3)]


def _company(problem: Problem) -> list[Ints]:
    """Exclusions, choices, and what cannot be done without what."""
    number = _numbers(problem)
    apart: list[set[int]] = [set() for _ in number]
    rivals: list[set[int]] = [set() for _ in number]
    rely: list[set[int]] = [set() for _ in number]
    musts: list[list[tuple[int]]] = []
    groups: list[list[tuple[int]]] = []
    for index, activity in enumerate(problem.activities):
        for name in activity.exclusions:
            for other in problem.members[name]:
                apart[index].add(number[other])
                apart[number[other]].add(index)
        if activity.choice:
            rivals[index] = {number[name] for name in problem.members[activity.choice]} - {index}
        musts.append([])
        for name in [*(entry.after for entry in activity.precedences), *activity.needs]:
            musts[-1].append((len(groups),))
            groups.append([(number[member],) for member in problem.members[name]])
            for (member,) in groups[-1]:
                rely[member].add(index)
    return [
        *_flat([[(other,) for other in sorted(others)] for others in apart], 1),
        *_flat([[(other,) for other in sorted(others)] for others in rivals], 1),
        *_flat(musts, 1),
        *_flat(groups, 1),
        *_flat([[(other,) for other in sorted(others)] for others in rely], 1),
    ]


def _numbers(problem: Problem) -> dict[str, int]:
    return {activity.id: index for index, activity in enumerate(problem.activities)}


def _flat(lists: Sequence[Sequence[Iterable[int]]], width: int) -> list[Ints]:
    """Where each list begins, then the columns of all of them."""
    begins = np.cumsum([0, *map(len, lists)], dtype=np.int64)
    table = np.array([tuple(row) for rows in lists for row in rows], dtype=np.int64).reshape(-1, width)
    return [begins, *(np.ascontiguousarray(column) for column in table.T)]
