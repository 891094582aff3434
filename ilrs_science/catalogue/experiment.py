"""An experiment: what is done, with what, under which conditions, at what cost."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field

from ilrs_science.catalogue.constraint import AnyConstraint
from ilrs_science.catalogue.instrument import Instrument
from ilrs_science.catalogue.record import Code, Identifier, Record, Text
from ilrs_science.errors import UnknownNameError
from ilrs_science.units import DataVolume, Duration, Power

__all__ = ["Category", "Experiment", "Location", "ScienceField"]


class Category(StrEnum):
    """The four categories of the founding text of the ILRS."""

    EXPLORATION_UTILIZATION = "exploration_utilization"
    """Lunar exploration and utilization."""
    LUNAR_BASED_OBSERVATION = "lunar_based_observation"
    """Lunar-based observation."""
    BASIC_EXPERIMENT = "basic_experiment"
    """Basic scientific experiment."""
    TECHNICAL_VERIFICATION = "technical_verification"
    """Technical verification."""

    @property
    def label(self) -> str:
        """The category in words."""
        return _CATEGORY_LABELS[self]


_CATEGORY_LABELS = {
    Category.EXPLORATION_UTILIZATION: "Lunar exploration and utilization",
    Category.LUNAR_BASED_OBSERVATION: "Lunar-based observation",
    Category.BASIC_EXPERIMENT: "Basic scientific experiment",
    Category.TECHNICAL_VERIFICATION: "Technical verification",
}


class ScienceField(StrEnum):
    """The nine science fields of the 2021 roadmap."""

    TOPOGRAPHY_GEOLOGY = "topography_geology"
    PHYSICS_INTERIOR = "physics_interior"
    CHEMISTRY = "chemistry"
    CISLUNAR_ENVIRONMENT = "cislunar_environment"
    LUNAR_ASTRONOMY = "lunar_astronomy"
    LUNAR_EARTH_OBS = "lunar_earth_obs"
    BIO_MEDICAL = "bio_medical"
    ISRU = "isru"
    TECH_VERIFICATION = "tech_verification"


class Location(StrEnum):
    """Where an experiment can be done."""

    ANY_SURFACE = "any_surface"
    POLAR = "polar"
    NEAR_SIDE = "near_side"
    FAR_SIDE = "far_side"
    ORBIT = "orbit"


def _value_of_priority(fields: dict[str, Any]) -> float:
    return 6.0 - int(fields.get("priority", 3))


class Experiment(Record):
    """Something the station could do, in sessions."""

    code: Code = ""
    """Number in the reference list of experiments."""
    category: Category
    """Category of the founding text."""
    field: ScienceField
    """Science field of the roadmap."""
    objective: Text = ""
    """What we want to learn."""
    instruments: tuple[Identifier, ...] = ()
    """Instruments that observe together."""
    location: Location = Location.ANY_SURFACE
    """Where it can be done."""
    sites: tuple[Identifier, ...] = ()
    """Sites that suit it best; empty if any will do."""
    conditions: AnyConstraint | None = None
    """When it can be done; none means always."""
    session: Annotated[Duration, Field(gt=0)]
    """Length of one session, not interrupted. [s]"""
    repeats: Annotated[int, Field(ge=1, le=10_000)] = 1
    """Sessions that are wanted in one campaign."""
    min_gap: Annotated[Duration, Field(ge=0)] = 0.0
    """Shortest time from the end of a session to the start of the next. [s]"""
    power: Annotated[Power, Field(ge=0)] | None = None
    """Electric power during a session; without one it is that of the instruments. [W]"""
    data: Annotated[DataVolume, Field(ge=0)] | None = None
    """Data that one session makes; without it, what the instruments make. [Mbit]"""
    robots: Annotated[int, Field(ge=0, le=100)] = 0
    """Robots that are busy during a session."""
    priority: Annotated[int, Field(ge=1, le=5)] = 3
    """Priority, from 1, the highest, to 5."""
    value: Annotated[float, Field(ge=0, le=1e6, default_factory=_value_of_priority)]
    """Worth of one session; without it, 6 - priority. [points]"""
    after: tuple[Identifier, ...] = ()
    """Experiments whose first session must be over before this one starts."""
    excludes: tuple[Identifier, ...] = ()
    """Experiments that may not run at the same time."""
    partner: Text = ""
    """State or organisation that leads it."""

    def power_of(self, instruments: Mapping[str, Instrument]) -> float:
        """Electric power during a session, robots not included.

        Parameters
        ----------
        instruments : mapping
            Instruments by id, such as ``catalogue.instruments``.

        Returns
        -------
        float
            As stated, or the operating power of the instruments. [W]
        """
        used = self._used(instruments)
        return self.power if self.power is not None else sum(one.power.operate for one in used)

    def data_of(self, instruments: Mapping[str, Instrument]) -> float:
        """Data that one session makes.

        Parameters
        ----------
        instruments : mapping
            Instruments by id, such as ``catalogue.instruments``.

        Returns
        -------
        float
            As stated, or the rate of the instruments times the session. [Mbit]
        """
        used = self._used(instruments)
        return self.data if self.data is not None else sum(one.data_rate for one in used) * self.session

    def _used(self, instruments: Mapping[str, Instrument]) -> list[Instrument]:
        for name in self.instruments:
            if name not in instruments:
                raise UnknownNameError("instrument", name, instruments)
        return [instruments[name] for name in self.instruments]
