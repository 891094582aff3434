"""A station: power plant, battery, data storage, link to the Earth and robots at one site."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from ilrs_science.catalogue.battery import Battery
from ilrs_science.catalogue.box import ThermalBox
from ilrs_science.catalogue.plant import SolarArray
from ilrs_science.catalogue.radio import Link
from ilrs_science.catalogue.record import Identifier, Part, Record, Text
from ilrs_science.catalogue.source import PowerSource
from ilrs_science.units import DataVolume, Fraction, Height, Mass, Power

__all__ = ["BaseLoad", "Robot", "Station", "Storage"]


class Storage(Part):
    """Mass memory of the station."""

    capacity: Annotated[DataVolume, Field(gt=0)]
    """Data that fit. [Mbit]"""
    initial_fill: Annotated[Fraction, Field(ge=0, le=1)] = 0.0
    """Part that is filled when a campaign starts. [1]"""


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
    """A station on the ground at one site, or in one orbit about the Moon."""

    site: Identifier | None = None
    """Site at which it stands, if it stands on the ground."""
    orbit: Identifier | None = None
    """Orbit in which it flies, if it flies."""
    together_with: tuple[Identifier, ...] = ()
    """Stations that work as one with this one: the other half of a station on the ground and in orbit."""
    mast: Annotated[Height, Field(ge=0, le=1000)] = 2.0
    """Height of array and antenna above the ground. [m]"""
    array: SolarArray | None = None
    """Solar array, if it has one."""
    more_arrays: tuple[SolarArray, ...] = ()
    """Further arrays, such as one that faces another way."""
    sources: tuple[PowerSource, ...] = ()
    """Sources of power by day and night."""
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
    boxes: tuple[ThermalBox, ...] = ()
    """Boxes whose heaters draw from the bus, beyond the base load, what keeps them above survive_min."""
    power_limit: Annotated[Power, Field(gt=0)] | None = None
    """Largest power that the bus delivers. [W]"""
    owners: tuple[Identifier, ...] = ()
    """Partners that are responsible for it."""
    organics: Text = ""
    """Where the inventory of its organic material is kept; empty if there is none."""
    disposal: Text = ""
    """What becomes of it at the end; empty if nothing is planned."""

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if (self.site is None) == (self.orbit is None):
            raise ValueError("a station has a site or an orbit; together_with joins one of each")
        if self.id in self.together_with:
            raise ValueError(f"{self.id} cannot stand together with itself")
        return self

    @model_validator(mode="after")
    def _something_feeds_it(self) -> Self:
        if not self.arrays and not self.constant_power:
            raise ValueError("a station needs a solar array or a source of power")
        return self

    @model_validator(mode="after")
    def _boxes_can_be_held(self) -> Self:
        if self.boxes and self.site is None:
            raise ValueError("boxes: only a station on the ground has a model of their temperature")
        if any(box.limits.survive_min is None for box in self.boxes):
            raise ValueError("boxes: each needs limits.survive_min, which its heater holds")
        return self

    @property
    def arrays(self) -> tuple[SolarArray, ...]:
        """All solar arrays."""
        return (() if self.array is None else (self.array,)) + self.more_arrays

    @property
    def rated_power(self) -> float:
        """Power of all arrays, each face on to the full Sun at 1 AU. [W]"""
        return sum(array.rated_power for array in self.arrays)

    @property
    def constant_power(self) -> float:
        """Power of all sources together as the record says it, at their throttle. [W]"""
        return sum(source.power * source.throttle for source in self.sources)

    @property
    def robot_power(self) -> float:
        """Power of one working robot, the hungriest if they differ. [W]"""
        return max((robot.power for robot in self.robots), default=0.0)
