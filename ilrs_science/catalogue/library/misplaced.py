"""Records that stand under the wrong kind, known by their fields."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from ilrs_science.catalogue.library.kinds import KINDS
from ilrs_science.catalogue.record import Record

__all__ = ["likeliest", "misplaced"]

#: Fields that tell nothing of the kind.
_COMMON = frozenset({*Record.model_fields, "code", "kind"})
#: How much better another kind must fit.
_CLEARLY = 2


def likeliest(data: Mapping[str, Any]) -> str | None:
    """Kind of which a record has the fields.

    Parameters
    ----------
    data : mapping
        Values of a record as they were read.

    Returns
    -------
    str or None
        Folder of the kind; none if no kind fits, or several fit equally well.
    """
    if not data.keys() - _COMMON - {"extends"}:
        return None
    (least, folder), (second, _) = sorted((_misfits(kind, data), kind) for kind in KINDS)[:2]
    return folder if least <= 1 and least < second else None


def misplaced(kind: str, data: Mapping[str, Any]) -> str | None:
    """Kind under which a record should stand, if it is clearly another than the one where it does.

    Parameters
    ----------
    kind : str
        Folder of the kind under which it was read.
    data : mapping
        Its values.

    Returns
    -------
    str or None
        Folder of the other kind; none if the record may stay.
    """
    own = _misfits(kind, data)
    if own < _CLEARLY:
        return None
    other = likeliest(data)
    return other if other is not None and own - _misfits(other, data) >= _CLEARLY else None


def _misfits(kind: str, data: Mapping[str, Any]) -> int:
    """How many fields of a record are unknown to a kind, or missing."""
    known, needed = _fields(kind)
    missing = 0 if "extends" in data else len(needed - data.keys())
    return len(data.keys() - known) + missing


@cache
def _fields(kind: str) -> tuple[frozenset[str], frozenset[str]]:
    """Fields of a kind, and those that every record states."""
    fields = KINDS[kind].model_fields
    return frozenset({*fields, "extends"}), frozenset(
        name for name, one in fields.items() if one.is_required()
    )
