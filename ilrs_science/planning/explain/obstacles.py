"""What keeps an activity from a start: each rule that the start would break, and whom or what it would meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from ilrs_science.planning.explain.lateness import late
from ilrs_science.planning.explain.names import listed, moment, span
from ilrs_science.planning.explain.obstacle import Obstacle
from ilrs_science.planning.explain.scene import Holding, Scene, Store
from ilrs_science.planning.judge.check import Rule
from ilrs_science.planning.model.level import Level
from ilrs_science.planning.model.margins import Spans, good_starts
from ilrs_science.planning.problem.parts import Activity

__all__ = ["obstacles"]


def obstacles(scene: Scene, activity: Activity) -> list[Obstacle]:
    """Everything that forbids some allowed start of an activity.

    Parameters
    ----------
    scene : Scene
        A plan without the activity.
    activity : Activity
        What is to be placed.

    Returns
    -------
    list of Obstacle
        In order of the first start; they may overlap.
    """
    found: list[Obstacle] = []
    for obstacle in (
        *_order(scene, activity),
        *_company(scene, activity),
        *_disturbed(scene, activity),
        *(one for name in activity.demands for one in _held(scene, activity, scene.holdings[name])),
        *(one for store in scene.stores for one in _short(scene, activity, store)),
        *late(scene, activity),
        *_unfair(scene, activity),
    ):
        for first, last in activity.starts(scene.problem.horizon_s):
            low, high = max(first, obstacle.first_s), min(last, obstacle.last_s)
            if low <= high:
                found.append(_cut(obstacle, low, high))
    return sorted(found, key=lambda one: (one.first_s, one.last_s, one.rule, one.resource or ""))


def _cut(obstacle: Obstacle, low: int, high: int) -> Obstacle:
    return Obstacle(low, high, obstacle.rule, obstacle.resource, obstacle.by, obstacle.reason)


def _order(scene: Scene, activity: Activity) -> Iterator[Obstacle]:
    """Predecessors that are missing or end too late or too early, followers that would start too early."""
    end = scene.problem.horizon_s
    members = scene.problem.members
    for before in activity.precedences:
        name = next((one for one in members[before.after] if one in scene.spans), before.after)
        if name not in scene.spans:
            text = f"{name} must come before and is left out"
            yield Obstacle(0, end, Rule.PRECEDENCE, None, members[name], text)
            continue
        earliest = scene.spans[name][1] + before.min_lag_s
        text = f"{name} must end {_lag(before.min_lag_s)}before"
        yield Obstacle(0, earliest - 1, Rule.PRECEDENCE, None, (name,), text)
        if before.max_lag_s is not None:
            latest = scene.spans[name][1] + before.max_lag_s
            text = f"{name} must end at most {span(before.max_lag_s)} before"
            yield Obstacle(latest + 1, end, Rule.PRECEDENCE, None, (name,), text)
    for name, shortest, longest in scene.problem.followers[activity.id]:
        if name not in scene.spans:
            continue
        latest = scene.spans[name][0] - activity.duration_s - shortest
        text = f"{name} must start {_lag(shortest)}after its end"
        yield Obstacle(latest + 1, end, Rule.PRECEDENCE, None, (name,), text)
        if longest is not None:
            earliest = scene.spans[name][0] - activity.duration_s - longest
            text = f"{name} must start at most {span(longest)} after its end"
            yield Obstacle(0, earliest - 1, Rule.PRECEDENCE, None, (name,), text)


def _company(scene: Scene, activity: Activity) -> Iterator[Obstacle]:
    """What it needs and is left out, and what was chosen in its place."""
    end, members = scene.problem.horizon_s, scene.problem.members
    for name in activity.needs:
        if not any(one in scene.spans for one in members[name]):
            yield Obstacle(0, end, Rule.NEED, None, members[name], f"it needs {name}, which is left out")
    for name in scene.problem.choices.get(activity.choice, ()):
        if name in scene.spans and name != activity.id:
            yield Obstacle(0, end, Rule.CHOICE, None, (name,), f"{name} was chosen in its place")


def _unfair(scene: Scene, activity: Activity) -> Iterator[Obstacle]:
    """Values that would leave a partner less than its share of the whole."""
    problem = scene.problem
    worths = (
        [(problem.by_id[name], start) for name, (start, _) in scene.spans.items()] if problem.shares else []
    )
    total = sum(entry.worth_at(start) for entry, start in worths)
    for partner, share in problem.shares.items():
        own = sum(entry.worth_at(start) for entry, start in worths if entry.partner == partner)
        for worth, spans in activity.levels(problem.horizon_s):
            has, of = own + worth * (activity.partner == partner), total + worth
            if 1000 * has < round(1000 * share) * of:
                text = f"{partner} would have {has / of:.1%} of the value, less than its {share:.1%}"
                yield from (Obstacle(first, last, Rule.SHARE, None, (), text) for first, last in spans)


def _lag(seconds: int) -> str:
    return f"{span(seconds)} " if seconds else ""


def _disturbed(scene: Scene, activity: Activity) -> Iterator[Obstacle]:
    """Activities that must not run at the same time."""
    for name in sorted(scene.problem.apart[activity.id]):
        start, end = scene.held(name) if name in scene.spans else (0, 0)
        if start < end and activity.held_s:
            text = f"{name} disturbs it or is disturbed"
            first, last = _meeting(activity, start, end)
            yield Obstacle(first, last, Rule.EXCLUSION, None, (name,), text)


def _meeting(activity: Activity, start: int, end: int) -> tuple[int, int]:
    """First and last start at which it would hold something between two moments. [s]"""
    return start - activity.duration_s - activity.cool_down_s + 1, end + activity.warm_up_s - 1


def _held(scene: Scene, activity: Activity, holding: Holding) -> Iterator[Obstacle]:
    """Times at which less of a resource is free than the activity needs."""
    amount, name = activity.demands[holding.resource.id], holding.resource.id
    if not amount or not activity.held_s:
        return
    short = np.concatenate([[False], holding.free < amount, [False]]).astype(np.int8)
    begins, ends = (np.flatnonzero(np.diff(short) == sign) for sign in (1, -1))
    for begin, end in zip(holding.times[begins].tolist(), holding.times[ends].tolist(), strict=True):
        by = holding.within(begin, end)
        text = (
            f"{listed(by)} {'hold' if len(by) > 1 else 'holds'} {name}"
            if by
            else f"{amount} of {name} are needed, there are {_most(scene, holding, begin)}"
        )
        yield Obstacle(*_meeting(activity, begin, end), Rule.RESOURCE, name, by, text)


def _most(scene: Scene, holding: Holding, at: int) -> int:
    steps = holding.resource.steps(scene.problem.horizon_s)
    return next(amount for start, end, amount in steps if start <= at < end)


def _short(scene: Scene, activity: Activity, store: Store) -> Iterator[Obstacle]:
    """Starts after which the battery would be empty or the storage full at some moment, or too empty at the end."""
    use = store.buffer.use.get(activity.id, ())
    spans = activity.starts(scene.problem.horizon_s)
    battery = any(store.buffer.id == one.id for one in scene.problem.batteries)
    rule, state = (Rule.BATTERY, "at its minimum") if battery else (Rule.STORAGE, "full")
    for first, last in _rest(spans, good_starts(store.level, use, spans)):
        after = store.level.with_uses(use, (first + last) // 2)
        index = int(np.argmax(after.room < 0))
        at = int(after.times[index])
        if index and after.rates[index - 1] < 0:
            at = int(after.times[index - 1] + after.room[index - 1] // -after.rates[index - 1])
        yield _run_out(scene, store, after, (first, last), at, rule, state)
    if store.level.final:
        for first, last in _rest(spans, good_starts(store.level, use, spans, at_end=True)):
            after = store.level.with_uses(use, (first + last) // 2)
            at = scene.problem.horizon_s
            yield _run_out(
                scene, store, after, (first, last), at, Rule.FINAL_CHARGE, "below its final charge"
            )


def _rest(spans: Spans, good: Spans) -> Iterator[tuple[int, int]]:
    """Spans without the good ones."""
    for first, last in spans:
        at = first
        for low, high in good:
            if low > last or high < at:
                continue
            if low > at:
                yield at, low - 1
            at = high + 1
        if at <= last:
            yield at, last


def _run_out(
    scene: Scene, store: Store, after: Level, span: tuple[int, int], at: int, rule: Rule, state: str
) -> Obstacle:
    """Who used the room since it was last full, for a start in the middle of a span."""
    buffer = store.buffer
    full = np.flatnonzero((after.room >= after.size) & (after.times < at))
    since = int(after.times[full[-1]]) if len(full) else 0
    used: defaultdict[str, int] = defaultdict(int)
    for name in buffer.use.keys() & scene.spans.keys():
        for begin, end, rate in buffer.use[name]:
            begins, ends = (scene.spans[name][0] + edge for edge in (begin, end))
            used[name] += max(0, rate) * max(0, min(ends, at) - max(begins, since))
    by = tuple(sorted((name for name in used if used[name]), key=lambda name: (-used[name], name)))
    text = f"{buffer.id} would be {state} at {moment(scene.problem, at)}"
    return Obstacle(*span, rule, buffer.id, by, text + (f" after {listed(by)}" if by else ""))
