"""Equal sessions of an experiment are numbered only to be told apart: the next one stands in for one that failed."""

from __future__ import annotations

from ilrs_science.planning.execution.job import Job
from ilrs_science.planning.problem.parts import Activity
from ilrs_science.planning.problem.problem import Problem

__all__ = ["heirs_of", "pass_on"]


def heirs_of(problem: Problem) -> dict[str, tuple[str, ...]]:
    """Activities that follow another one and are equal to it but for number and order.

    Parameters
    ----------
    problem : Problem
        With all activities.

    Returns
    -------
    dict
        Ids of the heirs by id; only of what has any.
    """
    found: dict[str, tuple[str, ...]] = {}
    for heir in problem.activities:
        for before in heir.precedences:
            for name in problem.members[before.after]:
                if _bare(problem.by_id[name]) == _bare(heir):
                    found[name] = (*found.get(name, ()), heir.id)
    return found


def _bare(activity: Activity) -> Activity:
    """An activity without what only tells it from its like."""
    return activity.model_copy(update={"id": "", "name": "", "choice": "", "precedences": ()})


def pass_on(jobs: dict[str, Job], heirs: dict[str, tuple[str, ...]]) -> dict[str, Job]:
    """Let what failed be done where its next heir was to be done, so that the last of them is lost.

    Parameters
    ----------
    jobs : dict of str to Job
        By id, in the order in which they are due; changed where an heir steps in.
    heirs : dict
        As `heirs_of` tells.

    Returns
    -------
    dict of str to Job
        By id, in the same order.
    """
    changed = True
    while changed:
        changed = False
        for name, followers in heirs.items():
            failed = jobs.get(name)
            if failed is None or not failed.failed:
                continue
            waiting = (jobs[heir] for heir in followers if heir in jobs and jobs[heir].outcome == "waiting")
            heir = min(waiting, key=lambda job: (job.planned, job.activity.id), default=None)
            if heir is not None:
                failed.activity, heir.activity = heir.activity, failed.activity
                heir.reason = ""
                jobs = {job.activity.id: job for job in jobs.values()}
                changed = True
    return jobs
