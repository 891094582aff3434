"""The record of a plan that was made: how good it is, how good any could be, the certificate of both, its problem."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from pydantic import BaseModel, ValidationError

from ilrs_science.errors import RequestError
from ilrs_science.planning.judge.certificate import Certificate, Status, certify, verify
from ilrs_science.planning.judge.check import Rule, Violation
from ilrs_science.planning.plan import Placement, Plan
from ilrs_science.planning.problem.parts import Document
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.problem.reading import field_faults, form_of, read_json
from ilrs_science.planning.search.progress import gap_of

if TYPE_CHECKING:
    import pandas as pd

    from ilrs_science.planning.explain.edit import Edit

__all__ = ["PlanRecord"]

Kept = TypeVar("Kept", bound="PlanRecord")


class PlanRecord(Document):
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
            count = "1 activity" if total == 1 else f"{total} activities"
            return f"<PlanResult {self.status}: {what} for {count}{note}>"
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

    def verify(self, problem: Problem) -> list[Violation]:
        """Everything in which the result does not agree with its certificate, the problem or the rules; no solver.

        Parameters
        ----------
        problem : Problem
            What was planned.

        Returns
        -------
        list of Violation
            Empty for a result that is what its certificate says.
        """
        found = []
        for name in ("status", "objective", "bound"):
            told, sealed = getattr(self, name), getattr(self.certificate, name)
            if told != sealed:
                text = f"the result says {name} {told}, its certificate {sealed}"
                found.append(Violation(Rule.CERTIFICATE, text))
        return found + verify(problem, self.plan, self.certificate)

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

    @cached_property
    def grounds(self) -> tuple[tuple[Problem, float], ...]:
        """Problems of the plans before the edits by hand, each with its bound."""
        return ()

    @classmethod
    def of(
        cls,
        problem: Problem,
        plan: Plan,
        *,
        runtime: float,
        edit: Edit | None = None,
        grounds: tuple[tuple[Problem, float], ...] = (),
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
        grounds : tuple of (Problem, float), optional
            Problems of the plans before the edits by hand, each with its bound.
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
        return cls._kept(result, problem=problem, edit=edit, grounds=grounds)

    @staticmethod
    def _kept(result: Kept, **kept: object) -> Kept:
        """A result that keeps what is no part of its JSON, where the cached properties look for it."""
        copy = result.model_copy()
        copy.__dict__.update(kept)
        return copy

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
        if (form := form_of(fields)) in ("problem", "plan"):
            raise RequestError(f"this is not a result but a {form}")
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
