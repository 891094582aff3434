"""Why activities are left out of a plan: every answer in one object."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

import pandas as pd

from ilrs_science.errors import UnknownNameError
from ilrs_science.planning.explain.blocked import Blocked, blocked_in
from ilrs_science.planning.explain.budget import Budget
from ilrs_science.planning.explain.families import Families, blame
from ilrs_science.planning.explain.fits import Fits, fits
from ilrs_science.planning.explain.names import no_plan, resolve, session_of, undone
from ilrs_science.planning.explain.price import Price, price
from ilrs_science.planning.explain.scene import Scene
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem

__all__ = ["Depth", "Explanation", "explain"]

Depth = Literal["blocked", "fits", "price", "family"]


@dataclass(frozen=True)
class Explanation:
    """Why activities are left out, or where else a done one could be; None where something was not asked."""

    name: str
    """What was asked about: an activity, or an experiment with all its sessions."""
    activities: tuple[str, ...]
    """Ids of the activities that the answers are about."""
    done: bool
    """Whether all of them are in the plan, so that only other starts are looked at."""
    blocked: tuple[Blocked, ...] = field(repr=False)
    """What blocks each start, the others staying where they are; one for each activity. No solver."""
    fits: Fits | None = None
    """Whether they fit if the others stay but may move."""
    price: Price | None = None
    """What forcing them in costs, and what goes."""
    families: Families | None = None
    """Which family of rules is to blame."""
    none: str | None = None
    """Why there is no plan at all, where that is proved; nothing else is asked then."""

    @property
    def summary(self) -> str:
        """The answers in sentences, one each."""
        state = "done" if self.done else "left out"
        sessions = len({session_of(one) for one in self.activities})
        count = f"{sessions} sessions" if sessions > 1 else f"{len(self.activities)} ways or parts"
        parts = [f"{self.name} is {state}" + (f" ({count})" if len(self.activities) > 1 else "")]
        if self.none is not None:
            return f"{parts[0]}; {no_plan(self.none)}"
        parts.append(self.blocked[0].told(done=self.done) if self.blocked else "")
        parts += [one.summary for one in (self.fits, self.price, self.families) if one is not None]
        return "; ".join(filter(None, parts))

    def __repr__(self) -> str:
        return f"<Explanation {self.summary}>"

    def _repr_html_(self) -> str:
        tables = [f"<p>{self.summary}</p>", self.to_frame().to_html(index=False)]
        if self.price is not None and len(self.price.moves):
            tables.append(self.price.moves.to_html())
        if self.families is not None:
            tables.append(self.families.to_frame().to_html())
        return "".join(tables)

    def to_frame(self) -> pd.DataFrame:
        """Table of what blocks which starts of which activity.

        Returns
        -------
        pandas.DataFrame
            Column ``activity``, then those of :meth:`ilrs_science.planning.explain.blocked.Blocked.to_frame`.
        """
        tables = [one.to_frame().assign(activity=one.activity) for one in self.blocked]
        table = pd.concat([one for one in tables if len(one)] or tables[:1], ignore_index=True)
        return table[["activity", *(name for name in table.columns if name != "activity")]]


def explain(
    problem: Problem,
    plan: Plan,
    name: str,
    *,
    depth: Depth = "price",
    time_limit: str = "20 s",
    bound: float | None = None,
    none: str | None = None,
    seed: int = 0,
    workers: int | None = None,
    progress: Callable[[Explanation], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Explanation:
    """Why an activity is left out of a plan.

    Parameters
    ----------
    problem : Problem
        What was planned.
    plan : Plan
        The plan.
    name : str
        Id of an activity, or of an experiment: then all its sessions that are left out, together.
    depth : "blocked", "fits", "price" or "family"
        The last of the questions to ask, in this order; the first takes no solver.
    time_limit : str
        For all searches together, such as ``"20 s"``.
    bound : float, optional
        Proved bound of the value of any plan of the problem. [1]
    none : str, optional
        Why it is proved that there is no plan at all, where that is so.
    seed : int
        Of the searches.
    workers : int, optional
        Threads; as many as there are processors by default, eight at the most.
    progress : callable, optional
        Called with the explanation as far as it is, after each answer.
    cancel : callable, optional
        Asked all the time; true ends the searches, and what was found until then is given.

    Returns
    -------
    Explanation
        With every answer that was asked for.

    Raises
    ------
    UnknownNameError
        If nothing has this name, or there is no such depth.
    """
    if depth not in get_args(Depth):
        raise UnknownNameError("depth", depth, get_args(Depth))
    budget = Budget(time_limit, seed=seed, workers=workers, cancel=cancel)
    asked = resolve(problem, name)
    missing = undone(problem, asked, plan.starts)
    scene = Scene(problem, plan)
    subjects = missing or tuple(one for one in asked if one in plan.starts)
    found = Explanation(
        name, subjects, not missing, tuple(blocked_in(scene, one) for one in subjects), none=none
    )
    told = progress or (lambda _: None)
    told(found)
    if not missing or depth == "blocked" or none is not None:
        return found
    last = depth == "fits" or problem.objective != "value"
    part = budget if last else budget.part(0.25)
    found = replace(found, fits=fits(problem, plan, missing, part, bound=bound))
    told(found)
    if last:
        return found
    share = 1.0 if depth == "price" else 0.5
    found = replace(found, price=price(problem, plan, missing, budget.part(share), bound=bound))
    told(found)
    if depth == "price":
        return found
    found = replace(found, families=blame(problem, plan, missing, budget))
    told(found)
    return found
