"""The fields of a record class as columns of a table, each with its unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from types import MappingProxyType
from typing import Any, get_args

from ilrs_science.catalogue.record import Part, field_docs

__all__ = ["columns_of", "part_of", "unit_in"]

_UNIT = re.compile(r"\[([^\]]+)\]\.?$")


def unit_in(doc: str) -> str:
    """Unit that a docstring ends with.

    Parameters
    ----------
    doc : str
        Such as ``"Mass. [kg]"``.

    Returns
    -------
    str
        Such as ``kg``; empty if there is none.
    """
    found = _UNIT.search(doc.split("\n\n", maxsplit=1)[0].strip())
    return found[1] if found else ""


def part_of(annotation: Any) -> type[Part] | None:
    """The one part that a field may hold.

    Parameters
    ----------
    annotation : object
        Annotation of the field.

    Returns
    -------
    type or None
        None if the field holds anything else, a list of parts for example.
    """
    if isinstance(annotation, type):
        return annotation if issubclass(annotation, Part) else None
    inner = [one for one in get_args(annotation) if one is not type(None)]
    return part_of(inner[0]) if len(inner) == 1 and Ellipsis not in get_args(annotation) else None


@cache
def columns_of(model: type[Part]) -> MappingProxyType[str, str]:
    """Dotted path and unit of every value that a record of a class has.

    Parameters
    ----------
    model : type
        Record class, or class of a part.

    Returns
    -------
    mapping of str to str
        Such as ``{"id": "", "mass": "kg", "power.operate": "W"}``; without ``basis``. A field that says what it is by
        its own parts has no column itself.
    """
    return MappingProxyType(dict(_columns(model, "")))


def _has_numbers(annotation: Any) -> bool:
    """Whether a field holds numbers itself, not in parts."""
    return annotation in (float, int) or any(map(_has_numbers, get_args(annotation)))


def _columns(model: type[Part], path: str) -> Iterator[tuple[str, str]]:
    docs = field_docs(model)
    for name, field in model.model_fields.items():
        if name == "basis":
            continue
        where = f"{path}.{name}" if path else name
        part = part_of(field.annotation)
        if part is None:
            yield where, unit_in(docs.get(name, "")) if _has_numbers(field.annotation) else ""
        else:
            yield from _columns(part, where)
