"""The same problem asked differently: fewer activities, more that must be done, others held where they are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.parts import Activity
from ilrs_science.planning.problem.problem import Problem

__all__ = ["barred", "changed", "frozen", "only", "required", "sure", "with_predecessors"]


def changed(problem: Problem, change: Callable[[Activity], dict[str, Any]], **fields: Any) -> Problem:
    """A problem with some fields of its activities changed.

    Parameters
    ----------
    problem : Problem
        Where to begin.
    change : callable
        Gives the new values of an activity by field name; none for one that stays.
    **fields
        New values of fields of the problem.

    Returns
    -------
    Problem
        Checked anew.

    Raises
    ------
    ProblemError
        If the parts no longer fit together.
    """
    entries = tuple(
        entry.model_copy(update=update) if (update := change(entry)) else entry
        for entry in problem.activities
    )
    return problem.replace(activities=entries, **fields)


def with_predecessors(
    problem: Problem, names: Iterable[str], done: Collection[str] = ()
) -> tuple[set[str], set[str]]:
    """What has to be done for some activities to be done.

    Parameters
    ----------
    problem : Problem
        Where to look.
    names : iterable of str
        Ids of the activities; of those of one choice any will do.
    done : collection of str
        Ids of what is done; where one of a choice is, that one is meant by the name of the choice.

    Returns
    -------
    (set of str, set of str)
        What must be done, of each choice one, and what may have to be, depending on which one.
    """
    must: set[str] = set()
    may: set[str] = set()
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(problem.by_id[name].choice or name, []).append(name)
    stack = [(members, True) for members in groups.values()]
    while stack:
        members, sure = stack.pop()
        if set(members) <= (must if sure else must | may):
            continue
        (must if sure else may).update(members)
        for entry in (problem.by_id[name] for name in members):
            for other in [*(before.after for before in entry.precedences), *entry.needs]:
                known = problem.members[other]
                chosen = [name for name in known if name in done] or list(known)
                stack.append((chosen, sure and len(members) == 1))
    return must, may - must


def only(problem: Problem, names: Collection[str]) -> Problem:
    """A problem of some of its activities; what they say of the others is dropped."""
    kept = set(names)

    def change(entry: Activity) -> dict[str, Any]:
        before = tuple(one for one in entry.precedences if _there(one.after))
        needs, apart = (tuple(filter(_there, names)) for names in (entry.needs, entry.exclusions))
        update = {"precedences": before, "needs": needs, "exclusions": apart}
        return {} if all(update[name] == getattr(entry, name) for name in update) else update

    def _there(name: str) -> bool:
        return any(one in kept for one in problem.members[name])

    entries = tuple(entry for entry in problem.activities if entry.id in kept)
    partners = {entry.partner for entry in entries}
    return problem.replace(
        activities=tuple(
            entry.model_copy(update=update) if (update := change(entry)) else entry for entry in entries
        ),
        objective="value",
        shares={name: share for name, share in problem.shares.items() if name in partners},
    )


def sure(problem: Problem, must: Collection[str], names: Collection[str]) -> set[str]:
    """The names, and of what must be done with them those that are no choice; choices are left to the rules."""
    return {name for name in must if name in names or not problem.by_id[name].choice}


def barred(problem: Problem, names: Iterable[str]) -> bool:
    """Whether no plan holds the activities, of those of one choice one: no start is allowed, or another is locked."""
    asked = set(names)
    free: dict[str, bool] = {}
    for entry in (problem.by_id[name] for name in asked):
        key = entry.choice or entry.id
        rivals = (problem.by_id[name] for name in problem.members[key] if name not in asked)
        open_ = bool(entry.starts(problem.horizon_s)) and all(one.locked_start is None for one in rivals)
        free[key] = free.get(key, False) or open_
    return not all(free.values())


def required(problem: Problem, names: Collection[str]) -> Problem:
    """A problem whose plans hold some activities; of several of one choice one of them, and none of the others."""
    chosen = {problem.by_id[name].choice for name in names} - {""}

    def change(entry: Activity) -> dict[str, Any]:
        if entry.id in names:
            return {"optional": False}
        return {"optional": False, "windows": (), "locked_start": None} if entry.choice in chosen else {}

    return changed(problem, change)


def frozen(problem: Problem, plan: Plan, free: Collection[str]) -> Problem:
    """A problem in which what is done may be dropped but not moved, apart from the free activities."""
    starts = {name: start for name, start in plan.starts.items() if name not in free}

    def change(entry: Activity) -> dict[str, Any]:
        start = starts.get(entry.id)
        return {} if start is None else {"windows": ((start, start + entry.duration_s),), "forbidden": ()}

    return changed(problem, change)
