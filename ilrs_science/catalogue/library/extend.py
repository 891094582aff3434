"""Records that extend others: find what each builds on, in its own folder and in what lies beneath."""

from __future__ import annotations

from typing import Any

from ilrs_science.catalogue.library.admit import admit
from ilrs_science.catalogue.library.circles import circle_text
from ilrs_science.catalogue.library.entries import Draft, Scan, dotted
from ilrs_science.catalogue.library.kinds import SINGULAR
from ilrs_science.catalogue.library.overlay import lay_over
from ilrs_science.catalogue.wording import listed, unknown

__all__ = ["EXTENDS", "Waiting"]

#: Key by which a record names the one that it changes.
EXTENDS = "extends"

MAX_CHAIN = 16
MAX_INHERITED = 100_000


class Waiting:
    """Records that wait for those that they extend.

    Parameters
    ----------
    scan : Scan
        What was read so far; records are added to it.
    beneath : Scan, optional
        What the folder is laid over.
    """

    def __init__(self, scan: Scan, beneath: Scan | None) -> None:
        self._scan, self._beneath = scan, beneath or Scan()
        self._drafts: dict[tuple[str, str], Draft] = {}
        self._inherited = 0

    def add(self, kind: str, draft: Draft) -> None:
        """Keep a record until all files are read.

        Parameters
        ----------
        kind : str
            Folder of the record.
        draft : Draft
            Its values, ``extends`` among them.
        """
        base = draft.data[EXTENDS]
        if not isinstance(base, str):
            self._refuse(kind, draft, "is not a name", "lower-case letters, digits and _")
            return
        name = draft.name if "id" in draft.data else dotted((base,))
        named = Draft(draft.data, name, draft.file, draft.place, draft.document)
        earlier = self._drafts.setdefault((kind, name), named)
        if earlier is not named:
            wrong = f"is already the id of a record at {earlier.where}"
            self._scan.faults.append(named.fault(("id",), wrong, "an id of its own"))

    def resolve(self) -> None:
        """Lay every waiting record over the one that it extends."""
        for kind, name in list(self._drafts):
            if self._scan.is_full:
                return
            self._settle(kind, name, ())

    def _settle(self, kind: str, name: str, chain: tuple[str, ...]) -> None:
        """Settle what a record builds on, then the record; the chain holds those that wait for it."""
        draft = self._drafts.get((kind, name))
        if draft is None:
            return
        base = draft.data[EXTENDS]
        if base in (*chain, name) and (base != name or base not in self._beneath.entries[kind]):
            around = (*chain, name)
            self._break(kind, around[around.index(base) :])
            return
        if len(chain) >= MAX_CHAIN:
            self._give_up(kind, draft, "extends too long a chain", f"up to {MAX_CHAIN} records")
            return
        if base != name:
            self._settle(kind, base, (*chain, name))
        if (kind, name) not in self._drafts:  # it was part of a circle
            return
        values = self._values(kind, draft, base)
        if values is not None:
            self._lay(kind, draft, values)

    def _values(self, kind: str, draft: Draft, base: str) -> dict[str, Any] | None:
        """Values of the record that is extended."""
        own, below = self._scan.entries[kind], self._beneath.entries[kind]
        if base in own and base != draft.name:
            return own[base].data
        if base in below:
            return below[base].data
        if base in self._scan.broken[kind] or (kind, base) in self._drafts:
            self._give_up(kind, draft, f"extends {base!r}, which has faults", "a sound record")
            return None
        known = sorted({*own, *below})
        wrong = unknown(SINGULAR[kind].replace("_", " "), dotted((base,)), known)
        self._give_up(kind, draft, wrong, listed(known, f"ilrs catalogue list --kind {kind}"))
        return None

    def _lay(self, kind: str, draft: Draft, values: dict[str, Any]) -> None:
        """Lay a record over values and put it on its shelf."""
        if self._inherited <= MAX_INHERITED:  # once over, nothing is counted any more
            self._inherited += _size(values)
        if self._inherited > MAX_INHERITED:
            self._give_up(kind, draft, "inherits too much", f"up to {MAX_INHERITED} values in a folder")
            return
        changes = {key: value for key, value in draft.data.items() if key != EXTENDS}
        laid = lay_over(values, {"id": draft.name, **changes})
        del self._drafts[kind, draft.name]
        whole = Draft(laid.data, draft.name, draft.file, draft.place, draft.document)
        admit(self._scan, kind, whole, laid)

    def _break(self, kind: str, circle: tuple[str, ...]) -> None:
        """Tell a circle once, at the first of its records; none of them can be read."""
        drafts = [self._drafts.pop((kind, name)) for name in circle]
        path = circle_text([(one.name, one.where) for one in drafts], "extends")
        self._refuse(kind, drafts[0], f"extends itself: {path}", "a chain that ends at a whole record")
        for one in drafts[1:]:
            self._scan.spoil(kind, one)

    def _give_up(self, kind: str, draft: Draft, wrong: str, allowed: str) -> None:
        del self._drafts[kind, draft.name]
        self._refuse(kind, draft, wrong, allowed)

    def _refuse(self, kind: str, draft: Draft, wrong: str, allowed: str) -> None:
        self._scan.faults.append(draft.fault((EXTENDS,), wrong, allowed))
        self._scan.spoil(kind, draft)


def _size(value: Any) -> int:
    """How many values there are inside a value, itself counted."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(map(_size, inner))
