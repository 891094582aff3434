"""Deposit: how files come into the store, whole and with their record, or not at all."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import re
import shutil
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path

from ilrs_science.environment.terrain.dem import LARGEST_PIXELS, Dem
from ilrs_science.environment.terrain.download import Progress, download, file_name
from ilrs_science.environment.terrain.grid import Grid
from ilrs_science.environment.terrain.grid_file import open_grid
from ilrs_science.environment.terrain.heights import TerrainWarning
from ilrs_science.environment.terrain.likeness import doubt_of
from ilrs_science.environment.terrain.origin import Origin, origin_of
from ilrs_science.environment.terrain.products import known_products
from ilrs_science.environment.terrain.stack import shipped_terrain
from ilrs_science.environment.terrain.store import RECORD, Entry, StoredFile, entries, store_folder
from ilrs_science.errors import RequestError, UnknownNameError

__all__ = ["Origin", "add_file", "fetch"]

NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
"""A name has no dot and no slash, so that it is never taken for a file."""

TRIED_ROWS = 64
"""Rows at the top, in the middle and at the end that are read of a file too large to be read whole. [1]"""

PIXEL_ERROR = 0.01
"""The pixel of a product may be this part off what its maker states. [1]"""


def add_file(
    path: str | Path, *, name: str | None = None, origin: Origin | None = None
) -> tuple[Entry, bool]:
    """Copy a file of terrain, with what belongs to it, into the store.

    Parameters
    ----------
    path : str or Path
        Any file that `Dem.open` reads, also one too large to be read whole.
    name : str, optional
        Its name in the store; made from the file's if left out.
    origin : Origin, optional
        Where it comes from.

    Returns
    -------
    entry : Entry
        Its record.
    new : bool
        False if the same files were there already under this name.

    Raises
    ------
    RequestError
        If it is no terrain of the Moon or lies wrongly on it, if the name is taken, impossible or that of another
        product, or if the disk is full; nothing is kept then.

    Warns
    -----
    TerrainWarning
        If it is not like the Moon that LOLA saw.
    """
    path = Path(path)
    grid = _surveyed(path)
    name = _checked_name(
        name if name is not None else re.sub(r"[^a-z0-9_-]+", "_", path.stem.lower()).strip("_-")
    )
    _check_product(name, [one.name for one in grid.files], grid)
    strays = [one for one in grid.files if one.resolve().parent != path.resolve().parent]
    if strays:
        raise RequestError(
            f"terrain file {path} refers to {strays[0]} in another folder; save it as one GeoTIFF"
        )
    with _staging() as folder:
        try:
            digests = [_copied(one, folder / one.name) for one in grid.files]
        except OSError as error:
            raise RequestError(
                f"{path} cannot be copied into the store: {error.strerror or error}"
            ) from error
        files = [
            StoredFile(one.name, str(one.resolve()), (folder / one.name).stat().st_size, digest, "first seen")
            for one, digest in zip(grid.files, digests, strict=True)
        ]
        told = origin_of(origin or Origin(), dict(grid.tags), str(path.resolve()))
        return _kept(folder, _entry(name, grid, files, told))


def fetch(
    wanted: str, *, name: str | None = None, sha256: str = "", progress: Progress | None = None
) -> tuple[Entry, bool]:
    """Get terrain from its maker into the store.

    Parameters
    ----------
    wanted : str
        Name of a known product, or an address.
    name : str, optional
        Its name in the store; made from the product or the file if left out.
    sha256 : str
        Digest the file must have, hexadecimal; of the largest part of a product in several files, which is its last.
    progress : callable, optional
        Is told how many bytes there are and how many there will be.

    Returns
    -------
    entry : Entry
        Its record.
    new : bool
        False if it was there already.

    Raises
    ------
    RequestError
        If it cannot be fetched, has another digest, or is no terrain of the Moon. What has come of a file that broke
        off stays for the next time; all else is removed.
    UnknownNameError
        If it is neither a known product nor an address.
    """
    urls, told, origin = _addresses(wanted)
    if sha256 and not re.fullmatch(r"[0-9a-fA-F]{64}", sha256):
        raise RequestError(f"{sha256!r} is no SHA-256; it has 64 hexadecimal digits")
    name = _checked_name(name if name is not None else told)
    _check_product(name, list(map(file_name, urls)))
    for entry in entries():
        if entry.name == name:
            return _again(entry, urls, sha256), False
    folder = store_folder() / ".partial" / name
    try:
        files, grid = _fetched(urls, folder, sha256, progress)
        return _kept(folder, _entry(name, grid, files, origin_of(origin, dict(grid.tags), wanted)))
    finally:
        for empty in (folder, folder.parent):
            with contextlib.suppress(OSError):  # holds what has come so far, or is not there
                empty.rmdir()


def _fetched(
    urls: Sequence[str], folder: Path, sha256: str, progress: Progress | None
) -> tuple[list[StoredFile], Grid]:
    """Files of a product, all of them in the folder and nothing else, and what the first says of itself."""
    files = []
    for url in urls:
        target = folder / file_name(url)
        asked = sha256 if url == urls[-1] else ""
        digest = download(url, target, sha256=asked, progress=progress)
        files.append(
            StoredFile(target.name, url, target.stat().st_size, digest, "given" if asked else "first seen")
        )
    for stray in folder.iterdir():
        if stray.name not in [one.name for one in files]:
            stray.unlink()
    try:
        return files, _surveyed(folder / files[0].name)
    except RequestError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise RequestError(f"{urls[0]} was fetched, but is not kept: {error}") from error


def _addresses(wanted: str) -> tuple[tuple[str, ...], str, Origin]:
    """Addresses, a name for the store, and whose product it is."""
    product = known_products().get(wanted.lower())
    if product is not None:
        return product.files, product.name, Origin(product.title, product.licence, product.citation)
    if "://" not in wanted:
        raise UnknownNameError("product", wanted, known_products())
    stem = re.sub(r"[^a-z0-9_-]+", "_", Path(file_name(wanted)).stem.lower()).strip("_-")
    return (wanted,), stem, Origin(wanted)


def _again(entry: Entry, urls: Sequence[str], sha256: str) -> Entry:
    """What is there already, if it is what was asked for."""
    if [one.url for one in entry.files] != list(urls):
        raise RequestError(f"the store has another {entry.name!r}, from {entry.files[0].url}; give --name")
    if sha256 and entry.files[-1].sha256 != sha256.lower():
        raise RequestError(
            f"the store has {entry.name!r} with SHA-256 {entry.files[-1].sha256}; to fetch it anew remove "
            f"{entry.path.parent}"
        )
    return entry


def _checked_name(name: str) -> str:
    if not NAME.fullmatch(name) or name in ("auto", "none") or len(name) > 100:
        raise RequestError(f"{name!r} cannot be a name in the store; use small letters, digits, - and _")
    return name


def _check_product(name: str, files: Sequence[str], grid: Grid | None = None) -> None:
    """Keep the name of a known product for its own files."""
    product = known_products().get(name)
    if product is None:
        return
    own = {file_name(url).lower() for url in product.files} & {one.lower() for one in files}
    if not own or (grid is not None and abs(grid.cell / product.pixel_m - 1.0) > PIXEL_ERROR):
        raise RequestError(
            f"{name} is a known product and {files[0]} is not its file; get it with: ilrs data fetch {name}, or choose "
            "another --name"
        )


def _surveyed(path: Path) -> Grid:
    """What a file says of itself, once it has been read as terrain."""
    with open_grid(path) as grid:
        if grid.pixels <= LARGEST_PIXELS:
            doubt = doubt_of(Dem.whole(grid), shipped_terrain().dems)
            if doubt:
                warnings.warn(doubt, TerrainWarning, stacklevel=3)
        else:
            for first in (0, grid.rows // 2, grid.rows - TRIED_ROWS):
                grid.read(slice(first, first + TRIED_ROWS), slice(0, grid.columns))
        return grid


def _entry(name: str, grid: Grid, files: Sequence[StoredFile], origin: Origin) -> Entry:
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    facts = (grid.projection.label, grid.cell, grid.rows, grid.columns, grid.bounds)
    return Entry(name, origin.source, now, tuple(files), *facts, origin.licence, origin.citation, grid.tags)


@contextlib.contextmanager
def _staging() -> Iterator[Path]:
    """A folder in the store that is gone afterwards unless it was moved to its name."""
    try:
        store_folder().mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".incoming-", dir=store_folder()))
    except OSError as error:
        raise RequestError(
            f"the store {store_folder()} cannot be written: {error.strerror or error}"
        ) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copied(path: Path, target: Path) -> str:
    """Copy a file and give the digest of what was copied."""
    digest = hashlib.sha256()
    with path.open("rb") as source, target.open("wb") as sink:
        while chunk := source.read(1 << 20):
            sink.write(chunk)
            digest.update(chunk)
    return digest.hexdigest()


def _kept(folder: Path, entry: Entry) -> tuple[Entry, bool]:
    """Give a folder its record and its name; both appear at once."""
    place = store_folder() / entry.name
    for known in entries():
        if known.name == entry.name:
            if [one.sha256 for one in known.files] == [one.sha256 for one in entry.files]:
                return known, False
            raise RequestError(f"the store has another {entry.name!r}; give --name, or remove {place}")
    try:
        (folder / RECORD).write_text(entry.text(), "utf-8")
        folder.chmod(0o755)
        folder.rename(place)
    except OSError as error:
        raise RequestError(f"{place} cannot be written: {error.strerror or error}") from error
    return entry, True
