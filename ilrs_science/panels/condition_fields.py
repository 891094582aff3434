"""Fields of a condition as a person fills them in: what each asks for, and how it becomes part of a constraint."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from ilrs_science.errors import RequestError
from ilrs_science.units import format_quantity, parse_quantity

__all__ = [
    "DIRECTION",
    "LONGEST_TEXT",
    "At",
    "Choice",
    "Field",
    "Named",
    "Number",
    "Several",
    "Span",
    "Values",
    "fits",
]

DIRECTION = "a direction"
"""Value of a `Named` field that stands for a direction, told by two further fields; no name has a space."""
LONGEST_TEXT = 64
"""Longest text that is taken. [characters]"""
_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
_BARE = re.compile(r"\s*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\s*")

Values = Mapping[str, Any]

At = Literal["site", "station", "orbit"]
"""Kinds of place."""


def fits(at: At | None, place: str) -> bool:
    """Tell whether something makes sense at a kind of place.

    Parameters
    ----------
    at : {"site", "station", "orbit"} or None
        Where it does; None for everywhere. What does at a site does at a station, which stands on one.
    place : {"site", "station", "orbit"}
        Kind of place.

    Returns
    -------
    bool
    """
    return at in (None, place) or (at, place) == ("site", "station")


@dataclass(frozen=True, kw_only=True)
class Field:
    """One thing to fill in."""

    key: str
    """Place in the constraint, such as ``margin`` or ``bodies.0``."""
    label: str
    """What it is, in a word or two."""
    tooltip: str
    """What it does, in a sentence."""
    unit: ClassVar[str] = ""
    """Unit of what is filled in."""
    at: At | None = None
    """Kind of place at which it is asked for; None for all."""
    only_if: tuple[str, str] | None = None
    """Key and value of another field without which this one is not asked for, where the other is asked for at all."""

    @property
    def default(self) -> Any:
        """What is filled in at first."""
        raise NotImplementedError

    @property
    def description(self) -> str:
        """Label with its unit."""
        return f"{self.label} [{self.unit}]" if self.unit else self.label

    def bounded(self, value: Any) -> Any:
        """The value cut to size, of the right type; it may still be wrong."""
        raise NotImplementedError

    def parts(self, value: Any) -> dict[str, Any]:
        """Entries of the constraint, by place; raises `RequestError` in the words of the field."""
        raise NotImplementedError

    def value_of(self, parts: Values) -> Any:
        """The value that gives these entries."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Span(Field):
    """Two limits within a range; an end of the range is no limit."""

    unit: str = "deg"  # type: ignore[misc]
    low: float
    """Lower end of the range, in the unit."""
    high: float
    """Upper end of the range, in the unit."""
    first: tuple[float, float]
    """Limits at first, in the unit."""
    step: float = 0.1
    """Step of the slider, in the unit."""

    @property
    def default(self) -> tuple[float, float]:
        """Limits at first."""
        return self.first

    def bounded(self, value: Any) -> tuple[float, float]:
        """Two finite numbers in order, inside the range, and a step apart."""
        numbers = [_finite(one, self.low) for one in tuple(value)[:2]]
        first, last = sorted(min(max(one, self.low), self.high) for one in (*numbers, self.high)[:2])
        if last - first < self.step:
            first, last = (
                (first, first + self.step) if first + self.step <= self.high else (last - self.step, last)
            )
        return round(first, 4), round(last, 4)

    def parts(self, value: tuple[float, float]) -> dict[str, Any]:
        """``min`` and ``max`` with their unit; where both ends are open, the lower one, which is no limit either."""
        ends = [
            (name, format_quantity(number, self.unit))
            for name, number, end in zip(("min", "max"), value, (self.low, self.high), strict=True)
            if number != end
        ]
        return dict(ends or [("min", format_quantity(self.low, self.unit))])

    def value_of(self, parts: Values) -> tuple[float, float]:
        """Limits, an open end where there is none."""
        if "min" not in parts and "max" not in parts:
            return self.first
        ends = zip(("min", "max"), (self.low, self.high), strict=True)
        return self.bounded([_number(parts.get(name), self.unit, end) for name, end in ends])


@dataclass(frozen=True, kw_only=True)
class Number(Field):
    """A number, typed with or without its unit."""

    unit: str  # type: ignore[misc]
    low: float
    """Smallest value, in the unit."""
    high: float
    """Largest value, in the unit."""
    first: float | None
    """Value at first, in the unit; None is empty."""
    optional: bool = False
    """Whether it may be left empty."""

    @property
    def default(self) -> str:
        """Text at first."""
        return "" if self.first is None else f"{self.first:.15g}"

    def bounded(self, value: Any) -> str:
        """Text cut to size."""
        return str(value)[:LONGEST_TEXT].strip()

    def parts(self, value: str) -> dict[str, Any]:
        """The number with its unit; nothing if it may be empty and is."""
        if not value and self.optional:
            return {}
        if not value:
            raise RequestError(f"{self.label} is empty; write a number of {self.unit}")
        try:
            text = f"{value} {self.unit}" if _BARE.fullmatch(value) else value
            number = parse_quantity(text, _canonical(self.unit)) / _scale(self.unit)
        except RequestError as error:
            raise RequestError(f"{self.label}: {error}") from None
        if not self.low <= number <= self.high:
            allowed = f"{self.low:.15g} to {self.high:.15g} {self.unit}"
            raise RequestError(f"{self.label} is {allowed}, not {number:.6g} {self.unit}")
        return {self.key: f"{number:.15g} {self.unit}"}

    def value_of(self, parts: Values) -> str:
        """The number as it would be typed."""
        text = parts.get(self.key)
        if text is None:
            return "" if self.optional else self.default
        return f"{parse_quantity(text, _canonical(self.unit)) / _scale(self.unit):.15g}"


@dataclass(frozen=True, kw_only=True)
class Choice(Field):
    """One of a few words; an empty one leaves the entry out."""

    options: tuple[tuple[str, str], ...]
    """What is shown, and the value; the first is the one at first."""

    @property
    def default(self) -> str:
        """Value at first."""
        return self.options[0][1]

    def bounded(self, value: Any) -> str:
        """A known value, or the first."""
        return next((known for _, known in self.options if known == value), self.default)

    def parts(self, value: str) -> dict[str, Any]:
        """The value, if it is not empty."""
        return {self.key: value} if value else {}

    def value_of(self, parts: Values) -> str:
        """The value, or the empty one."""
        return self.bounded(parts.get(self.key) or "")


@dataclass(frozen=True, kw_only=True)
class Named(Field):
    """Something of the catalogue or the ephemeris by name, or a direction where one is allowed."""

    folders: tuple[str, ...]
    """Folders of the catalogue that are offered; ``bodies`` stands for the ephemeris."""
    first: str = ""
    """Name at first; empty for the first that is offered."""
    without: tuple[str, ...] = ()
    """Names that are not offered."""
    direction: bool = False
    """Whether a direction is offered too."""

    @property
    def default(self) -> str:
        """Name at first."""
        return self.first

    def bounded(self, value: Any) -> str:
        """Text cut to size."""
        return str(value)[:LONGEST_TEXT]

    def parts(self, value: str) -> dict[str, Any]:
        """The name; nothing for a direction, which other fields tell."""
        if self.direction and value == DIRECTION:
            return {}
        if not _NAME.fullmatch(value):
            raise RequestError(f"{self.label}: choose a name")
        return {self.key: value}

    def value_of(self, parts: Values) -> str:
        """The name, or that it is a direction."""
        return str(parts.get(self.key, DIRECTION if self.direction else self.first))


@dataclass(frozen=True, kw_only=True)
class Several(Field):
    """Any number of names, none included."""

    folders: tuple[str, ...]
    """Folders of the catalogue that are offered."""
    most: int = 16
    """Largest number of names."""

    @property
    def default(self) -> tuple[str, ...]:
        """No name."""
        return ()

    def bounded(self, value: Any) -> tuple[str, ...]:
        """Texts cut to size."""
        return tuple(str(one)[:LONGEST_TEXT] for one in tuple(value)[: self.most])

    def parts(self, value: tuple[str, ...]) -> dict[str, Any]:
        """The names, if there are any."""
        return {self.key: list(value)} if value else {}

    def value_of(self, parts: Values) -> tuple[str, ...]:
        """The names."""
        return tuple(parts.get(self.key, ()))


def _finite(value: Any, otherwise: float) -> float:
    number = float(value)
    return number if math.isfinite(number) else otherwise


def _canonical(unit: str) -> str:
    """Unit in which the schema keeps what is typed in a unit."""
    return {"h": "s", "%": "1"}.get(unit, unit)


def _scale(unit: str) -> float:
    return {"h": 3600.0, "%": 0.01}.get(unit, 1.0)


def _number(text: Any, unit: str, otherwise: float) -> float:
    return otherwise if text is None else parse_quantity(text, unit)
