"""The constraint model of a planning problem for OR-Tools CP-SAT. The only module that knows the solver.

Battery and storage are balanced between cuts of time by inequalities, which gives saturation for free:
`room[k] <= room[k-1] + restored - used`, `0 <= room[k] <= size`. What an activity in progress has used by a cut is
known only to the slot in which it starts, see :mod:`ilrs_science.planning.slots` for the two sides of that.
"""

from __future__ import annotations

import math
import threading
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from ortools.sat.python import cp_model

from ilrs_science.planning.buffers import Buffer, buffers
from ilrs_science.planning.parts import Activity, Renewable
from ilrs_science.planning.problem import Problem
from ilrs_science.planning.slots import Side, StartSlot, quantum, start_slots, used

__all__ = ["Answer", "Limits", "Model", "run"]

#: How often a running search is asked whether to stop. [s]
POLL_S = 0.05


@dataclass(frozen=True)
class Limits:
    """How long and how a search may run."""

    time_s: float
    """Wall-clock time. [s]"""
    seed: int = 0
    workers: int = 2
    deterministic: bool = False
    """Same answer every time: `time_s` then counts deterministic time and workers take turns."""


@dataclass(frozen=True)
class Answer:
    """What a search of a model found; scores as in :func:`ilrs_science.planning.greedy.score`."""

    starts: dict[str, int] | None
    """Best starts; None if there are none. [s]"""
    bound: int | None
    """No solution of the model scores more; None if the model has no solution."""
    done: bool
    """Whether the search ended by itself: proved best, or proved to have no solution."""


class Model:
    """Variables and constraints of one problem; each constraint is stated in one method.

    Parameters
    ----------
    problem : Problem
        What to plan.
    edges : list of int
        Cuts between slots, from 0 to the horizon. [s]
    side : "relaxed" or "restricted"
        Which way the use of an activity in progress is rounded.
    """

    def __init__(self, problem: Problem, edges: list[int], side: Side) -> None:
        self.problem, self.edges, self.side = problem, edges, side
        self.model = cp_model.CpModel()
        self.start: dict[str, cp_model.IntVar] = {}
        self.present: dict[str, cp_model.IntVar] = {}
        self.interval: dict[str, cp_model.IntervalVar] = {}
        self.slots: dict[str, list[tuple[StartSlot, cp_model.IntVar]]] = {}
        self.rooms: dict[str, list[cp_model.IntVar]] = {}
        self.balances: dict[str, list[tuple[int, int, list[tuple[str, int, int, int]]]]] = {}
        for activity in problem.activities:
            self._activity(activity)
        for resource in problem.renewables:
            self._renewable(resource)
        self._precedences()
        self._exclusions()
        stores = [buffer for buffer in buffers(problem) if buffer.use]
        for name in dict.fromkeys(name for buffer in stores for name in buffer.use):
            self._start_slot(problem.by_id[name])
        for buffer in stores:
            self._balance(buffer)
        self.unit = 1
        self._objective()

    def _activity(self, activity: Activity) -> None:
        """An optional interval whose start lies in one of its windows."""
        model, name = self.model, activity.id
        spans = activity.starts(self.problem.horizon_s)
        present = model.new_bool_var(f"present {name}")
        if activity.required:
            model.add(present == 1)
        if not spans:
            model.add(present == 0)
            spans = [(0, 0)]
        self.start[name] = model.new_int_var_from_domain(cp_model.Domain.from_intervals(spans), f"start {name}")
        self.present[name] = present
        self.interval[name] = model.new_optional_fixed_size_interval_var(
            self.start[name], activity.duration_s, present, f"interval {name}"
        )

    def _renewable(self, resource: Renewable) -> None:
        """No more is held than there is; a lower capacity is a fixed block that holds the rest."""
        users = [
            (self.interval[activity.id], activity.demands[resource.id], activity.id)
            for activity in self.problem.activities
            if activity.demands.get(resource.id) and activity.duration_s
        ]
        steps = resource.steps(self.problem.horizon_s)
        most = max((amount for _, _, amount in steps), default=0)
        for _, amount, name in users:
            if amount > most:
                self.model.add(self.present[name] == 0)
        users = [user for user in users if user[1] <= most]
        if not users:
            return
        blocks = [
            (self.model.new_fixed_size_interval_var(start, end - start, f"block {resource.id} {start}"), most - amount)
            for start, end, amount in steps
            if amount < most
        ]
        pairs = [(interval, amount) for interval, amount, _ in users] + blocks
        if 2 * min(amount for _, amount in pairs) > most:
            self.model.add_no_overlap([interval for interval, _ in pairs])
        else:
            self.model.add_cumulative([interval for interval, _ in pairs], [amount for _, amount in pairs], most)

    def _precedences(self) -> None:
        """A follower is done only with its predecessor, and within the lags after its end."""
        for activity in self.problem.activities:
            for before in activity.precedences:
                first, follows = self.problem.by_id[before.after], self.present[activity.id]
                self.model.add_implication(follows, self.present[first.id])
                lag = self.start[activity.id] - self.start[first.id] - first.duration_s
                self.model.add(lag >= before.min_lag_s).only_enforce_if(follows)
                if before.max_lag_s is not None:
                    self.model.add(lag <= before.max_lag_s).only_enforce_if(follows)

    def _exclusions(self) -> None:
        """Two activities that disturb each other never overlap."""
        pairs = {
            frozenset((activity.id, name)) for activity in self.problem.activities for name in activity.exclusions
        }
        for one, other in sorted(map(sorted, pairs)):
            if self.problem.by_id[one].duration_s and self.problem.by_id[other].duration_s:
                self.model.add_no_overlap([self.interval[one], self.interval[other]])

    def _start_slot(self, activity: Activity) -> None:
        """One literal for each slot in which the activity may start; exactly one is true if it is done."""
        name = activity.id
        slots = start_slots(activity, self.problem.horizon_s, self.edges)
        if len(slots) == 1:
            self.slots[name] = [(slots[0], self.present[name])]
            return
        literals = [self.model.new_bool_var(f"slot {name} {slot.first}") for slot in slots]
        self.model.add_exactly_one([*literals, ~self.present[name]])
        for slot, literal in zip(slots, literals, strict=True):
            within = cp_model.Domain(slot.first, slot.last)
            self.model.add_linear_expression_in_domain(self.start[name], within).only_enforce_if(literal)
        self.slots[name] = list(zip(slots, literals, strict=True))

    def _balance(self, buffer: Buffer) -> None:
        """Room after each slot: at most what was there, what came back, less what was used; saturating."""
        step, relaxed = quantum(buffer), self.side == "relaxed"
        edges = np.array(self.edges, dtype=np.int64)
        came = buffer.restored(edges)
        came = -(-came // step) if relaxed else came // step
        size = buffer.size // step + (1 if relaxed else -1)
        uses: list[list[tuple[str, int, int, int]]] = [[] for _ in self.edges]
        slack = [0] * len(self.edges)
        for name, rate in buffer.use.items():
            widest: defaultdict[int, int] = defaultdict(int)
            for number, (slot, _) in enumerate(self.slots[name]):
                least, most = used(self.problem.by_id[name].duration_s, rate, slot, edges, step)
                drawn = np.diff(least if relaxed else most, prepend=0)
                open_ = most - least
                for index in np.flatnonzero(drawn | open_).tolist():
                    uses[index].append((name, number, int(drawn[index]), int(open_[index])))
                    widest[index] = max(widest[index], int(open_[index]))
            for index, width in widest.items():
                slack[index] += width
        rooms = [
            self.model.new_int_var(0, max(0, size + (slack[index] if relaxed else 0)), f"room {buffer.id} {edge}")
            for index, edge in enumerate(self.edges)
        ]
        start = -(-buffer.initial // step) if relaxed else buffer.initial // step
        self.model.add(rooms[0] <= max(0, min(start, size)))
        balances = [(max(0, min(start, size)), size, uses[0])]
        for index in range(1, len(rooms)):
            gain = int(came[index] - came[index - 1])
            terms = uses[index]
            drawn_sum = sum(drawn * self._slot(name, number) for name, number, drawn, _ in terms if drawn)
            self.model.add(rooms[index] <= rooms[index - 1] + gain - drawn_sum)
            open_sum = sum(wide * self._slot(name, number) for name, number, _, wide in terms if wide)
            self.model.add(rooms[index] - open_sum <= size if relaxed else rooms[index] + open_sum <= size)
            balances.append((gain, size, terms))
        self.rooms[buffer.id], self.balances[buffer.id] = rooms, balances

    def _slot(self, name: str, number: int) -> cp_model.IntVar:
        return self.slots[name][number][1]

    def _objective(self) -> None:
        """Most value, or the earliest end of everything."""
        if self.problem.objective == "makespan":
            end = self.model.new_int_var(0, self.problem.horizon_s, "makespan")
            for activity in self.problem.activities:
                self.model.add(end >= self.start[activity.id] + activity.duration_s)
            self.end = end
            self.model.minimize(end)
            return
        self.unit = math.gcd(*(activity.worth for activity in self.problem.activities)) or 1
        self.gain = sum(
            activity.worth // self.unit * self.present[activity.id] for activity in self.problem.activities
        )
        self.model.maximize(self.gain)

    def score(self, objective: float) -> int:
        """Score of an objective or of a bound on it."""
        if self.problem.objective == "makespan":
            return -math.ceil(objective - 1e-6)
        return math.floor(objective + 1e-6) * self.unit

    def within(self, low: int | None, high: int | None) -> None:
        """Ask for a score between two limits."""
        objective, factor = (self.end, -1) if self.problem.objective == "makespan" else (self.gain, self.unit)
        if low is not None:
            self.model.add(factor * objective >= low)
        if high is not None:
            self.model.add(factor * objective <= high)

    def hint(self, starts: Mapping[str, int]) -> None:
        """Suggest a plan, with a value for every variable."""
        chosen: dict[tuple[str, int], int] = {}
        for name, variable in self.start.items():
            if name in starts:
                self.model.add_hint(variable, starts[name])
            self.model.add_hint(self.present[name], name in starts)
            for number, (slot, literal) in enumerate(self.slots.get(name, ())):
                here = name in starts and slot.first <= starts[name] <= slot.last
                chosen[name, number] = int(here)
                if len(self.slots[name]) > 1:
                    self.model.add_hint(literal, here)
        for key, rooms in self.rooms.items():
            level = 0
            for variable, (gain, size, terms) in zip(rooms, self.balances[key], strict=True):
                drawn, wide = (sum(term[at] * chosen[term[0], term[1]] for term in terms) for at in (2, 3))
                level = min(level + gain - drawn, size + (wide if self.side == "relaxed" else -wide))
                self.model.add_hint(variable, max(0, level))
        if self.problem.objective == "makespan" and starts:
            ends = [start + self.problem.by_id[name].duration_s for name, start in starts.items()]
            self.model.add_hint(self.end, max(ends))


class _Watcher(cp_model.CpSolverSolutionCallback):
    """Passes each solution on; an error of the listener ends the search and is raised afterwards."""

    def __init__(self, model: Model, listen: Callable[[dict[str, int], int], bool]) -> None:
        super().__init__()
        self.model, self.listen = model, listen
        self.error: BaseException | None = None

    def on_solution_callback(self) -> None:
        try:
            model = self.model
            starts = {
                name: self.value(start) for name, start in model.start.items() if self.boolean_value(model.present[name])
            }
            if self.listen(starts, model.score(self.best_objective_bound)):
                self.stop_search()
        except BaseException as error:
            self.error = error
            self.stop_search()


def run(
    model: Model,
    limits: Limits,
    *,
    on_solution: Callable[[dict[str, int], int], bool],
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
        Gets the starts [s] and the best bound so far; true ends the search.
    on_bound : callable
        Gets each better bound.
    stop : callable
        Asked all the time; true ends the search.

    Returns
    -------
    Answer
        The best starts and the bound.
    """
    solver, watcher = cp_model.CpSolver(), _Watcher(model, on_solution)
    _configure(solver.parameters, limits)
    solver.best_bound_callback = lambda bound: on_bound(model.score(bound))
    ended: list[cp_model.cp_model_pb2.CpSolverStatus] = []
    search = threading.Thread(target=lambda: ended.append(solver.solve(model.model, watcher)), daemon=True)
    search.start()
    try:
        while search.is_alive():
            search.join(POLL_S)
            if stop():
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
        return Answer(None, model.score(solver.best_objective_bound), False)
    starts = {name: solver.value(start) for name, start in model.start.items() if solver.value(model.present[name])}
    return Answer(starts, model.score(solver.best_objective_bound), status == cp_model.OPTIMAL)


def _configure(parameters: cp_model.sat_parameters_pb2.SatParameters, limits: Limits) -> None:
    parameters.random_seed = limits.seed
    parameters.num_workers = limits.workers
    parameters.catch_sigint_signal = False
    parameters.max_time_in_seconds = limits.time_s
    if limits.deterministic:
        parameters.interleave_search = True
        parameters.max_deterministic_time = limits.time_s
        parameters.max_time_in_seconds = 20 * limits.time_s
