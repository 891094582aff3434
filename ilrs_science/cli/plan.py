"""``ilrs plan``: plan a campaign, print it, write a bundle."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import pandas as pd

from ilrs_science.campaign import Campaign
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.cli.common import emit, form_option
from ilrs_science.cli.progress import search_progress, stage_progress
from ilrs_science.cli.searching import early, leave, request_of, search_options
from ilrs_science.cli.stopping import stop_on_signal
from ilrs_science.planning.result import PlanResult
from ilrs_science.results.bundle import require_free, write_bundle
from ilrs_science.results.table import left_out_table, plan_table, summary_table

__all__ = ["plan"]


@click.command()
@click.argument("campaign")
@click.option(
    "--catalogue", "folder", type=click.Path(path_type=Path), help="Folder of records laid over the shipped."
)
@search_options
@click.option("--output", type=click.Path(path_type=Path), help="Folder for the result bundle.")
@form_option
@click.pass_context
def plan(
    context: click.Context,
    /,
    campaign: str,
    folder: Path | None,
    output: Path | None,
    form: str,
    **options: Any,
) -> None:
    """Plan CAMPAIGN and check the plan. Exit status 1 if there is no plan, 3 if stopped."""
    catalogue = load_catalogue(folder)
    task = Campaign(catalogue.campaigns[campaign], catalogue=catalogue)
    seconds, request = request_of(options)
    if output is not None:
        require_free(output)
    click.echo(repr(task), err=True)
    with stage_progress() as at_work:
        problem = task.prepare(at_work)
    click.echo(repr(problem), err=True)
    with search_progress(seconds) as told, stop_on_signal() as stopped:
        result = task.plan(**request, progress=told, cancel=stopped.is_set)
    kept = ""
    if output is not None and output.exists() and early(result, stopped=stopped.is_set()):
        kept = f"; {output} was left as it is"
    elif output is not None:
        click.echo(f"wrote {write_bundle(output, task, result)}", err=True)
    _print(task, result, form)
    leave(context, result, stopped=stopped.is_set(), kept=kept)


def _print(task: Campaign, result: PlanResult, form: str) -> None:
    emit(_rows(plan_table(task, result)), _COLUMNS, form, None, task.record.label)
    if form == "table":
        click.echo()
        emit(
            _rows(summary_table(task, result)),
            ("id", "experiment", "wanted", "done", "possible [h]", "value"),
            form,
            None,
        )
        click.echo()
        if result.plan.left_out:
            emit(
                _rows(left_out_table(task, result)),
                ("id", "value", "left out because"),
                form,
                None,
                "Left out",
            )
            click.echo()
        click.echo(f"{result!r} in {result.runtime:.1f} s")


_HEADS = {"hours": "length [h]", "power": "power [W]", "data": "data [Mbit]", "window_h": "possible [h]",
          "reason": "left out because",
          "start": "start [UTC]", "end": "end [UTC]"}  # fmt: skip
_COLUMNS = ("id", "experiment", "start [UTC]", "end [UTC]", "length [h]", "power [W]", "data [Mbit]", "value")


def _rows(table: pd.DataFrame) -> list[dict[str, str]]:
    return [
        {_HEADS.get(name, name): _text(value) for name, value in row.items()}
        for row in ({str(name): value for name, value in line.items()} for line in table.to_dict("records"))
    ]


def _text(value: object) -> str:
    if isinstance(value, pd.Timestamp):
        return f"{value.round('min'):%Y-%m-%d %H:%M}"
    return f"{value:g}" if isinstance(value, float) else str(value)
