"""Records on shelves, one shelf a kind: all of them, one kind, or one record by its id."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping

from ilrs_science.catalogue.library.kinds import SINGULAR
from ilrs_science.catalogue.library.names import aliases, folded, near_ids
from ilrs_science.catalogue.library.shelf import Shelf
from ilrs_science.catalogue.record import Record
from ilrs_science.errors import RequestError, UnknownNameError

__all__ = ["Shelved"]


class Shelved(ABC):
    """Records on shelves, and the sources that they cite."""

    @property
    @abstractmethod
    def shelves(self) -> tuple[Shelf[Record], ...]:
        """All shelves."""

    @property
    @abstractmethod
    def sources(self) -> Mapping[str, str]:
        """Where numbers were read, by the key that records cite."""

    def shelf(self, kind: str) -> Shelf[Record]:
        """Records of one kind.

        Parameters
        ----------
        kind : str
            Such as ``"sites"`` or ``"site"``.

        Returns
        -------
        Shelf
            Records by id.

        Raises
        ------
        UnknownNameError
            If there is no such kind.
        """
        singular = SINGULAR.get(kind, kind)
        for shelf in self.shelves:
            if shelf.kind == singular:
                return shelf
        raise UnknownNameError("kind of record", kind, SINGULAR, listing="ilrs catalogue list")

    def records(self) -> Iterator[tuple[str, Record]]:
        """Kind and record, for every record.

        Yields
        ------
        tuple of str and Record
            Such as ``("site", <Site ...>)``.
        """
        for shelf in self.shelves:
            for record in shelf.values():
                yield shelf.kind, record

    def find(self, name: str) -> list[tuple[str, Record]]:
        """Records of any kind with an id; if there is none, those that are called so.

        Parameters
        ----------
        name : str
            Id, or kind and id as in ``"site/malapert"``; else code, name, or a part of a name in brackets, without
            regard to case and signs: ``"CE-6"``, ``"lut"``, ``"Statio Tianhe"``.

        Returns
        -------
        list of tuple
            Kind and record; at least one.

        Raises
        ------
        UnknownNameError
            If no record is called so.
        """
        kind, _, identifier = name.rpartition("/")
        singular = SINGULAR.get(kind, kind)
        pool = [pair for pair in self.records() if singular in ("", pair[0])]
        found = [pair for pair in pool if pair[1].id == identifier] or _called(identifier, pool)
        if not found:
            elsewhere = [f"{one}/{record.id}" for one, record in _called(identifier, list(self.records()))]
            near = elsewhere or near_ids(identifier, [record for _, record in pool or self.records()])
            ids = [record.id for _, record in self.records()]
            raise UnknownNameError("record", name[:60], ids, near=near, listing="ilrs catalogue list")
        return found

    def one(self, name: str) -> tuple[str, Record]:
        """The record that a name means, whatever its kind.

        Parameters
        ----------
        name : str
            As for `find`.

        Returns
        -------
        tuple of str and Record
            Kind and record.

        Raises
        ------
        UnknownNameError
            If no record is called so.
        RequestError
            If several are.
        """
        found = self.find(name)
        if len(found) > 1:
            ways = " or ".join(f"{kind}/{record.id}" for kind, record in found[:4])
            raise RequestError(f"{name!r} names {len(found)} records; write {ways}")
        return found[0]


def _called(name: str, pool: list[tuple[str, Record]]) -> list[tuple[str, Record]]:
    """Records that are called so: by id, code or name, else by a part of the name."""
    wanted = folded(name)
    ranks = {
        number: {rank for rank, alias in aliases(pair[1]) if alias == wanted}
        for number, pair in enumerate(pool)
    }
    whole = [pool[number] for number, found in ranks.items() if found - {"part"}]
    return (whole or [pool[number] for number, found in ranks.items() if found]) if wanted else []
