"""Constraints on sunlight: day, night, hour of the day, season, eclipse."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import model_validator

from ilrs_science.catalogue.constraint.limits import AngleLimits
from ilrs_science.catalogue.constraint.logic import Constraint
from ilrs_science.errors import RequestError
from ilrs_science.units import Angle, Duration

__all__ = ["Day", "Eclipse", "LocalSolarTime", "Night", "Season"]


class Day(Constraint):
    """The Sun's centre is above the horizontal plane (terrain left aside); on an orbiter, above the Moon's limb."""

    kind: Literal["day"] = "day"


class Night(Constraint):
    """The Sun's centre is below the horizontal plane (terrain left aside); on an orbiter, behind the Moon."""

    kind: Literal["night"] = "night"


class LocalSolarTime(Constraint):
    """Hour of the lunar day, 24 hours from midnight to midnight; 12 h is when the Sun is on the site's meridian.

    From ``min: 22 h`` to ``max: 2 h`` goes through midnight.
    """

    kind: Literal["local_solar_time"] = "local_solar_time"
    min: Duration
    """First hour. [s]"""
    max: Duration
    """Last hour. [s]"""

    @model_validator(mode="after")
    def _an_interval(self) -> Self:
        for hour in (self.min, self.max):
            if not 0.0 <= hour <= 86400.0:
                raise RequestError(f"local_solar_time: {hour / 3600:g} h is outside 0 to 24 h")
        if self.min % 86400 == self.max % 86400:
            raise RequestError("local_solar_time: min and max are the same hour")
        return self

    @property
    def label(self) -> str:
        """Kind and hours."""
        return f"local solar time {self.min / 3600:g} h to {self.max / 3600:g} h"


class Season(AngleLimits):
    """Latitude of the point under the Sun, which swings by 1.6 deg in a year. [deg]

    ``half: summer`` stands for the Sun on the site's side of the equator, ``half: winter`` for the other.
    """

    kind: Literal["season"] = "season"
    possible: ClassVar[tuple[float, float]] = (-2.0, 2.0)
    half: Literal["summer", "winter"] | None = None
    """Half of the year, instead of limits."""
    min: Angle | None = None
    """Smallest latitude allowed. [deg]"""
    max: Angle | None = None
    """Largest latitude allowed. [deg]"""

    def _check_limits(self) -> None:
        if self.half is None:
            super()._check_limits()
        elif self.min is not None or self.max is not None:
            raise RequestError("season has either half, or min and max")

    @property
    def label(self) -> str:
        """The half of the year, or latitude and limits."""
        return f"{self.half} of the site" if self.half else super().label

    @property
    def quantity(self) -> str:
        """What is limited."""
        return "sub-solar latitude"


class Eclipse(Constraint):
    """A body covers the Sun, seen from the place.

    Both bodies are spheres: the Earth of 6371 km without its atmosphere, the Moon of 1737.4 km.
    """

    kind: Literal["eclipse"] = "eclipse"
    phase: Literal["any", "penumbra", "umbra"] = "any"
    """``any`` part of the disc covered; ``umbra`` all of it; ``penumbra`` a part, but not all."""
    by: Literal["earth", "moon"] | None = None
    """What covers it. Left out: the Earth at a site, either of the two on an orbiter."""

    @property
    def label(self) -> str:
        """Kind, cover and phase."""
        by = f" by the {self.by.title()}" if self.by else ""
        return f"eclipse{by}" + ("" if self.phase == "any" else f" ({self.phase})")
