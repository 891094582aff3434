"""Where a number comes from: basis, confidence and source.

A record states it once, in one compact map: ``basis: {default: sourced S28, mass: estimate, power: recall M}``.
The key is a field name, a dotted one (``battery.capacity``) or ``default``; the text is a basis, a confidence
letter if it is not the usual one, and the keys of the sources.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, PlainSerializer, PlainValidator, WithJsonSchema

__all__ = ["ASSUMED", "Basis", "BasisMap", "Confidence", "Provenance", "ProvenanceMap"]


class Basis(StrEnum):
    """How a number was obtained."""

    SOURCED = "sourced"
    """Read in the source that is named."""
    DERIVED = "derived"
    """Computed from sourced numbers."""
    RECALL = "recall"
    """Known to the field, not read again."""
    ESTIMATE = "estimate"
    """Our own engineering estimate, not a published number."""


class Confidence(StrEnum):
    """How much we would bet on a number."""

    HIGH = "H"
    """Would bet on it."""
    MEDIUM = "M"
    """Right order of magnitude; check the digits."""
    LOW = "L"
    """A placeholder."""


_USUAL = {
    Basis.SOURCED: Confidence.HIGH,
    Basis.DERIVED: Confidence.HIGH,
    Basis.RECALL: Confidence.MEDIUM,
    Basis.ESTIMATE: Confidence.LOW,
}


class Provenance(BaseModel):
    """Basis, confidence and sources of one number."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    basis: Basis
    """How the number was obtained."""
    confidence: Confidence
    """How much we would bet on it: H, M or L."""
    sources: tuple[str, ...] = ()
    """Keys of the catalogue's sources."""

    @classmethod
    def parse(cls, text: object) -> Provenance:
        """Read the compact text of a basis map.

        Parameters
        ----------
        text : str
            Such as ``"sourced S28"``, ``"recall M"`` or ``"estimate"``.

        Returns
        -------
        Provenance
            With the usual confidence of its basis where none is written.

        Examples
        --------
        >>> Provenance.parse("recall M")
        <recall M>
        """
        if isinstance(text, cls):
            return text
        words = text.split() if isinstance(text, str) else []
        if not words or words[0] not in list(Basis):
            known = ", ".join(Basis)
            raise ValueError(
                f"{str(text)[:40]!r} is not a basis; write one of {known}, such as 'sourced S28'"
            )
        basis, rest = Basis(words[0]), words[1:]
        stated = rest[0] if rest and rest[0] in list(Confidence) else None
        sources = tuple(rest[1:] if stated else rest)
        if basis is Basis.SOURCED and not sources:
            raise ValueError("a sourced number names its source, such as 'sourced S28'")
        return cls(basis=basis, confidence=Confidence(stated or _USUAL[basis]), sources=sources)

    @property
    def certain(self) -> bool:
        """Whether the number was read in a source or computed from such."""
        return self.basis in (Basis.SOURCED, Basis.DERIVED)

    def __str__(self) -> str:
        return " ".join((self.basis, self.confidence, *self.sources))

    def __repr__(self) -> str:
        return f"<{self}>"


#: Provenance of a number about which the record says nothing.
ASSUMED = Provenance(basis=Basis.ESTIMATE, confidence=Confidence.LOW)


class ProvenanceMap(Mapping[str, Provenance]):
    """Immutable map from field names to provenance.

    Parameters
    ----------
    entries : mapping
        Field name, dotted name or ``default`` to provenance or its compact text.
    """

    __slots__ = ("_entries",)

    def __init__(self, entries: Mapping[str, object]) -> None:
        self._entries = {str(name): Provenance.parse(text) for name, text in entries.items()}

    @classmethod
    def validate(cls, value: object) -> ProvenanceMap:
        """Accept a map, or a ready one."""
        if isinstance(value, cls):
            return value
        if isinstance(value, Mapping):
            return cls(value)
        raise ValueError("a basis is a map from field names to text such as 'sourced S28'")

    def find(self, path: str) -> Provenance | None:
        """Provenance of the number at a dotted path, by the longest stated prefix, or the default."""
        parts = path.split(".")
        names = (".".join(parts[:count]) for count in range(len(parts), 0, -1))
        return next(
            (self._entries[name] for name in names if name in self._entries), self._entries.get("default")
        )

    def __getitem__(self, name: str) -> Provenance:
        return self._entries[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __hash__(self) -> int:
        return hash(frozenset(self._entries.items()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ProvenanceMap) and self._entries == other._entries

    def __repr__(self) -> str:
        return "{" + ", ".join(f"{name}: {entry}" for name, entry in self._entries.items()) + "}"


def _write(value: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(entry) for name, entry in value.items()}


#: Record field that holds a :class:`ProvenanceMap`.
BasisMap = Annotated[
    ProvenanceMap,
    PlainValidator(ProvenanceMap.validate),
    PlainSerializer(_write, return_type=dict[str, str], when_used="json"),
    WithJsonSchema({"type": "object", "additionalProperties": {"type": "string"}}),
]
