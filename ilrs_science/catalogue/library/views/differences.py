"""What differs between two catalogues, or between two records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from ilrs_science.catalogue.library.views.values import texts_of
from ilrs_science.catalogue.record import Record

__all__ = ["Difference", "changes_of", "differences", "source_differences"]

Change = Literal["added", "removed", "changed"]


@dataclass(frozen=True)
class Difference:
    """One thing that differs.

    Parameters
    ----------
    kind, id : str
        The record.
    change : str
        ``added``, ``removed`` or ``changed``.
    field : str
        Dotted path of the value; empty if the whole record was added or removed.
    before, after : str
        The value as text; empty if there was or is none.
    """

    kind: str
    id: str
    change: Change
    field: str = ""
    before: str = ""
    after: str = ""


def differences(
    before: Iterable[tuple[str, Record]], after: Iterable[tuple[str, Record]]
) -> Iterator[Difference]:
    """What differs between two lots of records.

    Parameters
    ----------
    before, after : iterable of tuple
        Kind and record, as `Catalogue.records` gives them.

    Yields
    ------
    Difference
        In the order of kinds and ids; of a changed record one for each value, the basis of numbers included.
    """
    old, new = ({(kind, record.id): record for kind, record in lot} for lot in (before, after))
    ranks = {kind: rank for rank, kind in enumerate(dict.fromkeys(kind for kind, _ in (*old, *new)))}
    for kind, name in sorted({*old, *new}, key=lambda key: (ranks[key[0]], key[1])):
        was, now = old.get((kind, name)), new.get((kind, name))
        if was is None or now is None:
            there = now or was
            shown = there.name if there else ""
            yield (
                Difference(kind, name, "removed", "", shown)
                if now is None
                else Difference(kind, name, "added", "", "", shown)
            )
        elif was != now:
            yield from changes_of(kind, was, now)


def source_differences(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Difference]:
    """What differs between two lists of sources.

    Parameters
    ----------
    before, after : mapping of str to str
        Text of each source by its key.

    Yields
    ------
    Difference
        Of the kind ``source``, in the order of keys.
    """
    for key in sorted({*before, *after}):
        was, now = before.get(key), after.get(key)
        if was != now:
            change: Change = "added" if was is None else "removed" if now is None else "changed"
            yield Difference("source", key, change, "", was or "", now or "")


def changes_of(kind: str, was: Record, now: Record) -> Iterator[Difference]:
    """Each value that differs between two records.

    Parameters
    ----------
    kind : str
        What they are, such as ``"site"``.
    was, now : Record
        The earlier and the later one.

    Yields
    ------
    Difference
        In the order of the fields, then of the basis.
    """
    old, new = _all_of(was), _all_of(now)
    for path in dict.fromkeys([*old, *new]):
        before, after = old.get(path, ""), new.get(path, "")
        if before != after:
            yield Difference(kind, now.id, "changed", path, before, after)


def _all_of(record: Record) -> dict[str, str]:
    return {**texts_of(record), **{f"basis.{name}": str(one) for name, one in record.basis.items()}}
