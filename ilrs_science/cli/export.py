"""``ilrs export``: a plan in the forms that other programs read."""

from __future__ import annotations

from pathlib import Path

import click

from ilrs_science.cli.common import require_output, write_text
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.results.verify import read_bundle

__all__ = ["export"]


@click.command()
@click.argument("plan", metavar="PLAN.json|RESULT", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "ics", "json"]),
    default="csv",
    show_default=True,
    help="Form.",
)
@click.option(
    "--problem",
    type=click.Path(path_type=Path),
    metavar="PROBLEM.json",
    help="Names the events by its activities.",
)
@click.option("--name", default="", help="Title of the calendar; that of the problem if not given.")
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write here instead of to the screen."
)
def export(plan: Path, form: str, problem: Path | None, name: str, output: Path | None) -> None:
    """A plan, a result or a result bundle as a table (csv), a calendar (ics) or a bare plan (json).

    Nothing is planned or checked; `ilrs check` does that.
    """
    require_output(output, plan, problem)
    task = None if problem is None else Problem.from_json(problem)
    if plan.is_dir():
        held, result = read_bundle(plan)
        task, found = task or held, result.plan
    else:
        found = Plan.from_json(plan)
    if form == "json":
        text = found.to_json()
    elif form == "csv":
        text = found.to_csv()
    else:
        titles = {} if task is None else {one.id: one.name for one in task.activities}
        text = found.to_icalendar(name or (task.name if task else "") or "Plan", titles=titles)
    write_text(text.rstrip("\n"), output)
