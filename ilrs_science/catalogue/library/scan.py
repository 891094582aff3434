"""Scan a catalogue folder: every record that is sound, and every fault."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ilrs_science.catalogue.library.admit import admit
from ilrs_science.catalogue.library.entries import MAX_FAULTS, Draft, Scan, dotted
from ilrs_science.catalogue.library.extend import EXTENDS, Waiting
from ilrs_science.catalogue.library.files import Found, files_of
from ilrs_science.catalogue.library.kinds import KINDS, SINGULAR
from ilrs_science.catalogue.library.misplaced import likeliest, misplaced
from ilrs_science.catalogue.library.reader import Document, Place, Refusal, read_document
from ilrs_science.catalogue.record import MAX_TEXT
from ilrs_science.catalogue.wording import listed, unknown
from ilrs_science.errors import Fault, RequestError

__all__ = ["scan_folder"]


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
        what = "is not a folder; a catalogue folder holds sites, instruments and so on, a folder a kind"
        raise RequestError(f"{str(folder)!r} {what}")
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
    scan.files.append(file)
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
    if records := _bare(document.value):
        place = (0,) if isinstance(document.value, list) else ()
        kind = likeliest(records[0])
        allowed = (
            f"in the folder {kind}, or under {kind}:" if kind else "in the folder of its kind, such as sites"
        )
        name = dotted((str(records[0].get("id", "")),))
        scan.faults.append(
            Fault(file, document.line(place), name, "", "stands under no kind of record", allowed)
        )
        return
    allowed = listed((*KINDS, "sources"), "ilrs catalogue list")
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
                Fault(
                    file,
                    line,
                    "",
                    dotted((key,)),
                    unknown("kind of record", key, (*KINDS, "sources")),
                    allowed,
                )
            )
        elif not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
            scan.faults.append(Fault(file, line, "", key, "is not a map from keys to text"))
        else:
            _read_sources(scan, value, file, document)


def _bare(value: Any) -> list[dict[str, Any]]:
    """Records that stand at the top of a file without their kind; none if its keys are kinds."""
    if isinstance(value, list):
        return [one for one in value if isinstance(one, dict)]
    if not isinstance(value, dict):
        return []
    keys = value.keys()
    return [value] if {"id", EXTENDS} & keys or (not keys & KINDS.keys() and likeliest(value)) else []


def _read_sources(scan: Scan, sources: dict[str, str], file: str, document: Document) -> None:
    """Keys and texts of sources that can be printed."""
    for key, text in sources.items():
        if key.isprintable() and " " not in key and text.isprintable() and len(key) + len(text) <= MAX_TEXT:
            scan.sources[key] = text
        else:
            line = document.line(("sources", key))
            allowed = f"a key of one word, and up to {MAX_TEXT} characters that can be printed on one line"
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
    elsewhere: dict[str, list[Draft]] = {}
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
        if other := misplaced(kind, data):
            elsewhere.setdefault(other, []).append(draft)
        elif EXTENDS in data:
            waiting.add(kind, draft)
        else:
            admit(scan, kind, draft)
    for other, drafts in elsewhere.items():
        _misplaced(scan, kind, other, drafts)


def _misplaced(scan: Scan, kind: str, other: str, drafts: list[Draft]) -> None:
    """One fault for all records of a list that stand under a wrong kind; those who name them are not blamed."""
    for draft in drafts:
        scan.spoil(other, draft)
    first, count = drafts[0], len(drafts)
    wrong = f"has the fields of {_a(other)}, not of {_a(kind)}"
    if count > 1:
        wrong += f", and so have {count - 1} more here"
    scan.faults.append(
        first.fault((), wrong, f"in the folder {other}, or under {other}: in a file at the top")
    )


def _a(kind: str) -> str:
    """Such as ``an orbit``."""
    words = SINGULAR[kind].replace("_", " ")
    return f"{'an' if words[0] in 'aeio' else 'a'} {words}"
