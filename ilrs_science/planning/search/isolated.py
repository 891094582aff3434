"""A search in a process of its own, so that a crash, a kill or too little memory costs no plan that was found.

While the process starts, the greedy plan is made here; so there is a plan whatever happens to the process.
"""

from __future__ import annotations

import queue
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from ilrs_science.errors import RequestError
from ilrs_science.planning.judge.certificate import Stopped
from ilrs_science.planning.judge.check import check
from ilrs_science.planning.judge.hopeless import hopeless
from ilrs_science.planning.model.limits import WALL_FACTOR, Limits
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.search.child import Child
from ilrs_science.planning.search.greedy import greedy
from ilrs_science.planning.search.narrow import narrowed
from ilrs_science.planning.search.outcome import Outcome
from ilrs_science.planning.search.progress import Progress
from ilrs_science.planning.search.trivial import trivial_bound
from ilrs_science.planning.search.whole import score

__all__ = ["search_isolated"]

#: How often the parent asks whether to stop. [s]
POLL_S = 0.05
#: How long a child may take to hand over its last plan when it is asked to stop. [s] (assumed)
FAREWELL_S = 1.0
#: How long the greedy plan may take here; a reproducible search makes its own. [s] (assumed)
LONGEST_FLOOR_S = 1.5
#: How long a search may overrun its time limit before its process is ended. [s] (assumed)
OVERRUN_S = 3.0


def search_isolated(
    problem: Problem,
    limits: Limits,
    *,
    first: Plan | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Outcome:
    """The same as :func:`ilrs_science.planning.search.engine.search`, in a process of its own.

    Parameters
    ----------
    problem : Problem
        What to plan.
    limits : Limits
        How long and how; the time begins when the process is ready.
    first : Plan, optional
        A plan to begin with; what breaks a rule is repaired.
    progress : callable, optional
        Called with each better plan or bound.
    cancel : callable, optional
        Asked all the time; true ends the search.

    Returns
    -------
    Outcome
        If the process dies, the best plan and bound until then.

    Raises
    ------
    RequestError
        If the search refuses the request.
    """
    if reasons := hopeless(problem):
        return Outcome({}, "INFEASIBLE", None, "proof", "; ".join(reasons), 0.0)
    asked = narrowed(problem)
    if asked is not problem and hopeless(asked):
        return Outcome({}, "INFEASIBLE", None, "proof", "", 0.0)
    watch = _Watch(asked, limits, progress, cancel)
    end: dict[str, Any] | None = None
    with Child() as child:
        try:
            floor = watch.floor()
            if not (watch.cancel() or watch.proved):
                child.ask(
                    {
                        "problem": problem.model_dump(mode="json"),
                        "limits": asdict(limits),
                        "first": None if first is None else first.model_dump(mode="json"),
                        "floor": None
                        if floor is None or limits.deterministic
                        else floor.model_dump(mode="json"),
                    }
                )
                end = watch.follow(child)
        except KeyboardInterrupt:
            watch.cancelled = True
        if end is None and not (watch.cancelled or watch.late or watch.proved or watch.why):
            watch.why = child.cause
    return watch.outcome(end)


class _Watch:
    """The parent's record of a search: best plan, best bound, and what ended it."""

    def __init__(
        self,
        problem: Problem,
        limits: Limits,
        progress: Callable[[Progress], None] | None,
        cancel: Callable[[], bool] | None,
    ) -> None:
        self.problem, self.limits = problem, limits
        self.factor = 1 / 1000 if problem.objective == "value" else -1
        self.tell, self._cancel = progress, cancel
        self.began = time.monotonic()
        self.ready: float | None = None
        self.starts: dict[str, int] | None = None
        self.bound = trivial_bound(problem)
        self.cancelled = self.late = False
        self.why = ""

    @property
    def elapsed(self) -> float:
        """Wall-clock time since the start. [s]"""
        return time.monotonic() - self.began

    @property
    def proved(self) -> bool:
        """Whether nothing better can exist."""
        return self.starts is not None and self._worth(self.starts) >= self.bound

    def cancel(self) -> bool:
        """Whether a person wants an end."""
        self.cancelled = self.cancelled or (self._cancel is not None and self._cancel())
        return self.cancelled

    def floor(self) -> Plan | None:
        """The greedy plan, made while the process starts."""
        until = self.elapsed + min(LONGEST_FLOOR_S, self.limits.floor_s)
        plan = greedy(self.problem, seed=self.limits.seed, stop=lambda: self.cancel() or self.elapsed > until)
        if plan is not None and not check(self.problem, plan):
            self.starts = plan.starts
            self._report("greedy", score(self.problem, plan.starts) * self.factor)
        return plan

    def follow(self, child: Child) -> dict[str, Any] | None:
        """Take each line of the child until its end; its last word, or None if there is none."""
        farewell: float | None = None
        while True:
            with suppress(queue.Empty):
                line = child.lines.get(timeout=POLL_S)
                if line is None or self._take(line):
                    return line
            now = time.monotonic()
            if farewell is not None:
                if now > farewell:
                    return None
            elif self.cancel():
                if self.ready is None:
                    return None
                farewell = now + FAREWELL_S
                child.stop()
            elif self.ready is not None and now - self.ready > self._patience:
                self.late = True
                return None

    @property
    def _patience(self) -> float:
        """Longest time of the search on the wall. [s]"""
        factor = WALL_FACTOR if self.limits.deterministic else 1.05
        return self.limits.time_s * factor + OVERRUN_S

    def _take(self, line: dict[str, Any]) -> bool:
        """Keep what a line says; whether it was the last one."""
        match line["kind"]:
            case "refused":
                raise RequestError(line["message"])
            case "failed":
                self.why = line["message"]
            case "ready":
                self.ready = time.monotonic()
            case "step":
                self._step(line)
        return bool(line["kind"] == "end")

    def _step(self, line: dict[str, Any]) -> None:
        before = self.bound, self.starts
        self.bound = min(self.bound, round(line["bound"] / self.factor))
        starts = line.get("starts")
        if starts and (self.starts is None or self._worth(starts) > self._worth(self.starts)):
            self.starts = starts
        if (self.bound, self.starts) != before:
            self._report(
                line["phase"], None if self.starts is None else self._worth(self.starts) * self.factor
            )

    def _worth(self, starts: dict[str, int]) -> int:
        return score(self.problem, starts)

    def _report(self, phase: str, objective: float | None) -> None:
        if self.tell is not None:
            self.tell(Progress(phase, objective, self.bound * self.factor, self.elapsed, self.starts))

    def outcome(self, end: dict[str, Any] | None) -> Outcome:
        """What the child said at its end, or what is known without its last word."""
        if end is not None:
            del end["kind"]
            return Outcome(**end, runtime_s=self.elapsed)
        stopped: Stopped = "cancel" if self.cancelled else "time" if self.late else "killed"
        if self.starts is None:
            return Outcome({}, "UNKNOWN", None, stopped, self.why, self.elapsed)
        if self.proved:
            return Outcome(self.starts, "OPTIMAL", self._worth(self.starts), "proof", "", self.elapsed)
        return Outcome(self.starts, "FEASIBLE", self.bound, stopped, self.why, self.elapsed)
