"""Plans made by placing one activity after another, the most rewarding first: quick, and the floor of every solve."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from graphlib import TopologicalSorter

from ilrs_science.planning.model.buffers import buffers
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.parts import Activity, Phase
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.search.board import Board
from ilrs_science.planning.search.whole import led, score, whole

__all__ = ["greedy", "orders", "repair"]

#: Placements tried over all orders, so that large problems try fewer orders. (assumed)
EFFORT = 3000


def greedy(problem: Problem, *, seed: int = 0, stop: Callable[[], bool] | None = None) -> Plan | None:
    """Best plan of several orders of placing.

    Parameters
    ----------
    problem : Problem
        What to plan.
    seed : int
        Of the shuffled orders.
    stop : callable
        Asked before each placement; from when it is true, only what must be done is still placed.

    Returns
    -------
    Plan or None
        A plan that keeps every rule; None if no order placed all that must be done.
    """
    stop = stop or (lambda: False)
    turns = max(3, min(30, EFFORT // max(1, len(problem.activities))))
    best: dict[str, int] | None = None
    for turn, line in enumerate(orders(problem, turns, seed)):
        if turn > 0 and stop():
            break
        starts = _fill(problem, line, {}, stop)
        if starts is not None and (best is None or score(problem, starts) > score(problem, best)):
            best = starts
    return None if best is None else Plan.of(problem, best)


def repair(problem: Problem, wanted: Mapping[str, int]) -> dict[str, int] | None:
    """Starts that keep every rule, as near to the wanted ones as placing them one by one allows.

    Parameters
    ----------
    problem : Problem
        The rules.
    wanted : mapping of str to int
        Starts that may break some of them. [s]

    Returns
    -------
    dict of str to int, or None
        Starts [s]; None if something that must be done found no place.
    """
    keys = _keys(problem, 0, random.Random(0))
    order = sorted(problem.activities, key=lambda activity: (activity.id not in wanted, keys[activity.id]))
    return _fill(problem, _line(problem, order), wanted, lambda: False)


def orders(problem: Problem, turns: int, seed: int) -> Iterator[list[Activity]]:
    """Orders of placing, the rules one after the other and then shuffled.

    Parameters
    ----------
    problem : Problem
        What to plan.
    turns : int
        How many orders.
    seed : int
        Of the shuffled ones.

    Yields
    ------
    list of Activity
        What must be done first, and predecessors before their followers.
    """
    generator = random.Random(seed)
    for turn in range(turns):
        keys = _keys(problem, turn, generator)
        yield _line(problem, sorted(problem.activities, key=lambda activity: keys[activity.id]))


def _fill(
    problem: Problem, line: list[Activity], wanted: Mapping[str, int], stop: Callable[[], bool]
) -> dict[str, int] | None:
    board = Board(problem)
    if not board.alive:
        return None
    late = False
    for activity in line:
        start = wanted.get(activity.id) if activity.locked_start is None else activity.locked_start
        if start is not None:
            board.place_near(activity, start)
    for activity in line:
        late = late or stop()
        if late and activity.optional and not activity.required:
            continue
        if activity.id not in board.starts and led(problem, activity, board.starts):
            board.place_early(activity)
    return whole(problem, board.starts)


def _line(problem: Problem, order: list[Activity]) -> list[Activity]:
    """The order, with locked and required activities first and predecessors before their followers."""
    required = _with_predecessors(
        problem,
        (activity.id for activity in problem.activities if not activity.optional or activity.required),
    )
    ranked = sorted(
        order,
        key=lambda activity: (
            activity.locked_start is None,
            activity.id not in required,
            activity.rate_bit_s >= 0,  # data can be stored only where they are taken away
        ),
    )
    line: list[Activity] = []
    seen: set[str] = set()

    def visit(first: Activity) -> None:
        stack = [first]
        while stack:
            activity = stack[-1]
            missing = [
                name
                for before in activity.precedences
                for name in problem.members[before.after]
                if name not in seen
            ]
            if activity.locked_start is None and missing:
                stack.append(problem.by_id[missing[0]])
                continue
            stack.pop()
            if activity.id not in seen:
                seen.add(activity.id)
                line.append(activity)

    for activity in ranked:
        visit(activity)
    return line


def _with_predecessors(problem: Problem, names: Iterable[str]) -> set[str]:
    found: set[str] = set()
    stack = list(names)
    while stack:
        name = stack.pop()
        if name not in found:
            found.add(name)
            activity = problem.by_id[name]
            for other in [*(before.after for before in activity.precedences), *activity.needs]:
                stack += problem.members[other]
    return found


def _sorted_names(problem: Problem) -> list[str]:
    graph = {
        activity.id: [name for before in activity.precedences for name in problem.members[before.after]]
        for activity in problem.activities
    }
    return list(TopologicalSorter(graph).static_order())


def _keys(problem: Problem, turn: int, generator: random.Random) -> dict[str, float]:
    """Rank of each activity; low is placed first. The first turns are by rule, the others shuffle them."""
    rules: list[Callable[[Activity], float]] = (
        [partial(_tail, _tails(problem))]
        if problem.objective == "makespan"
        else [partial(_per_use, _loads(problem)), _by_value, _by_value_and_time]
    )
    rule = rules[turn % len(rules)]
    spread = 0.0 if turn < len(rules) else 0.15 * (1 + turn % 4)
    return {
        activity.id: -rule(activity) * (1 + spread * generator.uniform(-1, 1))
        for activity in problem.activities
    }


def _by_value(activity: Activity) -> float:
    return activity.value


def _by_value_and_time(activity: Activity) -> float:
    return activity.value / (1 + activity.duration_s)


def _per_use(loads: Mapping[str, float], activity: Activity) -> float:
    return activity.value / (1e-6 + loads[activity.id])


def _tail(tails: Mapping[str, int], activity: Activity) -> float:
    return tails[activity.id]


def _loads(problem: Problem) -> dict[str, float]:
    """Share of all that there is which each activity uses, summed over what is scarce."""
    horizon = problem.horizon_s
    total = {
        resource.id: sum(amount * (end - start) for start, end, amount in resource.steps(horizon))
        for resource in problem.renewables
    }
    stores = [
        (
            store.use,
            store.initial + float((store.inflow.clip(0) * _spans(store.times.tolist(), horizon)).sum()),
        )
        for store in buffers(problem)
    ]
    return {
        activity.id: sum(
            activity.held_s * amount / max(1, total[name]) for name, amount in activity.demands.items()
        )
        + sum(_moved(use.get(activity.id, ())) / max(1.0, there) for use, there in stores)
        for activity in problem.activities
    }


def _moved(use: tuple[Phase, ...]) -> int:
    """What an activity takes of a store. [mJ] or [bit]"""
    return sum(max(0, rate) * (end - begin) for begin, end, rate in use)


def _spans(times: list[int], horizon: int) -> list[int]:
    return [end - start for start, end in zip(times, [*times[1:], horizon], strict=True)]


def _tails(problem: Problem) -> dict[str, int]:
    """Time from the start of each activity to the end of the longest chain that follows it. [s]"""
    tails = {activity.id: activity.duration_s for activity in problem.activities}
    for name in reversed(_sorted_names(problem)):
        for before in problem.by_id[name].precedences:
            for first in (problem.by_id[other] for other in problem.members[before.after]):
                tails[first.id] = max(tails[first.id], first.duration_s + before.min_lag_s + tails[name])
    return tails
