"""Why no plan exists, where a search has proved that: the fewest duties that cannot all be done, and what is to blame.

Duties are taken away as long as the rest is still proved to be impossible; then families of rules, in the same way.
Each proof is a short search, so that what time does not allow to be taken away stays.
"""

from __future__ import annotations

from collections.abc import Sequence

from ilrs_science.planning.explain.budget import Budget
from ilrs_science.planning.explain.conflict import fewest
from ilrs_science.planning.explain.families import Family, families_of, relaxed
from ilrs_science.planning.explain.names import listed
from ilrs_science.planning.explain.variants import only, with_predecessors
from ilrs_science.planning.problem.problem import Problem

__all__ = ["NO_REASON", "infeasible"]

#: What is told where no reason is short.
NO_REASON = "proved by the search; no short reason was found"
#: More duties than these are no reason that a person can use. (assumed)
FEW = 5
#: Longest search of one question. (assumed) [s]
EACH_S = 2.0


def infeasible(problem: Problem, budget: Budget) -> str:
    """The fewest duties that cannot all be done, and what is to blame.

    Parameters
    ----------
    problem : Problem
        A problem of which it is proved that no plan exists.
    budget : Budget
        Time for the searches.

    Returns
    -------
    str
        A sentence; that no short reason was found, if there are more than a few of them or the time was too short.
    """
    alone = [entry.id for entry in problem.activities if entry.required]
    chosen = [name for name, ids in problem.choices.items() if not problem.by_id[ids[0]].optional]
    duties = alone + chosen
    if not duties or not _refuted(_of(problem, duties), budget):
        return NO_REASON
    few = fewest(duties, lambda names: bool(names) and _refuted(_of(problem, names), budget))
    if len(few) > FEW or not _refuted(asked := _of(problem, few), budget):
        return NO_REASON
    gone: list[Family] = []
    for family in families_of(asked):
        if _refuted(relaxed(asked, *gone, family), budget):
            gone.append(family)
    blamed = listed([family for family in families_of(asked) if family not in gone], most=9)
    who = listed(map(repr, few), most=FEW)
    return f"{who} must be done but cannot {'all ' if len(few) > 1 else ''}be (proved); to blame: {blamed or 'windows'}"


def _of(problem: Problem, duties: Sequence[str]) -> Problem:
    """The problem of some duties with what they need, and nothing else."""
    names = [member for duty in duties for member in problem.members[duty]]
    needed, may = with_predecessors(problem, names)
    return only(problem, needed | may).replace(shares={})


def _refuted(problem: Problem, budget: Budget) -> bool:
    """Whether a short search proves that there is no plan."""
    return budget.ask(problem, most_s=EACH_S).verdict is False
