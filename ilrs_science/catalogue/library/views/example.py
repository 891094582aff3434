"""A record as an example: the fullest that there is, and made-up values where it says nothing."""

from __future__ import annotations

import re
from collections.abc import Set
from typing import Any, Final

from pydantic import ValidationError

from ilrs_science.catalogue.library.kinds import KINDS, NUMBERLESS, REFERENCES, SINGULAR
from ilrs_science.catalogue.library.views.schema import record_schema
from ilrs_science.catalogue.record import Record

__all__ = ["completed", "example_of", "instead_of"]

_EMPTY: Final[tuple[Any, ...]] = (None, "", [], {})
_DEEPEST: Final = 6
#: Fields in place of which other records could be named; a template names as few as it can.
_STATED: Final = ("power", "energy", "data")
#: Fields that no two records share.
_OWN: Final = {"designator": "2035-001A"}
_SECONDS: Final = re.compile(r"(\d{1,12}) s")


def example_of(kind: str, records: dict[str, list[Record]]) -> dict[str, Any]:
    """Values of a sound record with as many fields as can be.

    Parameters
    ----------
    kind : str
        Folder of the kind, such as ``"experiments"``.
    records : dict
        Records by folder.

    Returns
    -------
    dict
        Values as YAML has them, with an id of its own.
    """
    name = SINGULAR[kind]
    schema = record_schema(kind)
    shared = schema["$defs"]
    fields: dict[str, Any] = {key: one for key, one in shared[name]["properties"].items() if key != "extends"}
    example = max(map(_written, records.get(kind, ())), key=len, default={})
    example = {
        **example,
        "id": f"my_{name}",
        **({} if kind in NUMBERLESS else {"basis": {"default": "estimate"}}),
        **{field: own for field, own in _OWN.items() if field in example},
    }
    known = _known(kind, records)
    missing = {
        field: _made(one, shared, known.get(field), 0)
        for field, one in fields.items()
        if field not in example
    }
    needed = KINDS[kind].model_fields
    example |= {field: value for field, value in missing.items() if needed[field].is_required()}
    for field, value in [*missing.items()] * 2:  # some are sound only beside others that come later
        if field not in example and value not in _EMPTY and _is_sound(kind, {**example, field: value}):
            example[field] = value
    return {field: example[field] for field in fields if field in example}


def _known(kind: str, records: dict[str, list[Record]]) -> dict[str, list[str]]:
    """Ids that each field may name."""
    return {
        field: [record.id for record in records.get(target, ())]
        for folder, field, target in REFERENCES
        if folder == kind
    }


def instead_of(
    kind: str, example: dict[str, Any], field: str, records: dict[str, list[Record]]
) -> tuple[Any, str] | None:
    """A made-up value of a field that an example cannot have, as another stands there in its place.

    Parameters
    ----------
    kind : str
        Folder of the kind.
    example : dict
        A sound record.
    field : str
        Field that it leaves out.
    records : dict
        Records by folder, of which ids are taken.

    Returns
    -------
    tuple, or None
        Value, and the field that would have to go; none if the field needs no such thing, or more than that.
    """
    shared = record_schema(kind)["$defs"]
    allowed = shared[SINGULAR[kind]]["properties"][field]
    value = _made(allowed, shared, _known(kind, records).get(field), 0)
    for other in example:
        rest = {name: one for name, one in example.items() if name != other}
        if value not in _EMPTY and other != "id" and _is_sound(kind, {**rest, field: value}):
            return value, other
    return None


def completed(kind: str, example: dict[str, Any], fields: Set[str]) -> set[str]:
    """Fields of an example that some others need to be sound.

    Parameters
    ----------
    kind : str
        Folder of the kind.
    example : dict
        A sound record.
    fields : set of str
        Those that are required by themselves.

    Returns
    -------
    set of str
        As few as can be: a comparison for example needs sites, orbits or stations.
    """
    kept = dict(example)
    names = [*reversed(example)]
    for field in (*(one for one in names if one not in _STATED), *(one for one in names if one in _STATED)):
        rest = {name: value for name, value in kept.items() if name != field}
        if field not in fields and _is_sound(kind, rest):
            kept = rest
    return set(kept) - set(fields)


def _written(record: Record) -> dict[str, Any]:
    """What a record states, as YAML has it."""
    dumped = record.model_dump(mode="json", exclude_unset=True)
    return {field: _readable(value) for field, value in dumped.items() if value not in _EMPTY}


def _readable(value: Any) -> Any:
    """Durations as a person writes them."""
    if isinstance(value, dict):
        return {key: _readable(one) for key, one in value.items()}
    if isinstance(value, list):
        return list(map(_readable, value))
    found = _SECONDS.fullmatch(value) if isinstance(value, str) else None
    for size, name in ((86400, "d"), (3600, "h"), (60, "min")):
        if found and int(found[1]) and int(found[1]) % size == 0:
            return f"{int(found[1]) // size} {name}"
    return value


def _is_sound(kind: str, values: dict[str, Any]) -> bool:
    try:
        KINDS[kind].model_validate(values, context={"strict_units": True})
    except ValidationError:
        return False
    return True


def _made(schema: dict[str, Any], shared: dict[str, Any], known: list[str] | None, depth: int) -> Any:
    """A value that a schema allows; ids are those of records that are there."""
    if depth > _DEEPEST:
        return None
    if "$ref" in schema:
        return _made(shared[schema["$ref"].rpartition("/")[2]], shared, known, depth + 1)
    for word in ("anyOf", "oneOf"):
        if word in schema and "properties" not in schema:
            choices = [one for one in schema[word] if one.get("type") != "null"]
            return _made(choices[0], shared, known, depth + 1)
    if "const" in schema or "enum" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    match schema.get("type"):
        case "array":
            one = _made(schema.get("items", {}), shared, known, depth + 1)
            return [] if one in _EMPTY else [one]
        case "object":
            needed = schema.get("required", list(schema.get("properties", ()))[:1])
            return {field: _made(schema["properties"][field], shared, None, depth + 1) for field in needed}
        case "integer" | "number":
            return max(schema.get("minimum", 1), min(1, schema.get("maximum", 1)))
        case "boolean":
            return True
        case "string":
            return _text(schema, known)
    return 0.5 if isinstance(schema.get("type"), list) else None


def _text(schema: dict[str, Any], known: list[str] | None) -> str | None:
    if known is not None:
        return known[0] if known else None
    if schema.get("format") == "date-time":
        return "2035-01-01T00:00:00Z"
    pattern = schema.get("pattern", "")
    if "[eE]" in pattern:  # a quantity: its first unit
        unit = pattern.rpartition("(")[2].partition("|")[0].partition(")")[0].replace("\\", "")
        return f"10 {unit}"
    return "my_name" if pattern.startswith("^[a-z]") else "Words of your own"
