"""Constraints on what a site and its station live with: temperature of the ground, power, data rate."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from ilrs_science.catalogue.constraint.aim import Name
from ilrs_science.catalogue.constraint.limits import Limits
from ilrs_science.units import Angle, DataRate, Height, Power, format_quantity
from ilrs_science.units import Temperature as Kelvin

__all__ = ["LinkRate", "PowerAvailable", "Temperature"]


def _listed(value: object) -> object:
    """A single name as a list of one."""
    return (value,) if isinstance(value, str) else value


class Temperature(Limits):
    """Temperature of the ground at a site, at the surface or below it. [K]"""

    kind: Literal["temperature"] = "temperature"
    unit: ClassVar[str] = "K"
    possible: ClassVar[tuple[float, float]] = (0.0, 1000.0)
    min: Kelvin | None = None
    """Smallest temperature allowed. [K]"""
    max: Kelvin | None = None
    """Largest temperature allowed. [K]"""
    depth: Annotated[Height, Field(ge=0, le=2)] = 0.0
    """Below the surface. [m]"""
    slope: Annotated[Angle, Field(ge=0, le=90)] = 0.0
    """Of the ground. [deg]"""
    aspect: Annotated[Angle, Field(ge=-360, le=360)] = 0.0
    """Azimuth to which the ground falls, from north through east. [deg]"""

    @property
    def quantity(self) -> str:
        """Temperature, and how deep."""
        return f"temperature at {format_quantity(self.depth, 'm')}" if self.depth else "temperature"


class PowerAvailable(Limits):
    """Power that the arrays and sources of a station deliver, without its battery. [W]"""

    kind: Literal["power_available"] = "power_available"
    unit: ClassVar[str] = "W"
    possible: ClassVar[tuple[float, float]] = (0.0, 1e9)
    min: Power | None = None
    """Smallest power allowed. [W]"""
    max: Power | None = None
    """Largest power allowed. [W]"""


class LinkRate(Limits):
    """Data rate from a station to the Earth, by the best of the ways that are named. [Mbit/s]"""

    kind: Literal["link_rate"] = "link_rate"
    unit: ClassVar[str] = "Mbit/s"
    possible: ClassVar[tuple[float, float]] = (0.0, 1e6)
    min: DataRate | None = None
    """Smallest rate allowed. [Mbit/s]"""
    max: DataRate | None = None
    """Largest rate allowed. [Mbit/s]"""
    via: Annotated[
        tuple[Name, ...],
        BeforeValidator(_listed, json_schema_input_type=str | tuple[str, ...]),
        Field(min_length=1, max_length=16),
    ] = ("earth",)
    """One or more ground stations, relays or orbits that hear the station; ``earth`` is any place that sees it."""

    @property
    def quantity(self) -> str:
        """Rate, and who hears it."""
        return "link_rate" if self.via == ("earth",) else f"link_rate via {', '.join(self.via)}"
