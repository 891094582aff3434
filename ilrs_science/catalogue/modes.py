"""What an instrument draws in each mode, and the temperatures that it bears."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from ilrs_science.catalogue.record import Part
from ilrs_science.units import Power, Temperature

__all__ = ["PowerModes", "TemperatureLimits"]


class PowerModes(Part):
    """Electric power that an instrument draws, by mode."""

    off: Annotated[Power, Field(ge=0)] | None = None
    """Switched off, to survive: heaters and clocks; left out, nothing. [W]"""
    standby: Annotated[Power, Field(ge=0)] = 0.0
    """While waiting. [W]"""
    warm_up: Annotated[Power, Field(ge=0)] | None = None
    """While warming up, if it is not the operating power. [W]"""
    operate: Annotated[Power, Field(ge=0)]
    """On average while observing. [W]"""
    peak: Annotated[Power, Field(ge=0)] | None = None
    """At the most while observing. [W]"""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.peak is not None and self.peak < self.operate:
            raise ValueError("peak power is below operating power")
        return self

    @property
    def by_mode(self) -> dict[str, float]:
        """Power of every mode, with what stands for the modes that are not stated. [W]"""
        return {
            "off": self.off or 0.0,
            "standby": self.standby,
            "warm_up": self.operate if self.warm_up is None else self.warm_up,
            "operate": self.operate,
            "peak": self.operate if self.peak is None else self.peak,
        }


class TemperatureLimits(Part):
    """Temperatures that an instrument bears."""

    operate_min: Temperature | None = None
    """Coldest while operating. [K]"""
    operate_max: Temperature | None = None
    """Hottest while operating. [K]"""
    survive_min: Temperature | None = None
    """Coldest while switched off. [K]"""
    survive_max: Temperature | None = None
    """Hottest while switched off. [K]"""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        ladder = (self.survive_min, self.operate_min, self.operate_max, self.survive_max)
        known = [step for step in ladder if step is not None]
        if known != sorted(known):
            raise ValueError(
                "temperature limits are not in order: survive_min, operate_min, operate_max, survive_max"
            )
        return self
