"""The certificate of a plan: what it was made from, what is claimed of it, and a seal on every start.

It is verified without a solver: the problem's digest, the seals, the rules (by the independent checker) and the
objective are all computed anew. A seal guards against accidents and edits, not against someone who forges all of it.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

from ilrs_science.planning.judge.check import Rule, Violation, check
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.parts import Part
from ilrs_science.planning.problem.problem import Problem

__all__ = ["Certificate", "Goal", "Status", "Stopped", "certify", "objective_of", "verify"]

Goal = Literal["value", "makespan"]
Status = Literal["OPTIMAL", "FEASIBLE", "INFEASIBLE", "UNKNOWN"]
Stopped = Literal["proof", "time", "cancel", "killed"]
PACKAGES = ("ilrs-science", "numpy", "ortools", "pydantic")


class Certificate(Part):
    """What a plan was made from and what is claimed of it."""

    form: Literal["ilrs-certificate/1"] = "ilrs-certificate/1"
    """Name and number of this form."""
    problem: str
    """SHA-256 of the canonical JSON of the problem."""
    versions: dict[str, str]
    """Versions of Python and of the packages that made the plan."""
    seed: int
    """Of the search."""
    deterministic: bool
    """Whether the search gives the same plan every time."""
    time_limit_s: float
    """Time that the search was given. [s]"""
    stopped: Stopped
    """What ended the search: proof, time, cancel by a person, or killed: its process died."""
    goal: Goal
    """What was sought."""
    status: Status
    """OPTIMAL: proved; FEASIBLE: a plan; INFEASIBLE: proved that there is none; UNKNOWN: none found."""
    objective: float | None
    """Value [1] or makespan [s] of the plan; None without a plan."""
    bound: float | None
    """No plan is better than this, proved; None where nothing is known or there is no plan."""
    verdict: tuple[str, ...]
    """What the independent checker found; empty for a plan that keeps every rule."""
    note: str = ""
    """What else a person should know about status and bound."""
    seals: dict[str, str]
    """Seal of each placement by id of the activity."""
    digest: str = ""
    """SHA-256 of all the other fields."""

    def sealed(self) -> str:
        """Digest of all the other fields, computed anew."""
        return _hash(self.model_dump(mode="json", exclude={"digest"}))


def certify(problem: Problem, plan: Plan, **claims: object) -> Certificate:
    """Certificate of a plan; the checker is run for it.

    Parameters
    ----------
    problem : Problem
        What was planned.
    plan : Plan
        The plan.
    **claims
        The other fields of :class:`Certificate`: seed, deterministic, time_limit_s, stopped, status, bound, note.

    Returns
    -------
    Certificate
        Sealed.
    """
    found = claims["status"] in ("OPTIMAL", "FEASIBLE")
    draft = Certificate.model_validate(
        {
            "problem": problem.digest,
            "versions": _versions(),
            "goal": problem.objective,
            "objective": objective_of(problem, plan) if found else None,
            "verdict": tuple(map(str, check(problem, plan))) if found else (),
            "seals": _seals(problem.digest, plan),
            **claims,
        }
    )
    return draft.model_copy(update={"digest": draft.sealed()})


def verify(problem: Problem, plan: Plan, certificate: Certificate) -> list[Violation]:
    """Everything in which a plan and its certificate do not agree with each other, the problem or the rules.

    Parameters
    ----------
    problem : Problem
        What was planned.
    plan : Plan
        The plan.
    certificate : Certificate
        What is claimed of it.

    Returns
    -------
    list of Violation
        Empty for a plan that is what its certificate says.
    """
    texts = [*_claims(problem, plan, certificate), *_left_out(problem, plan)]
    claims = [Violation(Rule.CERTIFICATE, text) for text in texts]
    seals = [
        Violation(Rule.CERTIFICATE, text, name) for name, text in _broken_seals(problem, plan, certificate)
    ]
    if not plan.placements and certificate.status in ("INFEASIBLE", "UNKNOWN"):
        return claims + seals
    return claims + seals + check(problem, plan)


def objective_of(problem: Problem, plan: Plan) -> float:
    """Value [1] or makespan [s] of a plan, computed from the problem."""
    if problem.objective == "makespan":
        return float(max((placed.end_s for placed in plan.placements), default=0))
    done = [placed for placed in plan.placements if placed.id in problem.by_id]
    return sum(problem.by_id[placed.id].worth_at(placed.start_s) for placed in done) / 1000


def _claims(problem: Problem, plan: Plan, certificate: Certificate) -> Iterator[str]:
    if certificate.digest != certificate.sealed():
        yield "the certificate itself was altered"
    if certificate.problem != problem.digest:
        yield "it was made for another problem, or the problem was altered"
    if certificate.verdict:
        yield f"its plan was already wrong when it was made: {certificate.verdict[0]}"
    objective, bound = certificate.objective, certificate.bound
    if objective is None:
        if plan.placements:
            yield f"its status is {certificate.status} but there is a plan"
        return
    if objective != objective_of(problem, plan):
        yield f"it claims a {certificate.goal} of {objective:g}; the plan has {objective_of(problem, plan):g}"
    if bound is not None and (objective - bound) * (1 if certificate.goal == "value" else -1) > 0:
        yield f"it claims that no plan is better than {bound:g}, but its own has {objective:g}"
    if certificate.status == "OPTIMAL" and bound != objective:
        yield f"it claims the optimum, but its bound {bound} is not its {certificate.goal} {objective:g}"


def _left_out(problem: Problem, plan: Plan) -> Iterator[str]:
    """What the plan says to leave out, held against what it does not hold."""
    told, true = set(plan.left_out), set(problem.by_id) - plan.starts.keys()
    if lost := sorted(true - told):
        yield f"{lost[0]!r} is not done, but the plan does not name it among what is left out"
    if extra := sorted(told - true):
        yield f"{extra[0]!r} is named among what is left out, wrongly"


def _broken_seals(problem: Problem, plan: Plan, certificate: Certificate) -> Iterator[tuple[str, str]]:
    now = _seals(problem.digest, plan)
    then = _seals(certificate.problem, plan)  # of another problem one line tells; here only what differs
    for placed in plan.placements:
        if placed.id not in certificate.seals:
            yield placed.id, f"{placed.id!r} is in the plan but not in the certificate"
        elif certificate.seals[placed.id] not in (now[placed.id], then[placed.id]):
            yield (
                placed.id,
                f"{placed.id!r}, from {placed.start_s} to {placed.end_s} s, is not what was certified",
            )
    for name in certificate.seals:
        if name not in now:
            yield name, f"{name!r} is in the certificate but not in the plan"


def _seals(digest: str, plan: Plan) -> dict[str, str]:
    return {
        placed.id: _hash([digest, plan.epoch, placed.id, placed.start_s, placed.end_s])[:24]
        for placed in plan.placements
    }


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def _hash(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
