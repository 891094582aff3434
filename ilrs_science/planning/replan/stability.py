"""Stability as part of what a plan is worth: a start that stays earns a little more."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from ilrs_science.planning.problem.parts import Activity
from ilrs_science.planning.problem.problem import Problem

__all__ = ["steady"]


def steady(problem: Problem, kept: Mapping[str, int], price: float) -> Problem:
    """A problem in which every start that stays is worth something.

    Parameters
    ----------
    problem : Problem
        What is to be planned.
    kept : mapping of str to int
        Starts of the old plan. [s]
    price : float
        Value of each start that stays. [1]

    Returns
    -------
    Problem
        The same rules; only values and value curves of these activities are others.
    """
    if not price:
        return problem
    entries = tuple(
        _steady(entry, kept[entry.id], price, problem.horizon_s) if entry.id in kept else entry
        for entry in problem.activities
    )
    return problem.replace(activities=entries)


def _steady(activity: Activity, start: int, price: float, horizon_s: int) -> Activity:
    """The activity with a peak of its value at a start."""
    peak = activity.model_copy(update={"value": round(activity.value + price, 3)})
    edges = sorted({0, *(time for time, _ in activity.value_curve if 0 < time < horizon_s), start, start + 1})
    bonus = round(1000 * price)
    curve = tuple(
        (edge, (activity.worth_at(edge) + (bonus if edge == start else 0)) / max(1, peak.worth))
        for edge, _ in pairwise([*edges, horizon_s + 2])
    )
    return peak.model_copy(update={"value_curve": curve})
