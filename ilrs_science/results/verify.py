"""Verification of a bundle, without a solver."""

from __future__ import annotations

from pathlib import Path

from ilrs_science.errors import RequestError
from ilrs_science.planning.certificate import verify
from ilrs_science.planning.check import Violation
from ilrs_science.planning.problem import Problem
from ilrs_science.planning.result import PlanResult

__all__ = ["read_bundle", "verify_bundle"]


def read_bundle(folder: Path) -> tuple[Problem, PlanResult]:
    """The problem and the plan of a bundle.

    Parameters
    ----------
    folder : Path
        Folder that `write_bundle` wrote.

    Returns
    -------
    tuple of Problem and PlanResult

    Raises
    ------
    RequestError
        If a file is missing or is not what it should be.
    """
    missing = [name for name in ("problem.json", "result.json") if not (folder / name).is_file()]
    if missing:
        raise RequestError(f"{str(folder)!r} is no result bundle: it has no {missing[0]}")
    return Problem.from_json(folder / "problem.json"), PlanResult.from_json(folder / "result.json")


def verify_bundle(folder: Path) -> list[Violation]:
    """Everything in which a bundle contradicts itself or breaks a rule, found without a solver.

    Parameters
    ----------
    folder : Path
        Folder that `write_bundle` wrote.

    Returns
    -------
    list of Violation
        Empty if the plan is what its certificate says.

    Raises
    ------
    RequestError
        If it is no bundle.
    """
    problem, result = read_bundle(folder)
    return verify(problem, result.plan, result.certificate)
