"""``ilrs catalogue references, referrers``: what a record names, and who names it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import click

from ilrs_science.catalogue.library.views.graph import Edge
from ilrs_science.cli.common import counted, emit, output_options
from ilrs_science.cli.folders import folder_argument, laid_over

__all__ = ["COMMANDS"]

Command = TypeVar("Command", bound=Callable[..., Any])

_COLUMNS = ("kind", "id", "field", "to_kind", "to_id")


def _arguments(command: Command) -> Command:
    """``ID [FOLDER] --steps``, and the form of the output."""
    how_far = click.option(
        "--steps", type=click.IntRange(1, 20), default=1, show_default=True, help="How far to go."
    )
    return click.argument("name", metavar="ID")(folder_argument(how_far(output_options(command))))


@click.command("references", short_help="What a record names.")
@_arguments
def references(name: str, folder: Path | None, steps: int, form: str, output: Path | None) -> None:
    """What the record ID names: other records, and the sources of its numbers."""
    known = laid_over(folder)
    _emit(known.references(name, steps=steps), form, output)
    if behind := known.referrers(name):
        click.echo(f"named by {counted(len(behind), 'other')}: ilrs catalogue referrers {name}", err=True)


@click.command("referrers", short_help="Who names a record, or cites a source.")
@_arguments
def referrers(name: str, folder: Path | None, steps: int, form: str, output: Path | None) -> None:
    """Who names the record ID, or cites the source ID."""
    known = laid_over(folder)
    found = known.referrers(name, steps=steps)
    _emit(found, form, output)
    if not found:
        click.echo("nothing names it", err=True)


def _emit(edges: Sequence[Edge], form: str, output: Path | None) -> None:
    emit([asdict(edge) for edge in edges], _COLUMNS, form, output)


#: Commands of this module.
COMMANDS: tuple[click.Command, ...] = (references, referrers)
