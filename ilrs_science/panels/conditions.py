"""Conditions: what a person put into the rows of the windows dashboard, and the constraint it stands for."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

from ilrs_science.catalogue.constraint import AllOf, AnyOf, Constraint, Not, parse_constraint
from ilrs_science.errors import RequestError
from ilrs_science.panels.condition_kinds import KINDS, Field
from ilrs_science.units import parse_quantity

__all__ = ["MOST", "Condition", "Joined", "constraint_of", "rows_of"]

#: Most rows that the dashboard takes.
MOST = 8
_LONGEST_TEXT = 64
#: Whether all conditions must hold, or any.
Joined: TypeAlias = Literal["all", "any"]


@dataclass(frozen=True)
class Condition:
    """One row: a kind, what stands in its fields, and whether it must not hold."""

    key: str
    """Key of `KINDS`."""
    texts: Mapping[str, str]
    """Text by field; numbers without their unit."""
    negated: bool = False
    """Whether it must not hold."""

    def __post_init__(self) -> None:
        if self.key not in KINDS:
            raise RequestError(f"{self.key!r:.40} is no kind of condition")
        known = {field.name for field in KINDS[self.key].fields}
        clean = {
            name: str(text).strip()[:_LONGEST_TEXT] for name, text in self.texts.items() if name in known
        }
        object.__setattr__(self, "texts", MappingProxyType(clean))

    @classmethod
    def fresh(cls, key: str) -> Condition:
        """A condition as it is first offered.

        Parameters
        ----------
        key : str
            Key of `KINDS`.

        Returns
        -------
        Condition
        """
        return cls(key, {field.name: field.default for field in KINDS[key].fields})

    @property
    def constraint(self) -> Constraint:
        """What must hold; raises `RequestError` in a sentence if a field is wrong."""
        try:
            part = parse_constraint(self._spec())
        except RequestError as error:
            kind = KINDS[self.key]
            text = str(error).removeprefix(f"{kind.label}, ").replace("Field required", "it is missing")
            for start in (": ", " ", "."):
                text = text.removeprefix(f"{kind.constraint}{start}")
            raise RequestError(f"{kind.label}: {text}") from error
        return ~part if self.negated else part

    def code(self) -> str:
        """The constraint as a line of Python.

        Returns
        -------
        str
            Such as ``ilrs.SunElevation(min="0 deg")``.
        """
        given = {name: value for name, value in self._spec().items() if name != "kind"}
        inside = ", ".join(f"{name}={_python(value)}" for name, value in given.items())
        call = f"ilrs.{type(parse_constraint(self._spec())).__name__}({inside})"
        return f"~{call}" if self.negated else call

    def _spec(self) -> dict[str, Any]:
        kind = KINDS[self.key]
        spec: dict[str, Any] = {"kind": kind.constraint}
        for field in kind.fields:
            text = self.texts.get(field.name, "")
            if text:
                spec[field.name] = _with_unit(field, text, kind.label)
        if "first" in spec or "second" in spec:
            spec["bodies"] = (spec.pop("first", ""), spec.pop("second", ""))
        return spec


def _with_unit(field: Field, text: str, kind: str) -> str:
    if not field.unit:
        return text
    try:
        number = float(text.removesuffix(field.unit).strip().replace("−", "-").replace(",", "."))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise RequestError(f"{kind}, {field.label}: {text!r:.30} is not a number of {field.unit}")
    return f"{number:.10g} {field.unit}"


def _without_unit(field: Field, text: str) -> str:
    return f"{parse_quantity(text, field.unit):.10g}" if field.unit else text


def _python(value: object) -> str:
    if isinstance(value, tuple):
        return "(" + ", ".join(map(_python, value)) + ")"
    return '"' + str(value) + '"'


def constraint_of(rows: Iterable[Condition], joined: Joined) -> Constraint | None:
    """The constraint of all rows.

    Parameters
    ----------
    rows : iterable of Condition
        In order.
    joined : {"all", "any"}
        How they are joined.

    Returns
    -------
    Constraint or None
        None if there is no row.

    Raises
    ------
    RequestError
        For the first field that is wrong.
    """
    parts = [row.constraint for row in rows]
    if not parts:
        return None
    return reduce(lambda a, b: a & b if joined == "all" else a | b, parts)


def rows_of(constraint: Constraint | Mapping[str, Any] | None) -> tuple[tuple[Condition, ...], Joined]:
    """Rows for a constraint, as a notebook gives it.

    Parameters
    ----------
    constraint : Constraint, mapping or None
        One kind, or all or any of several, each possibly negated.

    Returns
    -------
    rows : tuple of Condition
        In order.
    joined : {"all", "any"}
        How they are joined.

    Raises
    ------
    RequestError
        If it is more deeply nested than rows can show, or malformed.
    """
    if constraint is None:
        return (), "all"
    spec = parse_constraint(dict(constraint) if isinstance(constraint, Mapping) else constraint)
    parts = spec.of if isinstance(spec, AllOf | AnyOf) else (spec,)
    if len(parts) > MOST:
        raise RequestError(f"the dashboard takes {MOST} conditions, not {len(parts)}")
    return tuple(map(_row, parts)), "any" if isinstance(spec, AnyOf) else "all"


def _row(part: Constraint) -> Condition:
    inner, negated = (part.of, True) if isinstance(part, Not) else (part, False)
    written = inner.model_dump(mode="json", exclude_defaults=True, exclude_none=True) | {"kind": inner.kind}
    if "bodies" in written:
        written["first"], written["second"] = written.pop("bodies")
    for key, kind in KINDS.items():
        known = {field.name: field for field in kind.fields}
        given = {name: value for name, value in written.items() if name != "kind"}
        if kind.constraint != inner.kind or not set(given) <= set(known):
            continue
        texts = {name: _without_unit(known[name], str(value)) for name, value in given.items()}
        return Condition(key, texts, negated)
    raise RequestError(f"the dashboard has no row for {inner.label}")
