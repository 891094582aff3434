"""Activities by the names that people use: ``EXPERIMENT.K`` for one session, ``EXPERIMENT`` for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ilrs_science.errors import UnknownNameError, require_kind
from ilrs_science.planning.problem.problem import Problem

__all__ = ["experiment_of", "listed", "moment", "resolve"]


def experiment_of(name: str) -> str:
    """Experiment of a session ``EXPERIMENT.K``; the name itself where it is no session."""
    stem, _, number = name.rpartition(".")
    return stem if stem and number.isdigit() else name


def resolve(problem: Problem, name: str) -> tuple[str, ...]:
    """Ids of the activities that a name stands for.

    Parameters
    ----------
    problem : Problem
        Where to look.
    name : str
        Id of an activity, or of an experiment, which stands for all its sessions.

    Returns
    -------
    tuple of str
        In the order of the problem.

    Raises
    ------
    UnknownNameError
        If nothing has this name; the nearest are listed.
    """
    require_kind(name, str, "activity", 'an id such as "a.1"')
    if name in problem.by_id:
        return (name,)
    found = tuple(entry.id for entry in problem.activities if experiment_of(entry.id) == name)
    if not found:
        known = {text for entry in problem.activities for text in (entry.id, experiment_of(entry.id))}
        raise UnknownNameError("activity", name, known)
    return found


def listed(names: Iterable[str], most: int = 3, last: str = "and") -> str:
    """Names in words, such as ``a, b and 4 more``."""
    every: Sequence[str] = list(names)
    if len(every) > most:
        return f"{', '.join(every[:most])} {last} {len(every) - most} more"
    return f" {last} ".join([", ".join(every[:-1]), every[-1]]) if len(every) > 1 else "".join(every)


def moment(problem: Problem, seconds: int) -> str:
    """UTC instant of a second of the plan, to the minute, for a sentence."""
    return f"{problem.time(seconds).astype('datetime64[m]')}".replace("T", " ")
