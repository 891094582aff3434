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
from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.units import DataVolume, Duration, Energy, Fraction, Power, format_quantity

__all__ = ["Category", "Experiment", "Location", "ScienceField", "Trace", "uncounted"]


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
    instead: tuple[Identifier, ...] = ()
    """Of the alternatives, those with any one of which a plan may do it instead of all its instruments."""
    instead_worth: Annotated[Fraction, Field(ge=0, le=1)] = 1.0
    """Part of the value that it then gains. [1]"""
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
    session_least: Annotated[Duration, Field(gt=0)] | None = None
    """Shortest session that a plan may choose, for value and data in proportion; none if it must be whole. [s]"""
    session_step: Annotated[Duration, Field(gt=0)] | None = None
    """Step from one length to the next, from the longest down; session_least unless stated. [s]"""
    piece: Annotated[Duration, Field(gt=0)] | None = None
    """Shortest part into which a session may be cut; none if it is not interrupted. [s]"""
    partial: bool = False
    """Whether the first parts of a session count by themselves, in proportion; else all or none."""
    set_up: Annotated[Duration, Field(ge=0)] = 0.0
    """Time in which a robot sets it up before each session, and warming up. [s]"""
    put_away: Annotated[Duration, Field(ge=0)] = 0.0
    """Time in which a robot puts it away after each session. [s]"""
    repeats: Annotated[int, Field(ge=1, le=10_000)] = 1
    """Sessions that are wanted in one campaign."""
    min_gap: Annotated[Duration, Field(ge=0)] = 0.0
    """Shortest time from the end of a session to the start of the next. [s]"""
    max_gap: Annotated[Duration, Field(ge=0)] | None = None
    """Longest time from the end of a session to the start of the next; a series that breaks off ends. [s]"""
    per_lunation: Annotated[int, Field(ge=1, le=1000)] | None = None
    """Sessions in each lunation, from new moon to new moon, that are wanted; no limit by default."""
    cadence: Text = ""
    """How the sessions follow each other, in words."""
    power: Annotated[Power, Field(ge=0)] | None = None
    """Electric power during a session; without one it is that of energy or instruments. [W]"""
    energy: Annotated[Energy, Field(ge=0)] | None = None
    """Electric energy of one session, stated instead of power. [Wh]"""
    data: Annotated[DataVolume, Field(ge=0)] | None = None
    """Data that one session makes; without it, what the instruments make. [Mbit]"""
    urgency: Annotated[int, Field(ge=0, le=100)] | None = None
    """Rank of its data, of which the highest leave first; without it, the highest of its products."""
    latency: Annotated[Duration, Field(ge=0)] | None = None
    """Longest time from the end of a session until its data are sent; without it, the shortest of its products. [s]"""
    robots: Annotated[int, Field(ge=0, le=100)] = 0
    """Robots that are busy during a session."""
    priority: Annotated[int, Field(ge=1, le=5)] = 3
    """Priority, from 1, the highest, to 5."""
    value: Annotated[float, Field(ge=0, le=1e6, default_factory=_value_of_priority)]
    """Worth of one session; without it, 6 - priority. [points]"""
    daily_loss: Annotated[Fraction, Field(ge=0, le=1)] = 0.0
    """Part of the value that a session loses for each day that the campaign is old when it starts. [1]"""
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
        if self.instead and not self.instruments:
            raise ValueError("instead needs instruments, in whose place others may do it")
        strange = sorted({*self.instead} - {*self.alternatives})
        if strange:
            raise ValueError(f"instead names {', '.join(strange)}, not among its alternatives")
        self._is_cut_in_one_way()
        silent = self._silent()
        if silent:
            raise ValueError(f"has no instruments that tell; write {' and '.join(silent)}")
        known = (*self.instruments, *self.alternatives)
        for trace in self.traceability:
            if trace.instrument is not None and trace.instrument not in known:
                raise ValueError(
                    f"traceability names the instrument {trace.instrument!r}, which the experiment does not use"
                )
        return self

    def _is_cut_in_one_way(self) -> None:
        shorter = self.session_least is not None or self.session_step is not None
        if self.session_step is not None and self.session_least is None:
            raise ValueError("session_step needs session_least, the shortest session")
        if self.piece is not None and shorter:
            raise ValueError("states piece and session_least; a session is cut or shortened, not both")
        if self.partial and self.piece is None:
            raise ValueError("partial needs piece, the shortest part of a session")
        if self.partial and self.put_away:
            raise ValueError("states partial and put_away; what may end at any part is not put away")
        for name in ("session_least", "piece"):
            if (getattr(self, name) or 0.0) > self.session:
                raise ValueError(f"{name} is longer than session")
        if self.max_gap is not None and self.max_gap < self.min_gap:
            raise ValueError("max_gap is shorter than min_gap")

    def _silent(self) -> list[str]:
        """What it must state itself, as it has no instruments."""
        if self.instruments:
            return []
        power = [] if self.power is not None or self.energy is not None else ["power, such as 0 W"]
        return power if self.data is not None else [*power, "data, such as 0 Mbit"]

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

        Raises
        ------
        RequestError
            If it is not stated and an instrument makes pieces on demand: nothing says how many.
        """
        used = self._used(instruments)
        if self.data is not None:
            return self.data
        for one in used:
            if one.on_demand:
                raise RequestError(f"experiment {self.id}: {uncounted(one)}")
        return sum(one.data_rate or 0.0 for one in used) * self.session

    def _used(self, instruments: Mapping[str, Instrument]) -> list[Instrument]:
        for name in self.instruments:
            if name not in instruments:
                raise UnknownNameError("instrument", name, instruments)
        return [instruments[name] for name in self.instruments]


def uncounted(instrument: Instrument) -> str:
    """Why the data of an instrument cannot be counted, and what to do.

    Parameters
    ----------
    instrument : Instrument
        One that makes pieces on demand.

    Returns
    -------
    str
        One line.
    """
    pieces = ", ".join(f"{format_quantity(one.volume, 'Mbit')} a {one.id}" for one in instrument.on_demand)
    return f"data of {instrument.id} is per product ({pieces}): state data, or every of its products"
