"""What a worker holds for all its members: a problem and its plan; and what it does for each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.execution.execute import Spread
from ilrs_science.planning.execution.executive import Executive
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.replan.operate import Operator, operate
from ilrs_science.planning.solve import solve
from ilrs_science.studies.ensemble.figures import figures_of
from ilrs_science.studies.ensemble.shelf import code_digest, digest_of

__all__ = ["Case", "Life", "case_of", "live", "plan_for"]


@dataclass(frozen=True)
class Case:
    """A problem and its plan."""

    problem: Problem
    """What was planned."""
    plan: Plan
    """The plan at the start of every member."""


@dataclass(frozen=True)
class Life:
    """What happens to a case in one member."""

    operator: Operator
    """Who makes new plans."""
    executive: Executive
    """Rules on board."""
    spread: Spread
    """How far durations and powers differ from the plan."""
    disruptions: tuple[Disruption, ...]
    """What goes wrong."""
    seed: int
    """Of the differences and of the searches."""

    def digest(self, case: Case) -> str:
        """Name of what comes of it.

        Parameters
        ----------
        case : Case
            What it happens to.

        Returns
        -------
        str
            SHA-256 in hexadecimal of case, life and code.
        """
        return digest_of(
            {
                "code": code_digest(),
                "problem": case.problem.digest,
                "plan": case.plan.starts,
                "operator": self.operator.model_dump(),
                "executive": self.executive.model_dump(),
                "spread": self.spread.model_dump(),
                "disruptions": [one.model_dump() for one in self.disruptions],
                "seed": self.seed,
            }
        )


def case_of(problem: str, plan: str) -> Case:
    """A case from JSON; made once in each worker that needs it, and again where it was lost.

    Parameters
    ----------
    problem, plan : str
        JSON texts.

    Returns
    -------
    Case
    """
    return Case(Problem.from_json(problem), Plan.from_json(plan))


def live(case: Case, life: Life, code: str) -> dict[str, Any]:
    """What comes of one member, or why nothing does.

    Parameters
    ----------
    case : Case
        Problem and plan.
    life : Life
        What happens.
    code : str
        `code_digest` of who asks.

    Returns
    -------
    dict
        Figures by name; or ``failure``, a line of text.
    """

    def figures() -> dict[str, Any]:
        done = operate(
            case.problem,
            case.plan,
            life.disruptions,
            operator=life.operator,
            executive=life.executive,
            spread=life.spread,
            seed=life.seed,
        )
        return figures_of(case.plan, done, life.disruptions)

    return _guarded(figures, code)


def plan_for(problem: str, options: dict[str, Any], code: str) -> dict[str, Any]:
    """A plan, the same every time.

    Parameters
    ----------
    problem : str
        JSON text.
    options : dict
        As `ilrs_science.planning.solve.solve` takes them.
    code : str
        `code_digest` of who asks.

    Returns
    -------
    dict
        ``plan``, a JSON text; or ``failure``, a line of text.
    """

    def made() -> dict[str, Any]:
        result = solve(Problem.from_json(problem), deterministic=True, **options)
        if result.objective is None:
            return {"failure": f"there is no plan to begin with: {result!r}"}
        return {"plan": result.plan.to_json(indent=None)}

    return _guarded(made, code)


def _guarded(work: Callable[[], dict[str, Any]], code: str) -> dict[str, Any]:
    """What comes of some work; an error is part of the answer, so that one member does not end the others."""
    if code != code_digest():
        return {"failure": "the worker has another version of ilrs_science or of the solver"}
    try:
        return work()
    except Exception as error:  # noqa: BLE001 - told with the member
        return {"failure": " ".join(f"{type(error).__name__}: {error}".split())}
