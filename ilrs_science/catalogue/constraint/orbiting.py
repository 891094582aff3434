"""Constraints that need an orbiter: its passes, its plane against the Sun, the lunar limb before a target."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from ilrs_science.catalogue.constraint.aim import Aim, Name, aim_label
from ilrs_science.catalogue.constraint.limits import AngleLimits
from ilrs_science.catalogue.constraint.logic import Constraint
from ilrs_science.errors import RequestError
from ilrs_science.units import Angle

__all__ = ["Occultation", "PassOver", "SolarBeta"]


class SolarBeta(AngleLimits):
    """Angle between the direction of the Sun and the plane of the orbit. [deg]

    Positive on the side to which the orbital angular momentum points. At 90 deg the orbiter flies along the terminator.
    """

    kind: Literal["solar_beta"] = "solar_beta"


class PassOver(AngleLimits):
    """Elevation of an orbiter above the horizontal plane of a site. [deg]

    The place is one of the two; the field names the other.
    """

    kind: Literal["pass_over"] = "pass_over"
    orbiter: Name | None = None
    """Orbit of what passes over this site."""
    site: Name | None = None
    """Site that this orbiter passes over."""
    min: Angle = 0.0
    """Smallest elevation: the mask angle. [deg]"""
    max: Angle | None = None
    """Largest elevation. [deg]"""

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.orbiter is None) == (self.site is None):
            raise RequestError(
                "pass_over: name the orbiter that passes over this site, or the site that this orbiter passes over"
            )
        return self

    @property
    def quantity(self) -> str:
        """Whose pass, or over what."""
        return f"pass of {self.orbiter}" if self.orbiter else f"pass over {self.site}"


class Occultation(Constraint):
    """The limb of the Moon hides something, seen from an orbiter; the Moon is a sphere of 1737.4 km."""

    kind: Literal["occultation"] = "occultation"
    target: Aim
    """What is hidden: ``crab`` or ``{ra: 83.63 deg, dec: 22.01 deg}``, an orbit, a site or a ground station."""

    @model_validator(mode="after")
    def _not_the_moon(self) -> Self:
        if self.target == "moon":
            raise RequestError("occultation: the Moon does not hide itself; name what it hides, such as sun")
        return self

    @property
    def label(self) -> str:
        """Kind and target."""
        return f"occultation of {aim_label(self.target)}"
