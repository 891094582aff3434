"""From a problem to a checked plan with an honest bound.

The greedy plan comes first and is the floor. Then the constraint model is searched; every solution goes through the
independent simulator, and one that breaks battery or storage is repaired before it may become the best plan. Where the
optimum of the model is such a solution, the slots around the breach are cut finer and the search goes on.

The bound always comes from a model that every true plan satisfies, so it holds for the real, continuous problem.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import RLock

from ilrs_science import units
from ilrs_science.errors import RequestError
from ilrs_science.planning.certificate import Status, certify
from ilrs_science.planning.check import check
from ilrs_science.planning.cpsat import Answer, Limits, Model, run
from ilrs_science.planning.greedy import greedy, repair, score
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem import Problem
from ilrs_science.planning.result import PlanResult
from ilrs_science.planning.simulate import simulate
from ilrs_science.planning.slots import Side, first_edges, refined

__all__ = ["Progress", "parse_time_limit", "solve"]


@dataclass(frozen=True)
class Progress:
    """How far a search has come."""

    phase: str
    """``"greedy"``, ``"search"`` or ``"refine"``."""
    objective: float | None
    """Value [1] or makespan [s] of the best checked plan so far."""
    bound: float
    """No plan is better than this. [as objective]"""
    time_s: float
    """Time since the start. [s]"""

    @property
    def gap(self) -> float | None:
        """Distance between objective and bound as a share of the bound; None without a plan. [1]"""
        if self.objective is None:
            return None
        return (
            abs(self.bound - self.objective) / max(1e-9, abs(self.bound))
            if self.bound != self.objective
            else 0.0
        )


def solve(
    problem: Problem,
    *,
    time_limit: str = "60 s",
    seed: int = 0,
    workers: int | None = None,
    deterministic: bool = False,
    first: Plan | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
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
    first : Plan, optional
        A plan to begin with, such as the one of yesterday; what breaks a rule is repaired.
    progress : callable, optional
        Called with each better plan or bound, from a thread of the search.
    cancel : callable, optional
        Asked all the time; when it returns true the search ends and the best plan so far is given.

    Returns
    -------
    PlanResult
        Checked by the independent checker; the plan is empty where there is none.
    """
    seconds = parse_time_limit(time_limit)
    threads = workers or min(8, os.cpu_count() or 1)
    limits = Limits(seconds, seed=seed, workers=threads, deterministic=deterministic)
    state = _State(problem, limits, progress, cancel)
    note = _hopeless(problem)
    if note:
        state.done = True
        return state.result("INFEASIBLE", note)
    try:
        state.greedy(first)
        _search(state)
    except KeyboardInterrupt:
        state.cancelled = True
    return state.result()


def parse_time_limit(time_limit: str) -> float:
    """Seconds of a time limit.

    Parameters
    ----------
    time_limit : str
        Such as ``"60 s"``.

    Returns
    -------
    float
        [s]

    Raises
    ------
    RequestError
        If it has no unit, or is not above 0 s and below 10^7 s.
    """
    seconds = units.parse_quantity(time_limit, "s")
    if not 0 < seconds < 1e7:
        raise RequestError(f"time limit {time_limit!r} must be above 0 s and below 10^7 s")
    return seconds


def _hopeless(problem: Problem) -> str:
    """Why no plan can hold, if that is so with nothing done at all."""
    for breach in simulate(problem, Plan.of(problem, {})).breaches:
        return f"{breach} ({problem.time(breach.start_s)}Z) even if nothing is done"
    return ""


class _State:
    """Best checked plan, bound and time of one solve."""

    def __init__(
        self,
        problem: Problem,
        limits: Limits,
        progress: Callable[[Progress], None] | None,
        cancel: Callable[[], bool] | None,
    ) -> None:
        self.problem, self.limits = problem, limits
        self.began = time.monotonic()
        self.best: dict[str, int] | None = None
        self.bound = _trivial_bound(problem)
        self.done = self.cancelled = False
        self.phase = "greedy"
        self._tell, self._cancel = progress, cancel
        self._lock = RLock()
        self._spent = 0.0

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self.began

    @property
    def left(self) -> float:
        """Time that is left: on the wall, or of the deterministic budget. [s]"""
        return self.limits.time_s - (self._spent if self.limits.deterministic else self.elapsed)

    @property
    def proved(self) -> bool:
        return self.done or (self.best is not None and score(self.problem, self.best) >= self.bound)

    def stop(self) -> bool:
        if self._cancel is not None and self._cancel():
            self.cancelled = True
        late = not self.limits.deterministic and self.left <= 0
        return self.cancelled or self.proved or late

    def greedy(self, first: Plan | None) -> None:
        """The floor: the greedy plan, or the given one where that is better."""
        until = self.elapsed + min(4.0, self.limits.time_s / 8)
        in_time = None if self.limits.deterministic else (lambda: self.elapsed > until)
        for plan in (greedy(self.problem, seed=self.limits.seed, stop=in_time), first):
            if plan is not None:
                known = {name: start for name, start in plan.starts.items() if name in self.problem.by_id}
                self.offer(known)

    def offer(self, starts: Mapping[str, int]) -> bool:
        """Take starts as the best plan if they are better and keep every rule, repaired if need be."""
        problem = self.problem
        with self._lock:
            floor = None if self.best is None else score(problem, self.best)
            if floor is not None and score(problem, starts) <= floor:
                return False
            clean: Mapping[str, int] | None = starts
            if check(problem, Plan.of(problem, starts)):
                clean = repair(problem, starts)
            if clean is None or (floor is not None and score(problem, clean) <= floor):
                return False
            if check(problem, Plan.of(problem, clean)):
                return False
            self.best = dict(clean)
            self._report()
            return True

    def limit(self, bound: int) -> None:
        """Take a bound that was proved if it is better."""
        with self._lock:
            if bound < self.bound:
                self.bound = bound if self.best is None else max(bound, score(self.problem, self.best))
                self._report()

    def search(self, model: Model, *, share: float, bounds: bool) -> Answer:
        """Search a model for a share of the time that is left; `bounds`: its bound holds for the problem."""
        time_s = max(0.01, self.left * share)
        limits = Limits(time_s, self.limits.seed, self.limits.workers, self.limits.deterministic)
        loose = self.limits.deterministic  # the order of callbacks is no part of a reproducible search

        def on_solution(starts: dict[str, int]) -> bool:
            if not loose:
                self.offer(starts)
            return self.proved

        answer = run(
            model,
            limits,
            on_solution=on_solution,
            on_bound=self.limit if bounds and not loose else (lambda _: None),
            stop=self.stop,
        )
        self._spent += time_s if not answer.done else 0.05 * time_s
        if answer.bound is not None and bounds:
            self.limit(answer.bound)
        if answer.starts is not None:
            self.offer(answer.starts)
        return answer

    def result(self, status: Status | None = None, note: str = "") -> PlanResult:
        plan = Plan.of(self.problem, self.best or {})
        if status is None:
            status = "INFEASIBLE" if self.done else "UNKNOWN"
            if self.best is not None:
                status = "OPTIMAL" if self.proved else "FEASIBLE"
        factor = 1 / 1000 if self.problem.objective == "value" else -1
        bound = None if status == "INFEASIBLE" else self.bound * factor
        certificate = certify(
            self.problem,
            plan,
            seed=self.limits.seed,
            deterministic=self.limits.deterministic,
            time_limit_s=self.limits.time_s,
            stopped="proof" if self.proved else "cancel" if self.cancelled else "time",
            status=status,
            bound=bound,
            note=note,
        )
        return PlanResult(
            plan=plan,
            status=status,
            objective=certificate.objective,
            bound=bound,
            runtime=self.elapsed,
            certificate=certificate,
        )

    def _report(self) -> None:
        if self._tell is not None:
            factor = 1 / 1000 if self.problem.objective == "value" else -1
            objective = None if self.best is None else score(self.problem, self.best) * factor
            self._tell(Progress(self.phase, objective, self.bound * factor, self.elapsed))


def _search(state: _State) -> None:
    """Relaxed model for bound and plan; where its optimum breaks a rule, restricted model, then finer slots."""
    edges = first_edges(state.problem)
    side: Side = "relaxed"
    state.phase = "search"
    building = 0.0
    while not state.stop() and state.left > 2 * building:
        began = time.monotonic()
        model = _model(state, edges, side)
        building = time.monotonic() - began
        share = 1.0 if not model.books else 0.6
        answer = state.search(model, share=share, bounds=side == "relaxed")
        if side == "restricted":
            side = "relaxed"
            continue
        if answer.done and answer.starts is None:
            state.done = state.best is None
            return
        if answer.starts is None or state.proved:
            return
        breaches = simulate(state.problem, Plan.of(state.problem, answer.starts)).breaches
        if breaches:
            state.phase, side = "refine", "restricted"
        edges = refined(edges, {time for breach in breaches for time in (breach.start_s, breach.end_s)})


def _model(state: _State, edges: list[int], side: Side) -> Model:
    """One model that begins with the best plan so far."""
    model = Model(state.problem, edges, side)
    model.at_most(state.bound)
    if state.best is not None:
        model.hint(state.best)
    return model


def _trivial_bound(problem: Problem) -> int:
    """Score that no plan can exceed, whatever is shared."""
    horizon = problem.horizon_s
    possible = [activity for activity in problem.activities if activity.starts(horizon)]
    if problem.objective == "value":
        return sum(activity.worth for activity in possible)
    return -max((activity.starts(horizon)[0][0] + activity.duration_s for activity in possible), default=0)
