"""What planning gives: a plan, how good it is, how good any could be, and the certificate of both."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from pydantic import BaseModel, ValidationError

from ilrs_science.errors import RequestError
from ilrs_science.planning.judge.certificate import Certificate, Status, certify
from ilrs_science.planning.plan import Placement, Plan
from ilrs_science.planning.problem.parts import Document
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.problem.reading import field_faults, read_json
from ilrs_science.planning.search.progress import Progress, gap_of

if TYPE_CHECKING:
    import pandas as pd

    from ilrs_science.planning.explain.edit import Edit, Others
    from ilrs_science.planning.explain.explanation import Depth, Explanation

__all__ = ["PlanResult"]

Kept = TypeVar("Kept", bound="PlanResult")


class PlanResult(Document):
    """A plan with its status, objective, bound and certificate; empty, never None, where there is no plan."""

    plan: Plan
    """What is done when."""
    status: Status
    """OPTIMAL: proved; FEASIBLE: a plan; INFEASIBLE: proved that there is none; UNKNOWN: none found."""
    objective: float | None
    """Value [1] or makespan [s] of the plan; None without a plan."""
    bound: float | None
    """No plan is better than this, proved; None where nothing is known or there is no plan."""
    runtime: float
    """Wall-clock time that planning took. [s]"""
    certificate: Certificate
    """What the plan was made from, and the verdict of the independent checker."""

    @property
    def gap(self) -> float | None:
        """Distance between objective and bound as a share of the bound; None where one is missing. [1]"""
        return gap_of(self.objective, self.bound)

    @property
    def checked(self) -> bool:
        """Whether the independent checker found nothing."""
        return not self.certificate.verdict

    def __repr__(self) -> str:
        done, total = len(self.plan), len(self.plan) + len(self.plan.left_out)
        note = f"; {self.certificate.note}" if self.certificate.note else ""
        if self.objective is None:
            what = "no plan exists" if self.status == "INFEASIBLE" else "no plan found"
            return f"<PlanResult {self.status}: {what} for {total} activities{note}>"
        unit = " s" if self.certificate.goal == "makespan" else ""
        bound = "none" if self.bound is None else f"{_number(self.bound, unit)}"
        gap = f", gap {self.gap:.1%}" if self.gap else ""
        value = f"{self.certificate.goal} {_number(self.objective, unit)} (bound {bound}{gap})"
        return f"<PlanResult {self.status}: {done} of {total}, {value}, {self._verdict}>"

    __str__ = __repr__

    @property
    def _verdict(self) -> str:
        count = len(self.certificate.verdict)
        return "checked" if self.checked else f"{count} violation{'s' if count > 1 else ''}"

    def to_frame(self) -> pd.DataFrame:
        """Table of what is done, see :meth:`Plan.to_frame`.

        Returns
        -------
        pandas.DataFrame
            Index `id`, columns `start` and `end` (UTC) and `duration_h` [h].
        """
        return self.plan.to_frame()

    @cached_property
    def problem(self) -> Problem:
        """What was planned; kept by what plans, and given to :meth:`from_json` where a result is read."""
        raise RequestError(
            "the result does not hold its problem; read it with PlanResult.from_json(source, problem=...)"
        )

    @cached_property
    def edit(self) -> Edit | None:
        """What the edit by hand did that led to this result; None for a result of a search."""
        return None

    @classmethod
    def of(
        cls,
        problem: Problem,
        plan: Plan,
        *,
        runtime: float,
        edit: Edit | None = None,
        **claims: Any,
    ) -> Self:
        """Result of a plan; the checker is run and the certificate sealed.

        Parameters
        ----------
        problem : Problem
            What was planned.
        plan : Plan
            The plan, empty where there is none.
        runtime : float
            Wall-clock time that planning took. [s]
        edit : Edit, optional
            The edit by hand that led to it.
        **claims
            As :func:`ilrs_science.planning.judge.certificate.certify` takes them.

        Returns
        -------
        PlanResult
            It keeps the problem.
        """
        certificate = certify(problem, plan, **claims)
        result = cls(
            plan=plan,
            status=certificate.status,
            objective=certificate.objective,
            bound=certificate.bound,
            runtime=runtime,
            certificate=certificate,
        )
        return cls._kept(result, problem=problem, edit=edit)

    @staticmethod
    def _kept(result: Kept, **kept: object) -> Kept:
        """A result that keeps what is no part of its JSON, where the cached properties look for it."""
        copy = result.model_copy()
        copy.__dict__.update(kept)
        return copy

    def explain(
        self,
        name: str,
        *,
        depth: Depth = "price",
        time_limit: str = "20 s",
        seed: int = 0,
        progress: Callable[[Explanation], None] | None = None,
        cancel: Callable[[], bool] | None = None,
    ) -> Explanation:
        """Why an activity is left out: what blocks it, whether it fits, what it costs, which family is to blame.

        Parameters
        ----------
        name : str
            Id of an activity, or of an experiment: then all its sessions that are left out, together.
        depth : "blocked", "fits", "price" or "family"
            The last of the questions to ask, in this order; the first takes no solver.
        time_limit : str
            For all searches together.
        seed : int
            Of the searches.
        progress : callable, optional
            Called with the explanation as far as it is, after each answer.
        cancel : callable, optional
            Asked all the time; true ends the searches, and what was found until then is given.

        Returns
        -------
        Explanation
            Every answer says whether it is proved.

        Raises
        ------
        UnknownNameError
            If nothing has this name; the nearest are listed.
        """
        from ilrs_science.planning.explain.explanation import explain

        return explain(
            self.problem,
            self.plan,
            name,
            depth=depth,
            time_limit=time_limit,
            bound=self.bound,
            seed=seed,
            progress=progress,
            cancel=cancel,
        )

    def lock(self, name: str, start: object = None, **how: Any) -> Self:
        """The plan with an activity locked to a start; see :meth:`edited` for the keywords.

        Parameters
        ----------
        name : str
            Id of an activity; without a start also of an experiment, whose sessions that are done are all locked.
        start : int, str, datetime or datetime64, optional
            Seconds after the epoch, or a UTC instant; where it is now by default.
        **how
            ``others``, ``time_limit``, ``seed``, ``progress``, ``cancel``.

        Returns
        -------
        PlanResult
            Planned anew from this plan and certified; its ``edit`` tells what that cost and what moved.
        """
        from ilrs_science.planning.explain.locks import lock

        asked = lock(self.problem, self.plan, name, start)
        return self.edited(asked, f"lock {name}" + ("" if start is None else f" at {start}"), **how)

    def move(self, name: str, start: object, **how: Any) -> Self:
        """The plan with an activity moved and locked there, the others staying where they are if they can.

        Parameters
        ----------
        name : str
            Id of an activity.
        start : int, str, datetime or datetime64
            Seconds after the epoch, or a UTC instant.
        **how
            As of :meth:`edited`; the others stay unless said otherwise.

        Returns
        -------
        PlanResult
            Certified; its ``edit`` tells what that cost and what went.
        """
        from ilrs_science.planning.explain.locks import lock

        asked = lock(self.problem, self.plan, name, start)
        return self.edited(asked, f"move {name} to {start}", **{"others": "stay", **how})

    def forbid(self, name: str, span: tuple[object, object], **how: Any) -> Self:
        """The plan with an activity kept from a span; see :meth:`edited` for the keywords.

        Parameters
        ----------
        name : str
            Id of an activity, or of an experiment: then of all its sessions.
        span : tuple of (int, str, datetime or datetime64)
            Start and end: seconds after the epoch, or UTC instants.
        **how
            ``others``, ``time_limit``, ``seed``, ``progress``, ``cancel``.

        Returns
        -------
        PlanResult
            Planned anew from this plan and certified; its ``edit`` tells what that cost and what moved.
        """
        from ilrs_science.planning.explain.locks import forbid

        return self.edited(forbid(self.problem, name, span), f"forbid {name} {span[0]} to {span[1]}", **how)

    def unlock(self, name: str, **how: Any) -> Self:
        """The plan with an activity set free of its lock; see :meth:`edited` for the keywords.

        Parameters
        ----------
        name : str
            Id of an activity, or of an experiment: then of all its sessions.
        **how
            ``others``, ``time_limit``, ``seed``, ``progress``, ``cancel``.

        Returns
        -------
        PlanResult
            Planned anew from this plan and certified; its ``edit`` tells what that gained and what moved.
        """
        from ilrs_science.planning.explain.locks import unlock

        return self.edited(unlock(self.problem, name), f"unlock {name}", **how)

    def edited(
        self,
        asked: Problem,
        what: str,
        *,
        others: Others = "replan",
        time_limit: str = "20 s",
        seed: int = 0,
        progress: Callable[[Progress], None] | None = None,
        cancel: Callable[[], bool] | None = None,
    ) -> Self:
        """The plan after an edit of its problem.

        Parameters
        ----------
        asked : Problem
            The edited problem, with the same activities.
        what : str
            What was done, in words.
        others : "replan" or "stay"
            Whether the other activities may move and come back, or may only be dropped.
        time_limit : str
            For all searches together.
        seed : int
            Of the searches.
        progress : callable, optional
            Called with each better plan or bound.
        cancel : callable, optional
            Asked all the time; true ends the search, and the best plan so far is given.

        Returns
        -------
        PlanResult
            Certified for the edited problem. Where locks cannot hold together its status is INFEASIBLE, and the note of
            its certificate says which.
        """
        from ilrs_science.planning.explain.budget import Budget
        from ilrs_science.planning.explain.edit import apply

        budget = Budget(time_limit, seed=seed, cancel=cancel)
        done = apply(
            self.problem, self.plan, asked, what, budget, bound=self.bound, others=others, progress=progress
        )
        return type(self).of(
            asked,
            done.plan,
            runtime=done.runtime_s,
            edit=done.edit,
            seed=seed,
            deterministic=False,
            time_limit_s=budget.time_s,
            stopped=done.stopped,
            status=done.answer.status,
            bound=done.answer.bound,
            note=done.edit.note,
        )

    @classmethod
    def from_json(cls, source: str | Path, *, problem: Problem | None = None) -> Self:
        """Result of a JSON text or file.

        Parameters
        ----------
        source : str or Path
            JSON text, or the path of a file that holds it.
        problem : Problem, optional
            What was planned, so that the result can be explained and edited.

        Returns
        -------
        PlanResult
            The result, as it was written.

        Raises
        ------
        RequestError
            If the file is missing, is not JSON or is not a result, or was made for another problem.
        """
        fields = read_json(source, "result")
        parts: dict[str, type[BaseModel]] = {
            "plan": Plan,
            "placements": Placement,
            "certificate": Certificate,
        }
        try:
            result = cls.model_validate(fields)
        except ValidationError as error:
            raise RequestError(f"not a plan result: {field_faults(error, fields, cls, parts)[0]}") from None
        if problem is None:
            return result
        if problem.digest != result.certificate.problem:
            raise RequestError("the result was made for another problem, or the problem was altered")
        return cls._kept(result, problem=problem)


def _number(value: float, unit: str) -> str:
    return f"{value:.0f}{unit}" if unit else f"{value:.1f}" if value == round(value, 1) else f"{value:g}"
