"""The time that a chain of questions to the solver may take, and the answers."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from threading import Event

from ilrs_science.planning.judge.certificate import Status, objective_of
from ilrs_science.planning.model.limits import Limits
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.search.progress import Progress, parse_time_limit

__all__ = ["IMPOSSIBLE", "Answer", "Budget"]


@dataclass(frozen=True)
class Answer:
    """What the solver found out about one question."""

    status: Status
    """OPTIMAL: proved best; FEASIBLE: a plan; INFEASIBLE: proved that there is none; UNKNOWN: none found in time."""
    plan: Plan | None
    """The plan, which keeps every rule of the question; None where there is none."""
    value: float | None
    """Value [1] or makespan [s] of the plan."""
    bound: float | None
    """No plan is better than this, proved; None where there is no plan or nothing is known."""
    time_s: float
    """Time that it took. [s]"""

    @property
    def verdict(self) -> bool | None:
        """Whether there is a plan: true, false (proved), or None where it is not known."""
        return True if self.plan is not None else False if self.status == "INFEASIBLE" else None


#: Proved without a search that there is no plan.
IMPOSSIBLE = Answer("INFEASIBLE", None, None, None, 0.0)


class Budget:
    """Time for a chain of questions; when it is used up or cancelled, the rest is answered UNKNOWN.

    Parameters
    ----------
    time_limit : str
        For all questions together, such as ``"20 s"``.
    seed : int
        Of the searches.
    workers : int, optional
        Threads; as many as there are processors by default, eight at the most.
    cancel : callable, optional
        Asked all the time; true ends all of it.
    """

    def __init__(
        self,
        time_limit: str,
        *,
        seed: int = 0,
        workers: int | None = None,
        cancel: Callable[[], bool] | None = None,
    ) -> None:
        self.time_s = parse_time_limit(time_limit)
        self.seed, self.workers = seed, min(8, os.cpu_count() or 1) if workers is None else workers
        Limits(self.time_s, self.seed, self.workers)  # refuses a wrong seed before any question
        self._cancel, self._began = cancel, time.monotonic()
        self._ended = Event()

    @property
    def cancelled(self) -> bool:
        """Whether a person ended it."""
        return self._ended.is_set()

    @property
    def left(self) -> float:
        """Time that is left; none after a cancel. [s]"""
        if self._cancel is not None and self._cancel():
            self._ended.set()
        if self._ended.is_set():
            return 0.0
        return max(0.0, self.time_s - (time.monotonic() - self._began))

    def part(self, share: float) -> Budget:
        """A share of the time that is left, for some of the questions; a cancel of one ends the other."""
        part = copy(self)
        part.time_s = time.monotonic() - self._began + self.left * share
        return part

    def ask(
        self,
        problem: Problem,
        *,
        most_s: float | None = None,
        first: Plan | None = None,
        bound: float | None = None,
        seed: int | None = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> Answer:
        """Best plan of a problem in the time that is left.

        Parameters
        ----------
        problem : Problem
            The question.
        most_s : float, optional
            Time for this one; all that is left by default. [s]
        first : Plan, optional
            A plan to begin with.
        bound : float, optional
            No plan is better than this, proved elsewhere; a plan that reaches it ends the search.
        seed : int, optional
            Of this search.
        progress : callable, optional
            Called with each better plan or bound.

        Returns
        -------
        Answer
            UNKNOWN where no time is left.
        """
        from ilrs_science.planning.search.engine import (
            search,
        )  # takes a second, and not every question needs it

        seconds = self.left if most_s is None else min(self.left, most_s)
        if seconds <= 0:
            return Answer("UNKNOWN", None, None, None, 0.0)
        limits = Limits(seconds, self.seed if seed is None else seed, self.workers)
        watch = _Watch(problem, bound, progress, self._asked)
        found = search(problem, limits, first=first, progress=watch.told, cancel=watch.ended)
        if found.stopped == "cancel" and not watch.reached:
            self._ended.set()
        sign = 1 / 1000 if problem.objective == "value" else -1
        bounds = [
            one for one in (bound, None if found.bound is None else found.bound * sign) if one is not None
        ]
        best = None if not bounds else min(bounds) if sign > 0 else max(bounds)
        if found.status not in ("OPTIMAL", "FEASIBLE"):
            known = best if found.status == "UNKNOWN" else None
            return Answer(found.status, None, None, known, found.runtime_s)
        plan = Plan.of(problem, found.starts)
        value = objective_of(problem, plan)
        return Answer("OPTIMAL" if value == best else "FEASIBLE", plan, value, best, found.runtime_s)

    def _asked(self) -> bool:
        return self._cancel is not None and self._cancel()


class _Watch:
    """Ends a search when a plan reaches a bound that was proved elsewhere."""

    def __init__(
        self,
        problem: Problem,
        bound: float | None,
        progress: Callable[[Progress], None] | None,
        cancel: Callable[[], bool],
    ) -> None:
        self.bound, self.reached = bound, False
        self._sign = 1 if problem.objective == "value" else -1
        self._progress, self._cancel = progress, cancel

    def told(self, progress: Progress) -> None:
        """Pass progress on, and look at the bound."""
        if self.bound is not None and progress.objective is not None:
            self.reached = self._sign * (progress.objective - self.bound) >= 0
        if self._progress is not None:
            self._progress(progress)

    def ended(self) -> bool:
        """Whether to end the search."""
        return self.reached or self._cancel()
