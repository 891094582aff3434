"""Missions: who flies what to the Moon, when, and how it ended."""

from __future__ import annotations

import itertools
from enum import StrEnum
from typing import Annotated, Self

import numpy as np
from pydantic import Field, model_validator

from ilrs_science.catalogue.partial_date import PartialDate, first_instant, is_before, last_instant
from ilrs_science.catalogue.record import Code, Identifier, Part, Record, Text
from ilrs_science.units import DataVolume, Duration, Mass, PlainAngle

__all__ = ["Craft", "Mission", "MissionStatus", "Programme"]


#: How long a planned launch may lie back before a record without a date of its report is out of date.
_LATE = np.timedelta64(366, "D")


class Programme(StrEnum):
    """Families of missions."""

    CHANG_E = "chang_e"
    LUNA = "luna"
    ILRS = "ilrs"
    CREWED = "crewed"


class MissionStatus(StrEnum):
    """Where a mission stands, as far as the record knows."""

    PLANNED = "planned"
    """Not launched on the date of the record."""
    FLOWN = "flown"
    """Did what it was sent for, or is doing it."""
    FAILED = "failed"
    """Launched and lost before it could."""


class Craft(Part):
    """One vehicle of a mission."""

    id: Identifier
    """Short name, such as ``lander``."""
    name: Text = ""
    """Name as people write it."""
    mass: Annotated[Mass, Field(gt=0)] | None = None
    """Mass. [kg]"""
    count: Annotated[int, Field(ge=1, le=1000)] = 1
    """How many of them."""
    life: Annotated[Duration, Field(gt=0)] | None = None
    """How long it is to work. [s]"""
    payloads: tuple[Text, ...] = ()
    """What it carries, by name."""


class Mission(Record):
    """A mission to the Moon that belongs to the station or prepares it."""

    id: Identifier = "unnamed_mission"
    """Short name by which other records refer to this one."""
    code: Code = ""
    """Usual abbreviation."""
    programme: Programme
    """Family of missions."""
    status: MissionStatus
    """Planned, flown or failed."""
    as_of: PartialDate | None = None
    """Date of the newest report behind a status or date that may have changed since."""
    operators: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    """Partners that fly it: they are responsible for it and register it."""
    contributors: tuple[Identifier, ...] = ()
    """Partners whose instruments or vehicles it carries."""
    designator: Code = ""
    """International designator of the launch."""
    launch: PartialDate | None = None
    """Launch, or the earliest that is planned; none if only the latest is known. [UTC]"""
    launch_latest: PartialDate | None = None
    """The latest that is planned. [UTC]"""
    landing: PartialDate | None = None
    """Landing, or arrival in the orbit about the Moon. [UTC]"""
    returned: PartialDate | None = None
    """Return to the Earth. [UTC]"""
    site: Identifier | None = None
    """Site where it stands or is to land."""
    latitude: Annotated[PlainAngle, Field(ge=-90, le=90)] | None = None
    """Selenographic latitude of its hardware where no site of the catalogue has it. [deg]"""
    longitude: Annotated[PlainAngle, Field(ge=-360, le=360)] | None = None
    """Selenographic longitude of its hardware, east positive. [deg]"""
    orbits: tuple[Identifier, ...] = ()
    """Orbits about the Moon on which it works."""
    relays: tuple[Identifier, ...] = ()
    """Relays that it is or uses."""
    launch_mass: Annotated[Mass, Field(gt=0)] | None = None
    """Mass at launch. [kg]"""
    landed_mass: Annotated[Mass, Field(gt=0)] | None = None
    """Mass that lands. [kg]"""
    payload_mass: Annotated[Mass, Field(gt=0)] | None = None
    """Mass of all scientific payloads. [kg]"""
    partner_mass: Annotated[Mass, Field(gt=0)] | None = None
    """Part of it that is offered to partners. [kg]"""
    sample_mass: Annotated[Mass, Field(gt=0)] | None = None
    """Mass of the samples that came back. [kg]"""
    data: Annotated[DataVolume, Field(gt=0)] | None = None
    """Data that it has sent. [Mbit]"""
    crew: Annotated[int, Field(ge=0, le=20)] = 0
    """People aboard."""
    crafts: tuple[Craft, ...] = ()
    """Vehicles, each with its payloads."""
    instruments: tuple[Identifier, ...] = ()
    """Instruments of the catalogue that fly on it or have flown on it."""
    returns_samples: bool = False
    """Whether it brings samples to the Earth."""
    focus: Text = ""
    """What it is for."""
    outcome: Text = ""
    """How it ended, or what it found."""
    disposal: Text = ""
    """What becomes of the hardware at the end; empty if nothing is published."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        steps = [(name, getattr(self, name)) for name in ("launch", "landing", "returned")]
        told = [(name, date) for name, date in steps if date is not None]
        for (before, early), (after, late) in itertools.pairwise(told):
            if is_before(late, early):
                raise ValueError(f"{after} {late} is before {before} {early}")
        if self.launch_latest and self.launch and is_before(self.launch_latest, self.launch):
            raise ValueError(f"launch_latest {self.launch_latest} is before launch {self.launch}")
        return self

    @model_validator(mode="after")
    def _fits_its_date(self) -> Self:
        """What has flown was launched, and what is planned was not, when that was written."""
        told = self.as_of or str(np.datetime64("today"))
        since = f"the report of {self.as_of}" if self.as_of else f"today, {told}"
        if self.status is not MissionStatus.PLANNED and self.launch and is_before(told, self.launch):
            raise ValueError(f"is {self.status}, but its launch {self.launch} is after {since}")
        last = self.launch_latest or self.launch
        if self.status is MissionStatus.PLANNED and last and self._is_past(last, told):
            raise ValueError(
                f"is planned, but its launch {last} is before {since}; write as_of or another status"
            )
        return self

    def _is_past(self, launch: str, told: str) -> bool:
        """Whether a launch lies before a report; before today only if a year has gone by without one."""
        if self.as_of:
            return is_before(launch, told)
        return bool(last_instant(launch) + _LATE < first_instant(told))

    @model_validator(mode="after")
    def _told_whole(self) -> Self:
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError("latitude and longitude come together")
        if self.status is MissionStatus.FAILED and not self.outcome:
            raise ValueError("a failed mission needs outcome: what happened")
        if self.status is not MissionStatus.PLANNED and self.launch is None:
            raise ValueError(f"a {self.status} mission needs launch")
        return self

    @property
    def date_text(self) -> str:
        """Such as ``2024-05-03``, ``2029 to 2030``, ``by 2030``, or ``no date``."""
        first, latest = ((date or "")[:10] for date in (self.launch, self.launch_latest))
        if latest:
            return f"{first} to {latest}" if first else f"by {latest}"
        return first or "no date"
