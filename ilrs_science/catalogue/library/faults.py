"""From what pydantic found to faults that a person can act on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ilrs_science.catalogue.library.kinds import KINDS, SINGULAR
from ilrs_science.catalogue.library.reader import Place
from ilrs_science.catalogue.whole import whole_faults
from ilrs_science.catalogue.wording import LONGEST, listed, models_at, plain_words, quoted, unknown

__all__ = ["explain"]

#: Where the kinds of conditions are told.
_SCHEMA = "ilrs catalogue schema experiment"


def explain(error: ValidationError, data: Any, model: type[BaseModel]) -> Iterator[tuple[Place, str, str]]:
    """Place, what is wrong, and what is allowed, for every fault of one record.

    Parameters
    ----------
    error : pydantic.ValidationError
        What the record class found.
    data : object
        The values that were given.
    model : type
        The record class.

    Yields
    ------
    tuple
        Place inside the data, what is wrong, what is allowed.
    """
    seen: set[tuple[Place, str]] = set()
    for detail in error.errors(include_url=False):
        if detail["type"] == "default_factory_not_called":  # a default that waits for another faulty field
            continue
        place = _place(detail["loc"], data)
        wrong, allowed = _words(detail, place, model)
        if (place, wrong) not in seen:
            seen.add((place, wrong))
            yield place, wrong, allowed
    fields = {str(place[0]) for place, _ in seen if place}
    for wrong in whole_faults(model, data, fields, {"strict_units": True}) if isinstance(data, dict) else ():
        if ((), wrong) not in seen:
            yield (), wrong, ""


def _place(location: tuple[str | int, ...], data: Any) -> Place:
    """The part of a location that exists in the data; steps of the schema itself are left out."""
    place: list[str | int] = []
    for step in location:
        known = range(len(data)) if isinstance(data, list) else data if isinstance(data, dict) else ()
        if step in known:
            place, data = [*place, step], data[step]
    return tuple(place)


def _words(detail: ErrorDetails, place: Place, model: type[BaseModel]) -> tuple[str, str]:
    """What is wrong, and what is allowed, in the words of the field."""
    kind, context = detail["type"], detail.get("ctx", {})
    match kind:
        case "missing":
            return f"{detail['loc'][-1]} is missing", ""
        case "extra_forbidden":
            known = [name for one in models_at(model, detail["loc"][:-1]) for name in one.model_fields]
            return unknown("field", str(place[-1]), known), listed(known, _how(model))
        case "enum" | "literal_error":
            known = quoted(context.get("expected"))
            return unknown("choice", str(detail["input"]), known), listed(known, _how(model))
        case "union_tag_invalid":
            known = quoted(context.get("expected_tags"))
            return unknown("kind", str(context.get("tag")), known), listed(known, _SCHEMA)
        case "string_pattern_mismatch":
            return f"{str(detail['input'])[:LONGEST]!r} is not a name", "lower-case letters, digits and _"
    return plain_words(detail, model), ""


def _how(model: type[BaseModel]) -> str:
    """Command that writes all fields of a kind of record."""
    return next(
        (f"ilrs catalogue new {SINGULAR[kind]}" for kind, one in KINDS.items() if one is model), _SCHEMA
    )
