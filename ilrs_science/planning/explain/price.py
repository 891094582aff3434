"""What it costs to force left-out activities in, and what goes for them.

First the others are held where they are and may only be dropped, which is quick; then all is planned anew, beginning
with that plan. The cost is counted from the present plan. It is at least what the bound of the second search leaves,
and it is exact where that search was proved.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import pandas as pd

from ilrs_science.planning.explain.budget import IMPOSSIBLE, Answer, Budget
from ilrs_science.planning.explain.changes import changes
from ilrs_science.planning.explain.fits import staying
from ilrs_science.planning.explain.names import listed
from ilrs_science.planning.explain.variants import barred, frozen, only, required, sure, with_predecessors
from ilrs_science.planning.judge.certificate import objective_of
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.search.progress import Progress

__all__ = ["Price", "price"]


@dataclass(frozen=True)
class Price:
    """What it costs to force activities in."""

    activities: tuple[str, ...]
    """Ids of those forced in."""
    value: float
    """Value of the present plan. [1]"""
    in_place: Answer
    """Best plan if the others may be dropped but not moved."""
    anew: Answer
    """Best plan if everything is planned anew."""
    bound: float | None
    """No plan with the activities is worth more than this, proved; None if nothing is known. [1]"""
    moves: pd.DataFrame
    """What goes, comes and moves in the best plan found, see :func:`ilrs_science.planning.explain.changes.changes`."""

    @property
    def plan(self) -> Plan | None:
        """Best plan found that holds the activities."""
        return None if self.impossible else self.anew.plan or self.in_place.plan

    @property
    def impossible(self) -> bool:
        """Whether it is proved that no plan holds them."""
        return self.anew.status == "INFEASIBLE"

    @property
    def cost(self) -> float | None:
        """Value that the best plan found loses; the price is not higher. None without a plan. [1]"""
        return None if self.plan is None else round(self.value - (self._found or 0.0), 3)

    @property
    def least(self) -> float | None:
        """Proved lower bound of the price; None if nothing is known. [1]"""
        return None if self.bound is None else round(self.value - self.bound, 3)

    @property
    def proved(self) -> bool:
        """Whether the price is exact, or it is proved that there is none."""
        return self.impossible or (self.cost is not None and self.cost == self.least)

    @property
    def _found(self) -> float | None:
        return self.anew.value if self.anew.plan is not None else self.in_place.value

    @property
    def gone(self) -> tuple[str, ...]:
        """Ids of those that go."""
        return tuple(self.moves.index[self.moves["change"] == "dropped"])

    @property
    def summary(self) -> str:
        """The price in a sentence."""
        if self.impossible:
            return "no plan holds it (proved)"
        if self.cost is None:
            return "price not known (time was too short)"
        goes = (
            f"{listed(self.gone)} {'go' if len(self.gone) > 1 else 'goes'}" if self.gone else "nothing goes"
        )
        if self.cost < 0:
            best = "proved best" if self.proved else "a better one may exist"
            found = self.value - self.cost
            return f"a plan with it is worth {found:g}, {-self.cost:g} more than this one ({best}): {goes}"
        return f"forcing it in costs {self._told(self.cost)}: {goes}"

    def _told(self, cost: float) -> str:
        """The cost in words, with what is proved of it."""
        if self.proved:
            return f"{f'{cost:g}' if cost else 'nothing'} of {self.value:g} (proved)"
        if self.least is None or self.least <= 0:
            return f"{cost:g} of {self.value:g} at the most (not proved)"
        return f"{self.least:g} to {cost:g} of {self.value:g} (not proved)"

    def __repr__(self) -> str:
        return f"<Price {listed(self.activities)}: {self.summary}>"


def price(
    problem: Problem,
    plan: Plan,
    names: Collection[str],
    budget: Budget,
    *,
    bound: float | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Price:
    """What it costs to force activities into a plan.

    Parameters
    ----------
    problem : Problem
        What was planned; value is sought.
    plan : Plan
        The present plan.
    names : collection of str
        Ids of the activities to force in; missing predecessors are forced in with them.
    budget : Budget
        Time for both searches.
    bound : float, optional
        Proved bound of the value of any plan of the problem. [1]
    progress : callable, optional
        Called with each better plan or bound of the second search.

    Returns
    -------
    Price
        Cost and what goes, with bound and status.
    """
    done = staying(problem, plan, names)
    must, may = with_predecessors(problem, names, done)
    in_place = anew = IMPOSSIBLE
    forced = sure(problem, must, names)
    if not barred(problem, forced):
        held = frozen(only(problem, done | must | may), plan, must | may)
        in_place = budget.ask(required(held, forced), most_s=budget.left / 3, first=plan)
        first = in_place.plan or plan
        anew = budget.ask(required(problem, forced), first=first, bound=bound, progress=progress)
    best = anew.plan or in_place.plan
    return Price(
        tuple(sorted(must - done)),
        objective_of(problem, plan),
        in_place,
        anew,
        anew.bound,
        changes(problem, plan, best) if best else changes(problem, plan, plan),
    )
