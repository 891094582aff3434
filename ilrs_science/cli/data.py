"""``ilrs data``: the terrain on this machine, and the terrain that can be fetched."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from ilrs_science.cli.common import emit, output_options
from ilrs_science.cli.progress import working
from ilrs_science.environment.terrain.deposit import add_file, fetch
from ilrs_science.environment.terrain.download import Progress as Told
from ilrs_science.environment.terrain.origin import Origin
from ilrs_science.environment.terrain.products import Product, known_products
from ilrs_science.environment.terrain.stack import shipped_terrain
from ilrs_science.environment.terrain.store import Entry, entries, entry_of, remove_entry, store_folder
from ilrs_science.errors import RequestError
from ilrs_science.paths import checksums, data_folder, data_path

__all__ = ["data"]

TABLE = ("name", "state", "pixel_m", "size", "what")
SHOWN = ("field", "value")
COLUMNS = (
    "name", "state", "what", "pixel_m", "projection", "bounds", "bytes", "added", "sha256", "digest", "source",
    "licence", "citation", "note",
)  # fmt: skip


@click.group(help="Terrain on this machine, and terrain that can be fetched.")
def data() -> None:
    """Group of the data commands."""


@data.command("list")
@output_options
def list_data(form: str, output: Path | None) -> None:
    """List the shipped grids, what is in the store, and known products that are not there yet."""
    stored = entries()
    names = {entry.name for entry in stored}
    rows = [
        *_shipped(),
        *map(_stored, stored),
        *(_known(one) for one in known_products().values() if one.name not in names),
    ]
    if form == "table":
        rows = [{name: row[name] for name in TABLE} for row in rows]
        emit(rows, TABLE, form, output, f"store: {store_folder()}")
    else:
        rows = [{name: row[name] for name in COLUMNS} for row in rows]
        emit(rows, COLUMNS, form, output)


@data.command("add")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--name", metavar="NAME", help="Name in the store.  [default: from the file's]")
@click.option("--source", default="", metavar="TEXT", help="Whose product it is, or its address.")
@click.option("--licence", default="not stated", metavar="TEXT", help="Under which it may be used.")
@click.option("--citation", default="not stated", metavar="TEXT", help="How to cite it.")
def add(file: Path, name: str | None, source: str, licence: str, citation: str) -> None:
    """Check a FILE of terrain and copy it, with its label if it has one, into the store."""
    with working(f"reading and copying {file.name}"):
        entry, new = add_file(file, name=name, origin=Origin(source, licence, citation))
    _tell(entry, new)


@data.command("fetch")
@click.argument("wanted", metavar="NAME|URL")
@click.option("--name", metavar="NAME", help="Name in the store.  [default: the product's or the file's]")
@click.option("--sha256", default="", metavar="HEX", help="Digest the file must have.")
def fetch_data(wanted: str, name: str | None, sha256: str) -> None:
    """Fetch a known product by its NAME, or any file of terrain; a fetch that was stopped goes on where it was."""
    try:
        with _bar(wanted) as told:
            entry, new = fetch(wanted, name=name, sha256=sha256, progress=told)
    except KeyboardInterrupt:
        click.echo("what has come is kept; the same command goes on from there", err=True)
        raise
    _tell(entry, new)


@data.command("show")
@click.argument("name")
@output_options
def show(name: str, form: str, output: Path | None) -> None:
    """Show all that is recorded of one terrain: where it came from, its digests, and what the file says of itself."""
    known = {row["name"]: row for row in [*map(_known, known_products().values()), *_shipped()]}
    name = name.lower() if name.lower() in known else name
    if name in known and name not in {entry.name for entry in entries()}:
        facts = {column: known[name][column] for column in COLUMNS}
    else:
        facts = _facts(entry_of(name))
    emit([{"field": key, "value": text} for key, text in facts.items() if text], SHOWN, form, output)


@data.command("remove")
@click.argument("name")
def remove(name: str) -> None:
    """Remove one terrain from the store, with its files."""
    if name in {row["name"] for row in _shipped()}:
        raise RequestError(f"{name} comes with the package and is not in the store; it cannot be removed")
    entry = remove_entry(name)
    files = ", ".join(one.name for one in entry.files)
    click.echo(f"removed {entry.name} from the store: {files}, {_size(entry.size)}; {entry.path.parent}")


def _facts(entry: Entry) -> dict[str, str]:
    """All of a record, file by file."""
    facts = {
        name: text for name, text in _stored(entry).items() if name not in ("sha256", "digest", "source")
    }
    facts |= {"rows": str(entry.rows), "columns": str(entry.columns), "path": str(entry.path)}
    for one in entry.files:
        facts |= {
            f"file {one.name}": f"{one.size} bytes from {one.url}",
            f"sha256 {one.name}": f"{one.sha256} ({one.digest_from})",
        }
    return facts | {f"tag {name}": text for name, text in entry.tags}


def _tell(entry: Entry, new: bool) -> None:
    words = "is now in the store" if new else "was in the store already"
    click.echo(
        f"{entry.name} {words}: {entry.pixel_m:.4g} m, {entry.projection}, {_size(entry.size)}; {entry.path}"
    )
    if (
        new
        and entry.files[0].url.startswith("http")
        and any(one.digest_from == "first seen" for one in entry.files)
    ):
        digests = ", ".join(f"{one.name} {one.sha256}" for one in entry.files)
        click.echo(f"no digest to compare with; SHA-256 recorded as first seen: {digests}", err=True)


@contextmanager
def _bar(wanted: str) -> Iterator[Told]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(wanted.rsplit("/", 1)[-1], total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total or None)


def _shipped() -> Iterator[dict[str, str]]:
    digests = checksums(data_folder())
    for dem in shipped_terrain().dems:
        path = data_path(f"terrain/{dem.name}")
        yield {
            "name": dem.name,
            "state": "shipped",
            "what": "LOLA, part of 'auto'",
            "pixel_m": f"{dem.cell:.4g}",
            "size": _size(path.stat().st_size),
            "projection": dem.projection.label,
            "bounds": "",
            "bytes": str(path.stat().st_size),
            "added": "",
            "sha256": digests[f"terrain/{dem.name}"],
            "digest": "published with the package",
            "source": "see data/SOURCES.md",
            "licence": "public domain (NASA)",
            "citation": "Smith et al. (2010), doi:10.1029/2010GL043751",
            "note": "",
        }


def _stored(entry: Entry) -> dict[str, str]:
    return {
        "name": entry.name,
        "state": "stored",
        "what": entry.source,
        "pixel_m": f"{entry.pixel_m:.4g}",
        "size": _size(entry.size),
        "projection": entry.projection,
        "bounds": " ".join(f"{edge:.9g}" for edge in entry.bounds),
        "bytes": str(entry.size),
        "added": entry.added,
        "sha256": " ".join(one.sha256 for one in entry.files),
        "digest": " ".join(dict.fromkeys(one.digest_from for one in entry.files)),
        "source": " ".join(one.url for one in entry.files),
        "licence": entry.licence,
        "citation": entry.citation,
        "note": "",
    }


def _known(product: Product) -> dict[str, str]:
    return {
        "name": product.name,
        "state": "to fetch",
        "what": product.title,
        "pixel_m": f"{product.pixel_m:.4g}",
        "size": _size(product.size),
        "projection": product.projection,
        "bounds": product.area,
        "bytes": str(product.size or ""),
        "added": "",
        "sha256": "",
        "digest": "none published",
        "source": " ".join(product.files),
        "licence": product.licence,
        "citation": product.citation,
        "note": product.certain,
    }


def _size(count: int) -> str:
    for size, unit in ((1e9, "GB"), (1e6, "MB"), (1e3, "kB")):
        if count >= size:
            return f"{count / size:.3g} {unit}"
    return f"{count} B" if count else "unknown"
