"""A problem with its plan, as commands take them: read, told apart, and judged."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ilrs_science.errors import RequestError
from ilrs_science.planning.judge.check import Rule, Violation
from ilrs_science.planning.judge.check import check as check_plan
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.problem.reading import form_of, read_json
from ilrs_science.planning.result import PlanResult

__all__ = ["Judged", "judged", "problem_fields"]


@dataclass(frozen=True)
class Judged:
    """A plan and the problem that it is for."""

    problem: Problem
    """What was planned."""
    plan: Plan
    """The plan, as it was written."""
    result: PlanResult | None
    """The certified result that holds it; None for a bare plan."""
    violations: tuple[Violation, ...]
    """What is wrong with it."""


def judged(problem: Path, plan: Path) -> Judged:
    """A problem and a plan or result of two files, and everything in which they disagree."""
    fields, made = read_json(problem, "problem"), read_json(plan, "plan")
    first, second = form_of(fields), form_of(made)
    if first in ("plan", "result") and second == "problem":
        raise RequestError(f"{problem.name!r} is a {first}, {plan.name!r} the problem; swap the two files")
    if second == "problem":
        raise RequestError(f"{plan.name!r} is a problem, not a plan")
    if first in ("plan", "result"):
        raise RequestError(f"{problem.name!r} is a {first}, not a problem")
    task = Problem.from_fields(fields)
    if second != "result":
        bare = Plan.from_json(json.dumps(made))
        return Judged(task, bare, None, tuple(check_plan(task, bare)))
    if made.get("certificate") is not None:
        result = PlanResult.from_json(json.dumps(made))
        return Judged(task, result.plan, result, tuple(result.verify(task)))
    bare = Plan.from_json(json.dumps(made))
    missing = Violation(Rule.CERTIFICATE, "nothing is certified: no certificate")
    return Judged(task, bare, None, (missing, *check_plan(task, bare)))


def problem_fields(problem: Path) -> object:
    """What the JSON of a problem holds; a plan in its place is refused."""
    fields = read_json(problem, "problem")
    if form_of(fields) in ("plan", "result"):
        raise RequestError(f"{problem.name!r} is a plan; give its problem before it: PROBLEM.json {problem}")
    return fields
