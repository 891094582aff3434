"""From what pydantic found to faults that a person can act on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ilrs_science.catalogue.library.kinds import KINDS, SINGULAR
from ilrs_science.catalogue.library.names import listed, unknown
from ilrs_science.catalogue.library.reader import Place
from ilrs_science.catalogue.record import field_docs

__all__ = ["explain"]

_UNIT = re.compile(r"\[([^\]]+)\]$")
#: Where the kinds of conditions are told.
_SCHEMA = "ilrs catalogue schema experiment"
_UNITLESS = ("1", "points")
_LIMITS = {
    "greater_than": "must be more than",
    "greater_than_equal": "must be at least",
    "less_than": "must be less than",
    "less_than_equal": "must be at most",
}


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
            known = [name for one in _models_at(model, detail["loc"][:-1]) for name in one.model_fields]
            return unknown("field", str(place[-1]), known), listed(known, _how(model))
        case "enum" | "literal_error":
            known = [
                word.strip("' ") for word in str(context.get("expected", "")).replace(" or ", ", ").split(",")
            ]
            return unknown("choice", str(detail["input"]), known), listed(known, _how(model))
        case "union_tag_invalid":
            known = [tag.strip("' ") for tag in str(context.get("expected_tags", "")).split(",")]
            return unknown("kind", str(context.get("tag")), known), listed(known, _SCHEMA)
        case "union_tag_not_found":
            return "has no kind", "a map such as {kind: sun_elevation, min: 0 deg}"
        case "string_pattern_mismatch":
            return f"{str(detail['input'])[:60]!r} is not a name", "lower-case letters, digits and _"
        case "value_error":
            return str(context["error"]), ""
    wrong = (
        _plain(kind, context, _unit(detail["loc"], model)) or detail["msg"][:1].lower() + detail["msg"][1:]
    )
    given = detail["input"]
    shown = f" (given: {str(given)[:40]!r})" if isinstance(given, str | int | float) else ""
    return wrong + shown, ""


def _plain(kind: str, context: dict[str, Any], unit: str) -> str:
    """Plain words for what pydantic says of limits, lengths and types; empty for what it seldom says."""
    match kind:
        case "greater_than" | "greater_than_equal" | "less_than" | "less_than_equal":
            return f"{_LIMITS[kind]} {next(iter(context.values())):g}{unit}"
        case "too_short":
            least = context["min_length"]
            return f"is a list of {context['actual_length']}; at least {least} {'is' if least == 1 else 'are'} needed"
        case "string_too_long":
            return f"is too long; at most {context['max_length']} characters"
        case "string_type":
            return "is not text"
        case "tuple_type":
            return "is not a list, such as [a, b]"
        case "model_type" | "model_attributes_type":
            return "is not a map from fields to values"
        case "finite_number":
            return "is not a finite number"
    if kind.startswith("int_"):
        return "is not a whole number"
    return "is not a number" if kind.startswith("float_") else ""


def _unit(location: tuple[str | int, ...], model: type[BaseModel]) -> str:
    """Canonical unit of the field at a location, after a space; empty for a plain number."""
    names = [step for step in location if isinstance(step, str)]
    docs = (
        [field_docs(one).get(names[-1], "") for one in _models_at(model, tuple(names[:-1]))] if names else []
    )
    found = _UNIT.search(docs[0]) if docs else None
    return f" {found[1]}" if found and found[1] not in _UNITLESS else ""


def _how(model: type[BaseModel]) -> str:
    """Command that writes all fields of a kind of record."""
    return next(
        (f"ilrs catalogue new {SINGULAR[kind]}" for kind, one in KINDS.items() if one is model), _SCHEMA
    )


def _models_at(model: type[BaseModel], location: tuple[str | int, ...]) -> list[type[BaseModel]]:
    """The model that stands at a location of the schema, where a step may also be the kind of a constraint."""
    current = [model]
    for step in location:
        if isinstance(step, int):
            continue
        tagged = [
            one for one in current if "kind" in one.model_fields and one.model_fields["kind"].default == step
        ]
        current = tagged or [
            inner
            for one in current
            if step in one.model_fields
            for inner in _models(one.model_fields[step].annotation)
        ]
    return current if len(current) == 1 else []


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models(part)]
