"""Searching a constraint model with OR-Tools CP-SAT: limits, listeners, an end at any moment."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass

from ortools.sat.python import cp_model, cp_model_helper

from ilrs_science.planning.model.cpsat import Model
from ilrs_science.planning.model.limits import WALL_FACTOR, Limits

__all__ = ["Answer", "run"]

#: How often a running search is asked whether to stop. [s]
POLL_S = 0.05
#: Strategies for the makespan, the first for one thread: clauses prove its bound before linear programs. (measured)
MAKESPAN = (
    "no_lp",
    "default_lp",
    "max_lp",
    "quick_restart_no_lp",
    "reduced_costs",
    "pseudo_costs",
    "probing",
)


@dataclass(frozen=True)
class Answer:
    """What a search of a model found; scores as in :func:`ilrs_science.planning.search.whole.score`."""

    starts: dict[str, int] | None
    """Best starts; None if there are none. [s]"""
    bound: int | None
    """No solution of the model scores more; None if nothing is known, or there is no solution."""
    done: bool
    """Whether the search ended by itself: proved best, or proved to have no solution."""


class _Watcher(cp_model.CpSolverSolutionCallback):
    """Passes solutions and bounds on; an error of a listener ends the search and is raised after it."""

    def __init__(
        self, model: Model, on_solution: Callable[[dict[str, int]], bool], on_bound: Callable[[int], None]
    ) -> None:
        super().__init__()
        self.model, self.on_solution, self.on_bound = model, on_solution, on_bound
        self.error: BaseException | None = None

    def on_solution_callback(self) -> None:
        model = self.model
        starts = {
            name: self.value(start)
            for name, start in model.start.items()
            if self.boolean_value(model.present[name])
        }
        if self._guard(lambda: self.on_solution(starts)):
            self.stop_search()

    def bound(self, bound: float) -> None:
        """Pass a bound on."""
        if math.isfinite(bound):
            self._guard(lambda: self.on_bound(self.model.score(bound)))

    def _guard(self, tell: Callable[[], bool | None]) -> bool:
        """Whether the listener wants an end, or has failed."""
        try:
            return self.error is not None or bool(tell())
        except BaseException as error:  # noqa: BLE001 - raised again by run(), after the native search has ended
            self.error = error
            return True


def run(
    model: Model,
    limits: Limits,
    *,
    on_solution: Callable[[dict[str, int]], bool],
    on_bound: Callable[[int], None],
    stop: Callable[[], bool],
) -> Answer:
    """Search a model.

    Parameters
    ----------
    model : Model
        What to search.
    limits : Limits
        How long and how.
    on_solution : callable
        Gets the starts of each better solution [s]; true ends the search.
    on_bound : callable
        Gets each better bound.
    stop : callable
        Asked all the time; true ends the search.

    Returns
    -------
    Answer
        The best starts and the bound.
    """
    solver, watcher = cp_model.CpSolver(), _Watcher(model, on_solution, on_bound)
    _configure(solver.parameters, limits, model)
    solver.best_bound_callback = watcher.bound
    ended: list[cp_model_helper.CpSolverStatus] = []
    search = threading.Thread(target=lambda: ended.append(solver.solve(model.model, watcher)), daemon=True)
    search.start()
    try:
        while search.is_alive():
            search.join(POLL_S)
            if watcher.error is not None or stop():
                solver.stop_search()
    except BaseException:
        solver.stop_search()
        search.join()
        raise
    if watcher.error is not None:
        raise watcher.error
    status = ended[0] if ended else cp_model.UNKNOWN
    if status == cp_model.INFEASIBLE:
        return Answer(None, None, True)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Answer(None, None, False)
    starts = {
        name: solver.value(start) for name, start in model.start.items() if solver.value(model.present[name])
    }
    return Answer(starts, model.score(solver.best_objective_bound), status == cp_model.OPTIMAL)


def _configure(parameters: cp_model_helper.SatParameters, limits: Limits, model: Model) -> None:
    parameters.random_seed = limits.seed
    parameters.num_workers = limits.workers
    parameters.catch_sigint_signal = False
    parameters.max_time_in_seconds = limits.time_s
    if model.problem.objective == "makespan":
        parameters.subsolvers.extend(MAKESPAN)
    if model.books:  # probing thousands of start slots takes longer than it saves
        parameters.cp_model_probing_level = 0
        parameters.max_presolve_iterations = 1
    if limits.deterministic:
        parameters.interleave_search = True
        parameters.max_deterministic_time = limits.time_s
        parameters.max_time_in_seconds = WALL_FACTOR * limits.time_s
