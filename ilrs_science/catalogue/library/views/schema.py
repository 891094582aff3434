"""JSON Schema of the files of a catalogue folder, so that an editor completes, explains and checks them.

It says no less than the record classes about names, types, units and choices; what ties several fields together only
``ilrs catalogue check`` can tell. Of the units it knows the usual ones; the loader knows more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from ilrs_science.catalogue.library.kinds import KINDS, NUMBERLESS, SINGULAR
from ilrs_science.catalogue.provenance import Basis
from ilrs_science.catalogue.record import field_docs
from ilrs_science.unit_names import spellings
from ilrs_science.units import format_quantity

__all__ = ["folder_schema", "models_in", "record_schema"]

_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_NUMBER: Final = r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?"
_BASIS: Final = f"^({'|'.join(Basis)})( [HML])?( [^ ]+)*$"
_LIMITS: Final = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}
_EXTENDS: Final = {
    "type": "string",
    "description": "Id of a record of this kind that this one changes; then only what is different need be written.",
}


def record_schema(kind: str) -> dict[str, Any]:
    """JSON Schema of a file that holds records of one kind: one of them, or a list.

    Parameters
    ----------
    kind : str
        Folder of the kind, such as ``"sites"``.

    Returns
    -------
    dict
        Draft 2020-12.
    """
    record, shared = _record(kind)
    name = SINGULAR[kind]
    return {
        "$schema": _DRAFT,
        "title": f"{kind} of the catalogue",
        "anyOf": [{"$ref": f"#/$defs/{name}"}, {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}],
        "$defs": {name: record, **shared},
    }


def folder_schema() -> dict[str, Any]:
    """JSON Schema of a file at the top of a folder: its keys are kinds of records, or ``sources``.

    Returns
    -------
    dict
        Draft 2020-12.
    """
    shared: dict[str, Any] = {}
    properties: dict[str, Any] = {}
    for kind in KINDS:
        record, parts = _record(kind)
        shared |= {SINGULAR[kind]: record, **parts}
        one = {"$ref": f"#/$defs/{SINGULAR[kind]}"}
        properties[kind] = {"anyOf": [one, {"type": "array", "items": one}, {"type": "null"}]}
    text = {"type": "string", "description": "What was read, so that another person finds it."}
    properties["sources"] = {"type": "object", "additionalProperties": text}
    return {
        "$schema": _DRAFT,
        "title": "Records of the catalogue",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "$defs": shared,
    }


def _record(kind: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Schema of one record, and of the parts that it refers to."""
    model = KINDS[kind]
    schema = model.model_json_schema()
    shared: dict[str, Any] = schema.pop("$defs", {})
    known = {one.__name__: one for one in models_in(model)}
    for name, part in shared.items():
        if name in known:
            _describe(part, known[name])
    _describe(schema, model)
    needed = {"id", *schema.pop("required", ())} | (set() if kind in NUMBERLESS else {"basis"})
    schema["properties"] = {**schema["properties"], "extends": _EXTENDS}
    schema["anyOf"] = [{"required": ["extends"]}, {"required": sorted(needed)}]
    return _plain(schema), {name: _plain(part) for name, part in shared.items()}


def _describe(schema: dict[str, Any], model: type[BaseModel]) -> None:
    """Say what each field is in the words of its docstring."""
    docs = field_docs(model)
    for name, field in schema.get("properties", {}).items():
        field.pop("title", None)
        words = [docs.get(name, ""), str(field.get("description", "")), *_limits(model.model_fields[name])]
        if said := " ".join("; ".join(filter(None, words)).split()):
            field["description"] = said
        if name == "basis" and field.get("type") == "object":
            field["additionalProperties"] = {"type": "string", "pattern": _BASIS}
    schema["description"] = " ".join((model.__doc__ or "").strip().split("\n\n")[0].split())


def _limits(field: FieldInfo) -> list[str]:
    """Limits of a field in words."""
    return [
        f"{words} {getattr(one, name):g}"
        for one in field.metadata
        for name, words in _LIMITS.items()
        if hasattr(one, name)
    ]


def _plain(schema: Any) -> Any:
    """Quantities as text with a unit, limits in words; the rest as it is."""
    if isinstance(schema, list):
        return [_plain(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if "unit" in schema and isinstance(schema["unit"], str):
        return _quantity(dict(schema), schema["unit"])
    return {key: _plain(value) for key, value in schema.items()}


def _quantity(schema: dict[str, Any], unit: str) -> dict[str, Any]:
    """A number in units as text; a fraction may be a plain number too."""
    del schema["unit"]
    names = "|".join(re.escape(name) for name in spellings(unit))
    pattern = rf"^\s*{_NUMBER}\s*({names}){'?' if unit == '1' else ''}\s*$"
    if isinstance(schema.get("default"), int | float) and unit != "1":
        schema["default"] = format_quantity(schema["default"], unit)
    return {**schema, "type": ["string", "number"] if unit == "1" else "string", "pattern": pattern}


def models_in(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A model and every model inside its fields, each once.

    Parameters
    ----------
    model : type
        Record class, or class of a part.

    Yields
    ------
    type
        The model itself first.
    """
    seen: dict[type[BaseModel], None] = {}
    waiting = [model]
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen[one] = None
            waiting += [inner for field in one.model_fields.values() for inner in _models(field.annotation)]
    yield from seen


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)
