"""A scientific or technical instrument."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from ilrs_science.catalogue.constraint import AnyConstraint
from ilrs_science.catalogue.record import Code, Identifier, Part, Record, Text
from ilrs_science.units import Angle, DataRate, Duration, Mass, Power, Temperature

__all__ = ["Disturbance", "Instrument", "PowerModes", "TemperatureLimits"]


class Disturbance(StrEnum):
    """What one instrument may do to another."""

    RADIO = "radio"
    LIGHT = "light"
    DUST = "dust"
    VIBRATION = "vibration"
    NEUTRONS = "neutrons"


class PowerModes(Part):
    """Electric power that an instrument draws, by mode."""

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


class Instrument(Record):
    """An instrument that experiments use."""

    code: Code = ""
    """Abbreviation in the literature."""
    kind: Identifier
    """What it is, such as ``uv_telescope``."""
    heritage: Text = ""
    """Where it, or its like, has flown."""
    measures: Text = ""
    """What it measures: band, resolution, depth, field."""
    mass: Annotated[Mass, Field(ge=0)]
    """Mass. [kg]"""
    power: PowerModes
    """Electric power by mode. [W]"""
    data_rate: Annotated[DataRate, Field(ge=0)]
    """Raw data on average while operating. [Mbit/s]"""
    warm_up: Annotated[Duration, Field(ge=0)] = 0.0
    """Time from switching on to observing. [s]"""
    field_of_view: Annotated[Angle, Field(gt=0, le=360)] | None = None
    """Full width of the field of view. [deg]"""
    sun_avoidance: Annotated[Angle, Field(ge=0, le=180)] | None = None
    """Smallest angle between the Sun and the line of sight. [deg]"""
    earth_avoidance: Annotated[Angle, Field(ge=0, le=180)] | None = None
    """Smallest angle between the Earth and the line of sight. [deg]"""
    temperature: TemperatureLimits | None = None
    """Temperatures that it bears. [K]"""
    emits: tuple[Disturbance, ...] = ()
    """Disturbances that it makes while operating."""
    sensitive_to: tuple[Disturbance, ...] = ()
    """Disturbances that spoil its data."""
    conditions: AnyConstraint | None = None
    """When it can observe at all."""
