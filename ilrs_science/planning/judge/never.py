"""What no plan can ever hold, and why, as it shows without a search.

An activity can never be done if no start is allowed, if it demands more of a resource than there ever is, or if it
needs what can never be done with it. Where it must be done there is no plan; elsewhere it is left out of each one.
"""

from __future__ import annotations

from ilrs_science.planning.problem.parts import Activity
from ilrs_science.planning.problem.problem import Problem

__all__ = ["never", "no_start"]


def never(problem: Problem) -> dict[str, str]:
    """Activities that no plan can hold.

    Parameters
    ----------
    problem : Problem
        What is to be planned.

    Returns
    -------
    dict of str to str
        Why, in a few words, by id in the order of the problem.
    """
    most = {one.id: max(there for *_, there in one.steps(problem.horizon_s)) for one in problem.renewables}
    why = {entry.id: _alone(problem, entry, most) for entry in problem.activities}
    changed = True
    while changed:  # what needs something that can never be done can never be done either
        changed = False
        for entry in problem.activities:
            if not why[entry.id] and (told := _with_others(problem, entry, why)):
                why[entry.id], changed = told, True
    return {name: told for name, told in why.items() if told}


def no_start(activity: Activity, horizon_s: int) -> str:
    """Why an activity has no allowed start.

    Parameters
    ----------
    activity : Activity
        What is to be placed.
    horizon_s : int
        End of the problem. [s]

    Returns
    -------
    str
        In a few words; empty if there is a start.
    """
    if activity.starts(horizon_s):
        return ""
    if activity.windows == ():
        return "it has no window"
    bare = {"forbidden": (), "warm_up_s": 0, "cool_down_s": 0}
    if not activity.model_copy(update=bare).starts(horizon_s):
        return f"no window holds its {activity.duration_s} s"
    around = f"warm-up of {activity.warm_up_s} s and cool-down of {activity.cool_down_s} s"
    if not activity.model_copy(update={"forbidden": ()}).starts(horizon_s):
        return f"its {around} leave it no start in its windows"
    spans = "the spans forbidden to it"
    if activity.warm_up_s or activity.cool_down_s:
        spans += f", with its {around},"
    return f"{spans} leave it no start"


def _alone(problem: Problem, entry: Activity, most: dict[str, int]) -> str:
    if told := no_start(entry, problem.horizon_s):
        return told
    short = [name for name, amount in entry.demands.items() if entry.held_s and amount > most[name]]
    if not short:
        return ""
    name, there = short[0], most[short[0]]
    return (
        f"it needs {entry.demands[name]} of {name!r}, there {'is' if there == 1 else 'are'} {there} at most"
    )


def _with_others(problem: Problem, entry: Activity, why: dict[str, str]) -> str:
    for other in dict.fromkeys([*(before.after for before in entry.precedences), *entry.needs]):
        members = problem.members[other]
        if all(why[name] for name in members):
            return f"it needs {other!r}, which can never be done"
        if entry.choice and all(problem.by_id[name].choice == entry.choice for name in members):
            return f"it needs {other!r}, which is of the same choice {entry.choice!r}"
    return ""
