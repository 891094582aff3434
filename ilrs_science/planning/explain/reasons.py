"""Why each activity of a plan was left out, in a few words each. No solver is asked, so it is quick."""

from __future__ import annotations

import pandas as pd

from ilrs_science.planning.explain.blocked import Blocked, Share, blocked_in
from ilrs_science.planning.explain.names import listed, moment
from ilrs_science.planning.explain.scene import Scene
from ilrs_science.planning.judge.check import Rule
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem

__all__ = ["left_out_reasons"]

#: What an activity breaks even if nothing else is done.
_ALONE = {
    Rule.BATTERY: "{} cannot carry it, even if nothing else is done",
    Rule.STORAGE: "{} cannot take its data, even if nothing else is done",
}


def left_out_reasons(problem: Problem, plan: Plan) -> pd.DataFrame:
    """Why each activity was left out, as far as the plan itself shows.

    Parameters
    ----------
    problem : Problem
        What was planned.
    plan : Plan
        What is done.

    Returns
    -------
    pandas.DataFrame
        Columns ``id``, ``value`` [1] and ``reason``, in the order of the problem. The reason looks at the plan as is:
        whether it could be arranged otherwise, :func:`ilrs_science.planning.explain.explanation.explain` tells.
    """
    scene, empty = Scene(problem, plan), Scene(problem, Plan.of(problem, {}))
    rows = [
        {"id": entry.id, "value": entry.value, "reason": _reason(scene, empty, entry.id)}
        for entry in problem.activities
        if entry.id not in plan.starts
    ]
    return pd.DataFrame(rows, columns=["id", "value", "reason"])


def _reason(scene: Scene, empty: Scene, name: str) -> str:
    found = blocked_in(scene, name)
    if not found.allowed:
        return _no_window(scene.problem, name)
    if found.free:
        return f"would fit at {moment(scene.problem, found.free[0][0])}: a longer search may place it"
    if hopeless := _even_alone(found, empty):
        return hopeless
    entry = scene.problem.by_id[name]
    wanted = [*(before.after for before in entry.precedences), *entry.needs]
    missing = [one for one in wanted if not any(other in scene.spans for other in scene.problem.members[one])]
    if missing:
        return f"needs {listed(missing)}, left out too"
    return f"no start is free: {', '.join(f'{one.what} {one.told()}' for one in found.tally[:2])}"


def _no_window(problem: Problem, name: str) -> str:
    entry = problem.by_id[name]
    if entry.windows == ():
        return "never possible in this span"
    return f"no window holds its {entry.duration_s / 3600:g} h"


def _even_alone(found: Blocked, empty: Scene) -> str:
    """What forbids every start even if nothing else is done, apart from missing predecessors and needs."""
    if not any(one.share == 1.0 for one in _own(found)):
        return ""
    alone = blocked_in(empty, found.activity)
    for row in _own(alone):
        if row.share == 1.0:
            first = next(one for one in alone.obstacles if one.rule == row.rule)
            return _ALONE.get(first.rule, "").format(first.resource) or first.reason
    return ""


def _own(found: Blocked) -> list[Share]:
    """What blocks it, apart from others that are missing."""
    return [one for one in found.tally if one.rule not in (Rule.PRECEDENCE, Rule.NEED)]
