"""Load the shipped catalogue, and lay a folder of one's own over it."""

from __future__ import annotations

import os
from functools import cache
from itertools import chain, islice
from pathlib import Path
from typing import Any

from ilrs_science.catalogue.campaign import Campaign
from ilrs_science.catalogue.constraint import Constraint, parse_constraint
from ilrs_science.catalogue.library.catalogue import Catalogue
from ilrs_science.catalogue.library.checked import Checked, nothing_in
from ilrs_science.catalogue.library.entries import MAX_FAULTS, Scan
from ilrs_science.catalogue.library.kinds import KINDS, SINGULAR
from ilrs_science.catalogue.library.reader import Refusal, parse_document
from ilrs_science.catalogue.library.references import reference_faults
from ilrs_science.catalogue.library.scan import scan_folder
from ilrs_science.catalogue.library.sense import sense_faults
from ilrs_science.catalogue.library.shelf import Shelf
from ilrs_science.errors import CatalogueError, DataFileError, Fault, RequestError
from ilrs_science.paths import data_folder

__all__ = ["catalogue_faults", "check_catalogue", "load_campaign_record", "load_catalogue", "read_constraint"]


def load_catalogue(folder: str | os.PathLike[str] | None = None) -> Catalogue:
    """The shipped catalogue, with a folder of one's own laid over it.

    Parameters
    ----------
    folder : path, optional
        Folder with ``sites/*.yaml`` and so on. A record with a new id is added, one with a known id replaces
        the shipped one, and one that says ``extends: ID`` is that record with changes.

    Returns
    -------
    Catalogue
        All records, every reference resolved.

    Raises
    ------
    CatalogueError
        With every fault of the folder.
    RequestError
        If the folder holds no record.
    DataFileError
        If the shipped catalogue is missing or altered.
    """
    shipped = _shipped(_shipped_folder())
    if folder is None:
        return shipped[1]
    mine, merged = _overlay(shipped[0], Path(folder))
    if faults := _faults(mine, merged):
        raise CatalogueError(faults)
    if not any(mine.entries.values()):
        raise RequestError(nothing_in(str(folder), len(mine.sources)))
    return _build(merged)


def catalogue_faults(folder: str | os.PathLike[str] | None = None) -> list[Fault]:
    """Every fault of a catalogue folder; an empty list if it is sound.

    Parameters
    ----------
    folder : path, optional
        Folder to check; references may lead into the shipped catalogue. Without one, the shipped folder.

    Returns
    -------
    list of Fault
        In the order of files and lines.
    """
    return list(check_catalogue(folder).faults)


def check_catalogue(folder: str | os.PathLike[str] | None = None) -> Checked:
    """What a catalogue folder holds, and every fault of it.

    Parameters
    ----------
    folder : path, optional
        As for :func:`catalogue_faults`.

    Returns
    -------
    Checked
        Faults, and how many records of each kind were read, the faulty ones among them.
    """
    if folder is None:
        scan = merged = scan_folder(_shipped_folder())
    else:
        scan, merged = _overlay(_shipped(_shipped_folder())[0], Path(folder))
    counts = {kind: len({*scan.entries[kind]} | scan.broken[kind]) for kind in KINDS}
    return Checked(tuple(_faults(scan, merged)), counts, len(scan.files), len(scan.sources))


def load_campaign_record(
    name: str, folder: str | os.PathLike[str] | None = None
) -> tuple[Catalogue, Campaign]:
    """A campaign and the catalogue that it belongs to.

    Parameters
    ----------
    name : str
        Id of the campaign.
    folder : path, optional
        As for :func:`load_catalogue`.

    Returns
    -------
    tuple of Catalogue and Campaign
        Together, because a campaign names records of the catalogue.
    """
    catalogue = load_catalogue(folder)
    return catalogue, catalogue.campaigns[name]


def read_constraint(text: str) -> Constraint:
    """A constraint from one line of YAML, as on the command line.

    Parameters
    ----------
    text : str
        Such as ``"{kind: sun_elevation, min: 0 deg}"``.

    Returns
    -------
    Constraint
        A frozen record.

    Raises
    ------
    RequestError
        If the text is not YAML or not a constraint; one line.
    """
    try:
        value = parse_document(text).value
    except Refusal as refusal:
        raise RequestError(f"the constraint {text[:80]!r} {refusal}") from None
    return parse_constraint(value)


def _shipped_folder() -> Path:
    folder = data_folder() / "catalogue"
    if not folder.is_dir():
        raise DataFileError(f"the catalogue folder is missing from {data_folder()}")
    return folder


@cache
def _shipped(folder: Path) -> tuple[Scan, Catalogue]:
    scan = scan_folder(folder)
    faults = _faults(scan, scan)
    if faults:
        raise DataFileError(
            f"the shipped catalogue {folder} has {len(faults)} fault(s), the first: {faults[0]}"
        )
    return scan, _build(scan)


def _overlay(shipped: Scan, folder: Path) -> tuple[Scan, Scan]:
    """What a folder holds, and the shipped records with it laid over."""
    mine = scan_folder(folder, shipped)
    merged = Scan(
        {kind: {**shipped.entries[kind], **mine.entries[kind]} for kind in KINDS},
        mine.drafts,
        mine.broken,
        {**shipped.sources, **mine.sources},
    )
    return mine, merged


def _faults(scan: Scan, merged: Scan) -> list[Fault]:
    """Faults of a folder, and of what its records say about others, in the order of files and lines."""
    between = islice(chain(reference_faults(merged), sense_faults(scan, merged)), MAX_FAULTS)
    found = [*scan.faults, *between][:MAX_FAULTS]
    return sorted(found, key=lambda fault: (fault.file, fault.line, fault.field))


def _build(scan: Scan) -> Catalogue:
    records = {kind: {name: entry.record for name, entry in scan.entries[kind].items()} for kind in KINDS}
    shelves: dict[str, Any] = {kind: Shelf(SINGULAR[kind], records[kind]) for kind in KINDS}
    return Catalogue(**shelves, source_items=tuple(sorted(scan.sources.items())))
