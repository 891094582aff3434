"""``ilrs catalogue diff, search, interference, traceability``: the catalogue as tables."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from ilrs_science.catalogue.library.views.traceability import trace_lines
from ilrs_science.cli.catalogue_lines import COLUMNS, is_narrow, line_of
from ilrs_science.cli.common import emit, output_options
from ilrs_science.cli.doubt import LEGEND
from ilrs_science.cli.folders import folder_argument, laid_over
from ilrs_science.errors import RequestError

__all__ = ["COMMANDS"]


@click.command("diff", short_help="What a folder adds and changes.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("other", required=False, type=click.Path(path_type=Path))
@output_options
def diff(folder: Path, other: Path | None, form: str, output: Path | None) -> None:
    """What a FOLDER adds to the shipped catalogue, takes its place or changes; with OTHER, what that has instead."""
    before, after = (None, folder) if other is None else (folder, other)
    rows = [asdict(one) for one in laid_over(before).differences(laid_over(after))]
    emit(rows, ("kind", "id", "change", "field", "before", "after"), form, output)
    if not rows:
        click.echo("no difference", err=True)


@click.command("search", short_help="Find records by words.")
@click.argument("words", nargs=-1, required=True)
@click.option("--folder", type=click.Path(path_type=Path), help="Folder to lay over the shipped catalogue.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="Most records.")
@output_options
def search(words: tuple[str, ...], folder: Path | None, limit: int, form: str, output: Path | None) -> None:
    """Find records of all kinds by WORDS, best first; a typing error is forgiven."""
    asked = " ".join(words)
    if not any(one.isalnum() for one in asked):
        raise RequestError(
            "search for what? Write words or a name, such as: ilrs catalogue search seismometer"
        )
    hits = laid_over(folder).search(asked, limit=limit)
    emit(
        [line_of(hit.kind, hit.record) for hit in hits], COLUMNS, form, output, notes=[LEGEND] if hits else []
    )
    if not hits:
        click.echo("nothing found", err=True)


@click.command("interference", short_help="Experiments that disturb each other.")
@folder_argument
@click.option("--campaign", help="Only the experiments of this campaign.")
@output_options
def interference(folder: Path | None, campaign: str | None, form: str, output: Path | None) -> None:
    """Pairs of experiments of which one disturbs the other when they run at the same time."""
    known = laid_over(folder)
    wanted = known.campaigns[campaign].experiments if campaign is not None else None
    rows = [_texts(asdict(pair)) for pair in known.interferences(wanted)]
    columns = ("source", "victim", "disturbance", "emitters", "receivers", "reason", "reach")
    if not is_narrow(form, output):
        emit(rows, columns, form, output)
    else:
        reasons = dict.fromkeys(f"{row['disturbance']}: {row['reason']}" for row in rows)
        notes = [*reasons, "Emitters and receivers: on a wider screen, or --format csv."] if rows else []
        emit(rows, ("source", "victim", "disturbance", "reach"), form, output, notes=notes)
    if not rows:
        click.echo("no pair disturbs each other", err=True)


@click.command("traceability", short_help="From objectives to instruments and requirements.")
@folder_argument
@output_options
def traceability(folder: Path | None, form: str, output: Path | None) -> None:
    """From each objective to what is measured, by which instrument, and what that must reach."""
    known = laid_over(folder)
    rows = [asdict(line) for line in trace_lines(known.experiments.values(), known.instruments)]
    columns = ("experiment", "objective", "measurement", "instrument", "requirement", "basis")
    narrow = is_narrow(form, output)
    shown = [name for name in columns if name != "objective" or not narrow]
    notes = ["Objectives: on a wider screen, or --format csv."] if narrow else []
    emit([{name: row[name] for name in columns} for row in rows], shown, form, output, notes=notes)


def _texts(row: dict[str, Any]) -> dict[str, str]:
    return {name: " ".join(value) if isinstance(value, tuple) else str(value) for name, value in row.items()}


#: Commands of this module.
COMMANDS: tuple[click.Command, ...] = (diff, search, interference, traceability)
