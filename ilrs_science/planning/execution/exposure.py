"""When the clock of a risk runs: spans of day and night, of use by a plan, of an active Sun."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import numpy as np

from ilrs_science.catalogue.risk import Exposure
from ilrs_science.environment.radiation import solar_cycle_phase
from ilrs_science.planning.execution.roles import battery_beside
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem

__all__ = ["Spans", "exposed", "joined", "lit"]

Spans = list[tuple[int, int]]

#: How long a sunrise lasts for a risk that comes with it. (assumed) [s]
SUNRISE_S = 86400


def lit(problem: Problem, battery: str | None) -> Spans:
    """When the arrays of a battery give power: while it gets more than the least that it ever gets.

    What it gets even then comes from a source that does not know the Sun, and where all that it gets never changes
    there is no day. Arrays that are lit throughout have their darkest step for night.

    Parameters
    ----------
    problem : Problem
        Of the battery.
    battery : str or None
        Its id; without one it is always day.

    Returns
    -------
    list of (int, int)
        Start and end, disjoint and in order. [s]
    """
    horizon = problem.horizon_s
    steps = next((one.generation for one in problem.batteries if one.id == battery), None)
    if steps is None:
        return [(0, horizon)]
    edges = [(0, 0.0), *((max(0, time), watt) for time, watt in steps if time < horizon), (horizon, 0.0)]
    spans = [(start, end, watt) for (start, watt), (end, _) in pairwise(edges) if start < end]
    least = min((watt for _, _, watt in spans), default=0.0)
    return joined((start, end) for start, end, watt in spans if watt > least)


def exposed(problem: Problem, plan: Plan | None, resource: str, conditions: Iterable[Exposure]) -> Spans:
    """When all conditions hold for a resource.

    Parameters
    ----------
    problem : Problem
        Of the resource.
    plan : Plan or None
        When it is used; without a plan, always.
    resource : str
        Id.
    conditions : iterable of Exposure
        None: always.

    Returns
    -------
    list of (int, int)
        Start and end, disjoint and in order. [s]
    """
    spans: Spans = [(0, problem.horizon_s)]
    for condition in conditions:
        spans = _both(spans, _when(problem, plan, resource, condition))
    return spans


def _when(problem: Problem, plan: Plan | None, resource: str, condition: Exposure) -> Spans:
    horizon = problem.horizon_s
    day = lit(problem, battery_beside(problem, resource))
    match condition:
        case Exposure.OPERATING:
            return [(0, horizon)] if plan is None else _used(problem, plan, resource)
        case Exposure.DAY:
            return day
        case Exposure.NIGHT:
            edges = [0, *(edge for span in day for edge in span), horizon]
            return [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if start < end]
        case Exposure.SUNRISE:
            return [(start, min(end, start + SUNRISE_S)) for start, end in day if start > 0]
    active = _active(problem)
    return [(0, horizon)] if active == (condition is Exposure.ACTIVE_SUN) else []


def _active(problem: Problem) -> bool:
    """Whether the middle of the problem lies in the half of the solar cycle around its maximum."""
    middle = np.array([problem.time(problem.horizon_s // 2)])
    return bool(0.25 <= solar_cycle_phase(middle)[0] < 0.75)


def _used(problem: Problem, plan: Plan, resource: str) -> Spans:
    """When the plan uses a resource: holds it, or draws from the battery that it is."""
    spans = []
    for placed in plan.placements:
        activity = problem.by_id.get(placed.id)
        if activity is not None and (
            activity.demands.get(resource) or problem.battery_of(activity) == resource
        ):
            spans.append((placed.start_s - activity.warm_up_s, placed.end_s + activity.cool_down_s))
    return joined(spans)


def joined(spans: Iterable[tuple[int, int]]) -> Spans:
    """Spans in order, those that overlap or touch joined."""
    found: Spans = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        elif start < end:
            found.append((start, end))
    return found


def _both(one: Spans, other: Spans) -> Spans:
    """Where both hold."""
    pairs = ((max(a, c), min(b, d)) for a, b in one for c, d in other)
    return [(start, end) for start, end in pairs if start < end]
