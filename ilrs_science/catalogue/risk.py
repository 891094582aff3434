"""A risk: something that goes wrong at random, how often, what it hits, for how long and how badly.

A plan is executed against disruptions that are drawn from such records.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ilrs_science.catalogue.record import Identifier, Part, Record
from ilrs_science.units import Duration, Fraction, Power

__all__ = ["DisruptionKind", "Exposure", "Lasting", "Risk", "Role"]

DisruptionKind = Literal[
    "instrument_fault",
    "thermal_trip",
    "array_loss",
    "dust",
    "outage",
    "particle_event",
    "safe_mode",
    "extra_load",
]

_Spread = Annotated[float, Field(ge=0, le=3)]


class Role(StrEnum):
    """What a risk hits, by its part in the station."""

    INSTRUMENTS = "instruments"
    """Each instrument that a plan uses."""
    ROBOTS = "robots"
    """The robots of a station, all together."""
    ARRAYS = "arrays"
    """The arrays that feed a battery."""
    STATIONS = "stations"
    """A station as a whole: what it draws itself, and everything it does."""
    RELAYS = "relays"
    """Each way home by a relay; a way home that does not tell by what counts as one."""
    GROUND_STATIONS = "ground_stations"
    """Each ground station; a way home that does not tell by what counts as one."""


class Exposure(StrEnum):
    """When the clock of a risk runs."""

    OPERATING = "operating"
    """While the plan uses what it hits."""
    DAY = "day"
    """While the arrays give power: more than the least that the battery ever gets."""
    NIGHT = "night"
    """While they give none."""
    SUNRISE = "sunrise"
    """In the first 24 hours of each day."""
    ACTIVE_SUN = "active_sun"
    """In the active half of the solar cycle, around its maximum."""
    QUIET_SUN = "quiet_sun"
    """In the quiet half, around its minimum."""


class Lasting(Part):
    """How long something lasts."""

    law: Literal["lognormal", "exponential"] = "lognormal"
    """How it is distributed."""
    median: Annotated[Duration, Field(gt=0)]
    """Half of all last longer. [s]"""
    spread: _Spread = 0.0
    """Standard deviation of the logarithm of a lognormal time. [1]"""


class Risk(Record):
    """A random process of disruptions."""

    id: Identifier = "unnamed_risk"
    """Short name by which other records refer to this one."""
    disruption: DisruptionKind
    """What happens."""
    hits: Role
    """What it happens to; each has its own draws."""
    together: bool = False
    """Whether it hits all of them at once, as a storm of particles does."""
    interval: Annotated[Duration, Field(gt=0)] | None = None
    """Mean time from the end of one to the next, counted while exposed; none if it is there all the time. [s]"""
    shape: Annotated[float, Field(gt=0.2, le=5)] = 1.0
    """Shape of the Weibull law of that time: 1 without memory, less if what is new fails first. [1]"""
    exposure: tuple[Exposure, ...] = ()
    """When its clock runs: while all of these hold; always if there are none."""
    lasting: Lasting | None = None
    """How long it lasts; for good if absent."""
    share: Annotated[Fraction, Field(ge=0, le=1)] | None = None
    """Median share of the power of the arrays that is lost (array_loss, dust). [1]"""
    grows_in: Annotated[Duration, Field(gt=0)] | None = None
    """Time in which a loss that grows reaches its share (dust). [s]"""
    power: Annotated[Power, Field(gt=0)] | None = None
    """Median power that is drawn beyond the plan (extra_load). [W]"""
    spread: _Spread = 0.0
    """Standard deviation of the logarithm of share or power. [1]"""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        kind = self.disruption
        if (self.share is not None) != (kind in ("array_loss", "dust")):
            raise ValueError("share goes with array_loss and dust, and they need it")
        if (self.power is not None) != (kind == "extra_load"):
            raise ValueError("power goes with extra_load, and that needs it")
        if (self.grows_in is not None) != (kind == "dust"):
            raise ValueError("grows_in goes with dust, and that needs it")
        if self.hits not in _CAN_HIT[kind]:
            raise ValueError(f"{kind} hits {' or '.join(_CAN_HIT[kind])}, not {self.hits}")
        if self.interval is None and (self.exposure or self.lasting):
            raise ValueError(
                "what is there all the time has neither exposure nor lasting; or give an interval"
            )
        return self


_CAN_HIT: dict[str, tuple[Role, ...]] = {
    "instrument_fault": (Role.INSTRUMENTS, Role.ROBOTS),
    "thermal_trip": (Role.INSTRUMENTS, Role.ROBOTS),
    "particle_event": (Role.INSTRUMENTS, Role.ROBOTS),
    "array_loss": (Role.ARRAYS,),
    "dust": (Role.ARRAYS,),
    "outage": (Role.RELAYS, Role.GROUND_STATIONS),
    "safe_mode": (Role.STATIONS,),
    "extra_load": (Role.STATIONS,),
}
