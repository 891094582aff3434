"""``ilrs replan``: a new plan on the way, and how much of the old one stays."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ilrs_science.cli.common import Row, emit, form_option, require_output, write_text
from ilrs_science.cli.lived import moment_of, planned, wrong_of, wrong_options
from ilrs_science.cli.progress import search_progress
from ilrs_science.cli.stopping import stop_on_signal
from ilrs_science.epochs import format_epoch
from ilrs_science.errors import RequestError
from ilrs_science.planning.execution.execute import execute
from ilrs_science.planning.explain.changes import changes
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.replan.replan import Replan
from ilrs_science.planning.replan.replan import replan as make_anew
from ilrs_science.planning.search.progress import parse_time_limit

__all__ = ["replan"]

_COLUMNS = ("id", "change", "before [UTC]", "after [UTC]", "shift [h]", "value")


@click.command()
@click.argument("words", metavar="RESULT|PROBLEM.json PLAN.json", nargs=-1, required=True)
@click.option(
    "--now", required=True, metavar="DATE", help="How far the plan was executed; UTC unless a zone is given."
)
@wrong_options
@click.option(
    "--frozen-until", metavar="DATE", help="Until then activities may be dropped, but not moved or added."
)
@click.option("--price", type=click.FloatRange(0), metavar="VALUE", help="Value of each start that stays.")
@click.option("--time-limit", default="5s", show_default=True, metavar="DURATION", help="For the search.")
@click.option(
    "--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True, help="Of search and risks."
)
@click.option("--deterministic", is_flag=True, help="The same plan every time.")
@form_option
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the new plan here as JSON."
)
@click.pass_context
def replan(
    context: click.Context,
    /,
    words: tuple[str, ...],
    now: str,
    folder: Path | None,
    risks: str | None,
    scenario: Path | None,
    frozen_until: str | None,
    price: float | None,
    time_limit: str,
    seed: int,
    deterministic: bool,
    form: str,
    output: Path | None,
) -> None:
    """Execute a plan up to a date, and plan the rest anew: what is dropped, added and moved.

    Only what has begun to go wrong by then is known. Exit status 1 if there is no plan, 3 if stopped.
    """
    require_output(output, *map(Path, words), scenario)
    problem, plan, _ = planned(words, folder)
    if plan is None:
        raise RequestError("give a result bundle, or PROBLEM.json and PLAN.json: a new plan needs an old one")
    moment = moment_of(now, problem, "--now")
    frozen = 0 if frozen_until is None else moment_of(frozen_until, problem, "--frozen-until")
    wrong = wrong_of(scenario, risks, folder, problem, plan, seed)
    ran = execute(problem, plan, wrong, until_s=moment)
    with search_progress(parse_time_limit(time_limit)) as told, stop_on_signal() as stopped:
        new = make_anew(
            problem,
            plan,
            ran,
            disruptions=wrong,
            frozen_until_s=frozen,
            price=price,
            time_limit=time_limit,
            seed=seed,
            deterministic=deterministic,
            progress=told,
            cancel=stopped.is_set,
        )
    if output is not None and new.value is not None:
        write_text(new.plan.to_json(), output)
    _print(problem, plan, new, form)
    if stopped.is_set():
        click.echo("ilrs: stopped; this is the best plan until then", err=True)
    context.exit(3 if stopped.is_set() else 0 if new.value is not None else 1)


def _print(problem: Problem, plan: Plan, new: Replan, form: str) -> None:
    table = changes(problem, plan, new.plan).reset_index()
    rows: list[Row] = [
        dict(zip(_COLUMNS, (_text(value) for value in row), strict=True))
        for row in table.itertuples(index=False)
    ]
    if form == "json":
        numbers = {
            name: getattr(new, name) for name in ("status", "value", "bound", "asked", "kept", "stability")
        }
        click.echo(json.dumps({**numbers, "now_s": new.now_s, "changes": rows}, indent=2, ensure_ascii=False))
        return
    emit(rows, _COLUMNS, form, None, f"From {format_epoch(problem.time(new.now_s), 's')} on")
    if form == "table":
        click.echo(f"\n{new!r} in {new.runtime:.1f} s")


def _text(value: object) -> str:
    if value != value or value is None:  # NaN, NaT
        return ""
    if hasattr(value, "to_datetime64"):
        return "" if str(value) == "NaT" else format_epoch(value.to_datetime64(), "s")
    return f"{value:g}" if isinstance(value, float) else str(value)
