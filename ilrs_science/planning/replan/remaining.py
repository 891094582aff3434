"""What remains of a problem at a moment of an execution, as a problem that begins at that moment.

What is done is gone; what runs is locked with the time that it still takes; what was stopped or skipped may be tried
again. Charge and data are those of the moment, and what is known to be wrong is believed to last as its record says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.execution.execution import Execution, Run
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
        later = {name: start + self.now_s for name, start in starts.items() if name not in self.settled}
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
    view = _View(problem, plan, runs, settled, now, max(now, frozen_until_s))
    entries = [entry for activity in problem.activities for entry in view.entries(activity)]
    world = World(problem, known)
    shares = {
        name: share for name, share in problem.shares.items() if any(one.partner == name for one in entries)
    }
    rest = problem.replace(
        name=f"{problem.name} from {problem.time(now)}Z".strip(),
        epoch=f"{problem.time(now)}Z",
        horizon_s=problem.horizon_s - now,
        activities=entries,
        resources=[_resource(resource, world, execution, now) for resource in problem.resources],
        shares=shares,
    )
    return Remaining(rest, now, settled)


@dataclass(frozen=True)
class _View:
    """What is known of the activities at a moment."""

    problem: Problem
    plan: Plan
    runs: dict[str, Run]
    settled: dict[str, int]
    now: int
    frozen: int

    def entries(self, activity: Activity) -> Iterator[Activity]:
        """The activity as it remains, or nothing."""
        if activity.id in self.settled:
            yield from self._going(activity, self.settled[activity.id])
            return
        spans = list(self._spans(activity))
        chosen = any(name in self.settled for name in self.problem.choices.get(activity.choice, ()))
        if chosen or not spans:
            spans = []
        required = activity.required and bool(spans)
        lock = activity.locked_start
        yield activity.model_copy(
            update={
                "windows": tuple(spans),
                "forbidden": tuple(
                    (max(0, opens - self.now), closes - self.now)
                    for opens, closes in activity.forbidden
                    if closes > self.now
                ),
                "optional": activity.optional or not (spans or activity.choice),
                "locked_start": lock - self.now
                if required and lock is not None and lock >= self.now
                else None,
                "value_curve": _shifted(activity.value_curve, self.now),
                **self._company(activity),
            }
        )

    def _going(self, activity: Activity, start: int) -> Iterator[Activity]:
        """What still runs or cools down: locked, for the time that it still takes."""
        end = start + activity.duration_s
        done = self.runs[activity.id].outcome == "done"
        rest = 0 if done else max(1, end - max(start, self.now))
        cool = max(0, end + activity.cool_down_s - self.now) if done else activity.cool_down_s
        if done and not cool:
            return
        yield activity.model_copy(
            update={
                "windows": None,
                "forbidden": (),
                "duration_s": rest,
                "warm_up_s": max(0, start - self.now),
                "cool_down_s": cool,
                "locked_start": max(0, start - self.now),
                "value": 0.0 if done else activity.worth_at(start) / 1000,
                "value_curve": (),
                "latency_s": None,
                "choice": "",
                "precedences": (),
                "needs": (),
                "exclusions": tuple(name for name in activity.exclusions if self._open(name)),
            }
        )

    def _open(self, name: str) -> bool:
        """Whether something of that name is part of what remains."""
        return any(
            member not in self.settled or list(self._going(self.problem.by_id[member], self.settled[member]))
            for member in self.problem.members[name]
        )

    def _company(self, activity: Activity) -> dict[str, Any]:
        """What it refers to, without what is done."""

        def met(name: str) -> bool:
            return any(member in self.settled for member in self.problem.members[name])

        return {
            "precedences": tuple(one for one in activity.precedences if not met(one.after)),
            "needs": tuple(name for name in activity.needs if not met(name)),
            "exclusions": tuple(name for name in activity.exclusions if self._open(name)),
        }

    def _spans(self, activity: Activity) -> Iterator[tuple[int, int]]:
        """Windows from now on that hold it, after what has ended, at its planned start if that is frozen."""
        earliest, latest = self.now + activity.warm_up_s, self.problem.horizon_s
        planned = self.plan.starts.get(activity.id)
        run = self.runs.get(activity.id)
        waiting = run is not None and run.outcome == "waiting"
        if planned is not None and waiting and self.now <= planned < self.frozen:
            earliest, latest = max(earliest, planned), planned
        else:
            earliest = max(earliest, self.frozen)
        for before in activity.precedences:
            for name in self.problem.members[before.after]:
                if name in self.settled:
                    ended = self.settled[name] + self.problem.by_id[name].duration_s
                    earliest = max(earliest, ended + before.min_lag_s)
                    if before.max_lag_s is not None:
                        latest = min(latest, ended + before.max_lag_s)
        length = activity.duration_s
        for opens, closes in activity.spans(self.problem.horizon_s):
            begin, end = max(opens, earliest), min(closes, latest + length)
            if end - begin >= length:
                yield begin - self.now, end - self.now


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


def _shifted(curve: tuple[tuple[int, float], ...], now: int) -> tuple[tuple[int, float], ...]:
    """A value curve counted from now."""
    past = [level for time, level in curve if time <= now]
    later = [(time - now, level) for time, level in curve if time > now]
    return tuple([(0, past[-1]), *later] if past else later)
