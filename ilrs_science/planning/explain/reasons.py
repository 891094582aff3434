"""Why each activity of a plan was left out, in a few words each. No solver is asked, so it is quick."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from ilrs_science.planning.explain.blocked import Blocked, Share, blocked_in
from ilrs_science.planning.explain.names import listed, moment, no_plan
from ilrs_science.planning.explain.scene import Scene
from ilrs_science.planning.judge.check import Rule
from ilrs_science.planning.judge.never import no_start
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem

__all__ = ["Reason", "left_out_reasons", "reason_in"]

#: What an activity breaks even if nothing else is done.
_ALONE = {
    Rule.BATTERY: "{} cannot carry it, even if nothing else is done",
    Rule.STORAGE: "{} cannot take its data, even if nothing else is done",
}
#: Rules that something else that is missing breaks.
_ABSENT = {Rule.PRECEDENCE, Rule.NEED}
#: Rules that an activity may break alone and keep beside others.
_MENDED = {*_ABSENT, Rule.SHARE, Rule.LATENCY}


class Reason(NamedTuple):
    """Why an activity was left out."""

    text: str
    """In a few words."""
    rules: frozenset[Rule] = frozenset()
    """Rules that it would break at each of its allowed starts; none if it would fit or has no start."""


def left_out_reasons(problem: Problem, plan: Plan, *, none: str | None = None) -> pd.DataFrame:
    """Why each activity was left out, as far as the plan itself shows.

    Parameters
    ----------
    problem : Problem
        What was planned.
    plan : Plan
        What is done.
    none : str, optional
        Why it is proved that there is no plan at all, where that is so; it is then the reason of each.

    Returns
    -------
    pandas.DataFrame
        Columns ``id``, ``value`` [1] and ``reason``, in the order of the problem. The reason looks at the plan as is:
        whether it could be arranged otherwise, :func:`ilrs_science.planning.explain.explanation.explain` tells.
    """
    scene, empty = Scene(problem, plan), Scene(problem, Plan.of(problem, {}))

    def reason(name: str) -> str:
        return reason_in(scene, empty, name).text if none is None else no_plan(none)

    rows = [
        {"id": entry.id, "value": entry.value, "reason": reason(entry.id)}
        for entry in problem.activities
        if entry.id not in plan.starts
    ]
    return pd.DataFrame(rows, columns=["id", "value", "reason"])


def reason_in(scene: Scene, empty: Scene, name: str) -> Reason:
    """Why one activity was left out.

    Parameters
    ----------
    scene, empty : Scene
        The plan, and the problem with nothing done.
    name : str
        Id of an activity that is left out.

    Returns
    -------
    Reason
        In a few words.
    """
    found = blocked_in(scene, name)
    if not found.allowed:
        return Reason(_no_window(scene.problem, name))
    if found.free:
        at = moment(scene.problem, found.free[0][0])
        return Reason(f"would fit at {at}: a longer search may place it")
    every = [one for one in found.tally if one.share == 1.0]
    if alone := _even_alone(every, blocked_in(empty, name)):
        return alone
    rules = {one.rule for one in every}
    if Rule.CHOICE in rules:
        return Reason(_first(found, Rule.CHOICE), frozenset({Rule.CHOICE}))
    if (absent := rules & _ABSENT) and (missing := _missing(scene, name)):
        return Reason(f"needs {listed(missing)}, left out too", frozenset(absent))
    if Rule.SHARE in rules:
        return Reason(_first(found, Rule.SHARE), frozenset({Rule.SHARE}))
    foremost = ", ".join(f"{one.what} {one.told()}" for one in found.tally[:2])
    return Reason(f"no start is free: {foremost}", frozenset(one.rule for one in every[:2]))


def _first(found: Blocked, rule: Rule) -> str:
    """What the first obstacle of a rule says."""
    return next(one.reason for one in found.obstacles if one.rule == rule)


def _missing(scene: Scene, name: str) -> list[str]:
    """What must be done before or with an activity and is left out."""
    entry, members = scene.problem.by_id[name], scene.problem.members
    wanted = [*(before.after for before in entry.precedences), *entry.needs]
    return [one for one in dict.fromkeys(wanted) if not any(other in scene.spans for other in members[one])]


def _no_window(problem: Problem, name: str) -> str:
    entry = problem.by_id[name]
    return "never possible in this span" if entry.windows == () else no_start(entry, problem.horizon_s)


def _even_alone(every: list[Share], alone: Blocked) -> Reason | None:
    """What forbids every start in the plan, and would if nothing else were done: others cannot mend it."""
    blocking = {(one.rule, one.resource) for one in every if one.rule not in _MENDED}
    for row in alone.tally:
        if row.share == 1.0 and (row.rule, row.resource) in blocking:
            first = next(one for one in alone.obstacles if (one.rule, one.resource or "") == row[:2])
            text = _ALONE.get(first.rule, "").format(first.resource) or first.reason
            return Reason(text, frozenset({row.rule}))
    return None
