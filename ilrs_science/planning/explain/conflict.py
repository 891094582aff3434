"""Which locks cannot hold together: a smallest set of them that leaves no plan, most often two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ilrs_science.planning.explain.budget import Budget
from ilrs_science.planning.explain.names import moment
from ilrs_science.planning.explain.variants import changed, only, with_predecessors
from ilrs_science.planning.judge.check import Rule, Violation, check
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem

__all__ = ["Conflict", "conflict"]

#: Rules that what is placed can break by itself, whatever is placed besides.
_BY_ITSELF = {Rule.WINDOW, Rule.PRECEDENCE, Rule.EXCLUSION, Rule.RESOURCE, Rule.BATTERY, Rule.STORAGE}


@dataclass(frozen=True)
class Conflict:
    """Locks that cannot hold together; without any one of them the others can."""

    locks: tuple[str, ...]
    """Ids of the locked activities."""
    summary: str
    """Which they are and why, in a sentence."""

    def __repr__(self) -> str:
        return f"<Conflict {self.summary}>"


def conflict(problem: Problem, budget: Budget) -> Conflict | None:
    """A smallest set of locks that leaves no plan.

    Parameters
    ----------
    problem : Problem
        A problem of which no plan is known.
    budget : Budget
        Time for the searches, if the locks do not conflict by themselves.

    Returns
    -------
    Conflict or None
        None if there is a plan without the locks to blame, or the time was too short to tell.
    """
    locks = {entry.id: entry.locked_start for entry in problem.activities if entry.locked_start is not None}
    if not locks:
        return None
    broken = _broken(problem, list(locks))
    if broken:
        few = _fewest(list(locks), lambda names: bool(_broken(problem, names)))
        return Conflict(few, f"{_told(problem, few)}: {_broken(problem, few)[0].message}")
    if not _hopeless(problem, list(locks), budget) or _hopeless(problem, [], budget):
        return None
    few = _fewest(list(locks), lambda names: _hopeless(problem, names, budget))
    return (
        Conflict(few, f"{_told(problem, few)} with what must be done")
        if _hopeless(problem, few, budget)
        else None
    )


def _told(problem: Problem, names: Sequence[str]) -> str:
    each = [f"{name} at {moment(problem, problem.by_id[name].locked_start or 0)}" for name in names]
    if len(each) == 1:
        return f"the lock of {each[0]} cannot hold"
    return f"the locks of {' and '.join(each)} cannot hold together"


def _fewest(names: list[str], bad: Callable[[list[str]], bool]) -> tuple[str, ...]:
    """A set of names that is bad and of which each is needed for that."""
    kept, size = list(names), max(1, len(names) // 2)
    while size:
        for at in range(0, len(kept), size):
            rest = kept[:at] + kept[at + size :]
            if bad(rest):
                kept = rest
                break
        else:
            size //= 2
    return tuple(kept)


def _broken(problem: Problem, names: Sequence[str]) -> list[Violation]:
    """Rules that some locks break by themselves."""
    starts = {name: problem.by_id[name].locked_start or 0 for name in names}
    few = only(problem, starts)
    empty = {str(one) for one in check(few, Plan.of(few, {}))}
    return [
        one for one in check(few, Plan.of(few, starts)) if one.rule in _BY_ITSELF and str(one) not in empty
    ]


def _hopeless(problem: Problem, locks: Sequence[str], budget: Budget) -> bool:
    """Whether it is proved that no plan holds some of the locks and all that must be done."""
    must = {entry.id for entry in problem.activities if not entry.optional}
    freed = changed(problem, lambda entry: {} if entry.id in locks else {"locked_start": None})
    return budget.ask(only(freed, with_predecessors(problem, {*must, *locks}))).verdict is False
