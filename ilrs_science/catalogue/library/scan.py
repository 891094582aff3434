"""Scan a catalogue folder: every record that is sound, and every fault."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ilrs_science.catalogue.library.bases import basis_fault
from ilrs_science.catalogue.library.faults import explain
from ilrs_science.catalogue.library.kinds import KINDS
from ilrs_science.catalogue.library.reader import Document, Place, Refusal, read_document
from ilrs_science.catalogue.record import Record
from ilrs_science.errors import Fault, RequestError, closest

__all__ = ["Draft", "Entry", "Scan", "scan_folder"]

MAX_FILES = 1_000
_SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True)
class Entry:
    """A record and where it was read."""

    record: Record
    file: str
    place: Place
    document: Document

    def fault(self, path: Place, wrong: str, allowed: str = "") -> Fault:
        """A fault of this record at a place inside it."""
        line = self.document.line((*self.place, *path))
        return Fault(self.file, line, self.record.id, _dotted(path), wrong, allowed)


@dataclass(frozen=True)
class Draft:
    """The values of a faulty record and where they were read."""

    data: dict[str, Any]
    name: str
    file: str
    place: Place
    document: Document

    def fault(self, path: Place, wrong: str, allowed: str = "") -> Fault:
        """A fault of these values at a place inside them."""
        line = self.document.line((*self.place, *path))
        return Fault(self.file, line, self.name, _dotted(path), wrong, allowed)


@dataclass
class Scan:
    """What a folder holds: sound entries by kind and id, drafts and ids of the faulty ones, sources, all faults."""

    entries: dict[str, dict[str, Entry]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    drafts: dict[str, list[Draft]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    broken: dict[str, set[str]] = field(default_factory=lambda: {kind: set() for kind in KINDS})
    sources: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def scan_folder(folder: Path) -> Scan:
    """Read every record of a catalogue folder.

    Parameters
    ----------
    folder : Path
        Holds one folder per kind (``sites/*.yaml``), and files whose keys are kinds (``sources.yaml``).

    Returns
    -------
    Scan
        Sound records and all faults; nothing is raised for a fault.

    Raises
    ------
    RequestError
        If there is no such folder.
    """
    if not folder.is_dir():
        raise RequestError(f"{str(folder)!r} is not a folder; a catalogue folder holds {', '.join(KINDS)}")
    scan = Scan()
    for path, kind in _files(folder, scan):
        file = path.relative_to(folder).as_posix()
        try:
            document = read_document(path)
        except Refusal as refusal:
            scan.faults.append(Fault(file, refusal.line, "", "", refusal.wrong, refusal.allowed))
            continue
        for place, line in document.doubled:
            scan.faults.append(Fault(file, line, "", _dotted(place), "is written twice"))
        if kind is not None:
            _read_records(scan, kind, document.value, (), file, document)
        else:
            _read_mixed(scan, file, document)
    return scan


def _files(folder: Path, scan: Scan) -> Iterator[tuple[Path, str | None]]:
    """Files with records, and the kind that their folder tells."""
    count = 0
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "_")):
            continue
        inside: list[tuple[Path, str | None]] = []
        if path.is_dir():
            if path.name not in KINDS:
                scan.faults.append(
                    Fault(path.name, 0, "", "", _unknown("folder", path.name), ", ".join(KINDS))
                )
                continue
            inside = [(one, path.name) for one in sorted(path.iterdir())]
        else:
            inside = [(path, None)]
        for one, kind in inside:
            if one.suffix.lower() not in _SUFFIXES or one.name.startswith("."):
                continue
            count += 1
            if count > MAX_FILES:
                scan.faults.append(
                    Fault(one.name, 0, "", "", "is one file too many", f"up to {MAX_FILES} files")
                )
                return
            yield one, kind


def _read_mixed(scan: Scan, file: str, document: Document) -> None:
    """A file at the top of the folder: its keys are kinds, or ``sources``."""
    if document.value is None:
        return
    allowed = ", ".join((*KINDS, "sources"))
    if not isinstance(document.value, dict):
        scan.faults.append(
            Fault(file, document.line(()), "", "", "is not a map of kinds to records", allowed)
        )
        return
    for key, value in document.value.items():
        line = document.line((key,))
        if key in KINDS:
            _read_records(scan, key, value, (key,), file, document)
        elif key != "sources":
            scan.faults.append(
                Fault(file, line, "", _dotted((key,)), _unknown("kind of record", key), allowed)
            )
        elif not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
            scan.faults.append(Fault(file, line, "", key, "is not a map from keys to text"))
        else:
            scan.sources.update(value)


def _read_records(scan: Scan, kind: str, value: Any, place: Place, file: str, document: Document) -> None:
    """Records of one kind: a list of them, or a single one."""
    if value is None:
        return
    pairs = (
        [((*place, index), one) for index, one in enumerate(value)]
        if isinstance(value, list)
        else [(place, value)]
    )
    for where, data in pairs:
        line = document.line(where)
        if not isinstance(data, dict):
            scan.faults.append(
                Fault(file, line, "", _dotted(where), "is not a record", "a map from fields to values")
            )
            continue
        name = _dotted((str(data.get("id", "")),))
        if "id" not in data:
            scan.faults.append(Fault(file, line, "", "id", "id is missing"))
        entry = _read_one(scan, kind, data, where, file, document, name)
        if silent := basis_fault(kind, data, entry.record if entry else None):
            scan.faults.append(Fault(file, document.line((*where, "basis")), name, "basis", *silent))
        if entry is None or "id" not in data:
            scan.broken[kind].add(name)
            scan.drafts[kind].append(Draft(data, name, file, where, document))
            continue
        earlier = scan.entries[kind].setdefault(name, entry)
        if earlier is not entry:
            where_first = f"{earlier.file}:{earlier.document.line(earlier.place)}"
            wrong = f"is already the id of a record at {where_first}"
            scan.faults.append(entry.fault(("id",), wrong, "an id of its own"))


def _read_one(
    scan: Scan, kind: str, data: dict[str, Any], where: Place, file: str, document: Document, name: str
) -> Entry | None:
    model = KINDS[kind]
    try:
        return Entry(model.model_validate(data, context={"strict_units": True}), file, where, document)
    except ValidationError as error:
        for place, wrong, allowed in explain(error, data, model):
            if not ("id" not in data and wrong == "id is missing"):
                line = document.line((*where, *place))
                scan.faults.append(Fault(file, line, name, _dotted(place), wrong, allowed))
    except RecursionError:
        scan.faults.append(Fault(file, document.line(where), name, "", "is nested too deeply"))
    return None


def _unknown(what: str, name: str) -> str:
    near = closest(name[:60], (*KINDS, "sources"))
    return f"unknown {what} {name[:60]!r}" + (f"; did you mean {' or '.join(near)}?" if near else "")


def _dotted(place: Place) -> str:
    text = ".".join(str(step)[:60] for step in place)
    return text if text.isprintable() else ascii(text)
