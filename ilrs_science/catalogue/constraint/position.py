"""Constraints on where something stands in the sky: elevation, separation, phase, range.

At a site, elevation is above the horizontal plane; on an orbiter, above the plane normal to its radius vector.
"""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import model_validator

from ilrs_science.catalogue.constraint.aim import Aim, Name, aim_label
from ilrs_science.catalogue.constraint.limits import AngleLimits, Limits
from ilrs_science.errors import RequestError
from ilrs_science.units import Distance

__all__ = ["EarthElevation", "PhaseAngle", "RangeTo", "Separation", "SunElevation", "TargetElevation"]


class SunElevation(AngleLimits):
    """Elevation of the Sun's centre above the horizontal plane, or the plane normal to an orbiter's radius. [deg]"""

    kind: Literal["sun_elevation"] = "sun_elevation"


class EarthElevation(AngleLimits):
    """Elevation of Earth's centre above the horizontal plane, or the plane normal to an orbiter's radius. [deg]"""

    kind: Literal["earth_elevation"] = "earth_elevation"


class TargetElevation(AngleLimits):
    """Elevation of anything above the horizontal plane, or the plane normal to an orbiter's radius. [deg]"""

    kind: Literal["target_elevation"] = "target_elevation"
    target: Aim
    """What is observed: ``jupiter``, ``galactic_centre`` or ``{ra: 266.4 deg, dec: -29.0 deg}``.

    A name may also be that of an orbit, a site or a ground station of the catalogue.
    """

    @property
    def quantity(self) -> str:
        """Elevation of what."""
        return f"elevation of {aim_label(self.target)}"


class Separation(AngleLimits):
    """Angle between the directions of two things, seen from the place; of bodies, between their centres. [deg]"""

    kind: Literal["separation"] = "separation"
    possible: ClassVar[tuple[float, float]] = (0.0, 180.0)
    bodies: tuple[Aim, Aim]
    """The two, such as ``[sun, earth]``: bodies, targets, orbits, sites, ground stations or directions."""

    @model_validator(mode="after")
    def _two_bodies(self) -> Self:
        if self.bodies[0] == self.bodies[1]:
            raise RequestError(
                f"separation needs two different bodies, not {aim_label(self.bodies[0])} twice"
            )
        return self

    @property
    def quantity(self) -> str:
        """Separation of what."""
        return f"separation {'-'.join(map(aim_label, self.bodies))}"


class PhaseAngle(AngleLimits):
    """Angle at a body between the Sun and the place: 0 deg is full, 180 deg is new. [deg]"""

    kind: Literal["phase_angle"] = "phase_angle"
    possible: ClassVar[tuple[float, float]] = (0.0, 180.0)
    body: Name = "earth"
    """Body of the ephemeris."""

    @model_validator(mode="after")
    def _not_the_sun(self) -> Self:
        if self.body == "sun":
            raise RequestError("the Sun has no phase; name a planet")
        return self

    @property
    def quantity(self) -> str:
        """Phase of what."""
        return f"phase of {self.body}"


class RangeTo(Limits):
    """Distance of a planet, an orbiter, a site or a ground station, with light time. [km]"""

    kind: Literal["range_to"] = "range_to"
    unit: ClassVar[str] = "km"
    possible: ClassVar[tuple[float, float]] = (0.0, 1e11)
    body: Name = "earth"
    """A body of the ephemeris, or an orbit, a site or a ground station of the catalogue."""
    min: Distance | None = None
    """Smallest value allowed. [km]"""
    max: Distance | None = None
    """Largest value allowed. [km]"""

    @property
    def quantity(self) -> str:
        """Range to what."""
        return f"range to {self.body}"
