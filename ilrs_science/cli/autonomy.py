"""``ilrs autonomy``: how long a station goes on without contact, and what silence costs."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.risk import Risk
from ilrs_science.cli.common import Row, emit, output_options, require_output, write_text
from ilrs_science.cli.lived import (
    SUBJECT,
    first_plan,
    moment_of,
    planned,
    risks_of,
    scenario_of,
    wrong_options,
)
from ilrs_science.cli.progress import part_progress
from ilrs_science.cli.stopping import stop_on_signal
from ilrs_science.errors import RequestError
from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.replan.operate import Operator
from ilrs_science.studies.autonomy import WORDS, Autonomy
from ilrs_science.studies.autonomy import autonomy as autonomy_of

__all__ = ["autonomy"]


@click.command()
@click.argument("words", metavar=SUBJECT, nargs=-1, required=True)
@click.option(
    "--from", "since", metavar="DATE", help="When the silence begins; the start of the plan unless given."
)
@click.option(
    "--silence",
    metavar="DAYS,DAYS",
    help="Lengths of silence, in days or with a unit; each day up to a week unless given.",
)
@wrong_options
@click.option(
    "--seeds", type=click.IntRange(1), default=1, show_default=True, help="Members for each length."
)
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Root of all seeds.")
@click.option(
    "--workers", type=click.IntRange(0, 256), default=0, help="Processes of this machine; 0: none but this."
)
@click.option("--plan-limit", default="20s", show_default=True, metavar="DURATION", help="For a first plan.")
@click.option(
    "--time-limit",
    default="0.5s",
    show_default=True,
    metavar="DURATION",
    help="For each new plan, deterministic.",
)
@output_options
@click.pass_context
def autonomy(
    context: click.Context,
    /,
    words: tuple[str, ...],
    since: str | None,
    silence: str | None,
    folder: Path | None,
    risks: str | None,
    scenario: Path | None,
    seeds: int,
    seed: int,
    workers: int,
    plan_limit: str,
    time_limit: str,
    form: str,
    output: Path | None,
) -> None:
    """Days until energy, storage or plan run out without contact, and the value lost by days of silence.

    New plans are made on board or on the ground, which must be heard first. Exit status 3 if stopped.
    """
    require_output(output, *map(Path, words), scenario)
    lengths = None if silence is None else _days(silence)
    problem, plan, _ = planned(words, folder)
    moment = 0 if since is None else moment_of(since, problem, "--from")
    wrong: list[Disruption | Risk] = [
        *scenario_of(scenario, problem),
        *risks_of(risks, load_catalogue(folder)),
    ]
    with stop_on_signal() as stopped:
        first = plan or first_plan(problem, plan_limit, seed)
        with part_progress("lives") as told:
            try:
                found = autonomy_of(
                    problem,
                    first,
                    from_s=moment,
                    silence=lengths,
                    wrong=wrong,
                    seeds=seeds,
                    seed=seed,
                    operator=Operator(time_limit=time_limit),
                    workers=workers,
                    progress=told,
                    cancel=stopped.is_set,
                )
            except RequestError:
                if not stopped.is_set():
                    raise
                click.echo("ilrs: stopped; the same command goes on where it was", err=True)
                context.exit(3)
    _print(found, form, output)


def _days(text: str) -> list[float | str]:
    return [_length(part.strip(), text) for part in text.split(",")]


def _length(part: str, text: str) -> float | str:
    """Days, or a length with its unit."""
    try:
        return float(part)
    except ValueError:
        if part[:1].isdigit():
            return part
        raise RequestError(f"--silence {text!r} is no list of days, such as 1,2,5 or 36h") from None


def _print(found: Autonomy, form: str, output: Path | None) -> None:
    table = found.table().reset_index().rename(columns={"silence": "silence_d"})
    if form == "json":
        fields = {
            "epoch": found.epoch,
            "first": found.first,
            "days": found.days,
            "limits_d": dict(found.limits),
        }
        curve = json.loads(table.to_json(orient="records"))
        text = json.dumps({**fields, "curve": curve}, indent=2)
        write_text(text, output)
        return
    rows: list[Row] = [
        {str(name): "" if value != value else f"{value:g}" for name, value in row.items()}
        for row in table.to_dict("records")
    ]
    notes = [
        "",
        *(f"{WORDS[cause]}: {'not before the end' if days is None else f'after {days:.2f} d'}"
          for cause, days in found.limits.items()),
        repr(found),
    ]  # fmt: skip
    emit(rows, tuple(map(str, table.columns)), form, output, f"Silence from {found.epoch}", notes=notes)
