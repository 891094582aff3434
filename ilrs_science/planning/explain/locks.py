"""Problems with a person's wishes in them: an activity locked to a start, or kept from a span, or set free again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ilrs_science import epochs
from ilrs_science.errors import RequestError
from ilrs_science.planning.explain.names import moment, resolve
from ilrs_science.planning.explain.variants import changed
from ilrs_science.planning.judge.never import no_start
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem

__all__ = ["forbid", "lock", "second", "unlock"]


def second(problem: Problem, when: object) -> int:
    """Second of the plan of an instant.

    Parameters
    ----------
    problem : Problem
        Whose epoch counts.
    when : int, str, datetime or datetime64
        Seconds after the epoch, or a UTC instant.

    Returns
    -------
    int
        [s]

    Raises
    ------
    EpochError
        If it is no instant.
    RequestError
        If it is not a whole second after the epoch.
    """
    if isinstance(when, int | float | np.integer | np.floating) and not isinstance(when, bool):
        if not float(when).is_integer():
            raise RequestError(
                f"{when:g} is not a whole number of seconds after the epoch {problem.epoch}; "
                f"give one, or a UTC instant such as '{problem.epoch}'"
            )
        return int(when)
    exact = float((epochs.parse_epoch(when) - problem.time(0)) / np.timedelta64(1, "s"))
    if exact != round(exact):
        raise RequestError(f"{when} is not a whole second after the epoch {problem.epoch}")
    return round(exact)


def lock(problem: Problem, plan: Plan, name: str, start: object = None) -> Problem:
    """A problem in which an activity must start at a given time.

    Parameters
    ----------
    problem : Problem
        Where to begin.
    plan : Plan
        Where the activity is now.
    name : str
        Id of an activity; without a start also of an experiment, whose sessions that are done are all locked.
    start : int, str, datetime or datetime64, optional
        Seconds after the epoch, or a UTC instant; where it is now by default.

    Returns
    -------
    Problem
        With the lock.

    Raises
    ------
    UnknownNameError
        If nothing has this name.
    RequestError
        If the start is outside the windows, or no start is given of what is not done.
    """
    names = resolve(problem, name)
    if start is None:
        at = {one: plan.starts[one] for one in names if one in plan.starts}
        if not at:
            raise RequestError(f"{name!r} is not in the plan; say at which start to lock it")
    elif len(names) > 1:
        raise RequestError(f"{name!r} has {len(names)} sessions; say which one to lock, such as {names[0]!r}")
    else:
        at = {names[0]: second(problem, start)}
    for one, when in at.items():
        spans = problem.by_id[one].model_copy(update={"locked_start": None}).starts(problem.horizon_s)
        if not any(first <= when <= last for first, last in spans):
            raise RequestError(
                f"{one!r} cannot start at {moment(problem, when)}; {_allowed(problem, one, spans, when)}"
            )
    return changed(problem, lambda entry: {"locked_start": at[entry.id]} if entry.id in at else {})


def _allowed(problem: Problem, name: str, spans: list[tuple[int, int]], when: int) -> str:
    """The nearest start that is allowed, in words."""
    if not spans:
        return no_start(problem.by_id[name].model_copy(update={"locked_start": None}), problem.horizon_s)
    near = min((min(max(when, first), last) for first, last in spans), key=lambda start: abs(start - when))
    return f"the nearest start that its windows allow is {moment(problem, near)}"


def forbid(problem: Problem, name: str, span: tuple[object, object]) -> Problem:
    """A problem in which an activity must not run within a span.

    Parameters
    ----------
    problem : Problem
        Where to begin.
    name : str
        Id of an activity, or of an experiment: then of all its sessions.
    span : tuple of (int, str, datetime or datetime64)
        Start and end: seconds after the epoch, or UTC instants.

    Returns
    -------
    Problem
        With the span forbidden to it; a required activity that is left no start is refused.

    Raises
    ------
    UnknownNameError
        If nothing has this name.
    RequestError
        If the span is empty, or meets the locked start of the activity.
    """
    names = set(resolve(problem, name))
    given: object = span
    if not isinstance(given, Sequence) or isinstance(given, str) or len(given) != 2:
        raise RequestError(f"span {span!r:.60} cannot be used; give a pair of start and end")
    opens, closes = (second(problem, when) for when in span)
    if opens >= closes:
        told = f"from {moment(problem, opens)} to {moment(problem, closes)}"
        raise RequestError(f"the span {told} is empty or reversed; its end comes after its start")
    for one in names:
        at, length = problem.by_id[one].locked_start, max(1, problem.by_id[one].duration_s)
        if at is not None and at < closes and at + length > opens:
            raise RequestError(
                f"{one!r} is locked to {moment(problem, at)}, within that span; unlock it first"
            )
    return changed(
        problem,
        lambda entry: {"forbidden": (*entry.forbidden, (opens, closes))} if entry.id in names else {},
    )


def unlock(problem: Problem, name: str) -> Problem:
    """A problem in which an activity is no longer locked nor kept from any span.

    Parameters
    ----------
    problem : Problem
        Where to begin.
    name : str
        Id of an activity, or of an experiment: then all its sessions.

    Returns
    -------
    Problem
        Without the lock and the forbidden spans.

    Raises
    ------
    UnknownNameError
        If nothing has this name.
    RequestError
        If it is neither locked nor kept from any span.
    """
    names = set(resolve(problem, name))
    held = [problem.by_id[one] for one in names]
    if not any(entry.forbidden or entry.locked_start is not None for entry in held):
        raise RequestError(f"{name!r} is not locked, and no span is forbidden to it")
    return changed(
        problem, lambda entry: {"locked_start": None, "forbidden": ()} if entry.id in names else {}
    )
