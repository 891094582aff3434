"""Power plant of a station: arrays, constant sources and a battery."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from ilrs_science.catalogue.record import Identifier, Part
from ilrs_science.units import Area, Energy, Fraction, Power

__all__ = ["Battery", "PowerSource", "SolarArray", "Tracking"]

#: Total solar irradiance at 1 AU. [W/m2] (Kopp & Lean 2011, doi:10.1029/2010GL045777)
SOLAR_CONSTANT = 1361.0

Share = Annotated[Fraction, Field(gt=0, le=1)]
ZeroToOne = Annotated[Fraction, Field(ge=0, le=1)]


class Tracking(StrEnum):
    """How a solar array faces the Sun."""

    TWO_AXIS = "two_axis"
    """Always face on."""
    VERTICAL = "vertical"
    """Stands upright and turns in azimuth."""
    HORIZONTAL = "horizontal"
    """Lies flat."""


class SolarArray(Part):
    """Solar array, by area and efficiency or by its nominal power."""

    area: Annotated[Area, Field(gt=0)] | None = None
    """Area of the cells. [m**2]"""
    efficiency: Share | None = None
    """Electric power at the bus over sunlight on the cells, all losses included. [1]"""
    nominal_power: Annotated[Power, Field(gt=0)] | None = None
    """Electric power face on to the Sun at 1 AU, instead of area and efficiency. [W]"""
    tracking: Tracking = Tracking.TWO_AXIS
    """How it faces the Sun."""

    @model_validator(mode="after")
    def _one_way_to_say_it(self) -> Self:
        by_area = self.area is not None and self.efficiency is not None
        if by_area == (self.nominal_power is not None):
            raise ValueError("a solar array has either area and efficiency, or nominal_power")
        return self

    @property
    def rated_power(self) -> float:
        """Electric power face on to the full Sun at 1 AU. [W]"""
        if self.nominal_power is not None:
            return self.nominal_power
        return (self.area or 0.0) * (self.efficiency or 0.0) * SOLAR_CONSTANT


class PowerSource(Part):
    """A source of constant power, such as a radioisotope generator."""

    id: Identifier
    """Short name."""
    power: Annotated[Power, Field(ge=0)]
    """Electric power. [W]"""


class Battery(Part):
    """Battery of the station."""

    capacity: Annotated[Energy, Field(gt=0)]
    """Energy between empty and full. [Wh]"""
    depth_of_discharge: Share
    """Largest part of the capacity that may be drawn. [1]"""
    charge_efficiency: Share
    """Stored over fed in. [1]"""
    discharge_efficiency: Share
    """Delivered over drawn. [1]"""
    initial_charge: ZeroToOne = 1.0
    """State of charge when a campaign starts. [1]"""

    @property
    def floor(self) -> float:
        """Energy that must stay in the battery. [Wh]"""
        return self.capacity * (1.0 - self.depth_of_discharge)
