"""Who names whom: records, their conditions and the sources of their numbers as a graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ilrs_science.catalogue.constraint.names import mentions
from ilrs_science.catalogue.library.kinds import REFERENCES, SINGULAR
from ilrs_science.catalogue.provenance import Provenance
from ilrs_science.catalogue.record import Part, Record

__all__ = ["SOURCE", "Edge", "Graph"]

#: Kind of the sources, which are no records.
SOURCE = "source"

#: Kind and id.
Node = tuple[str, str]


@dataclass(frozen=True)
class Edge:
    """One record names another, or a source.

    Parameters
    ----------
    kind, id : str
        The record that names.
    field : str
        Field in which it does.
    to_kind, to_id : str
        What is named; ``source`` and a key for a source.
    """

    kind: str
    id: str
    field: str
    to_kind: str
    to_id: str

    @property
    def origin(self) -> Node:
        """Kind and id of the record that names."""
        return self.kind, self.id

    @property
    def end(self) -> Node:
        """Kind and id of what is named."""
        return self.to_kind, self.to_id


class Graph:
    """All edges between records.

    Parameters
    ----------
    records : iterable of tuple
        Kind and record.
    """

    def __init__(self, records: Iterable[tuple[str, Record]]) -> None:
        known = {(kind, record.id): record for kind, record in records}
        self.edges = tuple(
            edge
            for (kind, _), record in known.items()
            for edge in dict.fromkeys(_edges(kind, record, set(known)))
        )
        self._out: defaultdict[Node, list[Edge]] = defaultdict(list)
        self._in: defaultdict[Node, list[Edge]] = defaultdict(list)
        for edge in self.edges:
            self._out[edge.origin].append(edge)
            self._in[edge.end].append(edge)

    def references(self, node: Node, steps: int) -> tuple[Edge, ...]:
        """What a record names, and what that names.

        Parameters
        ----------
        node : tuple
            Kind and id.
        steps : int
            How far to go.

        Returns
        -------
        tuple of Edge
            Nearest first, each once.
        """
        return _walk([node], steps, lambda one: [(edge, edge.end) for edge in self._out[one]])

    def referrers(self, node: Node, steps: int) -> tuple[Edge, ...]:
        """Who names a record, and who names those.

        Parameters
        ----------
        node : tuple
            Kind and id.
        steps : int
            How far to go.

        Returns
        -------
        tuple of Edge
            Nearest first, each once.
        """
        return _walk([node], steps, lambda one: [(edge, edge.origin) for edge in self._in[one]])


def _walk(frontier: list[Node], steps: int, neighbours: Any) -> tuple[Edge, ...]:
    """Edges within so many steps, breadth first."""
    found: dict[Edge, None] = {}
    seen = set(frontier)
    for _ in range(steps):
        fresh: list[Node] = []
        for node in frontier:
            for edge, other in neighbours(node):
                found.setdefault(edge)
                if other not in seen:
                    seen.add(other)
                    fresh.append(other)
        frontier = fresh
    return tuple(found)


def _edges(kind: str, record: Record, known: set[Node]) -> Iterator[Edge]:
    """Edges that begin at a record: in its fields, in its conditions, to its sources."""
    for folder, field, target in REFERENCES:
        if SINGULAR[folder] == kind:
            for name in _names(record, field.split(".")):
                if (SINGULAR[target], name) in known:
                    yield Edge(kind, record.id, field, SINGULAR[target], name)
    for field in type(record).model_fields:
        for mention in mentions(getattr(record, field)):
            places = [SINGULAR[folder] for folder in mention.folders if folder in SINGULAR]
            for place in places:
                if (place, mention.name) in known:
                    yield Edge(kind, record.id, field, place, mention.name)
                    break
    for key, field in _sources(record):
        yield Edge(kind, record.id, field, SOURCE, key)


def _names(value: Any, path: list[str]) -> Iterator[str]:
    """Names in a field; of a list of parts, those in a field of each."""
    if isinstance(value, tuple | list):
        for entry in value:
            yield from _names(entry, path)
    elif path and value is not None:
        yield from _names(getattr(value, path[0], None), path[1:])
    elif isinstance(value, str):
        yield value


def _sources(record: Record) -> Iterator[tuple[str, str]]:
    """Key of each source that a record cites, once, and where."""
    cited: dict[str, str] = {}
    for name, origin in record.basis.items():
        for key in origin.sources:
            cited.setdefault(key, f"basis.{name}")
    for field in type(record).model_fields:
        for path, origin in _inner(getattr(record, field), field):
            for key in origin.sources:
                cited.setdefault(key, path)
    yield from cited.items()


def _inner(value: Any, path: str) -> Iterator[tuple[str, Provenance]]:
    """Provenance that parts of a record state themselves."""
    if isinstance(value, Provenance):
        yield path, value
    elif isinstance(value, tuple):
        for entry in value:
            yield from _inner(entry, path)
    elif isinstance(value, Part):
        for name in type(value).model_fields:
            yield from _inner(getattr(value, name), f"{path}.{name}")
