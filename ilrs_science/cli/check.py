"""``ilrs check``: verify a plan, a bundle or a problem without a solver."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ilrs_science.cli.common import counted
from ilrs_science.errors import RequestError
from ilrs_science.planning.judge.check import Rule, Violation
from ilrs_science.planning.judge.check import check as check_plan
from ilrs_science.planning.judge.hopeless import hopeless
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem, ProblemError
from ilrs_science.planning.problem.reading import read_json
from ilrs_science.planning.result import PlanResult
from ilrs_science.results.verify import verify_bundle

__all__ = ["check"]

#: Lines that are printed for people.
MOST = 100


@click.command()
@click.argument("problem", metavar="RESULT|PROBLEM.json", type=click.Path(path_type=Path))
@click.argument("plan", metavar="[PLAN.json]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True, help="Form."
)
@click.pass_context
def check(context: click.Context, /, problem: Path, plan: Path | None, form: str) -> None:
    """Verify a result bundle, a plan or result against its problem, or a problem alone.

    Of a problem alone: every fault at once, and why no plan can exist where that shows without a search, such as when
    the battery empties. Exit status 1 if anything is wrong.
    """
    if plan or problem.is_dir():
        what, found = "violation", _violations(problem, plan)
    else:
        what, found = _faults(problem)
    if form == "json":
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        for one in found[:MOST]:
            click.echo(one)
        if len(found) > MOST:
            click.echo(f"and {len(found) - MOST} more; --format json gives them all")
    count = counted(len(found), what) if found else f"no {what}"
    click.echo(f"{count} in {plan or problem}", err=True)
    context.exit(1 if found else 0)


def _faults(problem: Path) -> tuple[str, list[str]]:
    """What is wrong with a problem, in one word and by line."""
    fields = read_json(problem, "problem")
    if isinstance(fields, dict) and ("certificate" in fields or "placements" in fields):
        raise RequestError(f"{problem.name!r} is a plan; give its problem before it: PROBLEM.json {problem}")
    try:
        reasons = hopeless(Problem.from_fields(fields))
        return ("contradiction", reasons) if reasons else ("fault", [])
    except ProblemError as error:
        return "fault", list(error.faults)


def _violations(problem: Path, plan: Path | None) -> list[str]:
    if problem.is_dir():
        if plan is not None:
            raise RequestError("a result bundle holds its own plan; give the folder alone")
        return [str(one) for one in verify_bundle(problem)]
    assert plan is not None
    fields = read_json(plan, "plan")
    task = Problem.from_json(problem)
    if not isinstance(fields, dict) or "plan" not in fields:
        return [str(one) for one in check_plan(task, Plan.from_json(json.dumps(fields)))]
    if fields.get("certificate") is not None:
        return [str(one) for one in PlanResult.from_json(json.dumps(fields)).verify(task)]
    bare = Violation(Rule.CERTIFICATE, "nothing is certified: no certificate")
    return [str(one) for one in (bare, *check_plan(task, Plan.from_json(json.dumps(fields))))]
