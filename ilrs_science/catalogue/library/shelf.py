"""Records of one kind, by id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Generic, TypeVar, overload

from ilrs_science.catalogue.library.names import near_ids
from ilrs_science.catalogue.record import Record
from ilrs_science.errors import UnknownNameError

__all__ = ["Shelf"]

R = TypeVar("R", bound=Record)
T = TypeVar("T")


class Shelf(Mapping[str, R], Generic[R]):
    """Immutable map from id to record; an unknown id lists the nearest ones.

    Parameters
    ----------
    kind : str
        What a record on the shelf is called, such as ``"site"``.
    records : mapping
        Records by id.
    """

    __slots__ = ("_kind", "_records")

    def __init__(self, kind: str, records: Mapping[str, R]) -> None:
        self._kind, self._records = kind, dict(sorted(records.items()))

    @property
    def kind(self) -> str:
        """What a record is called, in the singular."""
        return self._kind

    def __getitem__(self, name: str) -> R:
        try:
            return self._records[name]
        except (KeyError, TypeError):
            near = near_ids(str(name), self._records.values())
            listing = f"ilrs catalogue list --kind {self._kind}"
            raise UnknownNameError(
                self._words, str(name), self._records, near=near, listing=listing
            ) from None

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name in self._records

    @overload
    def get(self, name: str, /) -> R | None: ...
    @overload
    def get(self, name: str, default: R | T, /) -> R | T: ...
    def get(self, name: str, default: Any = None, /) -> Any:
        """The record, or the default if there is none."""
        return self._records.get(name, default)

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)

    def __hash__(self) -> int:
        return hash(tuple(self._records.values()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shelf) and self._records == other._records

    def __repr__(self) -> str:
        return f"<{self.count_text}: {', '.join(self._records)}>"

    @property
    def count_text(self) -> str:
        """Such as ``6 sites`` or ``1 ground station``."""
        plural = f"{self._words[:-1]}ies" if self._words.endswith("y") else f"{self._words}s"
        return f"{len(self)} {self._words if len(self) == 1 else plural}"

    @property
    def _words(self) -> str:
        return self._kind.replace("_", " ")
