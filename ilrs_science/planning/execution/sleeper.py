"""Whether the station of a battery sleeps: since when, why, and whether it is lost."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Sleeper"]


@dataclass(frozen=True)
class Sleeper:
    """The station of one battery, awake or asleep."""

    since: int | None = None
    """Since when it sleeps; None if it is awake. [s]"""
    starved: bool = False
    """Whether it sleeps for want of charge, and not only through a night."""
    lost: int | None = None
    """When its battery was empty; it does not wake again. [s]"""
    slept: tuple[tuple[int, int], ...] = ()
    """Spans in which it slept and from which it woke. [s]"""

    @property
    def asleep(self) -> bool:
        """Whether it sleeps or is lost."""
        return self.since is not None

    def falls_asleep(self, time: int, *, starved: bool = False, lost: bool = False) -> Sleeper:
        """Asleep from a time on, or from before if it sleeps already."""
        since = time if self.since is None else self.since
        gone = time if lost and self.lost is None else self.lost
        return Sleeper(since, self.starved or starved, gone, self.slept)

    def wakes(self, time: int) -> Sleeper:
        """Awake from a time on."""
        return self if self.since is None else Sleeper(slept=self.spans(time))

    def spans(self, time: int) -> tuple[tuple[int, int], ...]:
        """Spans in which it has slept until a time. [s]"""
        return self.slept if self.since is None else (*self.slept, (self.since, time))
