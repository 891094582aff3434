"""Records on shelves, one shelf a kind: all of them, one kind, or one record by its id."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping

from ilrs_science.catalogue.library.kinds import SINGULAR
from ilrs_science.catalogue.library.shelf import Shelf
from ilrs_science.catalogue.record import Record
from ilrs_science.errors import UnknownNameError

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
        raise UnknownNameError("kind of record", kind, SINGULAR)

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
        """Records of any kind with an id.

        Parameters
        ----------
        name : str
            Id, or kind and id as in ``"site/malapert"``.

        Returns
        -------
        list of tuple
            Kind and record; at least one.

        Raises
        ------
        UnknownNameError
            If no record has that id.
        """
        kind, _, identifier = name.rpartition("/")
        found = [
            (one, record) for one, record in self.records() if record.id == identifier and kind in ("", one)
        ]
        if not found:
            raise UnknownNameError("record", name, [record.id for _, record in self.records()])
        return found
