"""Plain words for what pydantic finds, the same for YAML and for Python."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args

from pydantic import BaseModel, WithJsonSchema
from pydantic_core import ErrorDetails

from ilrs_science.errors import closest

__all__ = ["LONGEST", "listed", "models_at", "models_in", "plain_words", "quoted", "unit_at", "unknown"]

#: Characters of a name or value that are repeated.
LONGEST = 60
#: Names that are listed one by one; of more, only their number is told.
_MOST = 12
_LIMITS = {
    "greater_than": "must be more than",
    "greater_than_equal": "must be at least",
    "less_than": "must be less than",
    "less_than_equal": "must be at most",
}
_SAID = {
    "tuple_type": "is not a list, such as [a, b]",
    "model_type": "is not a map from fields to values",
    "model_attributes_type": "is not a map from fields to values",
    "dict_type": "is not a map from fields to values",
    "finite_number": "is not a finite number",
    "string_pattern_mismatch": "is not a name: lower-case letters, digits and _, a letter first",
    "union_tag_not_found": "has no kind; write a map such as {kind: sun_elevation, min: 0 deg}",
}


def plain_words(detail: ErrorDetails, model: type[BaseModel]) -> str:
    """What is wrong, in one line that needs no knowledge of the program.

    Parameters
    ----------
    detail : ErrorDetails
        One fault that pydantic found.
    model : type
        Class of the record, or of the part, that was made.

    Returns
    -------
    str
        Such as ``must be at least 0 kg (given: '-1 kg')``.
    """
    kind, context, given = detail["type"], detail.get("ctx", {}), detail["input"]
    if kind == "value_error":
        return str(context["error"])
    if kind in ("enum", "literal_error"):
        known = quoted(context.get("expected"))
        return f"{unknown('choice', str(given), known)}; one of {', '.join(known)}"
    if kind == "union_tag_invalid":
        return unknown("kind", str(context.get("tag")), quoted(context.get("expected_tags")))
    if isinstance(given, list | tuple) and kind in ("union_tag_not_found", "model_attributes_type"):
        return "is a list; for all of them write {kind: all_of, of: [...]}, for one of them any_of"
    if kind == "string_type":
        return _no_text(given)
    told = _told(kind, context, unit_at(model, detail["loc"]))
    shown = f" (given: {str(given)[:40]!r})" if isinstance(given, str | int | float) else ""
    return told + shown


def _told(kind: str, context: dict[str, Any], unit: str) -> str:
    if kind in _LIMITS:
        return f"{_LIMITS[kind]} {next(iter(context.values())):g}{unit}"
    if kind == "too_short":
        least = context["min_length"]
        return f"is a list of {context['actual_length']}; at least {least} {'is' if least == 1 else 'are'} needed"
    if kind == "too_long":
        return f"is a list of {context['actual_length']}; at most {context['max_length']} may be"
    if kind == "string_too_long":
        return f"is too long; at most {context['max_length']} characters"
    if kind.startswith("int_"):
        return "is not a whole number"
    if kind.startswith("bool_"):
        return "is neither true nor false"
    return "is not a number" if kind.startswith("float_") else _SAID.get(kind, "cannot be read")


def _no_text(given: object) -> str:
    """What YAML takes for something else: ``no`` for false, ``12`` for a number."""
    if isinstance(given, bool):
        word = "yes" if given else "no"
        return f'is read as {str(given).lower()}, not as text; quote it, as in "{word}"'
    if isinstance(given, int | float):
        return f'is a number, not text; quote it, as in "{str(given)[:40]}"'
    return "is not text"


def unit_at(model: type[BaseModel], location: tuple[str | int, ...]) -> str:
    """Canonical unit of the field at a location.

    Parameters
    ----------
    model : type
        Class in which the location begins.
    location : tuple
        Fields and positions.

    Returns
    -------
    str
        After a space; empty for a plain number.
    """
    names = [step for step in location if isinstance(step, str)]
    for one in models_at(model, tuple(names[:-1])) if names else []:
        field = one.model_fields.get(names[-1])
        unit = _unit((field.annotation, *field.metadata)) if field is not None else ""
        return f" {unit}" if unit not in ("", "1") else ""
    return ""


def _unit(parts: Iterable[Any]) -> str:
    """Unit among annotations, at any depth."""
    for part in parts:
        if isinstance(part, WithJsonSchema):
            return str((part.json_schema or {}).get("unit", ""))
        inner = (*get_args(part), *getattr(part, "__metadata__", ()))
        if inner and (unit := _unit(inner)):
            return unit
    return ""


def models_at(model: type[BaseModel], location: tuple[str | int, ...]) -> list[type[BaseModel]]:
    """The model that stands at a location of the schema, where a step may also be the kind of a constraint.

    Parameters
    ----------
    model : type
        Class in which the location begins.
    location : tuple
        Fields and positions.

    Returns
    -------
    list of type
        One, or none if several may stand there.
    """
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
            for inner in models_in(one.model_fields[step].annotation)
        ]
    return current if len(current) == 1 else []


def models_in(annotation: Any) -> list[type[BaseModel]]:
    """Classes of the parts that an annotation allows.

    Parameters
    ----------
    annotation : object
        Of a field.

    Returns
    -------
    list of type
        Empty for a plain value.
    """
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in models_in(part)]


def quoted(expected: object) -> list[str]:
    """Names that pydantic lists in quotes.

    Parameters
    ----------
    expected : object
        Such as ``'a', 'b' or 'c'``.

    Returns
    -------
    list of str
        Without the quotes.
    """
    return [word.strip("' ") for word in str(expected or "").replace(" or ", ", ").split(",")]


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """That a name is not known, with the nearest ones.

    Parameters
    ----------
    what : str
        What it should have named, such as ``"field"``.
    name : str
        As it was typed.
    known : iterable of str
        The names that exist.

    Returns
    -------
    str
        Such as ``unknown field 'lenght'; did you mean length?``.
    """
    near = closest(name[:LONGEST], known)
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    return f"unknown {what} {name[:LONGEST]!r}{hint}"


def listed(known: Iterable[str], how: str) -> str:
    """The names that are allowed, or where to find them if they are many.

    Parameters
    ----------
    known : iterable of str
        The names that exist.
    how : str
        Command that lists them.

    Returns
    -------
    str
        Such as ``min, max``, or ``one of 64; see: ilrs catalogue list --kind sites``.
    """
    names = list(known)
    return ", ".join(names) if len(names) <= _MOST else f"one of {len(names)}; see: {how}"
