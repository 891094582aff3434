"""One thing that keeps an activity from some of its starts."""

from __future__ import annotations

from dataclasses import dataclass

from ilrs_science.planning.judge.check import Rule

__all__ = ["Obstacle"]


@dataclass(frozen=True)
class Obstacle:
    """A span of starts that one rule forbids while the rest of the plan stays."""

    first_s: int
    """First start that it forbids. [s]"""
    last_s: int
    """Last start that it forbids. [s]"""
    rule: Rule
    """The rule that such a start breaks."""
    resource: str | None
    """Id of the resource that is missing, if it is one."""
    by: tuple[str, ...]
    """Ids of the activities in the way, the foremost first; empty where the problem itself forbids it."""
    reason: str
    """Why, in a few words."""
