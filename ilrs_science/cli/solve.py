"""``ilrs solve``: plan a bare problem."""

from __future__ import annotations

from pathlib import Path

import click

from ilrs_science.cli.common import write_text
from ilrs_science.cli.progress import search_progress
from ilrs_science.cli.stopping import stop_on_signal
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.solve import solve as solve_problem
from ilrs_science.units import parse_quantity

__all__ = ["solve"]


@click.command()
@click.argument("problem", type=click.Path(path_type=Path))
@click.option(
    "--time-limit", default="60s", show_default=True, metavar="DURATION", help="With a unit, such as 60s."
)
@click.option(
    "--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True, help="Seed of the search."
)
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the result here as JSON."
)
@click.pass_context
def solve(context: click.Context, problem: Path, time_limit: str, seed: int, output: Path | None) -> None:
    """Plan PROBLEM.json; the result with its certificate is JSON. Exit status 1 if there is no plan, 3 if stopped."""
    task = Problem.from_json(problem)
    seconds = parse_quantity(time_limit, "s")
    with search_progress(seconds, task.objective) as told, stop_on_signal() as stopped:
        result = solve_problem(task, time_limit=time_limit, seed=seed, progress=told, cancel=stopped.is_set)
    click.echo(repr(result), err=True)
    write_text(result.to_json(), output)
    if stopped.is_set():
        click.echo("ilrs: stopped; this is the best plan until then", err=True)
    context.exit(3 if stopped.is_set() else 0 if result.objective is not None else 1)
