"""Which locks cannot hold together: a smallest set of them that leaves no plan, most often two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ilrs_science.planning.explain.budget import Budget
from ilrs_science.planning.explain.names import moment
from ilrs_science.planning.explain.variants import changed, only, with_predecessors
from ilrs_science.planning.judge.hopeless import hopeless
from ilrs_science.planning.problem.problem import Problem

__all__ = ["Conflict", "conflict", "fewest"]


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
    shown = _shown(problem, list(locks))
    if shown is not None:
        return shown
    if not _refuted(problem, list(locks), budget) or _refuted(problem, [], budget):
        return None
    few = fewest(list(locks), lambda names: _refuted(problem, names, budget))
    if not _refuted(problem, few, budget):
        return None
    return Conflict(few, f"{_told(problem, few)} with what must be done")


def _shown(problem: Problem, locks: list[str]) -> Conflict | None:
    """A conflict that shows without a search."""
    if not hopeless(_locked(problem, locks)) or hopeless(_locked(problem, [])):
        return None
    few = fewest(locks, lambda names: bool(hopeless(_locked(problem, names))))
    return Conflict(few, hopeless(_locked(problem, few))[0])


def _told(problem: Problem, names: Sequence[str]) -> str:
    each = [f"{name} at {moment(problem, problem.by_id[name].locked_start or 0)}" for name in names]
    if len(each) == 1:
        return f"the lock of {each[0]} cannot hold"
    return f"the locks of {' and '.join(each)} cannot hold together"


def fewest(names: list[str], bad: Callable[[list[str]], bool]) -> tuple[str, ...]:
    """A set of names that is bad and of which each is needed for that.

    Parameters
    ----------
    names : list of str
        All of them, which are bad together.
    bad : callable
        Whether some of them are bad.

    Returns
    -------
    tuple of str
        In the order of the names.
    """
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


def _locked(problem: Problem, locks: Sequence[str]) -> Problem:
    """The problem with some of its locks and what must be done, and nothing else."""
    must = {entry.id for entry in problem.activities if not entry.optional}
    freed = changed(problem, lambda entry: {} if entry.id in locks else {"locked_start": None})
    needed, may = with_predecessors(problem, {*must, *locks})
    return only(freed, needed | may).replace(shares={})


def _refuted(problem: Problem, locks: Sequence[str], budget: Budget) -> bool:
    """Whether it is proved that no plan holds some of the locks and all that must be done."""
    return budget.ask(_locked(problem, locks)).verdict is False
