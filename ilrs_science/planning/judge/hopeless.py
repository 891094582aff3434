"""What makes any plan impossible, found without a search: locks that contradict each other, a battery that empties.

The checker judges the plan that holds nothing but the activities with a single possible start. Whatever else a plan
does, these are in it, and more draws only more; so what they break, no plan can mend. Where they break nothing, sums
over all that must be done are held against what there is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, islice

import numpy as np

from ilrs_science.planning.judge.check import Rule, Violation, check
from ilrs_science.planning.judge.never import never
from ilrs_science.planning.judge.scarce import scarce
from ilrs_science.planning.judge.simulate import simulate
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Precedence, Problem

__all__ = ["hopeless"]

#: Pairs that are told for one violation.
TOLD = 3
#: Rules that more activities can never mend.
FINAL = (Rule.CHOICE, Rule.EXCLUSION, Rule.RESOURCE, Rule.BATTERY, Rule.FINAL_CHARGE, Rule.STORAGE)


def hopeless(problem: Problem) -> list[str]:
    """Why no plan can exist, where that shows without a search.

    Parameters
    ----------
    problem : Problem
        What is to be planned.

    Returns
    -------
    list of str
        One line each, with ids and UTC; empty if nothing stands in the way at first sight.
    """
    found = list(_idle(problem))
    if found:
        return found
    fixed = _fixed(problem)
    alone = Plan.of(problem, fixed)
    drained = {problem.storage_of(activity) for activity in problem.activities if activity.drain_Mbit_s}
    for violation in check(problem, alone):
        if violation.rule in FINAL and violation.resource not in drained:
            found += _words(problem, fixed, violation)
    return [*dict.fromkeys(found), *_orders(problem, fixed)] or list(_duties(problem)) or scarce(problem)


def _idle(problem: Problem) -> Iterator[str]:
    """Batteries and storages that break their limits with nothing done at all."""
    for breach in simulate(problem, Plan.of(problem, {})).breaches:
        yield f"{breach} ({_utc(problem, breach.start_s)}) even if nothing is done"


def _duties(problem: Problem) -> Iterator[str]:
    """What must be done and can never be."""
    why = never(problem)
    for name, told in why.items():
        if problem.by_id[name].required:
            yield f"{name!r} must be done but {told}"
    for choice, names in problem.choices.items():
        if not problem.by_id[names[0]].optional and all(name in why for name in names):
            each = "; ".join(f"{name!r}: {why[name]}" for name in names[:TOLD])
            yield f"one of the choice {choice!r} must be done but none can be: {each}"


def _fixed(problem: Problem) -> dict[str, int]:
    """Activities that every plan holds, at the only start that each may have. [s]"""
    fixed = {}
    for activity in problem.activities:
        starts = activity.starts(problem.horizon_s) if activity.required else []
        if len(starts) == 1 and starts[0][0] == starts[0][1]:
            fixed[activity.id] = starts[0][0]
    return fixed


def _words(problem: Problem, fixed: Mapping[str, int], violation: Violation) -> Iterator[str]:
    """Who is to blame for a violation among the fixed ones: the pairs, if a pair alone breaks the rule."""
    at, resource = violation.at_s or 0, violation.resource
    if violation.rule is Rule.EXCLUSION and violation.activity is not None:
        for rival in _rivals(problem, fixed, violation.activity):
            pair = sorted((violation.activity, rival), key=lambda name: (fixed[name], name))
            yield f"{_both(problem, fixed, pair)} must not run at the same time, but each has to be then"
    elif violation.rule is Rule.CHOICE:
        yield violation.message
    elif violation.rule is Rule.RESOURCE and resource is not None:
        demands = {
            name: problem.by_id[name].demands[resource]
            for name in fixed
            if problem.by_id[name].demands.get(resource)
            and _begin(problem, fixed, name) <= at < _end(problem, fixed, name)
        }
        amount = _amount(problem, resource, at)
        there = f"there {'is' if amount == 1 else 'are'} {amount} at {_utc(problem, at)}"
        for group in _smallest(demands, amount):
            need = sum(demands[name] for name in group)
            verb = "needs" if len(group) == 1 else "need"
            yield f"{_both(problem, fixed, group)} {verb} {need} of {resource!r} but {there}"
    else:
        who = _listed(problem, fixed, violation)
        yield f"{violation.message} ({_utc(problem, at)}) with what has to be done then: {who}"


def _rivals(problem: Problem, fixed: Mapping[str, int], name: str) -> list[str]:
    """Fixed activities that an activity must not meet but does."""
    others = [member for other in problem.by_id[name].exclusions for member in problem.members[other]]
    return [
        other
        for other in dict.fromkeys(others)
        if other in fixed
        and max(_begin(problem, fixed, name), _begin(problem, fixed, other))
        < min(_end(problem, fixed, name), _end(problem, fixed, other))
    ]


def _smallest(demands: Mapping[str, int], amount: int) -> list[tuple[str, ...]]:
    """Single activities that demand too much, or else pairs, or else all together."""
    for count in (1, 2):
        groups = (
            group for group in combinations(demands, count) if sum(demands[one] for one in group) > amount
        )
        if found := list(islice(groups, TOLD)):
            return found
    return [tuple(demands)]


def _orders(problem: Problem, fixed: Mapping[str, int]) -> Iterator[str]:
    """Pairs of fixed activities whose order or distance is not allowed."""
    for name in fixed:
        for before, first in _befores(problem, fixed, name):
            lag = fixed[name] - fixed[first] - problem.by_id[first].duration_s
            longest = before.max_lag_s
            if lag < before.min_lag_s or (longest is not None and lag > longest):
                limit = (
                    f"{before.min_lag_s} s or more"
                    if longest is None
                    else f"{before.min_lag_s} to {longest} s"
                )
                yield (
                    f"{_both(problem, fixed, (first, name))}: the second has to start {limit} after the end "
                    f"of the first, but it starts {lag} s after it"
                )


def _befores(problem: Problem, fixed: Mapping[str, int], name: str) -> Iterator[tuple[Precedence, str]]:
    """Each precedence of an activity with a fixed activity that it names, by itself or by its choice."""
    for before in problem.by_id[name].precedences:
        yield from ((before, first) for first in problem.members[before.after] if first in fixed)


def _both(problem: Problem, fixed: Mapping[str, int], names: tuple[str, ...] | list[str]) -> str:
    """Activities by id, each with its times."""
    told = []
    for name in names:
        activity = problem.by_id[name]
        how = "only start" if activity.locked_start is None else "locked"
        span = (fixed[name], fixed[name] + activity.duration_s)
        told.append(f"{name!r} ({how}: {' to '.join(_utc(problem, second) for second in span)})")
    return " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)


def _listed(problem: Problem, fixed: Mapping[str, int], violation: Violation) -> str:
    """Ids of what takes of a battery or storage before it is within its limit again."""
    ends = [
        breach.end_s
        for breach in simulate(problem, Plan.of(problem, fixed)).breaches
        if (breach.resource, breach.start_s) == (violation.resource, violation.at_s)
    ]
    until = max(ends, default=problem.horizon_s)
    users = [
        entry
        for entry in (problem.by_id[name] for name in fixed)
        if (entry.draws and problem.battery_of(entry) == violation.resource)
        or (entry.makes and problem.storage_of(entry) == violation.resource)
    ]
    began = [entry.id for entry in users if _begin(problem, fixed, entry.id) < until]
    names = sorted(began, key=lambda name: (fixed[name], name))
    return ", ".join(map(repr, names[:5])) + (f" and {len(names) - 5} more" if len(names) > 5 else "")


def _begin(problem: Problem, fixed: Mapping[str, int], name: str) -> int:
    """Start of the warm-up of a fixed activity. [s]"""
    return fixed[name] - problem.by_id[name].warm_up_s


def _end(problem: Problem, fixed: Mapping[str, int], name: str) -> int:
    """End of the cool-down of a fixed activity. [s]"""
    return _begin(problem, fixed, name) + problem.by_id[name].held_s


def _amount(problem: Problem, resource: str, at: int) -> int:
    """Amount of a renewable resource at a time. [1]"""
    steps = next(one for one in problem.renewables if one.id == resource).steps(problem.horizon_s)
    return next(amount for start, end, amount in steps if start <= at < end)


def _utc(problem: Problem, second: int) -> str:
    return f"{np.datetime_as_string(problem.time(second), 's')}Z"
