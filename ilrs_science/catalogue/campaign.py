"""A campaign: which experiments one station, or several, may do in one span of time, and what people have settled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Self

import numpy as np
from pydantic import Field, model_validator

from ilrs_science.catalogue.disturbance import Disturbance
from ilrs_science.catalogue.instant import Instant, write_instant
from ilrs_science.catalogue.record import Identifier, Part, Record, Text
from ilrs_science.units import Duration, Fraction

__all__ = ["Assignment", "Campaign", "Closure", "Lock", "Share"]


class Assignment(Part):
    """Where an experiment of a campaign may be done, and how often."""

    experiment: Identifier
    """Experiment of the campaign."""
    stations: tuple[Identifier, ...] = ()
    """Stations of the campaign, of which the plan chooses one a session; where its locations allow by default."""
    sessions: Annotated[int, Field(ge=1)] | None = None
    """Most sessions in this campaign, if fewer than its repeats."""


class Lock(Part):
    """A start that a person has set."""

    session: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*\.[1-9][0-9]*\S*$", max_length=160)]
    """Session as plans name it, such as ``volatile_drilling.1``."""
    start: Instant
    """When it starts. [UTC]"""


class Closure(Part):
    """A span that a person has closed."""

    start: Instant
    """First instant. [UTC]"""
    end: Instant
    """First instant after it. [UTC]"""
    experiments: tuple[Identifier, ...] = ()
    """Experiments to which it is closed; all of them if none is named."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"end {write_instant(self.end)} is not after start {write_instant(self.start)}")
        return self


class Share(Part):
    """What a partner is entitled to."""

    partner: Identifier
    """Partner that leads experiments of the campaign."""
    least: Annotated[Fraction, Field(ge=0, le=1)]
    """Least part of the value of the plan that its experiments gain. [1]"""


class Campaign(Record):
    """Experiments that compete for one station, or for several, in one span of time."""

    id: Identifier = "unnamed_campaign"
    """Short name by which other records refer to this one."""
    station: Identifier
    """Station that does them, or the first of those that do."""
    stations: tuple[Identifier, ...] = ()
    """All stations that do them, where there are several: bases on the ground, stations in orbit."""
    at: tuple[Assignment, ...] = ()
    """Where experiments may be done, of several stations, and how often in this campaign."""
    experiments: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    """Experiments to choose from."""
    start: Instant
    """First instant. [UTC]"""
    end: Instant
    """First instant after the campaign. [UTC]"""
    objective: Text = ""
    """What the campaign is for."""
    tolerates: tuple[Disturbance, ...] = ()
    """Disturbances that the layout of the station keeps apart, so that experiments need not wait for each other."""
    instrument_conditions: bool = False
    """Whether the conditions of its instruments must hold too when an experiment is done."""
    relays: tuple[Identifier, ...] = ()
    """Relays that take the data, each of one station at a time; without any partner, all send to the Earth."""
    ground_stations: tuple[Identifier, ...] = ()
    """Ground stations that take the data, each of one station at a time."""
    turn: Annotated[Duration, Field(ge=60)] = 10800.0
    """Longest time for which one station has a relay or ground station that another waits for. [s]"""
    final_charge: Annotated[Fraction, Field(ge=0, le=1)] = 0.0
    """Least state of charge of each battery at the end. [1]"""
    shares: tuple[Share, ...] = ()
    """Least shares of the partners."""
    locks: tuple[Lock, ...] = ()
    """Starts that a person has set; these sessions are in every plan."""
    closed: tuple[Closure, ...] = ()
    """Spans in which a person wants nothing, or not some experiments."""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"end {write_instant(self.end)} is not after start {write_instant(self.start)}")
        doubled = sorted({name for name in self.experiments if self.experiments.count(name) > 1})
        if doubled:
            raise ValueError(f"experiments are listed twice: {', '.join(doubled)}")
        return self

    @model_validator(mode="after")
    def _of_its_own(self) -> Self:
        if self.stations and (self.station != self.stations[0] or len({*self.stations}) < len(self.stations)):
            raise ValueError(f"stations must be {self.station} and then the others, each once")
        named = [("at", one.experiment) for one in self.at]
        named += [("locks", one.session.partition(".")[0]) for one in self.locks]
        named += [("closed", name) for one in self.closed for name in one.experiments]
        for field, name in named:
            if name not in self.experiments:
                raise ValueError(f"{field} names {name}, which is no experiment of the campaign")
        for name in (name for one in self.at for name in one.stations):
            if name not in self.places:
                raise ValueError(f"at names {name}, which is no station of the campaign")
        return self

    def numbers(self) -> Iterator[tuple[str, float]]:
        """No numbers: what a campaign states are decisions, which have no source.

        Yields
        ------
        tuple of str and float
            None at all.
        """
        yield from ()

    @property
    def places(self) -> tuple[str, ...]:
        """Every station that takes part."""
        return self.stations or (self.station,)

    @property
    def days(self) -> float:
        """Length of the campaign. [d]"""
        return float((self.end - self.start) / np.timedelta64(1, "D"))
