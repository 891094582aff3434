"""Disruptions in a file of one's own: YAML or JSON, times in UTC or in seconds after the epoch."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import ValidationError

from ilrs_science.catalogue.library.reader import Refusal, read_document
from ilrs_science.epochs import parse_epoch
from ilrs_science.errors import RequestError
from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.execution.world import World
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.problem.reading import field_faults
from ilrs_science.units import number_in

__all__ = ["read_disruptions", "write_disruptions"]

#: Faults that a message tells.
SAID = 10
_TIMES = ("start", "end", "lasting")
_UNITS = {"share": "1", "power_W": "W"}


def read_disruptions(path: str | Path, problem: Problem) -> tuple[Disruption, ...]:
    """Disruptions that a person has written down.

    Parameters
    ----------
    path : str or Path
        YAML or JSON: a list of maps, or a map with that list as ``disruptions``. Fields as those of `Disruption`;
        ``start`` and ``end`` are UTC instants in the place of ``start_s`` and ``end_s``, ``lasting`` is a time with its
        unit, such as ``36 h``, in the place of an end; ``share`` may be in %.
    problem : Problem
        Whose epoch counts, and whose resources may be hit.

    Returns
    -------
    tuple of Disruption
        In the order of the file.

    Raises
    ------
    RequestError
        If the file cannot be read, or with every entry that is wrong, each in a line that begins with its own.
    """
    where = Path(path)
    try:
        document = read_document(where)
    except Refusal as error:
        line = f" line {error.line}:" if error.line else ""
        raise RequestError(f"{where.name}:{line} {error.wrong}") from None
    entries: Any = document.value
    place: tuple[str, ...] = ()
    if isinstance(entries, Mapping) and set(entries) == {"disruptions"}:
        entries, place = entries["disruptions"], ("disruptions",)
    if not isinstance(entries, list):
        raise RequestError(f"{where.name} holds no list of disruptions")
    found, faults = [], []
    for number, entry in enumerate(entries):
        try:
            found.append(_disruption(entry, problem))
        except RequestError as error:
            faults.append(f"line {document.line((*place, number))}: {error}")
    if faults:
        more = [f"and {len(faults) - SAID} more"] if len(faults) > SAID else []
        raise RequestError("\n".join([f"{where.name}: {faults[0]}", *faults[1:SAID], *more]))
    return tuple(found)


def _disruption(entry: Any, problem: Problem) -> Disruption:
    """One disruption, checked against what there is."""
    if not isinstance(entry, Mapping):
        raise RequestError("is not a map of fields")
    fields = {str(name): value for name, value in entry.items() if name not in _TIMES}
    fields |= {name: _number(fields[name], name, unit) for name, unit in _UNITS.items() if name in fields}
    fields |= dict(_times(entry, problem))
    try:
        made = Disruption.model_validate(fields)
    except ValidationError as error:
        raise RequestError("; ".join(field_faults(error, fields, Disruption, {}))) from None
    World(problem, [made])
    return made


def _number(value: Any, name: str, unit: str) -> Any:
    """A number that may stand with its unit; YAML takes one such as 8e-06 for text."""
    if not isinstance(value, str):
        return value
    try:
        return float(value)
    except ValueError:
        return number_in(value, unit, name)


def _times(entry: Mapping[str, Any], problem: Problem) -> Iterator[tuple[str, int]]:
    """Start and end in seconds after the epoch, from instants and a length. [s]"""
    known: dict[str, int] = {}
    for name in ("start", "end"):
        if name in entry:
            if f"{name}_s" in entry:
                raise RequestError(f"has both {name} and {name}_s")
            known[name] = round((parse_epoch(entry[name]) - problem.time(0)) / np.timedelta64(1, "s"))
            yield f"{name}_s", known[name]
    if "lasting" in entry:
        if "end" in entry or "end_s" in entry:
            raise RequestError("has both an end and lasting")
        start = known.get("start", entry.get("start_s"))
        if isinstance(start, int):
            yield "end_s", start + round(number_in(entry["lasting"], "s", "lasting"))


def write_disruptions(disruptions: Iterable[Disruption], problem: Problem, path: str | Path) -> None:
    """Write disruptions as a file that `read_disruptions` reads back: JSON, with times in UTC.

    Parameters
    ----------
    disruptions : iterable of Disruption
        Such as `draw` gives.
    problem : Problem
        Whose epoch counts.
    path : str or Path
        File; one that is there is replaced.

    Raises
    ------
    RequestError
        If it cannot be written.
    """
    entries = []
    for one in disruptions:
        fields = one.model_dump(mode="json", exclude_defaults=True)
        times = {
            name: f"{problem.time(fields.pop(f'{name}_s')).astype('datetime64[s]')}Z"
            for name in ("start", "end")
            if f"{name}_s" in fields
        }
        entries.append({"kind": fields.pop("kind")} | times | fields)
    try:
        Path(path).write_text(
            json.dumps({"disruptions": entries}, indent=1, ensure_ascii=False) + "\n", "utf-8"
        )
    except OSError as error:
        raise RequestError(f"cannot write {str(path)!r}: {error.strerror}") from error
