"""A span of a problem as a problem of its own, that begins with what has been settled before."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from ilrs_science.planning.judge.simulate import simulate
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.parts import (
    MEGABIT,
    WATT_HOUR,
    Activity,
    Battery,
    Link,
    Renewable,
    Resource,
    Storage,
)
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.problem.rest import Rest

__all__ = ["cuts", "span"]

#: Mean time from new moon to new moon. [s]
LUNATION_S = 2_551_443


def cuts(problem: Problem) -> list[int]:
    """Where a long problem is cut: about a lunation from each to the next.

    Parameters
    ----------
    problem : Problem
        The whole.

    Returns
    -------
    list of int
        From 0 to the horizon, evenly spaced. [s]
    """
    many = max(1, round(problem.horizon_s / LUNATION_S))
    return [problem.horizon_s * number // many for number in range(many + 1)]


def span(problem: Problem, settled: Mapping[str, int], begin: int, until: int) -> Problem:
    """The problem between two moments; charge and data at the first are those that what is settled leaves.

    Parameters
    ----------
    problem : Problem
        The whole.
    settled : mapping of str to int
        Starts of what is placed before. [s]
    begin, until : int
        Where it begins, and by when all has ended. [s]

    Returns
    -------
    Problem
        Its second 0 is the first moment. What must be done but may be done later need not be done in it; charge at the
        end counts only at the end of the whole, shares never.
    """
    ended = {name for name, start in settled.items() if start + problem.by_id[name].duration_s <= begin}
    rest = Rest(problem, begin, settled, ended, until).activities()
    later = _later(problem, until)
    levels = simulate(problem, Plan.of(problem, dict(settled)), (begin,))
    at = levels.times.index(begin)
    return problem.replace(
        name=f"{problem.name} from {problem.time(begin)}Z".strip(),
        epoch=f"{problem.time(begin)}Z",
        horizon_s=until - begin,
        activities=tuple(
            entry.model_copy(update={"optional": True}) if entry.id in later else entry for entry in rest
        ),
        resources=[
            _resource(one, begin, until, problem.horizon_s, levels.charge_mJ, levels.volume_bit, at)
            for one in problem.resources
        ],
        shares={},
    )


def _later(problem: Problem, until: int) -> set[str]:
    """Ids of what may also be done after a moment, itself or another of its choice."""

    def free(activity: Activity) -> bool:
        starts = activity.starts(problem.horizon_s)
        return bool(starts) and starts[-1][1] + activity.duration_s + activity.cool_down_s > until

    found = {activity.id for activity in problem.activities if free(activity)}
    return {
        activity.id
        for activity in problem.activities
        if found.intersection(problem.members[activity.choice or activity.id])
    }


def _resource(
    resource: Resource,
    begin: int,
    until: int,
    horizon: int,
    charge: Mapping[str, tuple[int, ...]],
    volume: Mapping[str, tuple[int, ...]],
    at: int,
) -> Resource:
    """A resource between two moments; levels are rounded against us."""
    match resource:
        case Renewable():
            points = [
                (max(0, start - begin), amount) for start, end, amount in resource.steps(until) if end > begin
            ]
            return resource.model_copy(update={"capacity": points[0][1], "profile": tuple(points[1:])})
        case Battery():
            left = charge[resource.id][at] * 1000 // WATT_HOUR / 1000
            return resource.model_copy(
                update={
                    "initial_Wh": left,
                    "minimum_Wh": min(resource.minimum_Wh, left),
                    "final_Wh": resource.final_Wh if until == horizon else 0.0,
                    "generation": _steps(resource.generation, begin, until),
                    "load": _steps(resource.load, begin, until),
                }
            )
        case Storage():
            held = -(-volume[resource.id][at] * 10**6 // MEGABIT) / 10**6
            return resource.model_copy(update={"initial_Mbit": min(resource.capacity_Mbit, held)})
        case Link():
            passes = [
                (max(begin, start) - begin, min(until, end) - begin, rate)
                for start, end, rate in resource.passes
                if min(until, end) > max(begin, start)
            ]
            return resource.model_copy(update={"passes": tuple(passes)})


def _steps(steps: tuple[tuple[int, float], ...], begin: int, until: int) -> tuple[tuple[int, float], ...]:
    """Steps between two moments, counted from the first. [s]"""
    return tuple(
        (max(start, begin) - begin, value)
        for (start, value), (end, _) in pairwise([*steps, (until, 0.0)])
        if end > begin and start < until
    )
