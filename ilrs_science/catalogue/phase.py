"""Phases: the steps in which the station is built and used."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import model_validator

from ilrs_science.catalogue.partial_date import PartialDate, is_before
from ilrs_science.catalogue.record import Identifier, Record, Text

__all__ = ["Phase", "Plan"]


class Plan(StrEnum):
    """Which plan a phase belongs to: the dates of one do not fit between those of the other."""

    ROADMAP_2021 = "roadmap_2021"
    """Roadmap of both founders, June 2021."""
    STEPS_2024 = "steps_2024"
    """Two steps that the Chinese programme describes since 2024."""


class Phase(Record):
    """A step of the plan."""

    id: Identifier = "unnamed_phase"
    """Short name by which other records refer to this one."""
    plan: Plan
    """Plan of which it is a step."""
    start: PartialDate | None = None
    """When it begins; none if only its end is announced."""
    end: PartialDate | None = None
    """When it is to be complete; none if it has no end."""
    missions: tuple[Identifier, ...] = ()
    """Missions that belong to it."""
    goals: Text = ""
    """What is to be reached."""

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.start and self.end and is_before(self.end, self.start):
            raise ValueError(f"end {self.end} is before start {self.start}")
        if self.start is None and self.end is None:
            raise ValueError("a phase needs a start or an end")
        return self

    @property
    def date_text(self) -> str:
        """Such as ``2026 to 2030``, ``from 2036``, or ``by 2045``."""
        if self.start and self.end:
            return f"{self.start} to {self.end}"
        return f"from {self.start}" if self.start else f"by {self.end}"

    def has_begun_by(self, other: Phase) -> bool:
        """Whether this phase is the other one or a step before it, in the same plan.

        Parameters
        ----------
        other : Phase
            A phase.

        Returns
        -------
        bool
            What is brought in this phase is there in the other one.
        """
        return self.plan is other.plan and self._order <= other._order

    @property
    def _order(self) -> tuple[str, str]:
        return (self.start or self.end or "", self.end or "9999")
