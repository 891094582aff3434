"""The constraint model of a planning problem for OR-Tools CP-SAT. The only module that knows the solver.

Battery and storage are balanced between cuts of time by inequalities, which gives saturation for free:
`room[k] <= room[k-1] + restored - used`, `0 <= room[k] <= size`. What an activity in progress has used by a cut is
known only to the slot in which it starts, see :mod:`ilrs_science.planning.model.slots` for the two sides of that.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from ortools.sat.python import cp_model, cp_model_helper

from ilrs_science.planning.model.buffers import Buffer, buffers
from ilrs_science.planning.model.knapsacks import knapsacks
from ilrs_science.planning.model.limits import Limits
from ilrs_science.planning.model.slots import EXACT, Ledger, Side, StartSlot, ledger, start_slots
from ilrs_science.planning.problem.parts import Activity, Renewable
from ilrs_science.planning.problem.problem import Problem

__all__ = ["Answer", "Model", "run"]

#: How often a running search is asked whether to stop. [s]
POLL_S = 0.05


@dataclass(frozen=True)
class Answer:
    """What a search of a model found; scores as in :func:`ilrs_science.planning.search.greedy.score`."""

    starts: dict[str, int] | None
    """Best starts; None if there are none. [s]"""
    bound: int | None
    """No solution of the model scores more; None if nothing is known, or there is no solution."""
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
        self.slots: dict[str, list[StartSlot]] = {}
        self.literals: dict[str, list[cp_model.IntVar]] = {}
        self.started: dict[str, list[cp_model.IntVar]] = {}
        self.rooms: dict[str, list[cp_model.IntVar]] = {}
        self.books: dict[str, Ledger] = {}
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
            self._knapsacks(buffer)
        self.unit = 1
        self._objective()

    def _activity(self, activity: Activity) -> None:
        """An optional interval whose start lies in one of its windows."""
        model, name = self.model, activity.id
        spans = activity.starts(self.problem.horizon_s)
        present = model.new_constant(1) if activity.required else model.new_bool_var(f"present {name}")
        if not spans:
            model.add(present == 0)
            spans = [(0, 0)]
        domain = cp_model.Domain.from_intervals(spans)
        start = model.new_int_var_from_domain(domain, f"start {name}")
        self.start[name], self.present[name] = start, present
        self.interval[name] = (
            model.new_fixed_size_interval_var(start, activity.duration_s, f"interval {name}")
            if activity.required
            else model.new_optional_fixed_size_interval_var(
                start, activity.duration_s, present, f"interval {name}"
            )
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
            (
                self.model.new_fixed_size_interval_var(start, end - start, f"block {resource.id} {start}"),
                most - amount,
            )
            for start, end, amount in steps
            if amount < most
        ]
        pairs = [(interval, amount) for interval, amount, _ in users] + blocks
        if 2 * min(amount for _, amount in pairs) > most:
            self.model.add_no_overlap([interval for interval, _ in pairs])
        else:
            self.model.add_cumulative(
                [interval for interval, _ in pairs], [amount for _, amount in pairs], most
            )

    def _precedences(self) -> None:
        """A follower is done only with its predecessor, and within the lags after its end."""
        for activity in self.problem.activities:
            for before in activity.precedences:
                first, follows = (self.problem.by_id[before.after], self.present[activity.id])
                self.model.add_implication(follows, self.present[first.id])
                lag = self.start[activity.id] - self.start[first.id] - first.duration_s
                self.model.add(lag >= before.min_lag_s).only_enforce_if(follows)
                if before.max_lag_s is not None:
                    self.model.add(lag <= before.max_lag_s).only_enforce_if(follows)

    def _exclusions(self) -> None:
        """Two activities that disturb each other never overlap."""
        pairs = {
            frozenset((activity.id, name))
            for activity in self.problem.activities
            for name in activity.exclusions
        }
        for one, other in sorted(map(sorted, pairs)):
            if self.problem.by_id[one].duration_s and self.problem.by_id[other].duration_s:
                self.model.add_no_overlap([self.interval[one], self.interval[other]])

    def _start_slot(self, activity: Activity) -> None:
        """One literal for each slot in which the activity may start; exactly one is true if it is done."""
        name, present = activity.id, self.present[activity.id]
        slots = start_slots(activity, self.problem.horizon_s, self.edges)
        literals, started = [present], [present]
        if len(slots) > 1:
            literals = [self.model.new_bool_var(f"slot {name} {slot.first}") for slot in slots]
            started = [self.model.new_bool_var(f"started {name} {slot.last}") for slot in slots[:-1]]
            self.model.add(started[0] == literals[0])
            for (before, after), literal in zip(pairwise([*started, present]), literals[1:], strict=True):
                self.model.add(after == before + literal)
            started.append(present)
            for slot, literal in zip(slots, literals, strict=True):
                within = cp_model.Domain(slot.first, slot.last)
                self.model.add_linear_expression_in_domain(self.start[name], within).only_enforce_if(literal)
        self.slots[name], self.literals[name], self.started[name] = slots, literals, started

    def _balance(self, buffer: Buffer) -> None:
        """Room after each slot: at most what was there, what came back, less what was used; saturating."""
        book = ledger(self.problem, buffer, self.slots, self.edges, self.side)
        sign = 1 if self.side == "relaxed" else -1
        rooms: list[cp_model.IntVar] = []
        for index, edge in enumerate(self.edges):
            most = book.size + max(0, sign) * book.widest[index]
            room = self.model.new_int_var(0, most, f"room {buffer.id} {edge}")
            before = rooms[-1] + book.gains[index] if rooms else book.start
            draws = book.draws[index]
            literals = [self.started[draw.activity][draw.start_slot] for draw in draws]
            drawn = _sum(literals, [draw.drawn for draw in draws])
            self.model.add(room <= before - drawn)
            self.model.add(room <= book.size + sign * _sum(literals, [draw.open for draw in draws]))
            rooms.append(room)
        self.rooms[buffer.id], self.books[buffer.id] = rooms, book

    def _knapsacks(self, buffer: Buffer) -> None:
        """Within a span no more is used than a full buffer and what comes in."""
        for span in knapsacks(self.problem, buffer):
            step = max(1, max(span.room, *span.shares.values()) // EXACT)
            shares = [share // step for share in span.shares.values()]
            self.model.add(
                _sum([self.present[name] for name in span.shares], shares) <= -(-span.room // step)
            )

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
        activities = self.problem.activities
        literals = [self.present[activity.id] for activity in activities]
        self.gain = _sum(literals, [activity.worth // self.unit for activity in activities])
        self.model.maximize(self.gain)

    def score(self, objective: float) -> int:
        """Score of an objective or of a bound on it."""
        if self.problem.objective == "makespan":
            return -math.ceil(objective - 1e-6)
        return math.floor(objective + 1e-6) * self.unit

    def at_most(self, score: int) -> None:
        """State a bound on the score that was proved elsewhere."""
        if self.problem.objective == "makespan":
            self.model.add(self.end >= -score)
        else:
            self.model.add(self.gain <= score // self.unit)

    def hint(self, starts: Mapping[str, int]) -> None:
        """Suggest a plan, with a value for every variable."""
        for name, variable in self.start.items():
            spans = self.problem.by_id[name].starts(self.problem.horizon_s) or [(0, 0)]
            self.model.add_hint(variable, starts.get(name, spans[0][0]))
            if not self.problem.by_id[name].required:
                self.model.add_hint(self.present[name], name in starts)
        passed: set[tuple[str, int]] = set()
        for name, slots in self.slots.items():
            for number, slot in enumerate(slots):
                here = name in starts and slot.first <= starts[name] <= slot.last
                if name in starts and starts[name] <= slot.last:
                    passed.add((name, number))
                if len(slots) > 1:
                    self.model.add_hint(self.literals[name][number], here)
                if number < len(slots) - 1:
                    self.model.add_hint(self.started[name][number], (name, number) in passed)
        for key, rooms in self.rooms.items():
            for room, level in zip(rooms, self._levels(self.books[key], passed), strict=True):
                self.model.add_hint(room, level)
        if self.problem.objective == "makespan" and starts:
            ends = [start + self.problem.by_id[name].duration_s for name, start in starts.items()]
            self.model.add_hint(self.end, max(ends))

    def _levels(self, book: Ledger, passed: set[tuple[str, int]]) -> Iterator[int]:
        """Highest room at each cut when activities have started by the end of the passed start slots."""
        level, sign = book.start, 1 if self.side == "relaxed" else -1
        for gain, draws in zip(book.gains, book.draws, strict=True):
            here = [draw for draw in draws if (draw.activity, draw.start_slot) in passed]
            most = book.size + sign * sum(draw.open for draw in here)
            level = max(0, min(level + gain - sum(draw.drawn for draw in here), most))
            yield level


def _sum(variables: list[cp_model.IntVar], factors: list[int]) -> cp_model.LinearExpr:
    """Weighted sum, without the terms that have no weight; much faster than adding term by term."""
    terms = [(variable, factor) for variable, factor in zip(variables, factors, strict=True) if factor]
    return cp_model.LinearExpr.weighted_sum([term[0] for term in terms], [term[1] for term in terms])


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
    _configure(solver.parameters, limits, slots=bool(model.books))
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


def _configure(parameters: cp_model_helper.SatParameters, limits: Limits, *, slots: bool) -> None:
    parameters.random_seed = limits.seed
    parameters.num_workers = limits.workers
    parameters.catch_sigint_signal = False
    parameters.max_time_in_seconds = limits.time_s
    if slots:  # probing thousands of start slots takes longer than it saves
        parameters.cp_model_probing_level = 0
        parameters.max_presolve_iterations = 1
    if limits.deterministic:
        parameters.interleave_search = True
        parameters.max_deterministic_time = limits.time_s
        parameters.max_time_in_seconds = 20 * limits.time_s
