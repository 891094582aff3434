"""``ilrs catalogue schema, new``: what a person needs to write records of their own."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.catalogue.library.kinds import KINDS
from ilrs_science.catalogue.library.views.schema import folder_schema, record_schema
from ilrs_science.catalogue.library.views.template import template_of
from ilrs_science.cli.common import write_text
from ilrs_science.cli.folders import folder_of
from ilrs_science.errors import RequestError

__all__ = ["COMMANDS"]


@click.command("schema", short_help="JSON Schema, so that editors help.")
@click.argument("kind", required=False)
@click.option(
    "--output", type=click.Path(file_okay=False, path_type=Path), help="Folder for one file a kind."
)
def schema(kind: str | None, output: Path | None) -> None:
    """JSON Schema of the files of one KIND of record, or of a file with several kinds.

    Point your editor at it, and it completes, explains and checks while you write.
    """
    wanted = [folder_of(kind)] if kind else [*KINDS]
    if output is None:
        write_text(_text(record_schema(wanted[0]) if kind else folder_schema()), None)
        return
    _make_folder(output)
    for folder in wanted:
        write_text(_text(record_schema(folder)), output / f"{folder}.schema.json")
    if not kind:
        write_text(_text(folder_schema()), output / "catalogue.schema.json")


@click.command("new", short_help="A commented file to fill in.")
@click.argument("kind")
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write; it must not be there."
)
def new(kind: str, output: Path | None) -> None:
    """A commented YAML file for a record of one KIND: every field, its unit, whether it is needed, an example."""
    if output is not None and output.exists():
        raise RequestError(f"{str(output)!r} is there already")
    catalogue = load_catalogue()
    records = {folder: list(catalogue.shelf(folder).values()) for folder in KINDS}
    text = template_of(folder_of(kind), records).rstrip("\n")
    if output is not None:
        _make_folder(output.parent)
    write_text(text, output)


def _make_folder(folder: Path) -> None:
    """Make a folder and those around it, unless they are there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RequestError(f"cannot write {str(folder)!r}: {error.strerror}") from error


def _text(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


#: Commands of this module.
COMMANDS: tuple[click.Command, ...] = (schema, new)
