"""Whether left-out activities fit if all that is done stays in the plan but may move."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from ilrs_science.planning.explain.budget import IMPOSSIBLE, Answer, Budget
from ilrs_science.planning.explain.names import listed
from ilrs_science.planning.explain.variants import barred, only, required, sure, with_predecessors
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem

__all__ = ["Fits", "beside", "fits", "staying"]


@dataclass(frozen=True)
class Fits:
    """Answer to: does it fit if the others stay but may move?"""

    activities: tuple[str, ...]
    """Ids of those asked about, with the predecessors that are missing."""
    beside: int
    """Number of activities that stay. [1]"""
    answer: Answer
    """What was found out; its plan holds all of them."""
    proof: Literal["search", "bound"] = "search"
    """Whether a search for it gave the answer, or the bound of the plan, below the worth of all of them together."""

    @property
    def verdict(self) -> bool | None:
        """True: it fits, and the answer has the plan; false: proved that it does not; None: not known."""
        return self.answer.verdict

    @property
    def plan(self) -> Plan | None:
        """A plan with all of them, where they fit."""
        return self.answer.plan

    @property
    def summary(self) -> str:
        """The answer in a sentence."""
        if not self.beside:
            told = {True: "fits", False: "proved not to fit", None: "not known whether it fits"}[self.verdict]
            return told + ("" if self.verdict is not None else " (time was too short)")
        others = f"the {self.beside} others" if self.beside != 1 else "the other one"
        if self.verdict:
            return f"fits if {others} may move"
        if self.verdict is None:
            return f"not known whether it fits beside {others} (time was too short)"
        return f"proved not to fit beside {others}, even if {'they move' if self.beside != 1 else 'it moves'}"

    def __repr__(self) -> str:
        return f"<Fits {listed(self.activities)}: {self.summary}>"


def beside(problem: Problem, plan: Plan, names: Collection[str]) -> Problem:
    """The problem in which everything done and the names must be done, and nothing else but what those need."""
    done = staying(problem, plan, names)
    must, may = with_predecessors(problem, names, done)
    return required(only(problem, done | must | may), done | sure(problem, must, names))


def staying(problem: Problem, plan: Plan, names: Collection[str]) -> set[str]:
    """What is done and stays: all but those that were chosen in place of the names and are not locked."""
    choices = {problem.by_id[name].choice for name in names} - {""}
    done = [problem.by_id[name] for name in plan.starts]
    return {
        entry.id
        for entry in done
        if entry.choice not in choices or entry.id in names or entry.locked_start is not None
    }


def fits(
    problem: Problem, plan: Plan, names: Collection[str], budget: Budget, *, bound: float | None = None
) -> Fits:
    """Whether activities fit beside all that is done, which may move.

    Parameters
    ----------
    problem : Problem
        What was planned.
    plan : Plan
        What is done.
    names : collection of str
        Ids of the activities that are to be done as well.
    budget : Budget
        Time for the search.
    bound : float, optional
        Proved bound of the value of any plan of the problem; where all of them are worth more, no search is needed. [1]

    Returns
    -------
    Fits
        Yes with the plan, no with proof, or not known.
    """
    done = staying(problem, plan, names)
    must, _ = with_predecessors(problem, names, done)
    missing, worth = tuple(sorted(must - done)), _least_worth(problem, must | done)
    if problem.objective == "value" and bound is not None and worth > round(1000 * bound):
        return Fits(missing, len(done), IMPOSSIBLE, "bound")
    if barred(problem, sure(problem, must, names)):
        return Fits(missing, len(done), IMPOSSIBLE)
    return Fits(missing, len(done), budget.ask(beside(problem, plan, names), first=plan))


def _least_worth(problem: Problem, names: Collection[str]) -> int:
    """What activities are worth at their worst starts, of each choice the one worth least. [0.001]"""
    least: dict[str, int] = {}
    for entry in (problem.by_id[name] for name in names):
        worth = min((worth for worth, _ in entry.levels(problem.horizon_s)), default=0)
        key = entry.choice or entry.id
        least[key] = min(worth, least.get(key, worth))
    return sum(least.values())
