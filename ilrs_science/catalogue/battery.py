"""Battery of a station."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from ilrs_science.catalogue.instant import Instant
from ilrs_science.catalogue.record import Part
from ilrs_science.units import Energy, Fraction, Temperature

__all__ = ["Battery", "TemperatureRange"]

Share = Annotated[Fraction, Field(gt=0, le=1)]
ZeroToOne = Annotated[Fraction, Field(ge=0, le=1)]
Loss = Annotated[Fraction, Field(ge=0, lt=1)]


class TemperatureRange(Part):
    """Temperatures between which something works."""

    min: Temperature | None = None
    """Coldest. [K]"""
    max: Temperature | None = None
    """Hottest. [K]"""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min is not None and self.max is not None and self.min >= self.max:
            raise ValueError("min must be colder than max")
        return self


class Battery(Part):
    """Battery of the station."""

    capacity: Annotated[Energy, Field(gt=0)]
    """Energy between empty and full, when new. [Wh]"""
    depth_of_discharge: Share
    """Largest part of the capacity that may be drawn. [1]"""
    charge_efficiency: Share
    """Stored over fed in. [1]"""
    discharge_efficiency: Share
    """Delivered over drawn. [1]"""
    initial_charge: ZeroToOne = 1.0
    """State of charge when a campaign starts. [1]"""
    self_discharge: Loss = 0.0
    """Part of the charge that is lost in 30 days. [1]"""
    charge_rate: Annotated[Fraction, Field(gt=0)] | None = None
    """Most that may be stored in an hour, in capacities (the C rate); no limit by default. [1]"""
    discharge_rate: Annotated[Fraction, Field(gt=0)] | None = None
    """Most that may be drawn in an hour, in capacities (the C rate); no limit by default. [1]"""
    charge_temperature: TemperatureRange | None = None
    """Temperatures at which it can be charged. [K]"""
    discharge_temperature: TemperatureRange | None = None
    """Temperatures at which it can be discharged. [K]"""
    yearly_fade: Loss = 0.0
    """Part of the capacity lost in a year. [1]"""
    cycle_fade: Loss = 0.0
    """Part of the capacity lost in a cycle of one whole capacity drawn. [1]"""
    since: Instant | None = None
    """When it has its capacity; before, it has the same."""

    @model_validator(mode="after")
    def _time_has_a_beginning(self) -> Self:
        if self.since is None and self.yearly_fade:
            raise ValueError("yearly_fade needs since: the epoch from which it counts")
        return self

    @property
    def floor(self) -> float:
        """Energy that must stay in the battery. [Wh]"""
        return self.capacity * (1.0 - self.depth_of_discharge)
