"""Activities by the names that people use: ``EXPERIMENT.K`` for one session, ``EXPERIMENT`` for all of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from ilrs_science.errors import UnknownNameError, require_kind
from ilrs_science.planning.problem.problem import Problem

__all__ = ["experiment_of", "listed", "moment", "no_plan", "resolve", "session_of", "span", "undone"]


#: ``EXPERIMENT.K``, and what tells ways, pieces and the work of robots of one session apart.
_SESSION = re.compile(r"((.+?)\.\d+)(?:[/~@#+].*)?")


def experiment_of(name: str) -> str:
    """Experiment of a session ``EXPERIMENT.K``; the name itself where it is no session."""
    session = _SESSION.fullmatch(name)
    return session[2] if session else name


def session_of(name: str) -> str:
    """Session ``EXPERIMENT.K`` of which an activity is a way or a piece; the name itself where it is no session."""
    session = _SESSION.fullmatch(name)
    return session[1] if session else name


def resolve(problem: Problem, name: str) -> tuple[str, ...]:
    """Ids of the activities that a name stands for.

    Parameters
    ----------
    problem : Problem
        Where to look.
    name : str
        Id of an activity, name of a choice, a session ``EXPERIMENT.K``, or an experiment, which stands for all its
        sessions.

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
    if name in problem.members:
        return problem.members[name]
    ids = [entry.id for entry in problem.activities]
    for part in (session_of, experiment_of):
        if found := tuple(one for one in ids if part(one) == name):
            return found
    raise UnknownNameError("activity", name, {text for one in ids for text in (one, experiment_of(one))})


def undone(problem: Problem, names: Iterable[str], done: Collection[str]) -> tuple[str, ...]:
    """Those of some activities that are left out, without those in whose place another of the names was chosen."""
    asked = list(names)
    taken = {problem.by_id[name].choice for name in asked if name in done} - {""}
    return tuple(name for name in asked if name not in done and problem.by_id[name].choice not in taken)


def listed(names: Iterable[str], most: int = 3, last: str = "and") -> str:
    """Names in words, such as ``a, b and 4 more``."""
    every: Sequence[str] = list(names)
    if len(every) > most:
        return f"{', '.join(every[:most])} {last} {len(every) - most} more"
    return f" {last} ".join([", ".join(every[:-1]), every[-1]]) if len(every) > 1 else "".join(every)


def moment(problem: Problem, seconds: int) -> str:
    """UTC instant of a second of the plan, for a sentence: to the minute, or to the second if it is no whole minute."""
    at = problem.time(seconds)
    unit = "m" if at == at.astype("datetime64[m]") else "s"
    return f"{at.astype(f'datetime64[{unit}]')}".replace("T", " ")


def span(seconds: int) -> str:
    """A duration for a sentence: in hours, or in minutes or seconds where it is short."""
    if abs(seconds) >= 3600:
        return f"{seconds / 3600:g} h"
    return f"{seconds / 60:g} min" if seconds % 60 == 0 and seconds else f"{seconds} s"


def no_plan(why: str) -> str:
    """That there is no plan, in a sentence."""
    return f"there is no plan: {why or 'proved by the search'}"
