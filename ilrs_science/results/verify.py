"""Verification of a bundle, without a solver."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from ilrs_science.errors import RequestError
from ilrs_science.planning.judge.check import Rule, Violation
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.result import PlanResult
from ilrs_science.results.files import FILES, MANIFEST

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
    altered = [Violation(Rule.CERTIFICATE, text) for text in _altered(folder)]
    return [*altered, *result.verify(problem)]


def _altered(folder: Path) -> Iterator[str]:
    """Files that are missing, or are not what the manifest says."""
    if not (folder / MANIFEST).is_file():
        yield f"{MANIFEST} is missing"
        return
    lines = (folder / MANIFEST).read_text("utf-8", "replace").splitlines()
    listed = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    for name in FILES:
        if not (folder / name).is_file():
            yield f"{name} is missing"
        elif hashlib.sha256((folder / name).read_bytes()).hexdigest() != listed.get(name):
            yield f"{name} is not what was written"
