"""A station: power plant, battery, data storage, link to the Earth and robots at one site."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from ilrs_science.catalogue.record import Identifier, Part, Record, Text
from ilrs_science.units import (
    Angle,
    Area,
    DataRate,
    DataVolume,
    Energy,
    Fraction,
    Height,
    Mass,
    Power,
)

__all__ = [
    "BaseLoad",
    "Battery",
    "Link",
    "PowerSource",
    "Robot",
    "SolarArray",
    "Station",
    "Storage",
    "Tracking",
]

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


class Storage(Part):
    """Mass memory of the station."""

    capacity: Annotated[DataVolume, Field(gt=0)]
    """Data that fit. [Mbit]"""
    initial_fill: ZeroToOne = 0.0
    """Part that is filled when a campaign starts. [1]"""


class Link(Part):
    """Radio link to the Earth."""

    rate: Annotated[DataRate, Field(ge=0)]
    """Data rate while the Earth stands above the mask. [Mbit/s]"""
    elevation_mask: Annotated[Angle, Field(ge=-90, le=90)] = 0.0
    """Lowest elevation of the Earth's centre at which it works. [deg]"""
    power: Annotated[Power, Field(ge=0)] = 0.0
    """Electric power while sending, on top of the base load. [W]"""


class Robot(Part):
    """A robot that sets up, feeds and carries instruments."""

    id: Identifier
    """Short name."""
    name: Text = ""
    """Name as people write it."""
    mass: Annotated[Mass, Field(gt=0)] | None = None
    """Mass. [kg]"""
    power: Annotated[Power, Field(ge=0)] = 0.0
    """Electric power while working. [W]"""


class BaseLoad(Part):
    """Electric power that the station needs always."""

    day: Annotated[Power, Field(ge=0)]
    """While the array is lit. [W]"""
    night: Annotated[Power, Field(ge=0)]
    """While it is dark, heaters included. [W]"""


class Station(Record):
    """A surface station at one site."""

    site: Identifier
    """Site at which it stands."""
    mast: Annotated[Height, Field(ge=0, le=1000)] = 2.0
    """Height of array and antenna above the ground. [m]"""
    array: SolarArray
    """Solar array."""
    sources: tuple[PowerSource, ...] = ()
    """Sources of constant power."""
    battery: Battery
    """Battery."""
    storage: Storage
    """Mass memory."""
    link: Link
    """Link to the Earth."""
    robots: tuple[Robot, ...] = ()
    """Robots."""
    base_load: BaseLoad
    """What the station itself needs. [W]"""
    power_limit: Annotated[Power, Field(gt=0)] | None = None
    """Largest power that the bus delivers. [W]"""

    @property
    def constant_power(self) -> float:
        """Power of all constant sources together. [W]"""
        return sum(source.power for source in self.sources)

    @property
    def robot_power(self) -> float:
        """Power of one working robot, the hungriest if they differ. [W]"""
        return max((robot.power for robot in self.robots), default=0.0)
