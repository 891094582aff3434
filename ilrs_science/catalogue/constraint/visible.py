"""Constraints on what shows above the terrain: the Sun's disc, the Earth's disc."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ilrs_science.catalogue.constraint.logic import Constraint
from ilrs_science.units import Fraction

__all__ = ["EarthVisible", "SunVisible", "Visible"]


class Visible(Constraint):
    """A part of a disc shows above the skyline of the terrain; on an orbiter, above the limb of the Moon."""

    min_fraction: Annotated[Fraction, Field(ge=0, le=1)] = 0.0
    """Smallest visible part of the disc's area; 0 asks for any part at all. [1]"""

    @property
    def label(self) -> str:
        """Kind and part."""
        part = f">= {self.min_fraction * 100:g} %" if self.min_fraction else "(any part)"
        return f"{self.kind} {part}"


class SunVisible(Visible):
    """A part of the Sun's disc shows above the skyline of the terrain; on an orbiter, above the limb of the Moon.

    Whether the Earth covers the Sun is another condition: ``{kind: not, of: {kind: eclipse}}``.
    """

    kind: Literal["sun_visible"] = "sun_visible"


class EarthVisible(Visible):
    """A part of the Earth's disc shows above the skyline of the terrain; on an orbiter, above the limb of the Moon.

    The Earth is a sphere of 6371 km, without its atmosphere.
    """

    kind: Literal["earth_visible"] = "earth_visible"
