"""What the commands share: places, output and tables."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ilrs_science.errors import RequestError

if TYPE_CHECKING:
    from ilrs_science.catalogue.site import Site

__all__ = [
    "counted",
    "emit",
    "output_options",
    "records_of",
    "require_output",
    "site_of",
    "table_text",
    "write_text",
]

Command = TypeVar("Command", bound=Callable[..., Any])
Row = Mapping[str, str]

_NUMBER = re.compile(r"[-+]?[\d.]+(e[-+]?\d+)?|")
_COORDINATES = re.compile(r"\s*([-+.\deE]+)\s*,\s*([-+.\deE]+)\s*(?:,\s*([-+.\deE]+)\s*)?")


def form_option(command: Command) -> Command:
    """``--format``, as every command that prints a table has it."""
    forms = click.Choice(["table", "csv", "json"])
    return click.option("--format", "form", type=forms, default="table", show_default=True, help="Form.")(
        command
    )


def output_options(command: Command) -> Command:
    """``--format`` and ``--output``, as every command has them."""
    where = click.Path(dir_okay=False, path_type=Path)
    told = "Write the result here instead of to the screen."
    return form_option(click.option("--output", type=where, help=told)(command))


def site_of(text: str) -> Site:
    """Site from an id of the catalogue, or from ``LAT,LON[,HEIGHT_M]`` in degrees east and metres."""
    from ilrs_science.catalogue.library import load_catalogue  # half a second that few commands need
    from ilrs_science.catalogue.site import Site

    match = _COORDINATES.fullmatch(text)
    if match is None and "," not in text:
        return load_catalogue().sites[text]
    try:
        numbers = [float(part) for part in match.groups() if part is not None] if match else []
    except ValueError:
        numbers = []
    if len(numbers) < 2:
        raise RequestError(f"{text!r} is neither a site nor LAT,LON[,HEIGHT_M], such as -89.45,222.69")
    fields: dict[str, float] = dict(zip(("latitude", "longitude", "height"), numbers, strict=False))
    try:
        return Site(**fields)
    except RequestError as error:
        raise RequestError(f"{text!r} is no place on the Moon: {error}") from None


def emit(
    rows: Sequence[Row],
    columns: Sequence[str],
    form: str,
    output: Path | None,
    title: str = "",
    *,
    numbers: Collection[str] = (),
    notes: Sequence[str] = (),
) -> None:
    """Write rows as a table, csv or json; in json the columns of numbers are numbers, or null where they are empty.

    Title and notes stand above and below a table only.
    """
    if form == "json":
        write_text(json.dumps(records_of(rows, numbers), indent=2, ensure_ascii=False), output)
    elif form == "csv":
        text = io.StringIO()
        writer = csv.DictWriter(text, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        write_text(text.getvalue().rstrip("\n"), output)
    elif output is None and sys.stdout.isatty():
        heads = [Text(title, style="bold")] if title else []
        Console().print(*heads, _table(rows, columns), *(Text(note) for note in notes), sep="\n")
    else:
        write_text(table_text(rows, columns, title, notes=notes), output)


def records_of(rows: Sequence[Row], numbers: Collection[str]) -> list[dict[str, str | float | None]]:
    """Rows for json: the columns of numbers are numbers, or null where they are empty."""
    return [{name: _number(text) if name in numbers else text for name, text in row.items()} for row in rows]


def table_text(rows: Sequence[Row], columns: Sequence[str], title: str, *, notes: Sequence[str] = ()) -> str:
    """A table as lines for a file or another program."""
    text = io.StringIO()
    Console(file=text, width=200).print(_table(rows, columns))
    lines = [*([title] if title else []), *text.getvalue().rstrip("\n").splitlines(), *notes]
    return "\n".join(line.rstrip() for line in lines)


def counted(number: int, word: str) -> str:
    """A number of things in words, such as ``1 window``."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def _table(rows: Sequence[Row], columns: Sequence[str]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in columns:
        right = bool(rows) and all(_NUMBER.fullmatch(row[name]) for row in rows)
        table.add_column(name, overflow="fold", justify="right" if right else "left")
    for row in rows:
        style = "yellow" if row.get("basis", "").startswith("estimate") else ""
        table.add_row(*(Text(row[name]) for name in columns), style=style)
    return table


def _number(text: str) -> float | None:
    return float(text) if text else None


def write_text(text: str, output: Path | None) -> None:
    """Text to a file, with a word on it, or to the screen."""
    if output is None:
        if text:
            click.echo(text)
        return
    try:
        output.write_text(text + "\n" if text else "", "utf-8")
    except OSError as error:
        click.echo(text)
        told = f"cannot write {str(output)!r}: {error.strerror}; it was printed instead"
        raise RequestError(told) from error
    click.echo(f"wrote {output}", err=True)


def require_output(output: Path | None, *inputs: Path | None) -> None:
    """Refuse, before the work, a file that is one of the inputs or cannot be written."""
    if output is None:
        return
    for given in inputs:
        if given is not None and given.exists() and output.exists() and output.samefile(given):
            raise RequestError(f"--output {str(output)!r} is the input itself; write to another file")
    there = output.exists()
    if there and not output.is_file():  # a pipe or a terminal is not opened twice
        return
    try:
        output.open("ab").close()
        if not there:
            output.unlink()
    except OSError as error:
        raise RequestError(f"cannot write {str(output)!r}: {error.strerror}") from error
