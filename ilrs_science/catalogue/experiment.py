"""An experiment: what is done, with what, under which conditions, at what cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from ilrs_science.catalogue.category import Category, Location, ScienceField
from ilrs_science.catalogue.constraint import AnyConstraint
from ilrs_science.catalogue.disturbance import Disturbance
from ilrs_science.catalogue.instrument import Instrument
from ilrs_science.catalogue.record import Code, Identifier, Record, Text
from ilrs_science.catalogue.trace import Trace
from ilrs_science.errors import UnknownNameError
from ilrs_science.units import DataVolume, Duration, Energy, Power

__all__ = ["Category", "Experiment", "Location", "ScienceField", "Trace"]


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
    alternatives: tuple[Identifier, ...] = ()
    """Instruments that could do it instead, or would add to it where they are at hand."""
    location: Location = Location.ANY_SURFACE
    """Where it can be done."""
    also_at: tuple[Location, ...] = ()
    """Where else it can be done."""
    sites: tuple[Identifier, ...] = ()
    """Sites that suit it best; empty if any will do."""
    orbits: tuple[Identifier, ...] = ()
    """Orbits that suit it best, where it can be done in orbit."""
    ground_stations: tuple[Identifier, ...] = ()
    """Stations on the Earth that can take part, where it needs one."""
    conditions: AnyConstraint | None = None
    """When it can be done; none means always."""
    other_conditions: tuple[Text, ...] = ()
    """What must hold too, but no kind of constraint can say; a person sees to it."""
    session: Annotated[Duration, Field(gt=0)]
    """Length of one session, not interrupted. [s]"""
    repeats: Annotated[int, Field(ge=1, le=10_000)] = 1
    """Sessions that are wanted in one campaign."""
    min_gap: Annotated[Duration, Field(ge=0)] = 0.0
    """Shortest time from the end of a session to the start of the next. [s]"""
    cadence: Text = ""
    """How the sessions follow each other, in words."""
    power: Annotated[Power, Field(ge=0)] | None = None
    """Electric power during a session; without one it is that of energy or instruments. [W]"""
    energy: Annotated[Energy, Field(ge=0)] | None = None
    """Electric energy of one session, stated instead of power. [Wh]"""
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
    emits: tuple[Disturbance, ...] = ()
    """Disturbances of what is done besides observing: driving, landing, firing engines."""
    partner: Text = ""
    """State or organisation that leads it: the id of a partner, or a name that is none."""
    phase: Identifier | None = None
    """Phase of the roadmap from which it can be done."""
    traceability: tuple[Trace, ...] = ()
    """From the objective to what each instrument must do."""

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        if self.power is not None and self.energy is not None:
            raise ValueError("states power and energy; write one of them")
        known = (*self.instruments, *self.alternatives)
        for trace in self.traceability:
            if trace.instrument is not None and trace.instrument not in known:
                raise ValueError(
                    f"traceability names the instrument {trace.instrument!r}, which the experiment does not use"
                )
        return self

    @property
    def locations(self) -> tuple[Location, ...]:
        """Everywhere it can be done, the best first."""
        return (self.location, *self.also_at)

    def power_of(self, instruments: Mapping[str, Instrument]) -> float:
        """Electric power during a session, robots not included.

        Parameters
        ----------
        instruments : mapping
            Instruments by id, such as ``catalogue.instruments``.

        Returns
        -------
        float
            As stated, or the stated energy over the session, or the operating power of the instruments. [W]
        """
        used = self._used(instruments)
        if self.power is not None:
            return self.power
        if self.energy is not None:
            return self.energy * 3600.0 / self.session
        return sum(one.power.operate for one in used)

    def energy_of(self, instruments: Mapping[str, Instrument]) -> float:
        """Electric energy of one session, robots not included.

        Parameters
        ----------
        instruments : mapping
            Instruments by id, such as ``catalogue.instruments``.

        Returns
        -------
        float
            As stated, or power times the session. [Wh]
        """
        power = self.power_of(instruments)
        return self.energy if self.energy is not None else power * self.session / 3600.0

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
