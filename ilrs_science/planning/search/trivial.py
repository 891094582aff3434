"""The bound that needs no search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ilrs_science.planning.problem.parts import Activity
from ilrs_science.planning.problem.problem import Problem

__all__ = ["earliest_starts", "trivial_bound", "unshared_bound"]


def trivial_bound(problem: Problem) -> int:
    """Score that no plan can exceed, whatever is shared.

    Parameters
    ----------
    problem : Problem
        What is planned.

    Returns
    -------
    int
        As of :func:`ilrs_science.planning.search.whole.score`: of each choice the best, of what windows, lags and
        needs let happen; and no more than what the activities of a partner with a share allow.
    """
    early = earliest_starts(problem)
    if problem.objective == "makespan":
        ends = [start + problem.by_id[name].duration_s for name, start in early.items()]
        duties = [problem.by_id[name].required for name in early]
        return -max((end for end, duty in zip(ends, duties, strict=True) if duty), default=0)
    own = [
        1000
        * _most(problem, [name for name in early if problem.by_id[name].partner == partner], early)
        // least
        for partner, share in problem.shares.items()
        if (least := round(1000 * share))
    ]
    return min([_most(problem, early, early), *own])


def unshared_bound(problem: Problem) -> int:
    """The same bound, whatever shares the partners have.

    Parameters
    ----------
    problem : Problem
        What is planned; value is sought.

    Returns
    -------
    int
        The sum of what each activity, or choice, is worth at the most.
    """
    early = earliest_starts(problem)
    return _most(problem, early, early)


def _most(problem: Problem, names: Iterable[str], early: Mapping[str, int]) -> int:
    """What some activities are worth together at the most; of each choice the best. [0.001]"""
    best: dict[str, int] = {}
    for name in names:
        activity = problem.by_id[name]
        levels = activity.levels(problem.horizon_s)
        worth = max((level for level, spans in levels if spans[-1][1] >= early[name]), default=0)
        key = activity.choice or name
        best[key] = max(best.get(key, 0), worth)
    return sum(best.values())


def earliest_starts(problem: Problem) -> dict[str, int]:
    """Earliest start of each activity that windows and lags allow; those that never can be done are missing.

    Parameters
    ----------
    problem : Problem
        What is planned.

    Returns
    -------
    dict of str to int
        No plan has an earlier start, or another activity. [s]
    """
    horizon = problem.horizon_s
    spans = {activity.id: activity.starts(horizon) for activity in problem.activities}
    early = {name: found[0][0] for name, found in spans.items() if found}
    changed = True
    while changed:
        changed = False
        for activity in problem.activities:
            if activity.id not in early:
                continue
            start = _start(problem, activity, early)
            later = [max(start, first) for first, last in spans[activity.id] if last >= start]
            if start < 0 or not later:
                del early[activity.id]
                changed = True
            elif later[0] > early[activity.id]:
                early[activity.id] = later[0]
                changed = True
    return early


def _start(problem: Problem, activity: Activity, early: dict[str, int]) -> int:
    """Start that its predecessors leave; -1 if one of them, or something it needs, never can be done. [s]"""
    start = early[activity.id]
    for need in activity.needs:
        if not any(name in early for name in problem.members[need]):
            return -1
    for before in activity.precedences:
        ends = [
            early[name] + problem.by_id[name].duration_s
            for name in problem.members[before.after]
            if name in early
        ]
        if not ends:
            return -1
        start = max(start, min(ends) + before.min_lag_s)
    return start
