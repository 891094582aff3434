"""What a search found."""

from __future__ import annotations

from dataclasses import dataclass

from ilrs_science.planning.judge.certificate import Status, Stopped

__all__ = ["Outcome"]


@dataclass(frozen=True)
class Outcome:
    """What a search found."""

    starts: dict[str, int]
    """Start of each activity of the best plan; empty where there is none. [s]"""
    status: Status
    """OPTIMAL, FEASIBLE, INFEASIBLE or UNKNOWN."""
    bound: int | None
    """No plan scores more, see :func:`ilrs_science.planning.search.whole.score`; None if there is no plan."""
    stopped: Stopped
    """What ended it."""
    note: str
    """Why there is no plan, or why the search ended early, where that is known."""
    runtime_s: float
    """Wall-clock time. [s]"""
