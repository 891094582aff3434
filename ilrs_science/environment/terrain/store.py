"""Store: the terrain a user keeps on this machine, each file with the record of where it came from."""

from __future__ import annotations

import json
import os
import shutil
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from ilrs_science.environment.terrain.products import known_products
from ilrs_science.errors import DataFileError, RequestError, UnknownNameError

__all__ = [
    "RECORD",
    "Entry",
    "StoredFile",
    "entries",
    "entry_of",
    "remove_entry",
    "store_folder",
    "terrain_file",
]

RECORD = "record.json"
"""The record of an entry, beside its files."""


@dataclass(frozen=True)
class StoredFile:
    """One file of an entry."""

    name: str
    """File name in the folder of the entry."""
    url: str
    """Where it came from: an address or a path."""
    size: int
    """How long it is. [byte]"""
    sha256: str
    """Digest, hexadecimal."""
    digest_from: str
    """How far the digest can be trusted: ``"given"`` by the user, ``"published"`` with the product, or ``"first seen"``
    when the file was fetched or added."""


@dataclass(frozen=True)
class Entry:
    """One entry of the store: what its record says."""

    name: str
    """What ``--terrain`` and ``terrain=`` take."""
    source: str
    """Whose product it is."""
    added: str
    """When it came into the store, UTC."""
    files: tuple[StoredFile, ...]
    """The file that is opened first, then what belongs to it, such as a label."""
    projection: str
    """What its x and y mean."""
    pixel_m: float
    """Size of a pixel along a meridian. [m]"""
    rows: int
    """How many. [1]"""
    columns: int
    """How many. [1]"""
    bounds: tuple[float, float, float, float]
    """Least x, least y, greatest x, greatest y of the pixels' edges. [m or deg]"""
    licence: str
    """Under which it may be used."""
    citation: str
    """How to cite it."""
    tags: tuple[tuple[str, str], ...] = ()
    """What the file says of itself: names and texts of its tags."""

    @property
    def size(self) -> int:
        """All files together. [byte]"""
        return sum(one.size for one in self.files)

    @property
    def path(self) -> Path:
        """The file that is opened."""
        return store_folder() / self.name / self.files[0].name

    def text(self) -> str:
        """Give the record as it stands on disk.

        Returns
        -------
        str
            JSON.
        """
        return json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"


def store_folder() -> Path:
    """Folder of the user's data.

    Returns
    -------
    Path
        What ``ILRS_STORE`` names, else the user's data folder on this system; it need not exist.

    Raises
    ------
    RequestError
        If there is no home folder and ``ILRS_STORE`` is not set.
    """
    named = os.environ.get("ILRS_STORE")
    if named:
        return Path(named).expanduser()
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    elif sys.platform == "darwin":
        base = "~/Library/Application Support"
    else:
        base = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    try:
        if base:
            return Path(base).expanduser() / "ilrs_science"
    except RuntimeError:  # there is no home folder
        pass
    raise RequestError("there is no folder for the user's data on this machine; set ILRS_STORE to one")


def entries() -> list[Entry]:
    """List what is in the store.

    Returns
    -------
    list of Entry
        By name.

    Raises
    ------
    DataFileError
        If a record cannot be read.
    """
    folder = store_folder()
    return [
        _read(path) for path in sorted(folder.glob(f"*/{RECORD}")) if not path.parent.name.startswith(".")
    ]


def entry_of(name: str) -> Entry:
    """Find an entry by its name.

    Parameters
    ----------
    name : str
        As ``ilrs data list`` shows it.

    Returns
    -------
    Entry
        Its record.

    Raises
    ------
    RequestError
        If it is a known product that was not fetched yet.
    UnknownNameError
        If there is none.
    """
    known = {entry.name: entry for entry in entries()}
    name = name if name in known else name.lower()
    if name not in known and name in known_products():
        raise RequestError(f"terrain {name!r} is not in the store yet; get it with: ilrs data fetch {name}")
    if name not in known:
        raise UnknownNameError("terrain", name, ["auto", "none", *known])
    return known[name]


def remove_entry(name: str) -> Entry:
    """Take an entry out of the store, with all its files.

    Parameters
    ----------
    name : str
        As ``ilrs data list`` shows it.

    Returns
    -------
    Entry
        What it was.

    Raises
    ------
    RequestError
        If it is a known product that was not fetched, or it cannot be removed.
    UnknownNameError
        If there is none.
    """
    entry = entry_of(name)
    folder = store_folder() / entry.name
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise RequestError(f"{folder} cannot be removed: {error.strerror or error}") from error
    return entry


def terrain_file(choice: str | Path) -> Path:
    """Find the file of terrain that a user names.

    Parameters
    ----------
    choice : str or Path
        A file, or the name of an entry of the store; a file in the working folder goes first.

    Returns
    -------
    Path
        The file. Whether it is there is left to the reader if it is clearly a path.

    Raises
    ------
    UnknownNameError
        If it is neither a file nor a name.
    DataFileError
        If a file of the store is gone or has another length than its record says.
    """
    path = Path(choice)
    if isinstance(choice, Path) or path.exists() or len(path.parts) != 1 or path.suffix:
        return path
    entry = entry_of(choice)
    for one in entry.files:
        file = entry.path.with_name(one.name)
        found = file.stat().st_size if file.is_file() else 0
        if found != one.size:
            raise DataFileError(
                f"{file} has {found} bytes, its record says {one.size}; remove {file.parent} and get it again"
            )
    return entry.path


def _read(path: Path) -> Entry:
    try:
        told = json.loads(path.read_text("utf-8"))
        told["files"] = tuple(StoredFile(**one) for one in told["files"])
        told["bounds"] = tuple(told["bounds"])
        told["tags"] = tuple((str(name), str(text)) for name, text in told.get("tags", ()))
        return Entry(**told)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise DataFileError(
            f"record {path} cannot be read ({error}); remove its folder and add it again"
        ) from error
