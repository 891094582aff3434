"""The best checked plan of a search, the best proved bound, and the time that is left."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from threading import RLock

from ilrs_science.planning.judge.check import check
from ilrs_science.planning.model.cpsat import Model
from ilrs_science.planning.model.limits import Limits
from ilrs_science.planning.model.run import Answer, run
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.search.greedy import repair
from ilrs_science.planning.search.progress import Progress
from ilrs_science.planning.search.trivial import trivial_bound
from ilrs_science.planning.search.whole import score, whole

__all__ = ["Incumbent"]


class Incumbent:
    """Best checked plan, bound and time of one search; safe to use from the threads of a solver.

    Parameters
    ----------
    problem : Problem
        What is planned.
    limits : Limits
        How long and how.
    progress : callable, optional
        Called with each better plan or bound.
    cancel : callable, optional
        Asked all the time; true ends the search.
    """

    def __init__(
        self,
        problem: Problem,
        limits: Limits,
        progress: Callable[[Progress], None] | None = None,
        cancel: Callable[[], bool] | None = None,
    ) -> None:
        self.problem, self.limits = problem, limits
        self.began = time.monotonic()
        self.best: dict[str, int] | None = None
        self.bound = trivial_bound(problem)
        self.done = self.cancelled = False
        self.phase = "greedy"
        self._tell, self._cancel = progress, cancel
        self._lock = RLock()
        self._spent = 0.0

    @property
    def elapsed(self) -> float:
        """Wall-clock time since the start. [s]"""
        return time.monotonic() - self.began

    @property
    def left(self) -> float:
        """Time that is left: on the wall, or of the deterministic budget. [s]"""
        return self.limits.time_s - (self._spent if self.limits.deterministic else self.elapsed)

    @property
    def proved(self) -> bool:
        """Whether nothing better can exist."""
        return self.done or (self.best is not None and score(self.problem, self.best) >= self.bound)

    def stop(self) -> bool:
        """Whether the search must end: cancelled, proved or out of time."""
        if self._cancel is not None and self._cancel():
            self.cancelled = True
        late = not self.limits.deterministic and self.left <= 0
        return self.cancelled or self.proved or late

    def spend(self, share: float) -> float:
        """Take a share of the deterministic time that is left; what is taken. [s]"""
        seconds = share * self.left
        self._spent += seconds
        return seconds

    def offer(self, starts: Mapping[str, int]) -> bool:
        """Take starts as the best plan if they are better and keep every rule, repaired if need be."""
        problem = self.problem
        with self._lock:
            floor = None if self.best is None else score(problem, self.best)
            if floor is not None and score(problem, starts) <= floor:
                return False
            clean: Mapping[str, int] | None = starts
            if check(problem, Plan.of(problem, starts)):
                clean = self._trimmed(starts) or repair(problem, starts)
            if clean is None or (floor is not None and score(problem, clean) <= floor):
                return False
            if check(problem, Plan.of(problem, clean)):
                return False
            self.best = dict(clean)
            self._report()
            return True

    def _trimmed(self, starts: Mapping[str, int]) -> Mapping[str, int] | None:
        """The starts without those that keep a partner below its share, if that is all that is wrong with them."""
        kept = whole(self.problem, starts) if self.problem.shares else None
        return None if kept is None or check(self.problem, Plan.of(self.problem, kept)) else kept

    def limit(self, bound: int) -> None:
        """Take a bound that was proved if it is better."""
        with self._lock:
            if bound < self.bound:
                self.bound = bound if self.best is None else max(bound, score(self.problem, self.best))
                self._report()

    def run(self, model: Model, *, share: float, bounds: bool) -> Answer:
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

    def _report(self) -> None:
        if self._tell is not None:
            factor = 1 / 1000 if self.problem.objective == "value" else -1
            objective = None if self.best is None else score(self.problem, self.best) * factor
            self._tell(Progress(self.phase, objective, self.bound * factor, self.elapsed, self.best))
