"""The search itself: greedy floor, constraint model, independent simulator, finer slots.

The greedy plan comes first and is the floor. Then the constraint model is searched; every solution goes through the
independent simulator, and one that breaks battery or storage is repaired before it may become the best plan. Where the
optimum of the model is such a solution, the slots around the breach are cut finer and the search goes on.

The bound always comes from a model that every true plan satisfies, so it holds for the real, continuous problem.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Literal

from ilrs_science.planning.judge.certificate import Status
from ilrs_science.planning.judge.hopeless import hopeless
from ilrs_science.planning.judge.simulate import simulate
from ilrs_science.planning.model.cpsat import Model
from ilrs_science.planning.model.limits import Limits
from ilrs_science.planning.model.slots import Side, first_edges, refined
from ilrs_science.planning.packing.facts import packable
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.search.exhaustive import Exhaustive, few_plans
from ilrs_science.planning.search.greedy import greedy
from ilrs_science.planning.search.incumbent import Incumbent
from ilrs_science.planning.search.narrow import narrowed
from ilrs_science.planning.search.outcome import Outcome
from ilrs_science.planning.search.progress import Progress
from ilrs_science.planning.search.prove import prove
from ilrs_science.planning.search.rolling import bound_by_lunations, long, roll
from ilrs_science.planning.search.whole import score

__all__ = ["search"]

#: Below the one size the model is quick by itself; beyond the other it finds and proves nothing in minutes. (measured)
FEW, MANY = 50, 400
#: How long the greedy plan may take, before another way is tried that needs no compiled code. [s]
COLD_S = 1.5
#: Share of the time for planning lunation by lunation; the rest is for the bound and for the whole. (measured)
ROLLING = 0.5
#: How long a plan is improved before the model is searched as well. [s] (measured)
ALONE_S = 3.0


def search(
    problem: Problem,
    limits: Limits,
    *,
    first: Plan | None = None,
    floor: Plan | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Outcome:
    """Best plan that can be found in the time, with a bound.

    Parameters
    ----------
    problem : Problem
        What to plan.
    limits : Limits
        How long and how.
    first : Plan, optional
        A plan to begin with; what breaks a rule is repaired.
    floor : Plan, optional
        The greedy plan, if it was made elsewhere.
    progress : callable, optional
        Called with each better plan or bound, from a thread of the search.
    cancel : callable, optional
        Asked all the time; true ends the search.

    Returns
    -------
    Outcome
        Its plan breaks no rule.
    """
    best = Incumbent(narrowed(problem), limits, progress, cancel)
    if (reasons := hopeless(problem)) or (best.problem is not problem and hopeless(best.problem)):
        best.done = True
        return _outcome(best, "INFEASIBLE", "; ".join(reasons))
    try:
        _search(best, [plan for plan in (floor, first) if plan is not None])
    except KeyboardInterrupt:
        best.cancelled = True
    return _outcome(best)


def _search(best: Incumbent, given: list[Plan]) -> None:
    """By size: small problems exactly, larger ones by improving the plan as well, the largest by that alone."""
    for plan in given:
        best.offer({name: start for name, start in plan.starts.items() if name in best.problem.by_id})
    size = len(best.problem.activities)
    if long(best.problem) and size >= FEW:
        _by_lunations(best)
    elif size < FEW or not packable(best.problem):
        _floor(best, best.limits.floor_s)
        if few_plans(best.problem):
            _every(best)
        _exact(best)
    elif best.limits.deterministic:
        from ilrs_science.planning.search.improve import Improver

        line = Improver(best, best.limits.seed)
        line.floor()
        line.take()
        best.phase = "improve"
        line.run_counted(best.spend(0.9 if size > MANY else 0.3), best.stop)
        if size <= MANY:
            _exact(best)
    else:
        _together(best, size)


def _by_lunations(best: Incumbent) -> None:
    """Lunation by lunation, then the whole is improved while its bound is lowered."""
    from ilrs_science.planning.search.improve import Improver, Team

    def inner(problem: Problem, limits: Limits, first: Plan | None, cancel: Callable[[], bool]) -> Outcome:
        return search(problem, limits, first=first, cancel=cancel)

    compiled = packable(best.problem)
    if best.limits.deterministic or not compiled:
        _floor(best, best.limits.floor_s)
    else:
        with Team(best, 1, 0.0) as team:
            if not team.floor(COLD_S):
                _floor(best, COLD_S)
    roll(best, ROLLING, inner)
    if not compiled:
        bound_by_lunations(best, inner)
    elif best.limits.deterministic:
        line = Improver(best, best.limits.seed)
        line.take()
        line.run_counted(best.spend(0.3), best.stop)
        bound_by_lunations(best, inner)
    else:
        with Team(best, 1, best.left) as team:
            bound_by_lunations(best, inner)
            best.phase = "improve"
            team.wait(best.left)


def _together(best: Incumbent, size: int) -> None:
    """Improve the plan in threads of their own, and search the model meanwhile where it is not too large."""
    from ilrs_science.planning.search.improve import Team

    lines = max(1, best.limits.workers - 1) if size > MANY else 1
    patience = best.limits.time_s if size > MANY else max(10.0, 0.3 * best.limits.time_s)
    with Team(best, lines, patience) as team:
        if not team.floor(COLD_S):
            _floor(best, COLD_S)
        best.phase = "improve"
        team.wait(min(ALONE_S, best.left / 10))
        if size > MANY:
            prove(best, best.left, 1)
        else:
            prove(best, best.left / 2, best.limits.workers)
            _exact(best)
        team.wait(best.left)


def _floor(best: Incumbent, seconds: float) -> None:
    """The greedy plan, made without compiled code."""
    until = best.elapsed + seconds
    plan = greedy(best.problem, seed=best.limits.seed, stop=lambda: best.elapsed > until)
    if plan is not None:
        best.offer(plan.starts)


def _every(best: Incumbent) -> None:
    """Every plan of a small problem, tried one by one."""
    best.phase = "search"

    def floor() -> int | None:
        return None if best.best is None else score(best.problem, best.best)

    if Exhaustive(best.problem, floor, best.offer, best.stop).run():
        now = floor()
        best.done = now is None
        if now is not None:
            best.limit(now)


def _exact(best: Incumbent) -> None:
    """Relaxed model for bound and plan; where its optimum breaks a rule, restricted model, then finer slots."""
    edges = first_edges(best.problem)
    side: Side = "relaxed"
    best.phase = "search"
    building = 0.0
    while not best.stop() and best.left > 2 * building:
        began = time.monotonic()
        model = _model(best, edges, side)
        building = time.monotonic() - began
        share = 1.0 if not model.books else 0.6
        answer = best.run(model, share=share, bounds=side == "relaxed")
        if side == "restricted":
            side = "relaxed"
            continue
        if answer.done and answer.starts is None:
            best.done = best.best is None
            return
        if answer.starts is None or best.proved:
            return
        breaches = simulate(best.problem, Plan.of(best.problem, answer.starts)).breaches
        if breaches:
            best.phase, side = "refine", "restricted"
        moments = {time for breach in breaches for time in (breach.start_s, breach.end_s)}
        edges = _finer(best.problem, edges, moments, answer.starts)


def _finer(problem: Problem, edges: list[int], moments: set[int], starts: Mapping[str, int]) -> list[int]:
    """Cuts at some moments; where a minute is too coarse, to the second, and around the starts as well."""
    cuts = refined(edges, moments)
    if cuts != edges:
        return cuts
    begins = {at + shift for at in starts.values() for shift in (0, 1)}
    ends = {at + problem.by_id[name].duration_s for name, at in starts.items()}
    return refined(edges, moments | begins | ends, 1)


def _model(best: Incumbent, edges: list[int], side: Side) -> Model:
    """One model that begins with the best plan so far."""
    model = Model(best.problem, edges, side)
    model.at_most(best.bound)
    if best.best is not None:
        model.hint(best.best)
    return model


def _outcome(best: Incumbent, status: Status | None = None, note: str = "") -> Outcome:
    if status is None:
        status = "INFEASIBLE" if best.done else "UNKNOWN"
        if best.best is not None:
            status = "OPTIMAL" if best.proved else "FEASIBLE"
    stopped: Literal["proof", "cancel", "time"] = (
        "proof" if best.proved else "cancel" if best.cancelled else "time"
    )
    bound = None if status == "INFEASIBLE" else best.bound
    return Outcome(best.best or {}, status, bound, stopped, note, best.elapsed)
