"""What an edit by hand costs: the plan that follows from it, what moved, and the value before and after with bounds."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

import pandas as pd

from ilrs_science.errors import UnknownNameError
from ilrs_science.planning.explain.budget import Answer, Budget
from ilrs_science.planning.explain.changes import changes, counted
from ilrs_science.planning.explain.conflict import conflict
from ilrs_science.planning.explain.variants import changed, frozen
from ilrs_science.planning.judge.certificate import Stopped, objective_of
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.search.progress import Progress
from ilrs_science.planning.search.trivial import trivial_bound

__all__ = ["Edit", "Edited", "Others", "apply"]

Others = Literal["replan", "stay"]

_IN_PLACE = "planned with the others in place; the bound holds for any plan with the edit"


@dataclass(frozen=True)
class Edit:
    """A change that a person made to a plan, and what follows from it."""

    what: str
    """What was done, in words."""
    before: float | None
    """Value [1] or makespan [s] of the plan before."""
    before_bound: float | None
    """No plan was better than this; None if nothing is known."""
    after: float | None
    """Value [1] or makespan [s] of the plan after; None if there is none."""
    after_bound: float | None
    """No plan that keeps the edit is better than this; None if nothing is known."""
    moves: pd.DataFrame = field(repr=False, compare=False)
    """What goes, comes and moves, see :func:`ilrs_science.planning.explain.changes.changes`."""
    note: str = ""
    """Why there is no plan, where that is so; else what the plan was held to."""
    maximised: bool = True
    """Whether more is better."""

    @property
    def cost(self) -> float | None:
        """What the plan lost; negative if it became better. None without one of the plans. [as objective]"""
        if self.before is None or self.after is None:
            return None
        return round(self.before - self.after if self.maximised else self.after - self.before, 3)

    @property
    def least(self) -> float | None:
        """What any plan that keeps the edit loses at least, proved; None if nothing is known. [as objective]"""
        if self.before is None or self.after_bound is None:
            return None
        lost = self.before - self.after_bound
        return round(lost if self.maximised else -lost, 3)

    @property
    def summary(self) -> str:
        """The edit in a sentence."""
        return self.told(counted(self.moves))

    def told(self, changed: str) -> str:
        """The edit in a sentence, with words of one's own for what changed.

        Parameters
        ----------
        changed : str
            What goes, comes and moves; empty if nothing does.

        Returns
        -------
        str
            What was done, what it costs, and what changed.
        """
        if self.after is None:
            return f"{self.what}: {self.note or 'no plan found'}"
        if self.cost is None:
            return f"{self.what}: now {self.after:g}"
        cost = (
            f"costs {self.cost:g}"
            if self.cost > 0
            else f"gains {-self.cost:g}"
            if self.cost
            else "costs nothing"
        )
        parts = [
            f"{cost} ({self.before:g} to {self.after:g})",
            changed or "nothing else changes",
            self.note,
        ]
        return f"{self.what}: {'; '.join(filter(None, parts))}"

    def __repr__(self) -> str:
        return f"<Edit {self.summary}>"

    def _repr_html_(self) -> str:
        return f"<p>{self.summary}</p>{self.moves.to_html()}"


@dataclass(frozen=True)
class Edited:
    """The plan after an edit, and what the edit did."""

    plan: Plan
    """The plan; empty where there is none."""
    answer: Answer
    """Status and bound for the edited problem."""
    edit: Edit
    """Cost and moves."""
    stopped: Stopped
    """What ended the search."""
    runtime_s: float
    """Wall-clock time. [s]"""


def apply(
    problem: Problem,
    plan: Plan,
    asked: Problem,
    what: str,
    budget: Budget,
    *,
    bound: float | None = None,
    grounds: Sequence[tuple[Problem, float]] = (),
    others: Others = "replan",
    progress: Callable[[Progress], None] | None = None,
) -> Edited:
    """Best plan after an edit, beginning with the plan before it, and what the edit did.

    Parameters
    ----------
    problem, plan : Problem, Plan
        Before the edit.
    asked : Problem
        After the edit; it has the same activities.
    what : str
        What was done, in words.
    budget : Budget
        Time for the searches.
    bound : float, optional
        No plan was better than this before.
    grounds : sequence of (Problem, float), optional
        Problems that were planned earlier, each with what no plan of it exceeds.
    others : "replan" or "stay"
        Whether the other activities may move and come back, or may only be dropped.
    progress : callable, optional
        Called with each better plan or bound.

    Returns
    -------
    Edited
        Its bound is for the edited problem, whatever the others do: the least of those that still hold, since the edit
        only tightened their problems. Where others stay, INFEASIBLE means with the others in place, as the note says.

    Raises
    ------
    UnknownNameError
        If there is no such choice for the others.
    """
    if others not in get_args(Others):
        raise UnknownNameError("choice for the others", others, get_args(Others))
    began = time.monotonic()
    search = _staying if others == "stay" else _replanned
    known = [*grounds, *([(problem, bound)] if bound is not None else [])]
    after, closed = search(problem, plan, asked, budget, _least(known, asked), progress)
    note = _IN_PLACE if others == "stay" and after.status == "FEASIBLE" else ""
    if after.plan is None:
        note = _why(asked, after, others, budget)
    before = objective_of(problem, plan) if plan.placements else None
    moves = changes(asked, plan, after.plan or plan)
    told = Edit(what, before, bound, after.value, after.bound, moves, note, problem.objective == "value")
    stopped: Stopped = "cancel" if budget.cancelled else "proof" if closed else "time"
    return Edited(after.plan or Plan.of(asked, {}), after, told, stopped, time.monotonic() - began)


def _replanned(
    problem: Problem,
    plan: Plan,
    asked: Problem,
    budget: Budget,
    bound: float | None,
    progress: Callable[[Progress], None] | None,
) -> tuple[Answer, bool]:
    """All is planned anew, beginning with what is left if the others stay; and whether nothing is left to find."""
    held = frozen(asked, plan, _edited(problem, asked))
    quick = budget.ask(held, most_s=budget.left / 5, first=plan, bound=bound)
    answer = budget.ask(asked, first=quick.plan or plan, bound=bound, progress=progress)
    return answer, answer.status in ("OPTIMAL", "INFEASIBLE")


def _staying(
    problem: Problem,
    plan: Plan,
    asked: Problem,
    budget: Budget,
    bound: float | None,
    progress: Callable[[Progress], None] | None,
) -> tuple[Answer, bool]:
    """The others may be dropped, no more; and whether nothing better is left to find in that way."""
    edited = _edited(problem, asked)
    gone = set(plan.left_out) - edited
    held = changed(
        frozen(asked, plan, edited),
        lambda entry: {"windows": ()} if entry.id in gone and not entry.required else {},
    )
    answer = budget.ask(held, first=plan, bound=bound, progress=progress)
    closed = answer.status in ("OPTIMAL", "INFEASIBLE")
    if answer.plan is None:
        return replace(answer, bound=None if closed else bound), closed
    return replace(answer, status="OPTIMAL" if answer.value == bound else "FEASIBLE", bound=bound), closed


def _least(known: Sequence[tuple[Problem, float]], asked: Problem) -> float:
    """The tightest bound of an edited problem that follows from what is known without a search."""
    value = asked.objective == "value"
    bounds = [bound for problem, bound in known if _tighter(problem, asked)]
    bounds.append(trivial_bound(asked) / 1000 if value else float(-trivial_bound(asked)))
    return min(bounds) if value else max(bounds)


def _tighter(problem: Problem, asked: Problem) -> bool:
    """Whether every plan of the edited problem is one of the former too, so that its bound still holds."""
    if any(getattr(problem, name) != getattr(asked, name) for name in ("horizon_s", "resources", "shares")):
        return False
    for old, now in zip(problem.activities, asked.activities, strict=True):
        same = {"locked_start": None, "windows": None, "forbidden": (), "optional": True}
        if old != now and old.model_copy(update=same) != now.model_copy(update=same):
            return False
        wide = old.starts(problem.horizon_s)
        for first, last in now.starts(problem.horizon_s) if old != now else ():
            if not any(low <= first and last <= high for low, high in wide):
                return False
        if old.required and not now.required:
            return False
    return True


def _edited(problem: Problem, asked: Problem) -> set[str]:
    pairs = zip(asked.activities, problem.activities, strict=True)
    return {now.id for now, old in pairs if now != old}


def _why(asked: Problem, after: Answer, others: Others, budget: Budget) -> str:
    """Why there is no plan, where that can be told."""
    found = conflict(asked, budget)
    if found is not None:
        return found.summary
    if others == "stay":
        proof = " (proved)" if after.status == "INFEASIBLE" else ""
        return f"not possible with the others in place{proof}; let them be planned anew"
    return "no plan keeps it (proved)" if after.status == "INFEASIBLE" else "no plan found in time"
