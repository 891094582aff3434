"""Scan a catalogue folder: every record that is sound, and every fault."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ilrs_science.catalogue.library.admit import admit
from ilrs_science.catalogue.library.entries import MAX_FAULTS, Draft, Scan, dotted
from ilrs_science.catalogue.library.extend import EXTENDS, Waiting
from ilrs_science.catalogue.library.files import Found, files_of
from ilrs_science.catalogue.library.kinds import KINDS
from ilrs_science.catalogue.library.reader import Document, Place, Refusal, read_document
from ilrs_science.errors import Fault, RequestError, closest

__all__ = ["scan_folder"]

MAX_SOURCE = 2_000


def scan_folder(folder: Path, beneath: Scan | None = None) -> Scan:
    """Read every record of a catalogue folder.

    Parameters
    ----------
    folder : Path
        Holds one folder per kind (``sites/*.yaml``), and files whose keys are kinds (``sources.yaml``).
    beneath : Scan, optional
        What the folder is laid over; its records may extend those.

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
    waiting = Waiting(scan, beneath)
    for found in files_of(folder, scan.faults):
        if scan.is_full:
            break
        _read_file(scan, waiting, found)
    waiting.resolve()
    return scan


def _read_file(scan: Scan, waiting: Waiting, found: Found) -> None:
    file = found.name
    try:
        document = read_document(found.path)
    except Refusal as refusal:
        scan.faults.append(Fault(file, refusal.line, "", "", refusal.wrong, refusal.allowed))
        return
    for place, line in document.doubled[:MAX_FAULTS]:
        scan.faults.append(Fault(file, line, "", dotted(place), "is written twice"))
    if found.kind is not None:
        _read_records(scan, waiting, found.kind, document.value, (), file, document)
    else:
        _read_mixed(scan, waiting, file, document)


def _read_mixed(scan: Scan, waiting: Waiting, file: str, document: Document) -> None:
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
            _read_records(scan, waiting, key, value, (key,), file, document)
        elif key != "sources":
            scan.faults.append(
                Fault(file, line, "", dotted((key,)), _unknown("kind of record", key), allowed)
            )
        elif not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
            scan.faults.append(Fault(file, line, "", key, "is not a map from keys to text"))
        else:
            _read_sources(scan, value, file, document)


def _read_sources(scan: Scan, sources: dict[str, str], file: str, document: Document) -> None:
    """Keys and texts of sources that can be printed."""
    for key, text in sources.items():
        if key.isprintable() and " " not in key and text.isprintable() and len(key) + len(text) <= MAX_SOURCE:
            scan.sources[key] = text
        else:
            line = document.line(("sources", key))
            allowed = f"a key of one word, and up to {MAX_SOURCE} characters that can be printed on one line"
            scan.faults.append(Fault(file, line, "", dotted(("sources", key)), "is no source", allowed))


def _read_records(
    scan: Scan, waiting: Waiting, kind: str, value: Any, place: Place, file: str, document: Document
) -> None:
    """Records of one kind: a list of them, or a single one."""
    if value is None:
        return
    pairs = (
        [((*place, index), one) for index, one in enumerate(value)]
        if isinstance(value, list)
        else [(place, value)]
    )
    for where, data in pairs:
        if scan.is_full:
            return
        if not isinstance(data, dict):
            fault = Fault(
                file,
                document.line(where),
                "",
                dotted(where),
                "is not a record",
                "a map from fields to values",
            )
            scan.faults.append(fault)
            continue
        draft = Draft(data, dotted((str(data.get("id", "")),)), file, where, document)
        if EXTENDS in data:
            waiting.add(kind, draft)
        else:
            admit(scan, kind, draft)


def _unknown(what: str, name: str) -> str:
    near = closest(name[:60], (*KINDS, "sources"))
    return f"unknown {what} {name[:60]!r}" + (f"; did you mean {' or '.join(near)}?" if near else "")
