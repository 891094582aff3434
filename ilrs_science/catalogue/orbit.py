"""An orbit about the Moon."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from ilrs_science.catalogue.instant import Instant
from ilrs_science.catalogue.record import Identifier, Part, Record, Text
from ilrs_science.units import Angle, Distance, Duration, Speed

__all__ = ["Orbit", "OrbitFrame", "OrbitKind", "StateVector"]

#: Gravity parameter of the Moon (GRAIL). [km3/s2]
MOON_GM = 4902.800066
#: Mean radius of the Moon. [km]
MOON_RADIUS = 1737.4


class OrbitKind(StrEnum):
    """Families of lunar orbits."""

    LOW = "low"
    FROZEN = "frozen"
    ELLIPTICAL_FROZEN = "elliptical_frozen"
    DISTANT_RETROGRADE = "distant_retrograde"
    NEAR_RECTILINEAR_HALO = "near_rectilinear_halo"
    HALO = "halo"
    """About a libration point, out of the plane of the Moon's motion."""
    LIBRATION_POINT = "libration_point"
    """Beside a libration point, which stays on the line from the Earth to the Moon."""


class OrbitFrame(StrEnum):
    """Axes about the Moon's centre to which inclination, node and argument of perilune refer."""

    MOON_ME = "moon_me"
    """MOON_ME held still at the epoch: the Moon's equator, nodes counted from the meridian that faces the Earth."""
    EARTH_ORBIT = "earth_orbit"
    """Plane of the Earth's motion about the Moon at the epoch, nodes counted from the Earth; frozen relays use it."""
    ICRF = "icrf"
    """International Celestial Reference Frame: the Earth's mean equator and equinox of J2000 to 0.02 arcsec."""


class StateVector(Part):
    """Where an orbiter is at its epoch and how it moves, in ICRF axes about the Moon's centre."""

    position: tuple[Distance, Distance, Distance]
    """Position. [km]"""
    velocity: tuple[Speed, Speed, Speed]
    """Velocity. [km/s]"""


class Orbit(Record):
    """An orbit about the Moon, by its heights and its plane, or by a state where no ellipse describes it."""

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
    """Longitude of the ascending node in the frame, 0 if not stated. [deg]"""
    true_anomaly: Annotated[Angle, Field(ge=-360, le=360)] | None = None
    """Angle from the perilune to the orbiter at the epoch, 0 if not stated. [deg]"""
    frame: OrbitFrame = OrbitFrame.MOON_ME
    """Axes of the elements."""
    epoch: Instant | None = None
    """Instant at which elements or state hold; without one they hold at the start of each span. [UTC]"""
    state: StateVector | None = None
    """State at the epoch; where it is given, heights and inclination only describe the orbit."""
    revolution: Annotated[Duration, Field(gt=0)] | None = None
    """Time of one revolution where it does not follow from the heights. [s]"""
    natural_life: Annotated[Duration, Field(gt=0)] | None = None
    """Time after which an orbiter that is left alone hits the Moon or leaves it; none if it is not known. [s]"""
    role: Text = ""
    """Who flies it and why."""

    @model_validator(mode="after")
    def _heights_in_order(self) -> Self:
        if self.apolune_height < self.perilune_height:
            raise ValueError("apolune_height is below perilune_height")
        return self

    @model_validator(mode="after")
    def _state_has_an_epoch(self) -> Self:
        if self.state is not None and self.epoch is None:
            raise ValueError("a state needs an epoch")
        if self.state is not None and math.hypot(*self.state.position) < MOON_RADIUS:
            raise ValueError("the position of the state is inside the Moon")
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
        """Time of one revolution, Keplerian unless the record states another. [s]"""
        if self.revolution is not None:
            return self.revolution
        return 2 * math.pi * math.sqrt(self.semi_major_axis**3 / MOON_GM)
