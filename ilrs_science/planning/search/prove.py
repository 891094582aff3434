"""A bound from small parts: why what the best plan leaves out cannot be done as well.

Around each activity that is left out a part of those that stand in its way is searched exactly. What a part must lose
is lost by every plan, and the losses of parts without a common activity add up. A part that loses nothing is made
larger. So the proof takes as long as the conflicts are large, not as the problem is.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ilrs_science.planning.model.cpsat import Model
from ilrs_science.planning.model.limits import Limits
from ilrs_science.planning.model.run import run
from ilrs_science.planning.model.slots import first_edges
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.search.incumbent import Incumbent
from ilrs_science.planning.search.part import close_ones, part, separable
from ilrs_science.planning.search.trivial import earliest_starts, trivial_bound, unshared_bound
from ilrs_science.planning.search.whole import score

__all__ = ["prove"]

#: Sizes of the parts, and how long each may be searched. (measured) [1, s]
SIZES = ((6, 2.0), (12, 5.0), (24, 10.0), (48, 20.0))


@dataclass(frozen=True)
class _Loss:
    """What some activities lose together in every plan."""

    names: frozenset[str]
    lost: int
    """Value that cannot be gained. [0.001]"""


def prove(best: Incumbent, seconds: float, workers: int) -> None:
    """Lower the bound of an incumbent by parts.

    Parameters
    ----------
    best : Incumbent
        Whose plan tells what is left out, and whose bound is lowered.
    seconds : float
        How long it may take. [s]
    workers : int
        Threads of the solver.
    """
    problem = best.problem
    if best.best is None or not separable(problem):
        return
    until, early, top = best.elapsed + seconds, earliest_starts(problem), unshared_bound(problem)
    losses: list[_Loss] = []
    for many, longest in SIZES:
        left_out = [problem.by_id[name] for name in early if name not in best.best]
        for target in sorted(left_out, key=lambda activity: -activity.worth):
            if best.stop() or best.elapsed >= until:
                return
            names = close_ones(problem, target, early, many) & early.keys()
            touched = [loss for loss in losses if loss.names & names]
            if any(loss.lost >= _missing(best, loss.names) for loss in touched if target.id in loss.names):
                continue
            names = names.union(*(loss.names for loss in touched))
            time_s = min(longest, until - best.elapsed)
            lost = _lost(best, part(problem, names, early), time_s, workers)
            if lost > sum(loss.lost for loss in touched):
                losses = [loss for loss in losses if loss not in touched] + [_Loss(frozenset(names), lost)]
                best.limit(top - sum(loss.lost for loss in losses))


def _missing(best: Incumbent, names: Collection[str]) -> int:
    """What the best plan leaves out of some activities. [0.001]"""
    assert best.best is not None
    worth = sum(best.problem.by_id[name].worth for name in names)
    return worth - score(best.problem, {name: at for name, at in best.best.items() if name in names})


def _lost(best: Incumbent, small: Problem, seconds: float, workers: int) -> int:
    """What every plan of a part loses. [0.001]"""
    assert best.best is not None
    model = Model(small, first_edges(small), "relaxed")
    model.hint({name: start for name, start in best.best.items() if name in small.by_id})
    limits = Limits(seconds, best.limits.seed, workers, best.limits.deterministic)
    most = trivial_bound(small)
    goal = score(small, {name: start for name, start in best.best.items() if name in small.by_id})
    known = [most]

    def learn(bound: int) -> None:
        known[0] = min(known[0], bound)

    answer = run(
        model,
        limits,
        on_solution=lambda starts: score(small, starts) >= most,
        on_bound=learn,
        stop=lambda: best.stop() or known[0] <= goal,
    )
    if answer.done and answer.bound is not None:
        learn(answer.bound)
    return most - max(goal, known[0])
