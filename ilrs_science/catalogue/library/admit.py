"""From the values of one record to a sound record, or to its faults."""

from __future__ import annotations

from itertools import islice

from pydantic import ValidationError

from ilrs_science.catalogue.library.bases import basis_fault
from ilrs_science.catalogue.library.entries import Draft, Entry, Scan
from ilrs_science.catalogue.library.faults import explain
from ilrs_science.catalogue.library.kinds import KINDS
from ilrs_science.catalogue.library.overlay import Laid

__all__ = ["admit"]

#: Faults of one record that are told.
MAX_OF_RECORD = 50


def admit(scan: Scan, kind: str, draft: Draft, laid: Laid | None = None) -> None:
    """Put a record on its shelf, or its faults on the list.

    Parameters
    ----------
    scan : Scan
        What was read so far; it is added to.
    kind : str
        Folder of the record, such as ``"sites"``.
    draft : Draft
        Values and where they stand, with everything that they inherit.
    laid : Laid, optional
        What the record changes of another one, if it extends one.
    """
    if "id" not in draft.data:
        scan.faults.append(draft.fault(("id",), "id is missing"))
    entry = _entry(scan, kind, draft)
    if silent := basis_fault(kind, draft.data, entry.record if entry else None):
        scan.faults.append(draft.fault(("basis",), *silent))
    elif laid and entry and (untold := laid.untold(path for path, _ in entry.record.numbers())):
        wrong = f"says nothing about {', '.join(untold[:8])}, which this record changes"
        scan.faults.append(draft.fault(("basis",), wrong, "such as basis: {default: estimate}"))
    if "id" in draft.data and (earlier := scan.first.setdefault((kind, draft.name), draft)) is not draft:
        wrong = f"is already the id of a record at {earlier.where}"
        scan.faults.append(draft.fault(("id",), wrong, "an id of its own"))
    if entry is None or "id" not in draft.data:
        scan.spoil(kind, draft)
        return
    scan.entries[kind].setdefault(draft.name, entry)


def _entry(scan: Scan, kind: str, draft: Draft) -> Entry | None:
    model = KINDS[kind]
    try:
        record = model.model_validate(draft.data, context={"strict_units": True})
        return Entry(draft.data, draft.name, draft.file, draft.place, draft.document, record)
    except ValidationError as error:
        found = explain(error, draft.data, model)
        for place, wrong, allowed in islice(found, MAX_OF_RECORD):
            if not ("id" not in draft.data and wrong == "id is missing"):
                scan.faults.append(draft.fault(place, wrong, allowed))
        if next(found, None):
            scan.faults.append(draft.fault((), f"has more than {MAX_OF_RECORD} faults"))
    except RecursionError:
        scan.faults.append(draft.fault((), "is nested too deeply"))
    return None
