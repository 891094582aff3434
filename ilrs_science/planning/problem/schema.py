"""JSON Schema of the published forms, so that an editor completes, explains and checks them.

It is drawn from the records themselves: names, types, choices, and what each field is in the words of its docstring,
with its unit. What ties several fields together only ``ilrs check`` can tell.
"""

from __future__ import annotations

from typing import Any, Final

from ilrs_science.planning.problem.parts import Part

__all__ = ["json_schema"]

_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
#: Fields that `faults` keeps from being negative.
_NEVER_NEGATIVE: Final = frozenset(
    {"capacity", "capacity_Mbit", "capacity_Wh", "cool_down_W", "cool_down_s", "data_Mbit_s", "drain_Mbit_s",
     "duration_s", "energy_W", "final_Wh", "horizon_s", "initial_Mbit", "initial_Wh", "minimum_Wh", "power_W",
     "value", "warm_up_W", "warm_up_s"}
)  # fmt: skip
#: Records for which an id alone may stand.
_BY_ID: Final = {"#/$defs/Precedence": "Id of the activity that must have ended; no lag."}


def json_schema(record: type[Part], title: str) -> dict[str, Any]:
    """JSON Schema of a published form.

    Parameters
    ----------
    record : type
        Record class, such as ``Problem``.
    title : str
        Name of the form, such as ``"PROBLEM.json"``.

    Returns
    -------
    dict
        Draft 2020-12. What the schema refuses ``from_json`` refuses too.
    """
    schema = record.model_json_schema()
    parts: dict[str, Any] = schema.pop("$defs", {})
    plain = {"$schema": _DRAFT, "title": title, **_record(schema)}
    return plain | ({"$defs": {name: _record(part) for name, part in parts.items()}} if parts else {})


def _record(schema: dict[str, Any]) -> dict[str, Any]:
    """A record: its description in one line, its kind needed, no field below what is allowed."""
    schema = _plain(schema)
    fields = schema.get("properties", {})
    for name in _NEVER_NEGATIVE & fields.keys():
        if fields[name].get("type") in ("integer", "number"):
            fields[name]["minimum"] = 0
    if "kind" in fields:
        schema["required"] = ["kind", *schema.get("required", ())]
    return schema


def _plain(schema: Any) -> Any:
    """A schema without titles that only repeat names and without words of other dialects."""
    if isinstance(schema, list):
        return [_plain(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if text := _BY_ID.get(str(schema.get("$ref"))):
        return {"anyOf": [{"type": "string", "description": text}, {"$ref": schema["$ref"]}]}
    kept = {key: value for key, value in schema.items() if key not in ("discriminator", "title")}
    if isinstance(kept.get("properties"), dict):
        kept["properties"] = {name: _plain(field) for name, field in schema["properties"].items()}
    plain = {key: value if key in ("default", "properties") else _plain(value) for key, value in kept.items()}
    if isinstance(plain.get("description"), str):
        plain["description"] = " ".join(plain["description"].split("\n\n")[0].split())
    return plain
