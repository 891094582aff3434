"""Horizons of many months: lunation by lunation, each begun with the charge and the data that the one before leaves.

Each lunation is planned together with half of the next, so that it leaves what that one wants; only what starts in it
is kept. The bound of the whole is the sum of what the activities of each lunation are worth by themselves, searched
exactly: they then share nothing with those of others, so no plan can exceed it.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from ilrs_science.planning.model.limits import Limits
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.search.incumbent import Incumbent
from ilrs_science.planning.search.outcome import Outcome
from ilrs_science.planning.search.part import part, separable
from ilrs_science.planning.search.span import cuts, span
from ilrs_science.planning.search.trivial import earliest_starts, trivial_bound

__all__ = ["bound_by_lunations", "long", "roll"]

Inner = Callable[[Problem, Limits, Plan | None, Callable[[], bool]], Outcome]

#: Fewer lunations are one problem. (assumed)
FEWEST = 3


def long(problem: Problem) -> bool:
    """Whether a problem is planned lunation by lunation.

    Parameters
    ----------
    problem : Problem
        What is planned.

    Returns
    -------
    bool
        False for a makespan and where partners have shares, which only the whole plan can keep.
    """
    return problem.objective == "value" and not problem.shares and len(cuts(problem)) > FEWEST


def roll(best: Incumbent, share: float, inner: Inner) -> None:
    """Plan lunation after lunation, and offer what is planned so far together with the rest of the best plan.

    Parameters
    ----------
    best : Incumbent
        Where better plans go.
    share : float
        Share of the time that is left which it may take. [1]
    inner : callable
        Searches a problem that is not long.
    """
    problem = best.problem
    moments = cuts(problem)
    reserve = (1 - share) * best.left
    settled: dict[str, int] = {}
    for number, (begin, end) in enumerate(pairwise(moments)):
        if best.stop():
            return
        best.phase = "rolling"
        following = moments[min(number + 2, len(moments) - 1)]
        small = span(problem, settled, begin, (end + following) // 2)
        if any(activity.id not in settled for activity in small.activities):
            limits = _limits(best, (best.left - reserve) / (len(moments) - 1 - number))
            found = inner(small, limits, _plan_of(small, best.best, begin), best.stop)
            settled |= {
                name: start + begin
                for name, start in found.starts.items()
                if name not in settled and start + begin < end
            }
        later = {name: start for name, start in (best.best or {}).items() if start >= end}
        best.offer(later | settled)


def bound_by_lunations(best: Incumbent, inner: Inner) -> None:
    """Lower the bound by what the activities of each lunation are worth alone.

    Parameters
    ----------
    best : Incumbent
        Whose plan tells which activity belongs to which lunation, and whose bound is lowered.
    inner : callable
        Searches a problem that is not long.
    """
    problem = best.problem
    if not separable(problem):
        return
    early, top = earliest_starts(problem), trivial_bound(problem)
    groups = [names for names in _groups(problem, early, best.best or {}) if names]
    for number, names in enumerate(groups):
        if best.stop():
            return
        alone = part(problem, names, early)
        begin = min(early[name] - problem.by_id[name].warm_up_s for name in names)
        until = max(
            last + activity.duration_s + activity.cool_down_s
            for activity in alone.activities
            for _, last in activity.starts(problem.horizon_s)[-1:]
        )
        small = span(alone, {}, begin, until)
        found = inner(
            small,
            _limits(best, best.left / (len(groups) - number)),
            _plan_of(small, best.best, begin),
            best.stop,
        )
        if found.bound is not None:
            top -= trivial_bound(alone) - found.bound
            best.limit(top)


def _groups(problem: Problem, early: dict[str, int], starts: dict[str, int]) -> list[set[str]]:
    """Ids by lunation of their start, or else of their first one; those of a choice together."""
    moments = cuts(problem)
    groups: list[set[str]] = [set() for _ in moments[1:]]
    for members in {problem.members[one.choice or one.id] for one in problem.activities}:
        names = {name for name in members if name in early}
        if names:
            at = min(starts.get(name, early[name]) for name in names)
            groups[sum(moment <= at for moment in moments[1:-1])] |= names
    return groups


def _limits(best: Incumbent, seconds: float) -> Limits:
    if best.limits.deterministic:
        best.spend(min(1.0, seconds / max(1e-9, best.left)))
    return Limits(max(0.01, seconds), best.limits.seed, best.limits.workers, best.limits.deterministic)


def _plan_of(small: Problem, starts: dict[str, int] | None, begin: int) -> Plan | None:
    """What a plan of the whole does in a span."""
    known = {} if starts is None else starts
    return (
        Plan.of(small, {name: known[name] - begin for name in small.by_id if known.get(name, -1) >= begin})
        if known
        else None
    )
