"""From a problem to a checked and certified plan with an honest bound."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from ilrs_science.errors import require_kind
from ilrs_science.planning.explain.budget import Budget
from ilrs_science.planning.explain.conflict import conflict
from ilrs_science.planning.explain.infeasible import NO_REASON, infeasible
from ilrs_science.planning.model.limits import Limits
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.result import PlanResult
from ilrs_science.planning.search.isolated import search_isolated
from ilrs_science.planning.search.outcome import Outcome
from ilrs_science.planning.search.progress import Progress, parse_time_limit

__all__ = ["solve"]


def solve(
    problem: Problem,
    *,
    time_limit: str = "60 s",
    seed: int = 0,
    workers: int | None = None,
    deterministic: bool = False,
    first: Plan | PlanResult | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
    isolate: bool = False,
) -> PlanResult:
    """Best plan that can be found in the time, with a bound on how good any plan could be.

    Parameters
    ----------
    problem : Problem
        What to plan.
    time_limit : str
        Such as ``"60 s"`` or ``"2 min"``.
    seed : int
        Of the search.
    workers : int, optional
        Threads; as many as there are processors by default, eight at the most.
    deterministic : bool
        Give the same plan every time; the time limit then counts the solver's own deterministic seconds.
    first : Plan or PlanResult, optional
        A plan to begin with, such as the one of yesterday, whatever its epoch; what breaks a rule is repaired.
    progress : callable, optional
        Called with each better plan or bound, from a thread of the search.
    cancel : callable, optional
        Asked all the time; when it returns true the search ends and the best plan so far is given.
    isolate : bool
        Search in a process of its own: where that crashes, is killed or runs out of memory, the best plan so far is
        given and the certificate says ``stopped: "killed"``. It takes a second or two to start.

    Returns
    -------
    PlanResult
        Checked by the independent checker; the plan is empty where there is none.

    Raises
    ------
    RequestError
        If the problem is no `Problem`, or the time limit, seed, number of workers or first plan cannot be used.
    """
    require_kind(problem, Problem, "problem", 'a Problem, such as Problem.from_json("PROBLEM.json")')
    require_kind(first, (Plan, PlanResult, type(None)), "first", "a Plan or a PlanResult")
    seconds = parse_time_limit(time_limit)
    threads = min(8, os.cpu_count() or 1) if workers is None else workers
    limits = Limits(seconds, seed=seed, workers=threads, deterministic=deterministic)
    begin = first.plan if isinstance(first, PlanResult) else first
    begin = begin.counted_from(problem.epoch) if begin is not None else None
    search = search_isolated if isolate else _search_here
    outcome = search(problem, limits, first=begin, progress=progress, cancel=cancel)
    plan = Plan.of(problem, outcome.starts)
    factor = 1 / 1000 if problem.objective == "value" else -1
    return PlanResult.of(
        problem,
        plan,
        runtime=outcome.runtime_s,
        seed=seed,
        deterministic=deterministic,
        time_limit_s=seconds,
        stopped=outcome.stopped,
        status=outcome.status,
        bound=None if outcome.bound is None else outcome.bound * factor,
        note=outcome.note or _why_none(problem, outcome, limits),
    )


def _why_none(problem: Problem, outcome: Outcome, limits: Limits) -> str:
    """Which locks or duties leave no plan, where a search has proved that there is none."""
    if outcome.status != "INFEASIBLE":
        return ""
    if limits.deterministic:  # what is found in a time would not be the same each time
        return NO_REASON
    budget = Budget(f"{min(10.0, limits.time_s)} s", seed=limits.seed, workers=limits.workers)
    found = conflict(problem, budget)
    return infeasible(problem, budget) if found is None else found.summary


def _search_here(problem: Problem, limits: Limits, **options: Any) -> Outcome:
    """The search in this process; the solver is loaded only here, since it takes a second."""
    from ilrs_science.planning.search.engine import search

    return search(problem, limits, **options)
