"""The values of one record by dotted path: as text for people, as plain values for tables."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any

from pydantic import BaseModel

from ilrs_science.catalogue.constraint import Constraint
from ilrs_science.catalogue.record import Record

__all__ = ["texts_of", "value_at"]


def texts_of(record: Record) -> dict[str, str]:
    """Every value of a record as text with its unit, by dotted path.

    Parameters
    ----------
    record : Record
        Any record.

    Returns
    -------
    dict of str to str
        Such as ``{"mass": "6 kg", "robots[rover].power": "40 W"}``: what is empty is left out, entries of a list are
        named by their id or counted from 1, conditions are in words, and ``basis`` is not among them.
    """
    data = record.model_dump(mode="json", exclude={"basis"})
    for name in type(record).model_fields:
        if isinstance(getattr(record, name), Constraint):
            data[name] = getattr(record, name).label
    return dict(_flat("", data))


def _flat(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _flat(f"{path}.{name}" if path else name, inner)
    elif isinstance(value, list) and any(isinstance(entry, dict) for entry in value):
        for number, entry in enumerate(value, 1):
            mark = entry.get("id", number) if isinstance(entry, dict) else number
            inner = (
                {name: one for name, one in entry.items() if name != "id"}
                if isinstance(entry, dict)
                else entry
            )
            yield from _flat(f"{path}[{mark}]", inner)
    elif isinstance(value, list):
        if value:
            yield path, ", ".join(map(str, value))
    elif value not in (None, ""):
        yield path, f"{value:g}" if isinstance(value, float) else str(value)


def value_at(record: BaseModel, path: str) -> Any:
    """Value of a record at a dotted path, as a table holds it.

    Parameters
    ----------
    record : Record
        Any record, or a part of one.
    path : str
        Such as ``"power.operate"``.

    Returns
    -------
    object
        Number in its canonical unit, text, instant or tuple of such; None if there is nothing. Conditions are in words;
        of a list of parts only the ids, or as text those that have none.
    """
    value: Any = record
    for name in path.split("."):
        value = getattr(value, name, None)
    return _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Constraint):
        return value.label
    if isinstance(value, Enum):
        return str(value)
    if isinstance(value, tuple | list):
        return tuple(map(_plain, value))
    if isinstance(value, BaseModel):
        return getattr(value, "id", None) or str(value)
    return value
