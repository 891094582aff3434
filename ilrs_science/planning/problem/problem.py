"""A planning problem in integers: what may be done, when, and what it shares.

Its published form is ``PROBLEM.json``; see :class:`Problem` for the fields.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sized
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Self, TypeVar

import numpy as np
from pydantic import BaseModel, Field, ValidationError, field_validator, model_validator

from ilrs_science import epochs
from ilrs_science.errors import RequestError
from ilrs_science.planning.problem.faults import find_faults, find_share_faults
from ilrs_science.planning.problem.parts import (
    Activity,
    Battery,
    Document,
    Link,
    Milli,
    Precedence,
    Renewable,
    Resource,
    Storage,
    Whole,
)
from ilrs_science.planning.problem.reading import field_faults, form_of, read_json
from ilrs_science.planning.problem.sound import sound_faults

__all__ = [
    "Activity",
    "Battery",
    "Link",
    "Precedence",
    "Problem",
    "ProblemError",
    "Renewable",
    "Resource",
    "Storage",
]

Kind = TypeVar("Kind", Renewable, Battery, Storage, Link)


#: Faults that a message tells; `faults` holds all of them.
SAID = 20
#: Longest line of a fault.
LONGEST = 300
#: A long name in a fault, and as much of it as is told.
QUOTED = re.compile(r"(?<![^\s(\[])'([^']{60})[^']{20,}'")
#: Class of each part, by the field or the kind that leads to it.
PARTS: dict[str, type[BaseModel]] = {
    "activities": Activity,
    "precedences": Precedence,
    "renewable": Renewable,
    "battery": Battery,
    "storage": Storage,
    "link": Link,
}


class ProblemError(RequestError):
    """A problem has faults; all of them are in ``faults``, one line each."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = tuple(
            fault if len(fault) <= LONGEST else f"{fault[: LONGEST - 3]}..."
            for fault in (QUOTED.sub(r"'\1...'", fault) for fault in faults)
        )
        count = f"{len(faults)} fault{'s' if len(faults) != 1 else ''} in the problem"
        more = f"; and {len(faults) - SAID} more" if len(faults) > SAID else ""
        super().__init__(f"{count}: {'; '.join(self.faults[:SAID])}{more}")


class Problem(Document):
    """What may be done, when, and what it shares.

    Times are whole seconds after the epoch; power, data and value are decimals kept to 1 mW, 1 bit/s and 0.001.
    A problem without windows, whose activities are all mandatory and whose objective is the makespan, is a plain
    RCPSP.

    Raises
    ------
    ProblemError
        With every fault, if the parts do not fit together.
    """

    name: str = ""
    """Name for people."""
    epoch: str = "2000-01-01T00:00:00Z"
    """UTC instant of second 0."""
    horizon_s: Whole
    """End of the plan. [s]"""
    objective: Literal["value", "makespan"] = "value"
    """Most value, or the earliest end of everything."""
    activities: tuple[Activity, ...] = ()
    """What may be done."""
    resources: tuple[Resource, ...] = ()
    """What is shared: renewables, batteries, storages, links."""
    shares: dict[str, Milli] = Field(default_factory=dict)
    """Least share of the plan's value by partner, 0 to 1."""

    def __init__(self, **fields: Any) -> None:
        try:
            super().__init__(**fields)
        except ValidationError as error:
            found = field_faults(error, fields, type(self), PARTS)
            raise ProblemError([*found, *sound_faults(fields)]) from None
        faults = find_faults(self.horizon_s, self.objective, self.activities, self.resources)
        partners = {activity.partner for activity in self.activities if activity.partner}
        faults += find_share_faults(self.shares, self.objective, partners)
        if faults:
            raise ProblemError(faults)

    @field_validator("epoch")
    @classmethod
    def _whole_second(cls, text: str) -> str:
        epoch = epochs.parse_epoch(text)
        if epoch.astype("datetime64[s]") != epoch:
            raise ValueError("must be a whole second")
        return f"{epoch.astype('datetime64[s]')}Z"

    @model_validator(mode="before")
    @classmethod
    def _all_of_a_makespan(cls, fields: Any) -> Any:
        """In a makespan problem activities are mandatory unless they say otherwise."""
        if not isinstance(fields, Mapping) or fields.get("objective") != "makespan":
            return fields
        given = fields.get("activities", ())
        if not isinstance(given, list | tuple):
            return fields
        filled = [{"optional": False, **entry} if isinstance(entry, Mapping) else entry for entry in given]
        return {**fields, "activities": filled}

    def __repr__(self) -> str:
        return (
            f"<Problem {self.name or self.digest[:12]}: {_count(self.activities, 'activity', 'activities')}, "
            f"{_count(self.resources, 'resource', 'resources')}, {self.horizon_s / 86400:g} d from {self.epoch}, "
            f"{self.objective}>"
        )

    __str__ = __repr__

    @cached_property
    def by_id(self) -> dict[str, Activity]:
        """Activity of each id."""
        return {activity.id: activity for activity in self.activities}

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON form, in hexadecimal."""
        return hashlib.sha256(self.to_json(indent=None).encode()).hexdigest()

    @property
    def renewables(self) -> list[Renewable]:
        """Resources that activities hold while they run."""
        return self._of(Renewable)

    @cached_property
    def members(self) -> dict[str, tuple[str, ...]]:
        """Ids of the activities of each choice, and of each activity its own."""
        found: dict[str, tuple[str, ...]] = {activity.id: (activity.id,) for activity in self.activities}
        for activity in self.activities:
            if activity.choice:
                found[activity.choice] = (*found.get(activity.choice, ()), activity.id)
        return found

    @cached_property
    def choices(self) -> dict[str, tuple[str, ...]]:
        """Ids of the activities of each choice."""
        return {name: self.members[name] for name in self.members if name not in self.by_id}

    @cached_property
    def apart(self) -> dict[str, set[str]]:
        """Ids of the activities that must not run at the same time as each activity, both ways."""
        found: dict[str, set[str]] = {activity.id: set() for activity in self.activities}
        for activity in self.activities:
            for other in (member for name in activity.exclusions for member in self.members[name]):
                found[activity.id].add(other)
                found[other].add(activity.id)
        return found

    @cached_property
    def followers(self) -> dict[str, list[tuple[str, int, int | None]]]:
        """Id, shortest and longest lag [s] of those that follow each activity."""
        found: dict[str, list[tuple[str, int, int | None]]] = {
            activity.id: [] for activity in self.activities
        }
        for activity in self.activities:
            for before in activity.precedences:
                for name in self.members[before.after]:
                    found[name].append((activity.id, before.min_lag_s, before.max_lag_s))
        return found

    @property
    def batteries(self) -> list[Battery]:
        """Energy stores."""
        return self._of(Battery)

    @property
    def storages(self) -> list[Storage]:
        """Data stores."""
        return self._of(Storage)

    def battery_of(self, part: Activity | Link) -> str | None:
        """Id of the battery that a part draws from; None if the problem has none."""
        return part.battery or next((battery.id for battery in self.batteries), None)

    def storage_of(self, part: Activity | Link) -> str | None:
        """Id of the storage that a part fills or empties; None if the problem has none."""
        return part.storage or next((storage.id for storage in self.storages), None)

    @property
    def links(self) -> list[Link]:
        """Ways home for the data."""
        return self._of(Link)

    def _of(self, kind: type[Kind]) -> list[Kind]:
        return [resource for resource in self.resources if isinstance(resource, kind)]

    def time(self, seconds: int) -> np.datetime64:
        """UTC instant of a second of the plan, as datetime64[us]."""
        return np.datetime64(self.epoch.removesuffix("Z"), "us") + np.timedelta64(seconds, "s")

    def replace(self, **changes: Any) -> Self:
        """The same problem with some fields changed, checked anew.

        Parameters
        ----------
        **changes
            New values by field name.

        Returns
        -------
        Problem
            A new problem.
        """
        return type(self)(**{name: getattr(self, name) for name in type(self).model_fields} | changes)

    @classmethod
    def from_json(cls, source: str | Path) -> Self:
        """Problem of a JSON text or file.

        Parameters
        ----------
        source : str or Path
            JSON text, or the path of a file that holds it.

        Returns
        -------
        Problem
            The checked problem.

        Raises
        ------
        ProblemError
            With every fault that was found.
        RequestError
            If the file is missing or the text is not JSON.
        """
        return cls.from_fields(read_json(source, "problem"))

    @classmethod
    def from_fields(cls, fields: object) -> Self:
        """Problem of what JSON gives.

        Parameters
        ----------
        fields : object
            A mapping of fields by name.

        Returns
        -------
        Problem
            The checked problem.

        Raises
        ------
        ProblemError
            With every fault that was found.
        RequestError
            If it is no mapping.
        """
        if not isinstance(fields, dict):
            raise RequestError("the problem is not a JSON object")
        if (form := form_of(fields)) in ("plan", "result"):
            raise RequestError(f"this is not a problem but a {form}; give the problem it was made for")
        return cls(**{str(name): value for name, value in fields.items()})


def _count(parts: Sized, one: str, many: str) -> str:
    return f"{len(parts)} {one if len(parts) == 1 else many}"
