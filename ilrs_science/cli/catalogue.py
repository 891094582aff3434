"""``ilrs catalogue``: what the station could do, and whether a folder of records is sound."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ilrs_science.catalogue.library import check_catalogue
from ilrs_science.catalogue.library.checked import nothing_in
from ilrs_science.catalogue.library.views.rows import rows_of, sources_of
from ilrs_science.cli import catalogue_files as files
from ilrs_science.cli import catalogue_graph as graph
from ilrs_science.cli import catalogue_rules as rules
from ilrs_science.cli import catalogue_tables as tables
from ilrs_science.cli.catalogue_lines import COLUMNS, line_of
from ilrs_science.cli.common import emit, output_options, write_text
from ilrs_science.cli.doubt import LEGEND
from ilrs_science.cli.folders import Kind, folder_argument, laid_over
from ilrs_science.errors import RequestError

__all__ = ["catalogue"]


@click.group(
    help="Sites, orbits, instruments, experiments, stations, missions, partners, rules and campaigns."
)
def catalogue() -> None:
    """Group of the catalogue commands."""


@catalogue.command("list", short_help="All records, doubts marked.")
@folder_argument
@click.option("--kind", type=Kind(), help="Only this kind of record, such as sites.")
@output_options
def list_records(folder: Path | None, kind: str | None, form: str, output: Path | None) -> None:
    """List all records, doubts marked; with a FOLDER, those of the shipped catalogue with the folder laid over it."""
    known = laid_over(folder)
    shelves = [known.shelf(kind)] if kind else known.shelves
    rows = [line_of(shelf.kind, record) for shelf in shelves for record in shelf.values()]
    title = ", ".join(shelf.count_text for shelf in shelves)
    emit(
        rows, COLUMNS if kind is None or form != "table" else COLUMNS[1:], form, output, title, notes=[LEGEND]
    )


@catalogue.command("show", short_help="One record, each number with its basis.")
@click.argument("name", metavar="ID")
@folder_argument
@output_options
def show_record(name: str, folder: Path | None, form: str, output: Path | None) -> None:
    """Show one record by its ID, code or name, each number with its basis; or what the key of a source stands for."""
    known = laid_over(folder)
    if name in known.sources:
        emit([{"source": name, "text": known.sources[name]}], ("source", "text"), form, output)
        return
    kind, record = known.one(name)
    if form == "json":
        write_text(
            json.dumps({"kind": kind, **record.model_dump(mode="json")}, indent=2, ensure_ascii=False), output
        )
    else:
        columns = ("field", "value", "basis", "source")
        rows = list(rows_of(record))
        notes = sources_of(rows, known.sources)
        emit(rows, columns, form, output, f"{kind} {record.id}: {record.label}", notes=notes)


@catalogue.command("check", short_help="Every fault of a folder, with file and line.")
@folder_argument
@output_options
@click.pass_context
def check_folder(context: click.Context, folder: Path | None, form: str, output: Path | None) -> None:
    """Report every fault of a FOLDER at once, with file and line; exit status 1 if there is one.

    It says how many records were read; a folder without any is refused.
    """
    checked = check_catalogue(folder)
    if not checked.records and not checked.faults:
        raise RequestError(nothing_in(str(folder), checked.sources))
    if form == "table":
        write_text("\n".join(map(str, checked.faults)), output)
    else:
        columns = ("file", "line", "record", "field", "wrong", "allowed")
        rows = [{name: str(getattr(fault, name)) for name in columns} for fault in checked.faults]
        emit(rows, columns, form, output)
    where = folder if folder is not None else "the shipped catalogue"
    click.echo(f"{checked.fault_text} in {where}: {checked.read_text}", err=True)
    context.exit(1 if checked.faults else 0)


for _command in (*tables.COMMANDS, *graph.COMMANDS, *files.COMMANDS, *rules.COMMANDS):
    catalogue.add_command(_command)
