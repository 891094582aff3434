"""Whether a waiting activity may start now, and if not, why and until when it is of no use to ask again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ilrs_science.planning.execution.executive import Executive
from ilrs_science.planning.execution.job import Job
from ilrs_science.planning.execution.world import World

__all__ = ["Ready", "ready"]

Spans = Sequence[tuple[int, int]]


class Ready(NamedTuple):
    """An answer: start now, wait, or give up."""

    verdict: str
    """``"start"``, ``"wait"`` or ``"never"``."""
    reason: str = ""
    """Why not."""
    again_s: int | None = None
    """Earliest time at which the answer may be another, as far as time alone decides. [s]"""


def ready(
    job: Job, time: int, jobs: Mapping[str, Job], world: World, rules: Executive, nights: Spans = ()
) -> Ready:
    """Whether an activity may begin its warm-up now, as far as order, windows and resources decide.

    Parameters
    ----------
    job : Job
        A waiting activity whose time has come.
    time : int
        Now. [s]
    jobs : mapping of str to Job
        All activities of the plan.
    world : World
        What there is.
    rules : Executive
        How long it may wait.
    nights : sequence of (int, int)
        Through which the station sleeps by plan: nothing starts that would run into one. [s]

    Returns
    -------
    Ready
        Stores are not looked at.
    """
    latest = job.planned + rules.patience_s
    start = _allowed(job, time + job.activity.warm_up_s, world.problem.horizon_s)
    if start is None or start > latest:
        late = "no window is left" if start is None else f"late by more than {rules.patience_s / 3600:g} h"
        return Ready("never", f"{late}{_because(job)}")
    if halt := world.halted(job.activity, time):
        return Ready("wait", halt)
    for answer in (_order(job, start, time, jobs, world), _company(job, jobs, world)):
        if answer is not None:
            return answer
    if start - job.activity.warm_up_s > time:
        return Ready("wait", job.reason, start - job.activity.warm_up_s)
    finish = start + job.length + job.activity.cool_down_s
    for begins, ends in nights:
        if begins < finish and time < ends:
            return Ready("wait", "it would run into the night", ends)
    return _free(job, time, jobs, world) or Ready("start")


def _because(job: Job) -> str:
    return f": {job.reason}" if job.reason else ""


def _allowed(job: Job, start: int, horizon_s: int) -> int | None:
    """Earliest allowed start from one on, for the length that it takes this time."""
    activity = job.activity.model_copy(update={"locked_start": None, "duration_s": job.length})
    return next((max(first, start) for first, last in activity.starts(horizon_s) if last >= start), None)


def _order(job: Job, start: int, time: int, jobs: Mapping[str, Job], world: World) -> Ready | None:
    for before in job.activity.precedences:
        names = world.problem.members[before.after]
        first = next((jobs[name] for name in names if name in jobs), None)
        if first is None or first.failed:
            return Ready("never", f"{before.after} was not done")
        ended = first.ends if first.start is not None else max(first.planned, time) + first.length
        if start < ended + before.min_lag_s:
            again = ended + before.min_lag_s - job.activity.warm_up_s
            return Ready("wait", f"{first.activity.id} comes before", again)
        if before.max_lag_s is not None and start > ended + before.max_lag_s:
            return Ready("never", f"too long after {first.activity.id}{_because(job)}")
    return None


def _company(job: Job, jobs: Mapping[str, Job], world: World) -> Ready | None:
    members = world.problem.members
    for name in job.activity.needs:
        if not any(one in jobs and not jobs[one].failed for one in members[name]):
            return Ready("never", f"it needs {name}, which is not done")
    return None


def _free(job: Job, time: int, jobs: Mapping[str, Job], world: World) -> Ready | None:
    """What holds it up: something that disturbs it, or a resource that others hold or that is not there."""
    holders = [other for other in jobs.values() if other.held]
    apart = world.problem.apart[job.activity.id]
    for other in holders:
        if other.activity.id in apart:
            return Ready("wait", f"{other.activity.id} runs at the same time")
    finish = time + job.activity.warm_up_s + job.length + job.activity.cool_down_s
    for name, amount in job.activity.demands.items():
        if finish > time and amount > world.amounts[name].at(time):
            return Ready("wait", f"{name} is not there")
        if finish > time and not _fits(name, amount, time, finish, holders, world):
            return Ready("wait", f"{name} is in use")
    return None


def _fits(name: str, amount: int, time: int, finish: int, holders: Iterable[Job], world: World) -> bool:
    """Whether enough is left now and, as far as was planned, until its end."""
    users = [(other.edges[2], other.activity.demands.get(name, 0)) for other in holders]
    if sum(held for _, held in users) + amount > world.amounts[name].at(time):
        return False
    planned = world.planned[name]
    moments = [time, *(moment for moment in planned.times if time < moment < finish)]
    return all(
        sum(held for end, held in users if end > moment) + amount <= planned.at(moment) for moment in moments
    )
