"""``ilrs ensemble``: hundreds of lives of a plan."""

from __future__ import annotations

from pathlib import Path

import click
import xarray as xr

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.cli.common import Row, counted, emit, form_option
from ilrs_science.cli.lived import SUBJECT, planned, risks_of, scenario_of, wrong_options
from ilrs_science.cli.progress import part_progress
from ilrs_science.cli.stopping import stop_on_signal
from ilrs_science.errors import RequestError
from ilrs_science.planning.execution.execute import Spread
from ilrs_science.planning.replan.operate import Operator
from ilrs_science.studies.ensemble.ensemble import ensemble as ensemble_of
from ilrs_science.studies.ensemble.summary import summary

__all__ = ["ensemble"]


@click.command()
@click.argument("words", metavar=SUBJECT, nargs=-1, required=True)
@click.option(
    "--seeds", type=click.IntRange(1), default=100, show_default=True, help="Members of each combination."
)
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Root of all seeds.")
@click.option(
    "--vary",
    multiple=True,
    metavar="NAME=VALUE,VALUE",
    help="Such as mode=on_board,ground, turnaround_s=3600,86400 or battery.capacity_Wh=9000,12000.",
)
@wrong_options
@click.option(
    "--spread", type=click.FloatRange(0, 2), default=0.0, show_default=True, help="Of durations and powers."
)
@click.option(
    "--workers", type=click.IntRange(0, 256), help="Processes of this machine; one a core unless given."
)
@click.option("--scheduler", metavar="ADDRESS", help="A dask scheduler, such as tcp://10.0.0.1:8786.")
@click.option("--plan-limit", default="20s", show_default=True, metavar="DURATION", help="For a first plan.")
@click.option(
    "--time-limit",
    default="0.5s",
    show_default=True,
    metavar="DURATION",
    help="For each new plan, deterministic.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="Folder for finished members and ensemble.nc, or NAME.nc, NAME.zarr.",
)
@form_option
@click.pass_context
def ensemble(
    context: click.Context,
    /,
    words: tuple[str, ...],
    seeds: int,
    seed: int,
    vary: tuple[str, ...],
    folder: Path | None,
    risks: str | None,
    scenario: Path | None,
    spread: float,
    workers: int | None,
    scheduler: str | None,
    plan_limit: str,
    time_limit: str,
    output: Path | None,
    form: str,
) -> None:
    """Live a plan many times: what is done, lost and planned anew when things go wrong at random.

    All risks of the catalogue are drawn unless --risks or --disruptions say otherwise. Finished members are kept: after
    Ctrl-C the same command goes on. Exit status 1 if a member failed, 3 if stopped.
    """
    factors = dict(map(_factor, vary))
    if scheduler is not None and workers is not None:
        raise RequestError("give --workers or --scheduler, not both")
    problem, plan, _ = planned(words, folder)
    drawn = risks_of(risks or ("all" if scenario is None else None), load_catalogue(folder))
    with part_progress("lives") as told, stop_on_signal() as stopped:
        found = ensemble_of(
            problem,
            factors=factors,
            scenarios=[*scenario_of(scenario, problem), *drawn],
            seeds=seeds,
            seed=seed,
            plan=plan,
            plan_limit=plan_limit,
            operator=Operator(time_limit=time_limit),
            spread=Spread(duration=spread, power=spread),
            cluster=scheduler,
            workers=workers,
            output=output,
            progress=told,
            cancel=stopped.is_set,
        )
    _print(found, form)
    undone, failed = int(found.attrs["members_not_done"]), int(found.attrs["members_failed"])
    if failed:
        reason = next(text for text in found.failure.values.flat if text and not text.startswith("not done"))
        click.echo(f"ilrs: {counted(failed, 'member')} failed, such as by: {reason}", err=True)
    if undone:
        where = output if output is not None and output.suffix not in (".nc", ".zarr") else "the cache"
        total = int(found.failure.size)
        kept = f"{total - undone} of {total} members are kept in {where}"
        click.echo(f"ilrs: stopped; {kept}; the same command goes on with them", err=True)
    elif output is not None:
        click.echo(f"wrote {output}", err=True)
    context.exit(3 if undone else 1 if failed else 0)


def _factor(text: str) -> tuple[str, list[float | str]]:
    """Name and values of a factor."""
    name, equals, values = text.partition("=")
    if not (name and equals and values):
        raise RequestError(f"--vary {text!r} is not NAME=VALUE,VALUE, such as mode=on_board,ground")
    return name.strip(), [_value(part.strip()) for part in values.split(",")]


def _value(text: str) -> float | str:
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return text


def _print(found: xr.Dataset, form: str) -> None:
    table = summary(found)
    if not table["not_done"].any():
        table = table.drop(columns="not_done")
    rows: list[Row] = [
        {str(name): _text(value) for name, value in row.items()} for row in table.to_dict("records")
    ]
    numbers = tuple(str(name) for name in table.columns if table[name].dtype.kind in "if")
    emit(rows, tuple(map(str, table.columns)), form, None, str(found.attrs["title"]), numbers=numbers)


def _text(value: object) -> str:
    if value != value:
        return ""
    return f"{value:.4g}" if isinstance(value, float) else str(value)
