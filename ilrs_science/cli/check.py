"""``ilrs check``: verify a plan or a bundle without a solver."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ilrs_science.errors import RequestError
from ilrs_science.planning.judge.certificate import verify
from ilrs_science.planning.judge.check import Violation
from ilrs_science.planning.judge.check import check as check_plan
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.problem.reading import read_json
from ilrs_science.planning.result import PlanResult
from ilrs_science.results.verify import verify_bundle

__all__ = ["check"]


@click.command()
@click.argument("problem", metavar="RESULT|PROBLEM.json", type=click.Path(path_type=Path))
@click.argument("plan", metavar="[PLAN.json]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True, help="Form."
)
@click.pass_context
def check(context: click.Context, problem: Path, plan: Path | None, form: str) -> None:
    """Verify a result bundle, or a plan against its problem; exit status 1 if anything is wrong."""
    found = _violations(problem, plan)
    if form == "json":
        click.echo(json.dumps([str(one) for one in found], indent=2, ensure_ascii=False))
    else:
        for one in found:
            click.echo(str(one))
    count = f"{len(found)} violation{'' if len(found) == 1 else 's'}" if found else "no violation"
    click.echo(f"{count} in {plan or problem}", err=True)
    context.exit(1 if found else 0)


def _violations(problem: Path, plan: Path | None) -> list[Violation]:
    if problem.is_dir():
        if plan is not None:
            raise RequestError("a result bundle holds its own plan; give the folder alone")
        return verify_bundle(problem)
    if plan is None:
        raise RequestError(
            f"give a result bundle, or PROBLEM.json and PLAN.json; {str(problem)!r} is no folder"
        )
    fields = read_json(plan, "plan")
    task = Problem.from_json(problem)
    if isinstance(fields, dict) and "certificate" in fields:
        result = PlanResult.from_json(plan)
        return verify(task, result.plan, result.certificate)
    return check_plan(task, Plan.from_json(plan))
