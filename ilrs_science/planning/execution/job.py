"""One activity of a plan while it is executed."""

from __future__ import annotations

from dataclasses import dataclass

from ilrs_science.planning.execution.execution import Outcome, Run
from ilrs_science.planning.problem.parts import MEGABIT, Activity

__all__ = ["Job"]


@dataclass
class Job:
    """One activity of a plan: when it was to start, how long it takes this time, what has come of it."""

    activity: Activity
    """What it is."""
    planned: int
    """Start that was planned. [s]"""
    length: int
    """From start to end, this time. [s]"""
    power: float = 1.0
    """What it draws, as a share of what was planned. [1]"""
    outcome: Outcome = "waiting"
    start: int | None = None
    end: int | None = None
    reason: str = ""
    held: bool = False
    """Whether it holds what it demands."""

    @property
    def ready(self) -> int:
        """When its warm-up was to begin. [s]"""
        return self.planned - self.activity.warm_up_s

    @property
    def ends(self) -> int:
        """When it will end. [s]"""
        return (self.start or 0) + self.length

    @property
    def edges(self) -> tuple[int, int, int]:
        """Start, end, and end of the cool-down. [s]"""
        return self.start or 0, self.ends, self.ends + self.activity.cool_down_s

    @property
    def failed(self) -> bool:
        """Whether it will never be done."""
        return self.outcome in ("aborted", "skipped")

    def draw(self, time: int) -> int:
        """Power that it draws at a time. [mW]"""
        if not self.held:
            return 0
        start, end, finish = self.edges
        watt = 0.0
        if time < start:
            watt = self.activity.warm_up_W
        elif time < end:
            watt = self.activity.energy_W
        elif time < finish:
            watt = self.activity.cool_down_W
        return round(watt * 1000) if self.power == 1.0 else round(watt * 1000 * self.power)

    def makes(self, time: int) -> int:
        """Data rate at a time. [bit/s]"""
        inside = self.held and self.edges[0] <= time < self.edges[1]
        return round(self.activity.data_Mbit_s * MEGABIT) if inside else 0

    def drains(self, time: int) -> int:
        """Rate at which it empties its storage at a time, if there is contact. [bit/s]"""
        inside = self.held and self.edges[0] <= time < self.edges[1]
        return round(self.activity.drain_Mbit_s * MEGABIT) if inside else 0

    def begin(self, time: int) -> None:
        """Start the warm-up."""
        self.start, self.held, self.outcome = time + self.activity.warm_up_s, True, "running"

    def finish(self, time: int) -> None:
        """Note an end that was reached, and let go after the cool-down."""
        if self.held and self.outcome == "running" and time >= self.ends:
            self.outcome, self.end = "done", self.ends
        if self.held and time >= self.edges[2]:
            self.held = False

    def stop(self, time: int, reason: str) -> None:
        """Stop it before its end."""
        if self.outcome == "running":
            begun = self.start is not None and time >= self.start
            self.outcome, self.end, self.reason = "aborted", time if begun else self.start, reason
        self.held = False

    def skip(self, reason: str) -> None:
        """Give it up."""
        self.outcome, self.reason = "skipped", reason

    def run(self) -> Run:
        """What came of it."""
        return Run(self.activity.id, self.planned, self.start, self.end, self.outcome, self.reason)
