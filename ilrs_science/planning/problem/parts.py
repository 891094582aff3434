"""The parts of a planning problem: activities and the resources they share.

Times are whole seconds after the epoch of the problem. Power is kept to 1 mW, data to 1 bit, value to 0.001, so
that everything a planner adds up is an exact integer; the properties ending in `_mW`, `_mJ`, `_bit`, `_bit_s` give
those integers.
"""

from __future__ import annotations

import itertools
import json
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticKnownError

__all__ = [
    "Activity",
    "Battery",
    "Document",
    "Link",
    "Number",
    "Part",
    "Phase",
    "Precedence",
    "Renewable",
    "Resource",
    "Storage",
    "Whole",
]

#: [mJ] in one [Wh].
WATT_HOUR = 3_600_000
#: [bit] in one [Mbit].
MEGABIT = 1_000_000


def _whole(given: Any) -> Any:
    if isinstance(given, bool | str | bytes):
        raise PydanticKnownError("int_type")
    return given


def _number(given: Any) -> Any:
    if isinstance(given, bool | str | bytes):
        raise PydanticKnownError("float_type")
    return given


def _flag(given: Any) -> Any:
    if isinstance(given, str | bytes | int | float) and not isinstance(given, bool):
        raise PydanticKnownError("bool_type")
    return given


def _rounded(digits: int) -> AfterValidator:
    return AfterValidator(lambda number: round(number, digits))


#: Numbers are numbers and flags are flags, as JSON Schema has them: no text, and true is no 1.
Whole = Annotated[int, BeforeValidator(_whole)]
Number = Annotated[float, BeforeValidator(_number)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Milli = Annotated[Number, Field(allow_inf_nan=False), _rounded(3)]
Micro = Annotated[Number, Field(allow_inf_nan=False), _rounded(6)]
Nano = Annotated[Number, Field(allow_inf_nan=False), _rounded(9)]
Name = Annotated[str, Field(min_length=1, pattern=r"\S")]
Steps = tuple[tuple[Whole, Milli], ...]


class Part(BaseModel):
    """A frozen record that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Document(Part):
    """A part that is published by itself, as JSON."""

    def to_json(self, *, indent: int | None = 1) -> str:
        """JSON text that ``from_json`` reads back to an equal object.

        Parameters
        ----------
        indent : int or None
            Spaces of indentation; None for one line.

        Returns
        -------
        str
            JSON text.
        """
        return json.dumps(self.model_dump(mode="json"), indent=indent, ensure_ascii=False)


class Precedence(Part):
    """The activity starts after another one has ended, and is left out if that one is."""

    after: str
    """Id of the activity that must have ended, or the name of a choice: whichever of it is done."""
    min_lag_s: Whole = 0
    """Shortest time from that end to this start; negative lets them overlap. [s]"""
    max_lag_s: Whole | None = None
    """Longest time from that end to this start. [s]"""


def _precedence(given: Any) -> Any:
    return {"after": given} if isinstance(given, str) else given


class Phase(NamedTuple):
    """A constant rate over a span of time that is counted from the start of an activity."""

    begin: int
    """From then on. [s]"""
    end: int
    """Until then. [s]"""
    rate: int
    """[mW] or [bit/s]"""


class Activity(Part):
    """One thing to do, without interruption; it holds what it demands from its warm-up to its cool-down."""

    id: Name
    """Unique name."""
    name: str = ""
    """Name for people; the id where empty."""
    partner: str = ""
    """Whose activity it is, for the shares of the partners; nobody's where empty."""
    duration_s: Whole
    """From start to end. [s]"""
    warm_up_s: Whole = 0
    """Time before the start in which it is set up or warms up. [s]"""
    warm_up_W: Milli = 0.0
    """Power that it draws in that time. [W]"""
    cool_down_s: Whole = 0
    """Time after the end in which it cools down or is put away. [s]"""
    cool_down_W: Milli = 0.0
    """Power that it draws in that time. [W]"""
    windows: tuple[tuple[Whole, Whole], ...] | None = None
    """Half-open spans [start, end) that hold it from start to end; absent: any time; empty: never. [s]"""
    forbidden: tuple[tuple[Whole, Whole], ...] = ()
    """Half-open spans [start, end) that a person has closed to it. [s]"""
    value: Milli = 1.0
    """What the plan gains from it at most. [1]"""
    value_curve: tuple[tuple[Whole, Nano], ...] = ()
    """(time [s], share of the value that a start from then on gains, 0 to 1); the whole value before the first."""
    demands: dict[str, Whole] = {}
    """Amount of each renewable resource that it holds, warm-up and cool-down included. [1]"""
    energy_W: Milli = 0.0
    """Power that it draws from its battery from start to end. [W]"""
    battery: str | None = None
    """Id of that battery; the only one where absent."""
    data_Mbit_s: Micro = 0.0
    """Rate at which it fills its storage from start to end. [Mbit/s]"""
    drain_Mbit_s: Micro = 0.0
    """Rate at which it empties its storage from start to end: a downlink that is planned. [Mbit/s]"""
    storage: str | None = None
    """Id of that storage; the only one where absent."""
    urgency: Whole = 0
    """Rank of its data: the more urgent leave the storage first, those of one rank in the order they came. [1]"""
    latency_s: Whole | None = None
    """Longest time from its end until all its data have left; not judged beyond the horizon. [s]"""
    optional: Flag = True
    """Whether a plan may leave it out; false where absent in a makespan problem."""
    choice: str = ""
    """Name of a choice: at most one of its activities is done, exactly one if none of them is optional."""
    needs: tuple[str, ...] = ()
    """Ids of activities, or names of choices, without which it is not done, at whatever time they are."""
    precedences: tuple[Annotated[Precedence, BeforeValidator(_precedence)], ...] = ()
    """Activities that come before; an id alone means no lag."""
    exclusions: tuple[str, ...] = ()
    """Ids of activities that must not run at the same time."""
    locked_start: Whole | None = None
    """Start set by a person; the activity is then in every plan. [s]"""

    @property
    def required(self) -> bool:
        """Whether every plan must hold this very activity."""
        return self.locked_start is not None or not (self.optional or self.choice)

    @property
    def power_mW(self) -> int:
        """Power draw from start to end. [mW]"""
        return round(self.energy_W * 1000)

    @property
    def rate_bit_s(self) -> int:
        """Net rate at which data come to its storage; negative for a downlink. [bit/s]"""
        return round(self.data_Mbit_s * MEGABIT) - round(self.drain_Mbit_s * MEGABIT)

    @property
    def worth(self) -> int:
        """Value of the best start in thousandths. [0.001]"""
        return round(self.value * 1000)

    @property
    def held_s(self) -> int:
        """Time from warm-up to cool-down in which it holds what it demands. [s]"""
        return self.warm_up_s + self.duration_s + self.cool_down_s

    @property
    def draws(self) -> tuple[Phase, ...]:
        """Power over the time after the start. [mW]"""
        length = self.duration_s
        phases = (
            Phase(-self.warm_up_s, 0, round(self.warm_up_W * 1000)),
            Phase(0, length, self.power_mW),
            Phase(length, length + self.cool_down_s, round(self.cool_down_W * 1000)),
        )
        return tuple(phase for phase in phases if phase.rate and phase.end > phase.begin)

    @property
    def makes(self) -> tuple[Phase, ...]:
        """Data rate over the time after the start. [bit/s]"""
        return (Phase(0, self.duration_s, self.rate_bit_s),) if self.rate_bit_s and self.duration_s else ()

    def worth_at(self, start_s: int) -> int:
        """Value of a start in thousandths. [0.001]"""
        share = 1.0
        for time, level in self.value_curve:
            if time > start_s:
                break
            share = level
        return round(self.worth * share)

    def levels(self, horizon_s: int) -> list[tuple[int, list[tuple[int, int]]]]:
        """(value in thousandths, spans of first and last start) of each level that an allowed start can have."""
        found: dict[int, list[tuple[int, int]]] = {}
        steps = [time for time, _ in self.value_curve]
        for first, last in self.starts(horizon_s):
            cuts = [first, *(time for time in steps if first < time <= last), last + 1]
            for begin, end in itertools.pairwise(cuts):
                found.setdefault(self.worth_at(begin), []).append((begin, end - 1))
        return list(found.items())

    def spans(self, horizon_s: int) -> list[tuple[int, int]]:
        """Windows in order and disjoint, those that touch joined; the whole horizon without windows. [s]"""
        joined: list[tuple[int, int]] = []
        for start, end in sorted([(0, horizon_s)] if self.windows is None else self.windows):
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(joined[-1][1], end))
            else:
                joined.append((start, end))
        return joined

    def starts(self, horizon_s: int) -> list[tuple[int, int]]:
        """Starts that windows, forbidden spans, horizon and lock allow.

        Parameters
        ----------
        horizon_s : int
            End of the problem, by which the cool-down has ended. [s]

        Returns
        -------
        list of (int, int)
            First and last start of each span, both allowed, in order and disjoint. [s]
        """
        length, latest = self.duration_s, horizon_s - self.duration_s - self.cool_down_s
        allowed = [
            (max(start, self.warm_up_s), min(end - length, latest)) for start, end in self.spans(horizon_s)
        ]
        for opens, closes in self.forbidden:
            allowed = [
                part
                for first, last in allowed
                for part in ((first, min(last, opens - max(1, length))), (max(first, closes), last))
            ]
        allowed = sorted({(first, last) for first, last in allowed if first <= last})
        if self.locked_start is None:
            return allowed
        at = self.locked_start
        return [(at, at)] if any(first <= at <= last for first, last in allowed) else []


class Renewable(Part):
    """Something that activities hold while they run: an instrument, robots, crew, power of a bus."""

    kind: Literal["renewable"] = "renewable"
    id: Name
    """Unique name."""
    capacity: Whole
    """Amount there is until the first step of the profile. [1]"""
    profile: tuple[tuple[Whole, Whole], ...] = ()
    """(time [s], amount from then on) in order of time."""

    def steps(self, horizon_s: int) -> list[tuple[int, int, int]]:
        """Capacity as (start, end, amount) over the horizon. [s, s, 1]"""
        points = [(0, self.capacity)]
        for time, amount in self.profile:
            points = [(0, amount)] if time <= 0 else [*points, (time, amount)]
        ends = [time for time, _ in points[1:]] + [horizon_s]
        return [
            (time, min(end, horizon_s), amount)
            for (time, amount), end in zip(points, ends, strict=True)
            if time < min(end, horizon_s)
        ]


class Battery(Part):
    """Energy store on the bus; charge beyond its capacity is lost."""

    kind: Literal["battery"] = "battery"
    id: Name
    """Unique name."""
    capacity_Wh: Milli
    """Charge when full. [Wh]"""
    initial_Wh: Milli
    """Charge at the epoch. [Wh]"""
    minimum_Wh: Milli = 0.0
    """Charge that no plan may go below. [Wh]"""
    final_Wh: Milli = 0.0
    """Charge that must be left at the end of the plan. [Wh]"""
    generation: Steps = ()
    """(time [s], power of the arrays from then on [W]); nothing before the first."""
    load: Steps = ()
    """(time [s], power of the station itself from then on [W]); nothing before the first."""


class Storage(Part):
    """Data store; only the passes of links and activities that drain empty it."""

    kind: Literal["storage"] = "storage"
    id: Name
    """Unique name."""
    capacity_Mbit: Micro
    """Volume when full. [Mbit]"""
    initial_Mbit: Micro = 0.0
    """Volume at the epoch. [Mbit]"""


class Link(Part):
    """Way home for the data: in each pass it drains the storage at the rate of the pass."""

    kind: Literal["link"] = "link"
    id: Name
    """Unique name."""
    passes: tuple[tuple[Whole, Whole, Micro], ...] = ()
    """(start [s], end [s], rate [Mbit/s]) of each contact."""
    storage: str | None = None
    """Id of the storage that it empties; the only one where absent."""
    power_W: Milli = 0.0
    """Power drawn in every pass. [W]"""
    battery: str | None = None
    """Id of the battery that gives it; the only one where absent."""


Resource = Annotated[Renewable | Battery | Storage | Link, Field(discriminator="kind")]
