"""Whether the charge of a battery lasts to the end of something, as far as can be known on board.

Day and night to come are those of the plan; what the arrays have lost and what is drawn beyond the plan by now is taken
to stay. Of the activities, those that run by now are counted, and no later ones; so an undisturbed plan always lasts.
"""

from __future__ import annotations

from collections.abc import Iterable

from ilrs_science.planning.execution.job import Job
from ilrs_science.planning.execution.levels import Levels

__all__ = ["lasts"]


def lasts(levels: Levels, battery: str, time: int, until: int, jobs: Iterable[Job], least: int) -> bool:
    """Whether the charge of a battery stays above a level.

    Parameters
    ----------
    levels : Levels
        Now.
    battery : str
        Its id.
    time, until : int
        From now to then. [s]
    jobs : iterable of Job
        What runs, that in question included.
    least : int
        Charge that must be left. [mJ]

    Returns
    -------
    bool
        By straight lines from one change to the next.
    """
    world = levels.world
    sun, own = world.expected[battery], world.needed[battery]
    share, extra = _share(levels, battery, time), world.load[battery].at(time) - own.at(time)
    mine = [job for job in jobs if levels.problem.battery_of(job.activity) == battery]
    edges = {until, *(edge for job in mine for edge in job.edges)}
    for steps in (sun, own, world.sending[battery]):
        edges |= set(steps.between(time, until))
    charge, now = levels.charge[battery], time
    for edge in sorted(edge for edge in edges if time < edge <= until):
        power = sun.at(now) if share == 1.0 else round(sun.at(now) * share)
        asked = own.at(now) + extra + world.sending[battery].at(now) + sum(job.draw(now) for job in mine)
        charge = min(levels.full[battery], charge + (power - asked) * (edge - now))
        if charge < least:
            return False
        now = edge
    return True


def _share(levels: Levels, battery: str, time: int) -> float:
    """Share of the planned power that the arrays gave when they were last to give any. [1]"""
    planned, given = levels.world.expected[battery], levels.world.generation[battery]
    lit = [moment for moment in (*planned.between(-1, time), time) if planned.at(moment) > 0]
    return given.at(lit[-1]) / planned.at(lit[-1]) if lit else 1.0
