"""Part of a problem: some of its activities, everything else left out.

What a plan does with the activities of a part is a plan of the part, since those that are left out only take. So the
best value of a part bounds what its activities are worth in any plan, and bounds of parts without a common activity
add up. It holds for the true problem, in continuous time.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ilrs_science.planning.problem.parts import Activity
from ilrs_science.planning.problem.problem import Problem

__all__ = ["close_ones", "part", "separable"]


def separable(problem: Problem) -> bool:
    """Whether what a plan does with some activities is a plan of them alone.

    Parameters
    ----------
    problem : Problem
        What is planned.

    Returns
    -------
    bool
        False for a makespan, and where activities empty a storage, since others may live on that.
    """
    return problem.objective == "value" and not any(activity.drain_Mbit_s for activity in problem.activities)


def part(problem: Problem, names: Collection[str], early: Mapping[str, int]) -> Problem:
    """The problem of some activities alone.

    Parameters
    ----------
    problem : Problem
        The whole.
    names : collection of str
        Ids of the activities that stay; of a choice all or none.
    early : mapping of str to int
        Earliest start of each in the whole. [s]

    Returns
    -------
    Problem
        Precedences, needs and exclusions between activities that stay; all resources, and no shares.
    """
    stay = {name for name, members in problem.members.items() if set(members) <= set(names)}
    kept = []
    for activity in problem.activities:
        if activity.id in stay:
            first = early[activity.id]
            closed = ((0, first),) if first > 0 and activity.locked_start is None else ()
            changes = {
                "precedences": tuple(entry for entry in activity.precedences if entry.after in stay),
                "exclusions": tuple(name for name in activity.exclusions if name in stay),
                "needs": tuple(name for name in activity.needs if name in stay),
                "forbidden": (*activity.forbidden, *closed),
            }
            kept.append(activity.model_copy(update=changes))
    return problem.replace(activities=tuple(kept), shares={})


def close_ones(problem: Problem, target: Activity, names: Collection[str], many: int) -> set[str]:
    """Activities that most stand in the way of one: they must run when it may, and take what it needs.

    Parameters
    ----------
    problem : Problem
        The whole.
    target : Activity
        The one.
    names : collection of str
        Ids of those to choose from.
    many : int
        How many, at the most; those of one choice come together.

    Returns
    -------
    set of str
        Ids, that of the target and of what it cannot do without among them.
    """
    found = set(problem.members[target.choice or target.id])
    for name in [*(entry.after for entry in target.precedences), *target.needs]:
        found |= set(problem.members[name])
    others = [problem.by_id[name] for name in names if name not in found]
    nearness = {other.id: _nearness(problem, target, other) for other in others}
    for other in sorted(others, key=lambda other: (-nearness[other.id], other.id)):
        if len(found) >= many or not nearness[other.id]:
            break
        found |= set(problem.members[other.choice or other.id])
    return found


def _nearness(problem: Problem, one: Activity, other: Activity) -> float:
    """Share of the starts of the other at which it meets the windows of the one, times what it takes then."""
    horizon = problem.horizon_s
    spans = [(first - one.warm_up_s, last + one.held_s) for first, last in one.starts(horizon)]
    total = meets = 0
    for first, last in other.starts(horizon):
        total += last - first + 1
        for opens, closes in spans:
            meets += max(0, min(last, closes) - max(first, opens - other.held_s) + 1)
    return meets / max(1, total) * _taken(problem, one, other)


def _taken(problem: Problem, one: Activity, other: Activity) -> float:
    """What the other takes of what both use, as a share of all there is; twice that if both do not fit together."""
    found = 2.0 * (other.id in one.exclusions or one.id in other.exclusions)
    for resource in problem.renewables:
        mine, its = (activity.demands.get(resource.id, 0) for activity in (one, other))
        if mine and its:
            share = its / max(1, resource.capacity)
            found += 2 * share if mine + its > resource.capacity else share
    for battery in problem.batteries:
        if one.draws and problem.battery_of(one) == problem.battery_of(other) == battery.id:
            used = sum(phase.rate * (phase.end - phase.begin) for phase in other.draws) / 3.6e6
            found += used / max(1e-3, battery.capacity_Wh - battery.minimum_Wh)
    for store in problem.storages:
        if one.makes and problem.storage_of(one) == problem.storage_of(other) == store.id:
            found += other.data_Mbit_s * other.duration_s / max(1e-3, store.capacity_Mbit)
    return found
