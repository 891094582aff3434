"""The same problem asked differently: fewer activities, more that must be done, others held where they are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.parts import Activity
from ilrs_science.planning.problem.problem import Problem

__all__ = ["changed", "frozen", "only", "required", "with_predecessors"]


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


def with_predecessors(problem: Problem, names: Iterable[str]) -> set[str]:
    """The names and all that must come before them."""
    found: set[str] = set()
    stack = list(names)
    while stack:
        name = stack.pop()
        if name not in found:
            found.add(name)
            entry = problem.by_id[name]
            for other in [*(before.after for before in entry.precedences), *entry.needs]:
                members = problem.members[other]
                stack += members if not found & set(members) and len(members) == 1 else ()
    return found


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
    return problem.replace(
        activities=tuple(
            entry.model_copy(update=update) if (update := change(entry)) else entry for entry in entries
        ),
        objective="value",
        shares={},
    )


def required(problem: Problem, names: Collection[str]) -> Problem:
    """A problem whose plans hold some activities; of a choice one at the most can be, the others are then closed."""
    chosen = {
        name: wanted
        for name, members in problem.choices.items()
        if (wanted := [member for member in members if member in names])
    }

    def change(entry: Activity) -> dict[str, Any]:
        if entry.choice in chosen:
            this = chosen[entry.choice] == [entry.id]
            return {"optional": False} if this else {"optional": False, "windows": (), "locked_start": None}
        return {"optional": False} if entry.id in names else {}

    return changed(problem, change)


def frozen(problem: Problem, plan: Plan, free: Collection[str]) -> Problem:
    """A problem in which what is done may be dropped but not moved, apart from the free activities."""
    starts = {name: start for name, start in plan.starts.items() if name not in free}

    def change(entry: Activity) -> dict[str, Any]:
        start = starts.get(entry.id)
        return {} if start is None else {"windows": ((start, start + entry.duration_s),), "forbidden": ()}

    return changed(problem, change)
