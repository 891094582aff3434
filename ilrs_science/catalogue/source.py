"""Sources of power that need no Sun: radioisotope generators and heaters, and fission units."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from ilrs_science.catalogue.instant import Instant
from ilrs_science.catalogue.record import Identifier, Part
from ilrs_science.units import Duration, Fraction, Power

__all__ = ["PowerSource"]


class PowerSource(Part):
    """A source of power by day and night.

    Notes
    -----
    A radioisotope generator has a ``half_life`` (plutonium-238: 87.7 yr), and often a ``degradation`` of its
    thermocouples besides; a heater unit has ``power: 0 W`` and its ``heat`` (one watt for the usual small unit); a
    fission unit has a ``throttle`` and a ``life``.
    """

    id: Identifier
    """Short name."""
    power: Annotated[Power, Field(ge=0)]
    """Electric power. [W]"""
    heat: Annotated[Power, Field(ge=0)] = 0.0
    """Heat that it gives besides. [W]"""
    half_life: Annotated[Duration, Field(gt=0)] | None = None
    """Time in which the fuel's power halves; it stays by default. [s]"""
    degradation: Annotated[Fraction, Field(ge=0, lt=1)] = 0.0
    """Part of the electric power that its converter loses in a year, besides the fuel's decay. [1]"""
    throttle: Annotated[Fraction, Field(ge=0, le=1)] = 1.0
    """Part of its power at which it runs. [1]"""
    life: Annotated[Duration, Field(gt=0)] | None = None
    """How long it works; for ever by default. [s]"""
    since: Instant | None = None
    """When it has the power that its record says and its life begins; before, it has the same."""

    @model_validator(mode="after")
    def _time_has_a_beginning(self) -> Self:
        if self.since is None and (self.half_life is not None or self.degradation or self.life is not None):
            raise ValueError("half_life, degradation and life need since: the epoch from which they count")
        return self
