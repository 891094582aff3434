"""``ilrs schema``: JSON Schema of the planner's published forms."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ilrs_science.cli.common import write_text
from ilrs_science.errors import UnknownNameError
from ilrs_science.planning.judge.certificate import Certificate
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.parts import Part
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.problem.schema import json_schema
from ilrs_science.planning.result import PlanResult

__all__ = ["schema"]

#: Record and title of each form.
FORMS: dict[str, tuple[type[Part], str]] = {
    "problem": (Problem, "PROBLEM.json"),
    "plan": (Plan, "PLAN.json"),
    "result": (PlanResult, "RESULT.json"),
    "certificate": (Certificate, "Certificate of a plan"),
}


@click.command()
@click.argument("form", metavar="problem|plan|result|certificate")
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write here instead of to the screen."
)
def schema(form: str, output: Path | None) -> None:
    """JSON Schema of a problem, a plan, a result or a certificate.

    Point your editor at it, and it completes, explains and checks while you write. Records of the catalogue have
    `ilrs catalogue schema`.
    """
    if form not in FORMS:
        raise UnknownNameError("form", form, FORMS)
    write_text(json.dumps(json_schema(*FORMS[form]), indent=2, ensure_ascii=False), output)
