"""The plans that were made in a session, each with the line of Python that makes it from the one before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from ilrs_science.planning.result import PlanResult
from ilrs_science.planning.search.progress import Progress

__all__ = ["KeptPlan", "search_line"]


@dataclass(frozen=True)
class KeptPlan:
    """A plan by its name."""

    name: str
    """Its name in Python: ``plan1``, ``plan2`` ..."""
    what: str
    """How it came about, in a few words."""
    line: str
    """The line of Python that makes it."""
    result: PlanResult = field(repr=False)
    """The plan."""
    history: tuple[Progress, ...] = field(default=(), repr=False)
    """Reports of the search that found it; none where there was no search."""

    @property
    def label(self) -> str:
        """Name, origin and value, for a list to choose from."""
        value = "no value" if self.result.objective is None else f"value {self.result.objective:g}"
        return f"{self.name} · {self.what} · {value}"


def search_line(
    name: str,
    parent: KeptPlan | None,
    shares: Mapping[str, float],
    *,
    had: Mapping[str, float],
    edited: bool,
    seconds: float,
) -> str:
    """The line of Python that searches for a plan.

    Parameters
    ----------
    name : str
        Of the new plan.
    parent : KeptPlan or None
        The plan that the search begins with.
    shares : mapping of str to float
        Least share of each partner. [1]
    had : mapping of str to float
        Those of the problem that the line names. [1]
    edited : bool
        Whether the problem is that of the parent, with locks and forbidden spans.
    seconds : float
        Longest search. [s]

    Returns
    -------
    str
        Python.
    """
    first = f", first={parent.name}.plan" if parent is not None else ""
    limit = f'time_limit="{seconds:g} s"{first}'
    problem = f"{parent.name}.problem" if parent is not None and edited else "campaign.problem"
    if dict(shares) != dict(had):
        problem = f"{problem}.replace(shares={json.dumps(dict(shares))})"
    if problem == "campaign.problem":
        return f"{name} = campaign.plan({limit})"
    return f"{name} = ilrs.solve({problem}, {limit})"
