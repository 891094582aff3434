"""What was read of a catalogue folder: sound records, drafts of faulty ones, and all faults."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ilrs_science.catalogue.library.kinds import KINDS
from ilrs_science.catalogue.library.reader import Document, Place
from ilrs_science.catalogue.record import Record
from ilrs_science.errors import Fault

__all__ = ["MAX_FAULTS", "Draft", "Entry", "Scan", "dotted"]

#: Nobody reads more; it also bounds the time that a hostile folder takes.
MAX_FAULTS = 1_000


@dataclass(frozen=True)
class Draft:
    """The values of a record and where they were read.

    Parameters
    ----------
    data : dict
        The values.
    name : str
        Id, as far as it can be read.
    file : str
        File, from the folder on.
    place : tuple
        Keys and positions that lead to the record inside the file.
    document : Document
        The file.
    """

    data: dict[str, Any]
    name: str
    file: str
    place: Place
    document: Document

    def fault(self, path: Place, wrong: str, allowed: str = "") -> Fault:
        """A fault of these values at a place inside them."""
        line = self.document.line((*self.place, *path))
        return Fault(self.file, line, self.name, dotted(path), wrong, allowed)

    @property
    def where(self) -> str:
        """File and line."""
        return f"{self.file}:{self.document.line(self.place)}"


@dataclass(frozen=True)
class Entry(Draft):
    """A sound record and where it was read; ``data`` are its values with everything that it inherits."""

    record: Record


@dataclass
class Scan:
    """What a folder holds.

    Parameters
    ----------
    entries : dict
        Sound records by kind and id.
    drafts : dict
        Values of the faulty ones by kind.
    broken : dict
        Ids of the faulty ones by kind.
    sources : dict
        Text of every source by its key.
    faults : list
        All faults.
    files : list
        Files that were read.
    first : dict
        Where each id of a kind was read first, sound or faulty.
    """

    entries: dict[str, dict[str, Entry]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    drafts: dict[str, list[Draft]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    broken: dict[str, set[str]] = field(default_factory=lambda: {kind: set() for kind in KINDS})
    sources: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    first: dict[tuple[str, str], Draft] = field(default_factory=dict)

    @property
    def is_full(self) -> bool:
        """Whether there are as many faults as are told at once."""
        return len(self.faults) >= MAX_FAULTS

    def spoil(self, kind: str, draft: Draft) -> None:
        """Remember a record that is there but faulty, so that it is not held against those that name it."""
        self.broken[kind].add(draft.name)
        self.drafts[kind].append(draft)


def dotted(place: Place) -> str:
    """Keys and positions as text that can be printed.

    Parameters
    ----------
    place : tuple
        Keys and positions.

    Returns
    -------
    str
        Such as ``power.operate``.
    """
    text = ".".join(str(step)[:60] for step in place)
    return text if text.isprintable() else ascii(text)
