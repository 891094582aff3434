"""The constraint model of a planning problem, as OR-Tools CP-SAT takes it.

Battery and storage are balanced between cuts of time by inequalities, which gives saturation for free:
`room[k] <= room[k-1] + restored - used`, `0 <= room[k] <= size`. What an activity in progress has used by a cut is
known only to the slot in which it starts, see :mod:`ilrs_science.planning.model.slots` for the two sides of that.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from ortools.sat.python import cp_model

from ilrs_science.planning.model.buffers import Buffer, buffers
from ilrs_science.planning.model.knapsacks import knapsacks
from ilrs_science.planning.model.slots import EXACT, Ledger, Side, StartSlot, ledger, start_slots
from ilrs_science.planning.problem.parts import Activity, Renewable
from ilrs_science.planning.problem.problem import Problem

__all__ = ["Model"]


class Worth(NamedTuple):
    """One level of the value of an activity."""

    literal: cp_model.IntVar
    """Whether it is done at this level."""
    worth: int
    """Value in thousandths. [0.001]"""
    starts: list[tuple[int, int]]
    """First and last start of each span at this level. [s]"""


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
        self.worths: dict[str, list[Worth]] = {}
        for activity in problem.activities:
            self._activity(activity)
        for resource in problem.renewables:
            self._renewable(resource)
        self._choices()
        self._precedences()
        self._needs()
        self._exclusions()
        stores = [buffer for buffer in buffers(problem) if buffer.use]
        for name in dict.fromkeys(name for buffer in stores for name in buffer.use):
            self._start_slot(problem.by_id[name])
        for buffer in stores:
            self._balance(buffer)
            self._knapsacks(buffer)
            self._latency(buffer)
        self.unit = 1
        self._objective()

    def _activity(self, activity: Activity) -> None:
        """An optional interval from warm-up to cool-down; the start lies in one of its windows."""
        model, name = self.model, activity.id
        spans = activity.starts(self.problem.horizon_s)
        present = model.new_constant(1) if activity.required else model.new_bool_var(f"present {name}")
        if not spans:
            model.add(present == 0)
            spans = [(0, 0)]
        domain = cp_model.Domain.from_intervals(spans)
        start = model.new_int_var_from_domain(domain, f"start {name}")
        self.start[name], self.present[name] = start, present
        begin, held = start - activity.warm_up_s, activity.held_s
        self.interval[name] = (
            model.new_fixed_size_interval_var(begin, held, f"interval {name}")
            if activity.required
            else model.new_optional_fixed_size_interval_var(begin, held, present, f"interval {name}")
        )

    def _renewable(self, resource: Renewable) -> None:
        """No more is held than there is; a lower capacity is a fixed block that holds the rest."""
        users = [
            (self.interval[activity.id], activity.demands[resource.id], activity.id)
            for activity in self.problem.activities
            if activity.demands.get(resource.id) and activity.held_s
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

    def _choices(self) -> None:
        """Of the activities of a choice at most one is done; one, if none of them is optional."""
        for names in self.problem.choices.values():
            present = [self.present[name] for name in names]
            if self.problem.by_id[names[0]].optional:
                self.model.add_at_most_one(present)
            else:
                self.model.add_exactly_one(present)

    def _precedences(self) -> None:
        """A follower is done only with its predecessor, and within the lags after its end."""
        for activity in self.problem.activities:
            for before in activity.precedences:
                follows, names = self.present[activity.id], self.problem.members[before.after]
                self._with(follows, names)
                for first in (self.problem.by_id[name] for name in names):
                    both = [follows] if len(names) == 1 else [follows, self.present[first.id]]
                    lag = self.start[activity.id] - self.start[first.id] - first.duration_s
                    self.model.add(lag >= before.min_lag_s).only_enforce_if(both)
                    if before.max_lag_s is not None:
                        self.model.add(lag <= before.max_lag_s).only_enforce_if(both)

    def _needs(self) -> None:
        """An activity is done only with all that it needs."""
        for activity in self.problem.activities:
            for name in activity.needs:
                self._with(self.present[activity.id], self.problem.members[name])

    def _with(self, follows: cp_model.IntVar, names: tuple[str, ...]) -> None:
        self.model.add_bool_or([self.present[name] for name in names]).only_enforce_if(follows)

    def _exclusions(self) -> None:
        """Two activities that disturb each other never overlap, from warm-up to cool-down."""
        pairs = {
            frozenset((activity.id, other))
            for activity in self.problem.activities
            for name in activity.exclusions
            for other in self.problem.members[name]
        }
        for one, other in sorted(map(sorted, pairs)):
            if self.problem.by_id[one].held_s and self.problem.by_id[other].held_s:
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
        book = ledger(buffer, self.slots, self.edges, self.side)
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
        self.model.add(rooms[-1] >= book.final)
        self.rooms[buffer.id], self.books[buffer.id] = rooms, book

    def _knapsacks(self, buffer: Buffer) -> None:
        """Within a span no more is used than a full buffer and what comes in."""
        for span in knapsacks(self.problem, buffer):
            step = max(1, max(span.room, *span.shares.values()) // EXACT)
            shares = [share // step for share in span.shares.values()]
            self.model.add(
                _sum([self.present[name] for name in span.shares], shares) <= -(-span.room // step)
            )

    def _latency(self, buffer: Buffer) -> None:
        """An activity never starts where its own data alone could not leave in time."""
        for name in buffer.use:
            activity = self.problem.by_id[name]
            if activity.latency_s is None or self.problem.storage_of(activity) != buffer.id:
                continue
            for slot, literal in zip(self.slots[name], self.literals[name], strict=False):
                until = slot.last + activity.duration_s + activity.latency_s
                volume = activity.rate_bit_s * activity.duration_s
                if until <= self.problem.horizon_s and buffer.drainable(slot.first, until) < volume:
                    self.model.add(literal == 0)

    def _objective(self) -> None:
        """Most value, or the earliest end of everything."""
        if self.problem.objective == "makespan":
            end = self.model.new_int_var(0, self.problem.horizon_s, "makespan")
            for activity in self.problem.activities:
                ends = self.start[activity.id] + activity.duration_s
                self.model.add(end >= ends).only_enforce_if(self.present[activity.id])
            self.end = end
            self.model.minimize(end)
            return
        for activity in self.problem.activities:
            self.worths[activity.id] = self._worths(activity)
        parts = [(part.literal, part.worth, name) for name, parts in self.worths.items() for part in parts]
        self.unit = math.gcd(*(worth for _, worth, _ in parts)) or 1
        literals, worths = [part[0] for part in parts], [part[1] // self.unit for part in parts]
        self.gain = _sum(literals, worths)
        self.model.maximize(self.gain)
        for partner, share in self.problem.shares.items():
            least = round(1000 * share)
            mine = [1000 * (self.problem.by_id[name].partner == partner) - least for _, _, name in parts]
            factors = [worth * factor for worth, factor in zip(worths, mine, strict=True)]
            self.model.add(_sum(literals, factors) >= 0)

    def _worths(self, activity: Activity) -> list[Worth]:
        """What an activity gains by the part of its value curve in which it starts."""
        name, present = activity.id, self.present[activity.id]
        spans = activity.starts(self.problem.horizon_s) or [(0, 0)]
        parts = activity.levels(self.problem.horizon_s) or [(activity.worth, spans)]
        if len(parts) == 1:
            return [Worth(present, parts[0][0], spans)]
        worths = []
        for worth, starts in parts:
            literal = self.model.new_bool_var(f"worth {name} {worth}")
            domain = cp_model.Domain.from_intervals(starts)
            self.model.add_linear_expression_in_domain(self.start[name], domain).only_enforce_if(literal)
            worths.append(Worth(literal, worth, starts))
        self.model.add(sum(part.literal for part in worths) == present)
        return worths

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
        self._hint_worths(starts)
        for key, rooms in self.rooms.items():
            for room, level in zip(rooms, self._levels(self.books[key], passed), strict=True):
                self.model.add_hint(room, level)
        if self.problem.objective == "makespan" and starts:
            ends = [start + self.problem.by_id[name].duration_s for name, start in starts.items()]
            self.model.add_hint(self.end, max(ends))

    def _hint_worths(self, starts: Mapping[str, int]) -> None:
        for name, parts in self.worths.items():
            for part in parts if len(parts) > 1 else ():
                within = name in starts and any(first <= starts[name] <= last for first, last in part.starts)
                self.model.add_hint(part.literal, within)

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
