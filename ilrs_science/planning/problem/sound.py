"""Faults between the parts of a problem of which some are wrong in themselves, so that one fault hides no other.

A part with a wrong field is stood in for by one of its name that asks for nothing; what would be told of it is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from ilrs_science.errors import closest
from ilrs_science.planning.problem.faults import LIMITS, find_faults, find_share_faults
from ilrs_science.planning.problem.parts import (
    Activity,
    Battery,
    Link,
    Milli,
    Part,
    Renewable,
    Resource,
    Storage,
    Whole,
)

__all__ = ["sound_faults"]

KINDS: dict[str, type[Part]] = {"renewable": Renewable, "battery": Battery, "storage": Storage, "link": Link}
#: Least fields of each.
LEAST: dict[type[Part], dict[str, Any]] = {
    Activity: {"duration_s": 0},
    Renewable: {"capacity": LIMITS["amount"]},
    Battery: {"capacity_Wh": 0, "initial_Wh": 0},
    Storage: {"capacity_Mbit": 0},
    Link: {},
}
ANY: Any = Resource
Kind = TypeVar("Kind")


def sound_faults(fields: Mapping[str, object]) -> list[str]:
    """Faults between parts, as far as the parts can be read.

    Parameters
    ----------
    fields : mapping
        Fields of a problem, of which some are wrong.

    Returns
    -------
    list of str
        One line a fault, none of them of a part that is wrong in itself; empty where the lists of parts cannot be
        read, or it cannot be told what is shared.
    """
    given = [fields.get(name, ()) for name in ("activities", "resources")]
    if not all(isinstance(entries, list | tuple) for entries in given):
        return []
    objective = "makespan" if fields.get("objective") == "makespan" else "value"
    usual = {"optional": False} if objective == "makespan" else {}
    broken: list[str] = []
    activities = [_activity(entry, usual, broken) for entry in _entries(given[0])]
    resources = [_resource(entry, broken) for entry in _entries(given[1])]
    if any(resource is None for resource in resources):
        return []
    horizon = _read(Whole, fields.get("horizon_s"))
    known = [activity for activity in activities if activity is not None]
    found = find_faults(
        int(LIMITS["horizon_s"]) if horizon is None else horizon,
        objective,
        known,
        [resource for resource in resources if resource is not None],
    )
    shares = _read(dict[str, Milli], fields.get("shares", {}))
    if shares is not None and len(known) == len(activities):
        found += find_share_faults(shares, objective, {one.partner for one in known if one.partner})
    return [line for line in found if not line.startswith(tuple(broken))]


def _entries(given: Any) -> Iterator[Any]:
    yield from given


def _read(kind: type[Kind], given: object) -> Kind | None:
    try:
        return TypeAdapter(kind).validate_python(given)
    except ValidationError:
        return None


def _activity(entry: object, usual: dict[str, Any], broken: list[str]) -> Activity | None:
    """The activity, or what stands in for it; None if it has no name."""
    whole = _read(Activity, {**usual, **entry} if isinstance(entry, Mapping) else entry)
    if whole is not None or not isinstance(entry, Mapping):
        return whole
    named = {name: entry[name] for name in ("id", "choice", "partner") if isinstance(entry.get(name), str)}
    stand_in = _read(Activity, {**LEAST[Activity], **usual, **named})
    if stand_in is not None:
        broken += [f"activity {stand_in.id!r}: ", f"choice {stand_in.choice!r}: "]
    return stand_in


def _resource(entry: object, broken: list[str]) -> Part | None:
    """The resource, or what stands in for it; None if its name or kind cannot be told."""
    whole: Part | None = _read(ANY, entry)
    if whole is not None or not isinstance(entry, Mapping):
        return whole
    near = closest(str(entry.get("kind", "")), KINDS, 1)
    if not near:
        return None
    kind = KINDS[near[0]]
    stand_in = _read(kind, {**LEAST[kind], "id": entry.get("id")})
    if stand_in is not None:
        broken.append(f"{near[0]} {stand_in.id!r}: ")  # type: ignore[attr-defined]
    return stand_in
