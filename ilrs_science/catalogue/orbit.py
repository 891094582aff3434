"""An orbit about the Moon."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from ilrs_science.catalogue.record import Identifier, Record, Text
from ilrs_science.units import Angle, Distance

__all__ = ["Orbit", "OrbitKind"]

#: Gravity parameter of the Moon (GRAIL). [km3/s2]
MOON_GM = 4902.800066
#: Mean radius of the Moon. [km]
MOON_RADIUS = 1737.4


class OrbitKind(StrEnum):
    """Families of lunar orbits."""

    LOW = "low"
    FROZEN = "frozen"
    ELLIPTICAL_FROZEN = "elliptical_frozen"


class Orbit(Record):
    """An orbit about the Moon, by its heights and its plane."""

    id: Identifier = "unnamed_orbit"
    """Short name by which other records refer to this one."""
    kind: OrbitKind = OrbitKind.LOW
    """Family of the orbit."""
    perilune_height: Annotated[Distance, Field(ge=0, le=100_000)]
    """Lowest height above the 1737.4 km sphere. [km]"""
    apolune_height: Annotated[Distance, Field(ge=0, le=100_000)]
    """Highest height above the 1737.4 km sphere. [km]"""
    inclination: Annotated[Angle, Field(ge=0, le=180)]
    """Inclination to the Moon's equator. [deg]"""
    argument_of_perilune: Annotated[Angle, Field(ge=0, lt=360)] | None = None
    """Angle from the ascending node to the perilune. [deg]"""
    ascending_node: Annotated[Angle, Field(ge=-360, le=360)] | None = None
    """Longitude of the ascending node in the inertial frame. [deg]"""
    role: Text = ""
    """Who flies it and why."""

    @model_validator(mode="after")
    def _heights_in_order(self) -> Self:
        if self.apolune_height < self.perilune_height:
            raise ValueError("apolune_height is below perilune_height")
        return self

    @property
    def semi_major_axis(self) -> float:
        """Half the long axis. [km]"""
        return MOON_RADIUS + (self.perilune_height + self.apolune_height) / 2

    @property
    def eccentricity(self) -> float:
        """Eccentricity. [1]"""
        return (self.apolune_height - self.perilune_height) / (2 * self.semi_major_axis)

    @property
    def period(self) -> float:
        """Time of one Keplerian revolution. [s]"""
        return 2 * math.pi * math.sqrt(self.semi_major_axis**3 / MOON_GM)
