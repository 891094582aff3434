"""The parts of a planning problem: activities and the resources they share.

Times are whole seconds after the epoch of the problem. Power is kept to 1 mW, data to 1 bit, value to 0.001, so
that everything a planner adds up is an exact integer; the properties ending in `_mW`, `_mJ`, `_bit`, `_bit_s` give
those integers.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

__all__ = [
    "Activity",
    "Battery",
    "Document",
    "Link",
    "Part",
    "Precedence",
    "Renewable",
    "Resource",
    "Storage",
]

#: [mJ] in one [Wh].
WATT_HOUR = 3_600_000
#: [bit] in one [Mbit].
MEGABIT = 1_000_000


def _rounded(digits: int) -> AfterValidator:
    return AfterValidator(lambda number: round(number, digits))


Milli = Annotated[float, Field(allow_inf_nan=False), _rounded(3)]
Micro = Annotated[float, Field(allow_inf_nan=False), _rounded(6)]
Steps = tuple[tuple[int, Milli], ...]


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
    """Id of the activity that must have ended."""
    min_lag_s: int = 0
    """Shortest time from that end to this start; negative lets them overlap. [s]"""
    max_lag_s: int | None = None
    """Longest time from that end to this start. [s]"""


def _precedence(given: Any) -> Any:
    return {"after": given} if isinstance(given, str) else given


class Activity(Part):
    """One thing to do, without interruption."""

    id: str = Field(min_length=1)
    """Unique name."""
    name: str = ""
    """Name for people; the id where empty."""
    duration_s: int
    """From start to end. [s]"""
    windows: tuple[tuple[int, int], ...] | None = None
    """Half-open spans [start, end) that hold the whole activity; absent: any time; empty: never. [s]"""
    value: Milli = 1.0
    """What the plan gains from it. [1]"""
    demands: dict[str, int] = {}
    """Amount of each renewable resource that it holds from start to end. [1]"""
    energy_W: Milli = 0.0
    """Power that it draws from the battery bus from start to end. [W]"""
    data_Mbit_s: Micro = 0.0
    """Rate at which it fills the storage from start to end. [Mbit/s]"""
    optional: bool = True
    """Whether a plan may leave it out; false where absent in a makespan problem."""
    precedences: tuple[Annotated[Precedence, BeforeValidator(_precedence)], ...] = ()
    """Activities that come before; an id alone means no lag."""
    exclusions: tuple[str, ...] = ()
    """Ids of activities that must not run at the same time."""
    locked_start: int | None = None
    """Start set by a person; the activity is then in every plan. [s]"""

    @property
    def required(self) -> bool:
        """Whether every plan must hold it."""
        return not self.optional or self.locked_start is not None

    @property
    def power_mW(self) -> int:
        """Power draw. [mW]"""
        return round(self.energy_W * 1000)

    @property
    def rate_bit_s(self) -> int:
        """Data rate. [bit/s]"""
        return round(self.data_Mbit_s * MEGABIT)

    @property
    def worth(self) -> int:
        """Value in thousandths. [0.001]"""
        return round(self.value * 1000)

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
        """Starts that windows, horizon and lock allow.

        Parameters
        ----------
        horizon_s : int
            End of the problem. [s]

        Returns
        -------
        list of (int, int)
            First and last start of each span, both allowed, in order and disjoint. [s]
        """
        length = self.duration_s
        allowed = [(start, end - length) for start, end in self.spans(horizon_s) if end - start >= length]
        if self.locked_start is None:
            return allowed
        at = self.locked_start
        return [(at, at)] if any(first <= at <= last for first, last in allowed) else []


class Renewable(Part):
    """Something that activities hold while they run: an instrument, robots, crew, power of a bus."""

    kind: Literal["renewable"] = "renewable"
    id: str = Field(min_length=1)
    """Unique name."""
    capacity: int
    """Amount there is until the first step of the profile. [1]"""
    profile: tuple[tuple[int, int], ...] = ()
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
    id: str = Field(min_length=1)
    """Unique name."""
    capacity_Wh: Milli
    """Charge when full. [Wh]"""
    initial_Wh: Milli
    """Charge at the epoch. [Wh]"""
    minimum_Wh: Milli = 0.0
    """Charge that no plan may go below. [Wh]"""
    generation: Steps = ()
    """(time [s], power of the arrays from then on [W]); nothing before the first."""
    load: Steps = ()
    """(time [s], power of the station itself from then on [W]); nothing before the first."""


class Storage(Part):
    """Data store; only the passes of the links empty it."""

    kind: Literal["storage"] = "storage"
    id: str = Field(min_length=1)
    """Unique name."""
    capacity_Mbit: Micro
    """Volume when full. [Mbit]"""
    initial_Mbit: Micro = 0.0
    """Volume at the epoch. [Mbit]"""


class Link(Part):
    """Way home for the data: in each pass it drains the storage at the rate of the pass."""

    kind: Literal["link"] = "link"
    id: str = Field(min_length=1)
    """Unique name."""
    passes: tuple[tuple[int, int, Micro], ...] = ()
    """(start [s], end [s], rate [Mbit/s]) of each contact."""
    power_W: Milli = 0.0
    """Power drawn from the bus in every pass. [W]"""


Resource = Annotated[Renewable | Battery | Storage | Link, Field(discriminator="kind")]
