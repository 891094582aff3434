"""Every plan of a small problem, tried to the second: what slots of time cannot tell apart, the checker can.

Activities are placed one after the other, those that send data first and predecessors before their followers. A branch
ends where what is placed breaks a rule that nothing placed later can mend, or where even the best of the rest would
not do better than the best plan. The checker judges, so the answer is exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from math import prod

from ilrs_science.planning.judge.check import Rule, Violation, check
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.parts import Activity
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.search.whole import score

__all__ = ["Exhaustive", "few_plans"]

#: Largest number of starts of one activity and of plans; with more the solver is quicker. (measured)
STARTS, PLANS = 100, 200_000
#: Branches looked at before it is given up: some seconds. (measured)
BRANCHES = 40_000
#: Rules that nothing placed later can mend.
FINAL = (Rule.CHOICE, Rule.EXCLUSION, Rule.RESOURCE, Rule.BATTERY, Rule.FINAL_CHARGE)
#: Rules that a downlink placed later may mend.
SENT = (Rule.STORAGE, Rule.LATENCY)


def few_plans(problem: Problem) -> bool:
    """Whether the plans of a problem are few enough to be tried.

    Parameters
    ----------
    problem : Problem
        What is planned.

    Returns
    -------
    bool
        By the number of starts of all activities, multiplied.
    """
    counts = [
        sum(last - first + 1 for first, last in entry.starts(problem.horizon_s))
        for entry in problem.activities
    ]
    plans = prod(
        count + (not entry.required) for count, entry in zip(counts, problem.activities, strict=True)
    )
    return max(counts, default=0) <= STARTS and plans <= PLANS


class Exhaustive:
    """One search through all plans.

    Parameters
    ----------
    problem : Problem
        What is planned.
    floor : callable
        Score to be exceeded by then; None where there is no plan.
    offer : callable
        Gets the starts of each better plan. [s]
    stop : callable
        Asked before each branch; true ends the search.
    """

    def __init__(
        self,
        problem: Problem,
        floor: Callable[[], int | None],
        offer: Callable[[Mapping[str, int]], object],
        stop: Callable[[], bool],
    ) -> None:
        self.problem, self.floor, self.offer, self.stop = problem, floor, offer, stop
        self.line = _line(problem)
        self.rests = _rests(problem, self.line)
        self.sinks = max(
            (number + 1 for number, entry in enumerate(self.line) if entry.drain_Mbit_s), default=0
        )
        if any(entry.urgency < 0 for entry in self.line):  # what is in the storage first then leaves last
            self.sinks = len(self.line)
        self.branches = 0

    def run(self) -> bool:
        """Try all plans; whether all were tried, so that none is better than the best."""
        stack: list[Iterator[dict[str, int]]] = [self._next({}, 0)]
        while stack:
            starts = next(stack[-1], None)
            if starts is None:
                stack.pop()
                continue
            self.branches += 1
            if self.branches > BRANCHES or self.stop():
                return False
            if self._hopes(starts, len(stack)) and not self._broken(starts, len(stack)):
                if len(stack) == len(self.line):
                    self.offer(starts)
                else:
                    stack.append(self._next(starts, len(stack)))
        return True

    def _next(self, starts: dict[str, int], depth: int) -> Iterator[dict[str, int]]:
        """The starts with each possible start of one more activity, the most valuable first, and without it."""
        if depth == len(self.line):
            return
        entry = self.line[depth]
        levels = sorted(entry.levels(self.problem.horizon_s), key=lambda level: -level[0])
        for _, spans in levels:
            for first, last in spans:
                yield from ({**starts, entry.id: at} for at in range(first, last + 1))
        if not entry.required:
            yield starts

    def _hopes(self, starts: Mapping[str, int], depth: int) -> bool:
        """Whether the best of the rest would make a better plan."""
        floor = self.floor()
        return floor is None or score(self.problem, starts) + self.rests[depth] > floor

    def _broken(self, starts: Mapping[str, int], depth: int) -> bool:
        """Whether a rule is broken that nothing placed later can mend."""
        found = check(self.problem, Plan.of(self.problem, dict(starts)))
        if depth == len(self.line):
            return bool(found)
        decided = {entry.id for entry in self.line[:depth]}
        return any(self._stays(violation, decided, depth) for violation in found)

    def _stays(self, violation: Violation, decided: set[str], depth: int) -> bool:
        rule, name = violation.rule, violation.activity
        if rule is Rule.PRECEDENCE:  # whatever comes before stands before it in the line
            return True
        if rule is Rule.NEED and name is not None:
            needs = self.problem.by_id[name].needs
            return all(set(self.problem.members[need]) <= decided for need in needs)
        return rule in FINAL or (rule in SENT and depth >= self.sinks)


def _line(problem: Problem) -> list[Activity]:
    """Activities that send data first, then the most valuable, and predecessors before their followers."""
    order = sorted(
        problem.activities, key=lambda entry: (not entry.drain_Mbit_s, not entry.required, -entry.worth)
    )
    line: dict[str, Activity] = {}
    while len(line) < len(order):
        entry = next(
            entry
            for entry in order
            if entry.id not in line
            and all(name in line for before in entry.precedences for name in problem.members[before.after])
        )
        line[entry.id] = entry
    return list(line.values())


def _rests(problem: Problem, line: list[Activity]) -> list[int]:
    """The most that what is not yet placed can add to a score, by how many are placed."""
    if problem.objective == "makespan":
        return [0] * (len(line) + 1)
    rests = [0]
    for entry in reversed(line):
        best = max((worth for worth, _ in entry.levels(problem.horizon_s)), default=0)
        rests.append(rests[-1] + max(0, best))
    return rests[::-1]
