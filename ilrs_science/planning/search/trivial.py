"""The bound that needs no search."""

from __future__ import annotations

from ilrs_science.planning.problem.problem import Problem

__all__ = ["trivial_bound"]


def trivial_bound(problem: Problem) -> int:
    """Score that no plan can exceed, whatever is shared."""
    horizon = problem.horizon_s
    possible = [activity for activity in problem.activities if activity.starts(horizon)]
    if problem.objective == "value":
        return sum(activity.worth for activity in possible)
    return -max((activity.starts(horizon)[0][0] + activity.duration_s for activity in possible), default=0)
