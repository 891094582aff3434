"""A condition as far as a person has filled it in, and the constraint that it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from ilrs_science.catalogue.constraint import Constraint, Not, parse_constraint
from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.panels.condition_fields import Field, Values, fits
from ilrs_science.panels.condition_forms import FORMS, Form

__all__ = ["Condition"]


@dataclass(frozen=True)
class Condition:
    """One row of the list of conditions; what is filled in may still be wrong.

    Parameters
    ----------
    kind : str
        Kind of the constraint.
    values : mapping
        What is filled in, by the key of the field; each is cut to size, what is missing has its default.
    negated : bool
        Whether it must not hold.

    Raises
    ------
    UnknownNameError
        If there is no such kind.
    """

    kind: str
    values: Values = field(default_factory=dict)
    negated: bool = False

    def __post_init__(self) -> None:
        if self.kind not in FORMS:
            raise UnknownNameError("condition", str(self.kind)[:40], FORMS)
        filled = {one.key: one.bounded(self.values.get(one.key, one.default)) for one in self.form.fields}
        object.__setattr__(self, "values", MappingProxyType(filled))
        object.__setattr__(self, "negated", bool(self.negated))

    @classmethod
    def of(cls, constraint: Constraint | Mapping[str, Any]) -> Condition:
        """The condition that stands for a constraint.

        Parameters
        ----------
        constraint : Constraint or mapping
            Of one kind, or the opposite of one.

        Returns
        -------
        Condition

        Raises
        ------
        RequestError
            If it is joined of several, which take a row each.
        """
        spec = parse_constraint(dict(constraint) if isinstance(constraint, Mapping) else constraint)
        negated = isinstance(spec, Not)
        leaf = spec.of if isinstance(spec, Not) else spec
        if leaf.kind not in FORMS:
            raise RequestError(f"{spec.label}: give each condition a row of its own")
        parts = _flat(leaf.model_dump(mode="json", exclude_none=True))
        return cls(leaf.kind, {one.key: one.value_of(parts) for one in FORMS[leaf.kind].fields}, negated)

    @property
    def form(self) -> Form:
        """What there is to fill in."""
        return FORMS[self.kind]

    def wanted(self, place: str) -> list[Field]:
        """Fields that are asked for at a kind of place.

        Parameters
        ----------
        place : {"site", "station", "orbit"}
            Kind of place.

        Returns
        -------
        list of Field
            In their order.
        """
        here = {one.key: one for one in self.form.fields if fits(one.at, place)}
        return [
            one
            for one in here.values()
            if one.only_if is None
            or one.only_if[0] not in here
            or self.values[one.only_if[0]] == one.only_if[1]
        ]

    def filled(self, key: str, value: Any) -> Condition:
        """The condition with another value in a field.

        Parameters
        ----------
        key : str
            Of the field.
        value : object
            What is filled in.

        Returns
        -------
        Condition
        """
        return replace(self, values={**self.values, key: value})

    def constraint(self, place: str) -> Constraint:
        """The constraint that it stands for.

        Parameters
        ----------
        place : {"site", "station", "orbit"}
            Kind of place.

        Returns
        -------
        Constraint

        Raises
        ------
        RequestError
            If it makes no sense at this kind of place, or something filled in is wrong; one line, in words.
        """
        if not fits(self.form.at, place):
            other = "an orbit" if self.form.at == "orbit" else f"a {self.form.at}"
            raise RequestError(f"it needs {other} as the place; choose one, or another condition")
        spec: dict[str, Any] = {"kind": self.kind}
        for one in self.wanted(place):
            spec.update(one.parts(self.values[one.key]))
        try:
            found = parse_constraint(_nested(spec))
        except RequestError as error:
            raise RequestError(str(error).removeprefix(self.kind).lstrip(".: ")) from None
        return ~found if self.negated else found


def _nested(flat: Values) -> dict[str, Any]:
    """Entries at dotted places brought to where they belong; numbers in a place count in a list."""
    nested: dict[str, Any] = {}
    for place, value in flat.items():
        *way, last = place.split(".")
        inner = nested
        for step in way:
            inner = inner.setdefault(step, {})
        inner[last] = value
    return {name: _listed(value) for name, value in nested.items()}


def _listed(value: Any) -> Any:
    if isinstance(value, dict) and value and all(key.isdecimal() for key in value):
        return [value[key] for key in sorted(value)]
    return value


def _flat(nested: Values, place: str = "") -> dict[str, Any]:
    """Entries by dotted place; plain lists of names stay together, as do limits."""
    flat: dict[str, Any] = {}
    for name, value in nested.items():
        here = f"{place}{name}"
        if isinstance(value, dict):
            flat.update(_flat(value, f"{here}."))
        elif isinstance(value, list) and name == "bodies":
            flat.update(_flat(dict(zip("01", value, strict=True)), f"{here}."))
        else:
            flat[here] = value
    return flat
