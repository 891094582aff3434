"""The files of a catalogue folder: which hold records, and of which kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ilrs_science.catalogue.library.kinds import KINDS
from ilrs_science.catalogue.wording import listed, unknown
from ilrs_science.errors import Fault

__all__ = ["Found", "files_of"]

MAX_FILES = 1_000
MAX_BYTES = 10_000_000
_SUFFIXES = (".yaml", ".yml")
#: In the folder of a kind these look like records.
_OTHER = (".json", ".txt", ".toml", ".csv")


@dataclass(frozen=True)
class Found:
    """A file with records.

    Parameters
    ----------
    path : Path
        Where it is.
    name : str
        Its place inside the folder, fit for a message.
    kind : str or None
        Kind of the records, if the folder around it tells.
    """

    path: Path
    name: str
    kind: str | None


def files_of(folder: Path, faults: list[Fault]) -> Iterator[Found]:
    """Files with records, in the order of their names.

    Parameters
    ----------
    folder : Path
        Folder to look into, and into its folders of kinds; no deeper, so that links in a circle do no harm.
    faults : list of Fault
        Takes what is wrong with the folder itself.

    Yields
    ------
    Found
        Each file.
    """
    size = 0
    for number, found in enumerate(_candidates(folder, faults), 1):
        if number > MAX_FILES:
            faults.append(Fault(found.name, 0, "", "", "is one file too many", f"up to {MAX_FILES} files"))
            return
        size += _size(found.path)
        if size > MAX_BYTES:
            wrong, allowed = "makes the folder too large", f"up to {MAX_BYTES // 1_000_000} MB in all"
            faults.append(Fault(found.name, 0, "", "", wrong, allowed))
            return
        yield found


def _candidates(folder: Path, faults: list[Fault]) -> Iterator[Found]:
    for path in _listed(folder, "", faults):
        name = _shown(path.name)
        if path.name.startswith((".", "_")):
            continue
        if not path.is_dir():
            if path.suffix.lower() in _SUFFIXES:
                yield Found(path, name, None)
        elif path.name not in KINDS:
            wrong = unknown("folder", name, KINDS)
            faults.append(Fault(name, 0, "", "", wrong, listed(KINDS, "ilrs catalogue list")))
        else:
            for one in _listed(path, name, faults):
                if one.name.startswith("."):
                    continue
                inner = f"{name}/{_shown(one.name)}"
                if one.suffix.lower() in _SUFFIXES:
                    yield Found(one, inner, path.name)
                elif one.suffix.lower() in _OTHER and not one.name.endswith(".schema.json"):
                    wrong = f"is not read: records are in YAML, not in {one.suffix.lower()} files"
                    faults.append(Fault(inner, 0, "", "", wrong, "a name that ends in .yaml or .yml"))
                elif one.is_dir() and not one.name.startswith("_"):
                    wrong = "unknown folder: folders inside a kind are not read"
                    faults.append(Fault(inner, 0, "", "", wrong, f"files in {name}"))


def _listed(folder: Path, name: str, faults: list[Fault]) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        faults.append(Fault(name or ".", 0, "", "", f"cannot be read: {error.strerror or 'input error'}"))
        return []


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # told when it is read
        return 0


def _shown(name: str) -> str:
    """A name that can be printed on one line."""
    return name if name.isprintable() else ascii(name)
