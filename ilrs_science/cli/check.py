"""``ilrs check``: verify a plan, a bundle or a problem without a solver."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ilrs_science.cli.common import counted
from ilrs_science.cli.judging import judged, problem_fields
from ilrs_science.errors import RequestError
from ilrs_science.planning.judge.hopeless import hopeless
from ilrs_science.planning.judge.notes import hopeless_rest, notes
from ilrs_science.planning.problem.problem import Problem, ProblemError
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
    the battery empties; and notes, to stderr, on what can never be done or does nothing. Exit status 1 if anything is
    wrong; a note is nothing wrong.
    """
    remarks: list[str] = []
    if plan or problem.is_dir():
        what, found = "violation", _violations(problem, plan)
    else:
        what, found, remarks = _faults(problem)
    if form == "json":
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        for one in found[:MOST]:
            click.echo(one)
        if len(found) > MOST:
            click.echo(f"and {len(found) - MOST} more; --format json gives them all")
    for remark in remarks[:MOST]:
        click.echo(f"note: {remark}", err=True)
    count = counted(len(found), what) if found else f"no {what}"
    noted = f", {counted(len(remarks), 'note')}" if remarks else ""
    click.echo(f"{count}{noted} in {plan or problem}", err=True)
    context.exit(1 if found else 0)


def _faults(problem: Path) -> tuple[str, list[str], list[str]]:
    """What is wrong with a problem, in one word and by line, and what else there is to say."""
    fields = problem_fields(problem)
    try:
        task = Problem.from_fields(fields)
    except ProblemError as error:
        return "fault", [*error.faults, *hopeless_rest(fields, error.faults)], []
    if reasons := hopeless(task):
        return "contradiction", reasons, []
    return "fault", [], notes(task)


def _violations(problem: Path, plan: Path | None) -> list[str]:
    if problem.is_dir():
        if plan is not None:
            raise RequestError("a result bundle holds its own plan; give the folder alone")
        return [str(one) for one in verify_bundle(problem)]
    assert plan is not None
    return [str(one) for one in judged(problem, plan).violations]
