"""Every number of a file says where it comes from."""

from __future__ import annotations

from typing import Any

from ilrs_science.catalogue.library.kinds import NUMBERLESS
from ilrs_science.catalogue.provenance import Basis
from ilrs_science.catalogue.record import Record

__all__ = ["basis_fault"]

_ALLOWED = f"such as basis: {{default: estimate}}; a basis is one of {', '.join(Basis)}"


def basis_fault(kind: str, data: dict[str, Any], record: Record | None) -> tuple[str, str] | None:
    """What is wrong with the basis of a record as it is written in a file.

    Parameters
    ----------
    kind : str
        Folder of the record, such as ``"sites"``.
    data : dict
        The values that were given.
    record : Record or None
        The record, if the values are sound otherwise.

    Returns
    -------
    tuple of str, or None
        What is missing and what is allowed; none if every number that is written has a basis.
    """
    if "basis" not in data:
        wrong = "basis is missing: nothing says where the numbers come from"
        return None if kind in NUMBERLESS else (wrong, _ALLOWED)
    if record is None:
        return None
    silent = {
        path
        for path, _ in record.numbers()
        if path.split(".")[0] in record.model_fields_set and record.basis.find(path) is None
    }
    if not silent:
        return None
    return f"says nothing about {', '.join(sorted(silent)[:8])}", _ALLOWED
