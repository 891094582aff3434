"""Whether a plan keeps every rule of its problem. Knows neither the solver nor any code that made the plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ilrs_science.planning.judge.simulate import simulate
from ilrs_science.planning.plan import Placement, Plan
from ilrs_science.planning.problem.parts import Activity, Renewable
from ilrs_science.planning.problem.problem import Problem

__all__ = ["Rule", "Violation", "check"]


class Rule(StrEnum):
    """Kinds of rule that a plan can break."""

    KNOWN = "known"
    DURATION = "duration"
    WINDOW = "window"
    FORBIDDEN = "forbidden"
    MANDATORY = "mandatory"
    CHOICE = "choice"
    NEED = "need"
    LOCK = "lock"
    PRECEDENCE = "precedence"
    EXCLUSION = "exclusion"
    RESOURCE = "resource"
    BATTERY = "battery"
    FINAL_CHARGE = "final_charge"
    STORAGE = "storage"
    LATENCY = "latency"
    SHARE = "share"
    CERTIFICATE = "certificate"


@dataclass(frozen=True)
class Violation:
    """One rule that a plan breaks."""

    rule: Rule
    """Kind of rule."""
    message: str
    """What is wrong, in one line."""
    activity: str | None = None
    """Id of the activity that breaks it, if it is one."""
    resource: str | None = None
    """Id of the resource that it breaks, if it is one."""
    at_s: int | None = None
    """When it is first broken. [s]"""

    def __str__(self) -> str:
        return f"{self.rule}: {self.message}"


def check(problem: Problem, plan: Plan) -> list[Violation]:
    """Every rule that a plan breaks.

    Parameters
    ----------
    problem : Problem
        The rules.
    plan : Plan
        What is to be judged.

    Returns
    -------
    list of Violation
        Empty for a plan that keeps every rule.
    """
    known = [placed for placed in plan.placements if placed.id in problem.by_id]
    by_id = {placed.id: placed for placed in known}
    found = list(_names(problem, plan))
    for placed in known:
        activity = problem.by_id[placed.id]
        found += _times(activity, placed, problem.horizon_s)
        found += _order(problem, activity, placed, by_id)
    for activity in problem.activities:
        if activity.required and activity.id not in by_id:
            found.append(
                Violation(Rule.MANDATORY, f"{activity.id!r} must be done but is left out", activity.id)
            )
    for resource in problem.renewables:
        found += _amounts(resource, problem, known)
    for breach in simulate(problem, plan).breaches:
        found.append(
            Violation(Rule(breach.kind), str(breach), breach.activity, breach.resource, breach.start_s)
        )
    return found + list(_choices(problem, by_id)) + list(_shares(problem, known))


def _names(problem: Problem, plan: Plan) -> Iterator[Violation]:
    if plan.epoch != problem.epoch:
        yield Violation(Rule.KNOWN, f"the plan counts from {plan.epoch}, the problem from {problem.epoch}")
    counts = Counter([placed.id for placed in plan.placements] + list(plan.left_out))
    for name, count in counts.items():
        if name not in problem.by_id:
            yield Violation(Rule.KNOWN, f"the problem has no activity {name!r}", name)
        elif count > 1:
            yield Violation(Rule.KNOWN, f"{name!r} is named {count} times", name)


def _times(activity: Activity, placed: Placement, horizon_s: int) -> Iterator[Violation]:
    start, end = placed.start_s, placed.end_s
    if end - start != activity.duration_s:
        text = f"{placed.id!r} lasts {end - start} s instead of {activity.duration_s} s"
        yield Violation(Rule.DURATION, text, placed.id, None, start)
    reached = start
    windows = [(0, horizon_s)] if activity.windows is None else sorted(activity.windows)
    inside = False
    for opens, closes in windows:
        if opens <= reached <= closes:
            reached, inside = closes, True
    if not inside or reached < end or start < 0 or end > horizon_s:
        text = f"{placed.id!r} from {start} to {end} s is not within one of its windows"
        yield Violation(Rule.WINDOW, text, placed.id, None, start)
    begin, finish = _held(activity, placed)
    if (begin < 0 <= start) or (end <= horizon_s < finish):
        text = f"{placed.id!r} leaves the horizon with warm-up and cool-down, {begin} to {finish} s"
        yield Violation(Rule.WINDOW, text, placed.id, None, start)
    for opens, closes in activity.forbidden:
        if start < closes and max(end, start + 1) > opens:
            text = f"{placed.id!r} from {start} to {end} s meets the span [{opens}, {closes}] forbidden to it"
            yield Violation(Rule.FORBIDDEN, text, placed.id, None, start)
    if activity.locked_start is not None and start != activity.locked_start:
        text = f"{placed.id!r} starts at {start} s but is locked to {activity.locked_start} s"
        yield Violation(Rule.LOCK, text, placed.id, None, start)


def _held(activity: Activity, placed: Placement) -> tuple[int, int]:
    """From warm-up to cool-down. [s]"""
    return placed.start_s - activity.warm_up_s, placed.end_s + activity.cool_down_s


def _order(
    problem: Problem, activity: Activity, placed: Placement, others: dict[str, Placement]
) -> Iterator[Violation]:
    for before in activity.precedences:
        done = [others[name] for name in problem.members[before.after] if name in others]
        if not done:
            text = f"{placed.id!r} is done without {before.after!r}"
            yield Violation(Rule.PRECEDENCE, text, placed.id, None, placed.start_s)
        for first in done:
            lag = placed.start_s - first.end_s
            if lag < before.min_lag_s or (before.max_lag_s is not None and lag > before.max_lag_s):
                limit = f"{before.min_lag_s} to {'any' if before.max_lag_s is None else before.max_lag_s}"
                text = f"{placed.id!r} starts {lag} s after {first.id!r} ends; allowed: {limit} s"
                yield Violation(Rule.PRECEDENCE, text, placed.id, None, placed.start_s)
    for name in activity.needs:
        if not any(member in others for member in problem.members[name]):
            text = f"{placed.id!r} is done without {name!r}, which it needs"
            yield Violation(Rule.NEED, text, placed.id, None, placed.start_s)
    begin, end = _held(activity, placed)
    for name in (member for other in activity.exclusions for member in problem.members[other]):
        if name in others:
            opens, closes = _held(problem.by_id[name], others[name])
            if max(begin, opens) < min(end, closes):
                text = f"{placed.id!r} runs at the same time as {name!r}"
                yield Violation(Rule.EXCLUSION, text, placed.id, None, max(begin, opens))


def _choices(problem: Problem, others: dict[str, Placement]) -> Iterator[Violation]:
    for choice, names in problem.choices.items():
        done = [name for name in names if name in others]
        if len(done) > 1:
            text = f"{' and '.join(map(repr, done))} are both done; they are one choice, {choice!r}"
            yield Violation(Rule.CHOICE, text, done[1], None, others[done[1]].start_s)
        elif not done and not problem.by_id[names[0]].optional:
            yield Violation(Rule.MANDATORY, f"none of the choice {choice!r} is done, but one must be")


def _shares(problem: Problem, known: list[Placement]) -> Iterator[Violation]:
    """Partners whose activities are worth less of the plan than their share."""
    worths = [(problem.by_id[placed.id], placed.start_s) for placed in known] if problem.shares else []
    total = sum(activity.worth_at(start) for activity, start in worths)
    for partner, share in problem.shares.items():
        own = sum(activity.worth_at(start) for activity, start in worths if activity.partner == partner)
        if 1000 * own < round(1000 * share) * total:
            text = f"{partner!r} has {own / total:.1%} of the value; its share is {share:.1%} at the least"
            yield Violation(Rule.SHARE, text)


def _amounts(resource: Renewable, problem: Problem, known: list[Placement]) -> Iterator[Violation]:
    """First moment of each span in which more is held than there is."""
    changes: defaultdict[int, int] = defaultdict(int)
    for placed in known:
        activity = problem.by_id[placed.id]
        begin, end = _held(activity, placed)
        if end > begin:
            changes[begin] += activity.demands.get(resource.id, 0)
            changes[end] -= activity.demands.get(resource.id, 0)
    supply = dict(resource.profile)
    there = resource.capacity
    held = 0
    over = False
    for time in sorted({*changes, *supply}):
        there, held = supply.get(time, there), held + changes.get(time, 0)
        if held > there and held and not over:
            text = f"{held} of {resource.id!r} are held at {time} s but there are {there}"
            yield Violation(Rule.RESOURCE, text, None, resource.id, time)
        over = held > there
