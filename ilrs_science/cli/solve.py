"""``ilrs solve``: plan a bare problem."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ilrs_science.cli.common import require_output, write_text
from ilrs_science.cli.progress import search_progress
from ilrs_science.cli.searching import leave, request_of, search_options
from ilrs_science.cli.stopping import stop_on_signal
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.solve import solve as solve_problem

__all__ = ["solve"]


@click.command()
@click.argument("problem", metavar="PROBLEM.json", type=click.Path(path_type=Path))
@search_options
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the result here as JSON."
)
@click.pass_context
def solve(context: click.Context, /, problem: Path, output: Path | None, **options: Any) -> None:
    """Plan PROBLEM.json; the result with its certificate is JSON.

    Exit status 1 if there is no plan; 3 if Ctrl-C, a signal or a kill stopped the search: the best plan is kept.
    """
    seconds, request = request_of(options)
    require_output(output, problem, options["first"])
    task = Problem.from_json(problem)
    with search_progress(seconds, task.objective) as told, stop_on_signal() as stopped:
        result = solve_problem(task, **request, progress=told, cancel=stopped.is_set)
    click.echo(repr(result), err=True)
    write_text(result.to_json(), output)
    leave(context, result, stopped=stopped.is_set())
