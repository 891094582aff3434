"""From what pydantic found to faults that a person can act on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ilrs_science.catalogue.library.reader import Place
from ilrs_science.errors import closest

__all__ = ["explain"]


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
        place = _place(detail["loc"], data)
        wrong, allowed = _words(detail, place, model)
        if (place, wrong) not in seen:
            seen.add((place, wrong))
            yield place, wrong, allowed


def _place(location: tuple[str | int, ...], data: Any) -> Place:
    """The part of a location that exists in the data; steps of the schema itself are left out."""
    place: list[str | int] = []
    for step in location:
        if isinstance(data, dict) and step in data:
            place, data = [*place, step], data[step]
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            place, data = [*place, step], data[step]
    return tuple(place)


def _words(detail: ErrorDetails, place: Place, model: type[BaseModel]) -> tuple[str, str]:
    kind, context = detail["type"], detail.get("ctx", {})
    match kind:
        case "missing":
            return f"{detail['loc'][-1]} is missing", ""
        case "extra_forbidden":
            known = _fields(model, place[:-1])
            return _unknown("field", str(place[-1]), known), ", ".join(known)
        case "enum" | "literal_error":
            allowed = str(context.get("expected", ""))
            known = [word.strip("' ") for word in allowed.replace(" or ", ", ").split(",")]
            return _unknown("choice", str(detail["input"]), known), ", ".join(known)
        case "union_tag_invalid":
            known = [tag.strip("' ") for tag in str(context.get("expected_tags", "")).split(",")]
            return _unknown("kind", str(context.get("tag")), known), ", ".join(known)
        case "string_pattern_mismatch":
            return f"{str(detail['input'])[:60]!r} is not a name", "lower-case letters, digits and _"
        case "value_error":
            return str(context["error"]), ""
    given = detail["input"]
    shown = f" (given: {str(given)[:40]!r})" if isinstance(given, str | int | float) else ""
    message = detail["msg"]
    return message[:1].lower() + message[1:] + shown, ""


def _unknown(what: str, name: str, known: list[str]) -> str:
    near = closest(name[:60], known)
    return f"unknown {what} {name[:60]!r}" + (f"; did you mean {' or '.join(near)}?" if near else "")


def _fields(model: type[BaseModel], place: Place) -> list[str]:
    """Fields of the model that stands at a place; of the record itself if that is not one model."""
    current: type[BaseModel] = model
    for step in place:
        if not isinstance(step, str):
            continue
        info = current.model_fields.get(step)
        inner = _models(info.annotation) if info else []
        if len(inner) != 1:
            return []
        current = inner[0]
    return list(current.model_fields)


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models(part)]
