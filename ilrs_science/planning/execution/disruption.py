"""What can go wrong, as records: faults, lost power, lost contact, storms of particles, safe mode."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from ilrs_science.catalogue.risk import DisruptionKind
from ilrs_science.planning.problem.entry import Entry
from ilrs_science.planning.problem.parts import Micro, Milli

__all__ = ["Disruption"]


class Disruption(Entry):
    """One thing that goes wrong, from a moment on, for a while or for good."""

    kind: DisruptionKind
    """Kind of disruption; see the other fields for what each does."""
    start_s: int
    """When it begins. [s]"""
    end_s: int | None = None
    """When it is over or repaired; the end of the problem where absent. [s]"""
    name: str = ""
    """Name for people; the kind where empty."""
    resources: tuple[str, ...] = ()
    """What it hits: renewable resources that are not there (instrument_fault, thermal_trip, particle_event), batteries
    that get less or give more (array_loss, dust, extra_load) or whose station stands still (safe_mode), links and
    renewable resources without contact (outage); for batteries and links all where empty."""
    share: Micro = Field(default=1.0, ge=0, le=1)
    """Share of the generated power that is lost: at once (array_loss), or reached evenly by the end (dust). All of it
    unless stated; a battery does not tell by what it is fed, so a source beside the arrays loses as much. [1]"""
    power_W: Milli = Field(default=0.0, ge=0)
    """Power that it draws more than planned, by a heater say (extra_load). [W]"""

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.end_s is not None and self.end_s < self.start_s:
            raise ValueError(f"{self.label} ends before it begins")
        return self

    @property
    def label(self) -> str:
        """Name for people."""
        return self.name or self.kind.replace("_", " ")

    def span(self, horizon_s: int) -> tuple[int, int]:
        """When it is felt, within the horizon. [s]"""
        return max(0, self.start_s), min(horizon_s, horizon_s if self.end_s is None else self.end_s)
