"""``ilrs catalogue``: what the station could do, and whether a folder of records is sound."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click

from ilrs_science.catalogue.library import Catalogue, catalogue_faults, load_catalogue
from ilrs_science.catalogue.library.kinds import KINDS
from ilrs_science.catalogue.record import Record
from ilrs_science.cli.common import emit, output_options, write_text
from ilrs_science.cli.summaries import readable, summary
from ilrs_science.errors import RequestError

__all__ = ["catalogue"]

Command = TypeVar("Command", bound=Callable[..., Any])


def _folder_argument(command: Command) -> Command:
    return click.argument("folder", required=False, type=click.Path(path_type=Path))(command)


@click.group(
    help="Sites, orbits, instruments, experiments, stations, missions, partners, rules and campaigns."
)
def catalogue() -> None:
    """Group of the catalogue commands."""


@catalogue.command("list")
@_folder_argument
@click.option("--kind", type=click.Choice(list(KINDS)), help="Only this kind of record.")
@output_options
def list_records(folder: Path | None, kind: str | None, form: str, output: Path | None) -> None:
    """List all records; with a FOLDER, those of the shipped catalogue with the folder laid over it."""
    known = _load(folder)
    wanted = KINDS[kind] if kind else Record
    rows = [
        {"kind": name, "id": record.id, "name": record.name, "summary": summary(record)}
        for name, record in known.records()
        if isinstance(record, wanted)
    ]
    title = ", ".join(shelf.count_text for shelf in known.shelves)
    emit(rows, ("kind", "id", "name", "summary"), form, output, title)


@catalogue.command("show")
@click.argument("name", metavar="ID")
@_folder_argument
@output_options
def show_record(name: str, folder: Path | None, form: str, output: Path | None) -> None:
    """Show one record by its ID, each number with its basis; an estimate is shown as an estimate."""
    found = _load(folder).find(name)
    if len(found) > 1:
        ways = " or ".join(f"{kind}/{name}" for kind, _ in found)
        raise RequestError(f"{name!r} is the id of several records; write {ways}")
    kind, record = found[0]
    if form == "json":
        write_text(
            json.dumps({"kind": kind, **record.model_dump(mode="json")}, indent=2, ensure_ascii=False), output
        )
    else:
        columns = ("field", "value", "basis", "source")
        emit(list(_fields(record)), columns, form, output, f"{kind} {record.id}: {record.label}")


@catalogue.command("check")
@_folder_argument
@output_options
@click.pass_context
def check_folder(context: click.Context, folder: Path | None, form: str, output: Path | None) -> None:
    """Report every fault of a FOLDER at once, with file and line; exit status 1 if there is one."""
    faults = catalogue_faults(folder)
    if form == "table":
        write_text("\n".join(map(str, faults)), output)
    else:
        columns = ("file", "line", "record", "field", "wrong", "allowed")
        rows = [{name: str(getattr(fault, name)) for name in columns} for fault in faults]
        emit(rows, columns, form, output)
    count = f"{len(faults)} fault{'' if len(faults) == 1 else 's'}" if faults else "no fault"
    click.echo(f"{count} in {folder if folder is not None else 'the shipped catalogue'}", err=True)
    context.exit(1 if faults else 0)


def _load(folder: Path | None) -> Catalogue:
    if folder is not None and not folder.exists() and str(folder) in KINDS:
        raise RequestError(
            f"there is no folder {str(folder)!r}; for one kind of record write --kind {folder}"
        )
    return load_catalogue(folder)


def _fields(record: Record) -> Iterator[dict[str, str]]:
    """One row per value of a record."""
    for path, text in _flat(
        "", record.model_dump(mode="json", exclude={"basis", "id", "name", "conditions"})
    ):
        plain = ".".join(part for part in path.split(".") if not part.startswith("["))
        told = plain in {*record.basis, *(name for name, _ in record.numbers())}
        origin = record.provenance_of(plain)
        basis = f"{origin.basis} {origin.confidence}" if told else ""
        source = " ".join(origin.sources) if told else ""
        yield {"field": path.replace(".[", "["), "value": readable(text), "basis": basis, "source": source}
    conditions = getattr(record, "conditions", None)
    if conditions is not None:
        origin = record.provenance_of("conditions")
        basis = f"{origin.basis} {origin.confidence}"
        yield {
            "field": "conditions",
            "value": conditions.label,
            "basis": basis,
            "source": " ".join(origin.sources),
        }


def _flat(path: str, value: Any) -> Iterator[tuple[str, str]]:
    """Dotted paths and texts; what is empty is left out, entries of a list are named ``[id]`` or counted."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _flat(f"{path}.{name}" if path else name, inner)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for index, entry in enumerate(value, start=1):
            rest = {name: one for name, one in entry.items() if name != "id"}
            yield from _flat(f"{path}.[{entry.get('id', index)}]", rest)
    elif isinstance(value, list):
        if value:
            yield path, ", ".join(map(str, value))
    elif value not in (None, ""):
        yield path, f"{value:g}" if isinstance(value, float) else str(value)
