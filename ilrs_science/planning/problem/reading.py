"""JSON that people write: read strictly, and told by record and field where it is wrong."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from pydantic import BaseModel, ValidationError

from ilrs_science.errors import RequestError, closest

__all__ = ["field_faults", "form_of", "read_json"]

#: Lists of records by field, and one of them in words.
SINGULAR = {"activities": "activity", "resources": "resource", "placements": "placement"}
#: What JSON calls it, by the type of a fault.
KINDS = {
    "tuple_type": "a list",
    "model_attributes_type": "an object",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_parsing": "true or false",
    "string_too_short": "a name that is not blank",
    "string_pattern_mismatch": "a name that is not blank",
    "string_unicode": "text in Unicode",
    "dict_type": "an object",
    "model_type": "an object",
    "string_type": "text",
    "bool_type": "true or false",
}
#: Longest value that a message repeats.
LONGEST = 40


def read_json(source: str | Path, what: str) -> Any:
    """Content of a JSON text or file.

    Parameters
    ----------
    source : str or Path
        JSON text, or the path of a file that holds it.
    what : str
        What it should be, for messages.

    Returns
    -------
    object
        As `json` gives it.

    Raises
    ------
    RequestError
        If there is no such file, it is no text, it is no JSON, or a key stands twice in one object.
    """
    text = source
    if isinstance(source, Path) or not source.lstrip().startswith(("{", "[")):
        path = Path(source)
        try:
            text = _text(path)
        except FileNotFoundError:
            raise RequestError(f"cannot read the {what} {path.name!r}: there is no such file") from None
        except UnicodeDecodeError:
            raise RequestError(f"cannot read the {what} {path.name!r}: it is no text in UTF-8") from None
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or error
            raise RequestError(f"cannot read the {what} {path.name!r}: {why}") from None
    try:
        return json.loads(str(text), object_pairs_hook=_object, parse_constant=_constant)
    except RecursionError:
        raise RequestError(f"the {what} is not JSON that can be read: it is nested too deeply") from None
    except ValueError as error:
        why = "a number has thousands of digits" if "set_int_max_str_digits" in str(error) else error
        raise RequestError(f"the {what} is not JSON: {why}") from None


def form_of(fields: object) -> str:
    """Which of our forms something is that JSON gives.

    Parameters
    ----------
    fields : object
        As `read_json` gives it.

    Returns
    -------
    str
        ``"problem"``, ``"plan"`` or ``"result"``; empty if it looks like none of them.
    """
    if not isinstance(fields, Mapping):
        return ""
    if "certificate" in fields or isinstance(fields.get("plan"), Mapping):
        return "result"
    if "placements" in fields:
        return "plan"
    return "problem" if {"horizon_s", "activities"} & fields.keys() else ""


def _text(path: Path) -> str:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise ValueError("it is a folder")
    if stat.S_ISBLK(mode) or (stat.S_ISCHR(mode) and not _terminal(path)):
        raise ValueError("it is a device")
    return path.read_text("utf-8-sig")


def _terminal(path: Path) -> bool:
    """Whether a device is a terminal, at which a person may type."""
    with path.open("rb", buffering=0) as stream:
        return stream.isatty()


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return found


def _constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def field_faults(
    error: ValidationError, given: object, model: type[BaseModel], parts: Mapping[str, type[BaseModel]]
) -> list[str]:
    """Each fault of the form of fields in a line, with the record by its id and the nearest name.

    Parameters
    ----------
    error : ValidationError
        What pydantic found.
    given : object
        What it was given.
    model : type
        Class of the whole.
    parts : mapping of str to type
        Class of its parts, by the field or the kind that leads to them.

    Returns
    -------
    list of str
        Such as ``activity 'drill': duration_s: field required``.
    """
    lines = []
    kinds = [name for name, kind in parts.items() if "kind" in kind.model_fields]
    for fault in error.errors(include_url=False):
        path = fault["loc"]
        owner = next((parts[str(step)] for step in reversed(path[:-1]) if step in parts), model)
        told, where = str(fault["msg"]), _where(path, given)
        if fault["type"] == "extra_forbidden":
            near = closest(str(path[-1]), owner.model_fields, 1)
            told = "no such field" + (f"; did you mean {near[0]}?" if near else "")
        elif fault["type"] == "union_tag_invalid":
            context = fault.get("ctx", {})
            known = str(context.get("expected_tags", "")).replace("'", "")
            near = closest(str(context.get("tag")), known.split(", "), 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            told = f"unknown kind {context.get('tag')!r:.{LONGEST}}{hint} (known: {known})"
        elif fault["type"] == "union_tag_not_found":
            told = f"must say its kind: {', '.join(kinds)}"
        elif fault["type"] == "int_parsing_size":
            told = f"is too large a number (given: {_short(fault['input'])})"
        elif fault["type"] in ("too_long", "too_short"):
            context = fault.get("ctx", {})
            count = context.get("max_length", context.get("min_length"))
            told = f"must have {count} entries (given: {_short(fault['input'])})"
        elif fault["type"] in KINDS:
            told = f"must be {KINDS[fault['type']]} (given: {_short(fault['input'])})"
        elif isinstance(fault["input"], str | int | float | None) and fault["type"] != "value_error":
            told += f" (given: {_short(fault['input'])})"
        told = told.removeprefix("Value error, ")
        lines.append(f"{where}: {told[:1].lower()}{told[1:]}" if where else told)
    return lines


def _where(path: Sequence[str | int], given: object) -> str:
    """Place of a fault: the record by its id, then the fields, those of a list by number."""
    words = list(_steps(path, given))
    return ": ".join(word for word in words if word)


def _steps(path: Sequence[str | int], given: object) -> Iterator[str]:
    rest = list(path)
    if len(rest) > 1 and rest[0] in SINGULAR:
        field, number = str(rest[0]), rest[1]
        kind = SINGULAR[field]
        record = given.get(field, [])[number] if isinstance(given, Mapping) else None
        rest = rest[2:]
        if field == "resources" and isinstance(record, Mapping) and rest and rest[0] == record.get("kind"):
            kind, rest = str(rest[0]), rest[1:]
        name = record.get("id") if isinstance(record, Mapping) else None
        yield f"{kind} {_short(name)}" if isinstance(name, str) and name else f"{field}[{number}]"
    text = ""
    for step in rest:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    yield text


def _short(value: object) -> str:
    try:
        text = repr(value)
    except ValueError:  # a whole number with more digits than Python prints
        return "a number of thousands of digits"
    if len(text) <= LONGEST:
        return text
    return f"{text[: LONGEST - 4]}...{text[0]}" if text[0] in "'\"" else f"{text[: LONGEST - 3]}..."
