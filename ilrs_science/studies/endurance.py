"""How long a plan carries a station without contact, before energy, storage or the plan itself runs out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.execution.execute import execute
from ilrs_science.planning.execution.execution import Execution
from ilrs_science.planning.execution.executive import Executive
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem

__all__ = ["Cause", "endurance"]

Cause = Literal["energy", "storage", "plan"]

DAY = 86400


def endurance(
    problem: Problem,
    plan: Plan,
    *,
    from_s: int = 0,
    wrong: Iterable[Disruption] = (),
    executive: Executive | None = None,
) -> dict[Cause, float | None]:
    """When each thing has run out, if contact is lost for good and nobody makes a new plan.

    Parameters
    ----------
    problem : Problem
        What was planned.
    plan : Plan
        What is done.
    from_s : int
        When contact is lost, after the epoch of the problem. [s]
    wrong : iterable of Disruption
        What else goes wrong.
    executive : Executive, optional
        Rules on board.

    Returns
    -------
    dict of str to float or None
        From then until ``"energy"``, ``"storage"`` and ``"plan"`` have run out [d]; None if one has not by the end of
        the problem. *Energy* has run out at the first moment at which the station falls asleep for it, or an activity
        is stopped, late or given up since a battery is low; *storage* when one is since a storage is full; the *plan*
        when its last activity has ended, since nobody sends another.
    """
    endless = [*wrong, Disruption(kind="outage", start_s=from_s, name="silence")]
    rules = executive or Executive()
    ran = execute(problem, plan, endless, executive=rules)
    ends = max((placed.end_s for placed in plan.placements), default=0)
    batteries = [f"{one.id} is {state}" for one in problem.batteries for state in ("low", "at its minimum")]
    starved = [start for start, _ in ran.asleep] if rules.hibernate == "never" else []
    short = [*_hindered(ran, batteries), *starved, *ran.lost.values()]
    full = _hindered(ran, [f"{one.id} is full" for one in problem.storages])
    moments: dict[Cause, list[int]] = {"energy": short, "storage": full, "plan": [max(from_s, ends)]}
    return {
        cause: min(((time - from_s) / DAY for time in times if time >= from_s), default=None)
        for cause, times in moments.items()
    }


def _hindered(ran: Execution, reasons: Sequence[str]) -> list[int]:
    """When activities were stopped, or were to begin and could not, for one of some reasons. [s]"""
    hit = [run for run in ran.runs if any(reason in run.reason for reason in reasons)]
    return [run.end_s if run.outcome == "aborted" and run.end_s is not None else run.planned_s for run in hit]
