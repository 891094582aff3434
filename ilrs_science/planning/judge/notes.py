"""What a person should know of a problem that is no fault of it, and what is wrong beside its faults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from ilrs_science.planning.judge.hopeless import hopeless
from ilrs_science.planning.judge.never import never
from ilrs_science.planning.problem.problem import Problem, ProblemError

__all__ = ["hopeless_rest", "notes"]


def notes(problem: Problem) -> list[str]:
    """What can never be done, and links that do nothing or count twice.

    Parameters
    ----------
    problem : Problem
        A problem without a fault.

    Returns
    -------
    list of str
        One line each; a plan may exist all the same.
    """
    found = [f"{name!r} can never be done: {why}" for name, why in never(problem).items()]
    for link in problem.links:
        if link.passes and not problem.storages:
            found.append(f"link {link.id!r} empties nothing: the problem has no storage")
        for (start, end, _), (begin, stop, _) in pairwise(sorted(link.passes)):
            if begin < end and stop > start:
                both = f"[{start}, {end}] and [{begin}, {stop}]"
                found.append(f"link {link.id!r}: passes {both} overlap; their rates add up")
    return found


def hopeless_rest(fields: object, faults: Sequence[str]) -> list[str]:
    """Why no plan can exist of what has no fault, where only activities have faults.

    Parameters
    ----------
    fields : object
        The problem as JSON gives it.
    faults : sequence of str
        All of its faults.

    Returns
    -------
    list of str
        One line each, as of :func:`ilrs_science.planning.judge.hopeless.hopeless`; empty where that cannot be told.
    """
    if not isinstance(fields, Mapping) or not isinstance(fields.get("activities"), list):
        return []
    entries = [entry for entry in fields["activities"] if isinstance(entry, Mapping)]
    wrong = [
        one for one in entries if any(line.startswith(f"activity {one.get('id')!r}: ") for line in faults)
    ]
    choices = {one.get("choice") for one in wrong} - {None, ""}
    gone = [one for one in entries if one in wrong or one.get("choice") in choices]
    if any(one.get("drain_Mbit_s") for one in gone):  # without a downlink more would be impossible
        return []
    names = {*choices, *(one.get("id") for one in gone)}
    kept = [dict(_without(one, names)) for one in entries if one not in gone]
    try:
        return hopeless(Problem.from_fields({**fields, "activities": kept, "shares": {}}))
    except ProblemError:
        return []


def _without(entry: Mapping[str, Any], names: set[Any]) -> Iterator[tuple[str, Any]]:
    """Fields of an activity that name none of some others."""
    for field, value in entry.items():
        if field in ("needs", "precedences", "exclusions") and isinstance(value, list):
            yield (
                field,
                [one for one in value if (one["after"] if isinstance(one, Mapping) else one) not in names],
            )
        else:
            yield field, value
