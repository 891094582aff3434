"""How far a search has come, and how long it may go on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ilrs_science import units
from ilrs_science.errors import RequestError

__all__ = ["Progress", "gap_of", "parse_time_limit"]


@dataclass(frozen=True)
class Progress:
    """How far a search has come."""

    phase: str
    """``"greedy"``, ``"search"``, ``"refine"``, ``"rolling"`` or ``"improve"``."""
    objective: float | None
    """Value [1] or makespan [s] of the best checked plan so far."""
    bound: float
    """No plan is better than this. [as objective]"""
    time_s: float
    """Time since the start. [s]"""
    starts: Mapping[str, int] | None = field(default=None, repr=False, compare=False)
    """Start of each activity of the best checked plan so far; None without a plan. [s]"""

    @property
    def gap(self) -> float | None:
        """Distance between objective and bound as a share of the bound; None without a plan. [1]"""
        return gap_of(self.objective, self.bound)


def gap_of(objective: float | None, bound: float | None) -> float | None:
    """Distance between an objective and its bound.

    Parameters
    ----------
    objective, bound : float or None
        Value [1] or makespan [s]; None where there is none.

    Returns
    -------
    float or None
        Share of the bound [1]; None where one of the two is missing.
    """
    if objective is None or bound is None:
        return None
    return abs(bound - objective) / max(1e-9, abs(bound)) if bound != objective else 0.0


def parse_time_limit(time_limit: str) -> float:
    """Seconds of a time limit.

    Parameters
    ----------
    time_limit : str
        Such as ``"60 s"``.

    Returns
    -------
    float
        [s]

    Raises
    ------
    RequestError
        If it has no unit, or is not above 0 s and below 10^7 s.
    """
    seconds = units.parse_quantity(time_limit, "s")
    if not 0 < seconds < 1e7:
        raise RequestError(f"time limit {time_limit!r} must be above 0 s and below 10^7 s")
    return seconds
