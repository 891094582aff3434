"""What remains of a problem at a moment of an execution, as a problem that begins at that moment.

What is done is gone; what runs is locked with the time that it still takes; what was stopped or skipped may be tried
again. Charge and data are those of the moment, and what is known to be wrong is believed to last as its record says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.execution.execution import Execution
from ilrs_science.planning.execution.steps import Steps
from ilrs_science.planning.execution.world import World
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

__all__ = ["Remaining", "remaining"]


@dataclass(frozen=True)
class Remaining:
    """What remains to be planned, and what is settled."""

    problem: Problem
    """What remains; its second 0 is now."""
    now_s: int
    """Now, after the epoch of the whole problem. [s]"""
    settled: dict[str, int]
    """Starts of what is done or runs, after the epoch of the whole problem. [s]"""

    def whole(self, problem: Problem, starts: dict[str, int]) -> Plan:
        """Plan of the whole problem from starts of what remains."""
        later = {
            name: start + self.now_s
            for name, start in starts.items()
            if name not in self.settled and name in problem.by_id
        }
        return Plan.of(problem, self.settled | later)


def remaining(
    problem: Problem,
    plan: Plan,
    execution: Execution,
    *,
    disruptions: Iterable[Disruption] = (),
    frozen_until_s: int = 0,
) -> Remaining:
    """What remains of a problem where an execution has stopped.

    Parameters
    ----------
    problem : Problem
        The whole problem.
    plan : Plan
        The plan that was executed.
    execution : Execution
        How far it went.
    disruptions : iterable of Disruption
        What is known to be wrong; only what has begun counts.
    frozen_until_s : int
        Until then activities may be dropped but neither moved nor added. [s]

    Returns
    -------
    Remaining
        With the problem from now on.
    """
    now = execution.until_s
    known = [one for one in disruptions if one.start_s <= now]
    runs = {run.id: run for run in execution.runs}
    settled = {
        name: run.start_s
        for name, run in runs.items()
        if run.outcome in ("done", "running") and run.start_s is not None
    }
    waiting = {name for name, run in runs.items() if run.outcome == "waiting"}
    frozen = max(now, frozen_until_s)
    done = {name for name in settled if runs[name].outcome == "done"}
    entries = Rest(
        problem,
        now,
        settled,
        done,
        until=problem.horizon_s,
        earliest=frozen,
        pinned={
            name: start for name, start in plan.starts.items() if name in waiting and now <= start < frozen
        },
    ).activities()
    world = World(problem, known)
    if problem.shares:
        entries = (*entries, *_credits(problem, {name: settled[name] for name in done}))
    partners = {one.partner for one in entries}
    shares = {name: share for name, share in problem.shares.items() if name in partners}
    rest = problem.replace(
        name=f"{problem.name} from {problem.time(now)}Z".strip(),
        epoch=f"{problem.time(now)}Z",
        horizon_s=problem.horizon_s - now,
        activities=entries,
        resources=[_resource(resource, world, execution, now) for resource in problem.resources],
        shares=shares,
    )
    return Remaining(rest, now, settled)


def _credits(problem: Problem, done: Mapping[str, int]) -> Iterator[Activity]:
    """What was gained for each partner, as something that takes no time: it counts toward the shares."""
    worth: dict[str, int] = {}
    for name, start in done.items():
        activity = problem.by_id[name]
        worth[activity.partner] = worth.get(activity.partner, 0) + activity.worth_at(start)
    for partner, value in worth.items():
        name = f"done before: {partner}"
        yield Activity(
            id=name, partner=partner, duration_s=0, value=value / 1000, optional=False, locked_start=0
        )


def _resource(resource: Resource, world: World, execution: Execution, now: int) -> Resource:
    """A resource from now on, as far as is known."""
    match resource:
        case Renewable():
            points = _from(world.amounts[resource.id], now)
            return resource.model_copy(update={"capacity": points[0][1], "profile": tuple(points[1:])})
        case Battery():
            charge = execution.charge_mJ[resource.id][-1] / WATT_HOUR
            return resource.model_copy(
                update={
                    "initial_Wh": min(resource.capacity_Wh, round(charge, 3)),
                    "minimum_Wh": min(resource.minimum_Wh, round(charge, 3)),
                    "generation": _watts(world.generation[resource.id], now),
                    "load": _watts(world.load[resource.id], now),
                }
            )
        case Storage():
            volume = execution.volume_bit[resource.id][-1] / MEGABIT
            return resource.model_copy(update={"initial_Mbit": min(resource.capacity_Mbit, round(volume, 6))})
        case Link():
            passes = [
                (max(0, begin - now), finish - now, rate)
                for start, end, rate in resource.passes
                for begin, finish in world.heard(resource.id, start, end)
                if finish > now
            ]
            return resource.model_copy(update={"passes": tuple(passes)})


def _from(steps: Steps, now: int) -> list[tuple[int, int]]:
    """(time, value) from now on, counted from now."""
    later = [(time - now, value) for time, value in zip(steps.times, steps.values, strict=True) if time > now]
    return [(0, steps.at(now)), *later]


def _watts(steps: Steps, now: int) -> tuple[tuple[int, float], ...]:
    return tuple((time, value / 1000) for time, value in _from(steps, now))
