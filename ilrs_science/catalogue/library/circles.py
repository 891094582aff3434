"""Circles of records that wait for each other or build on each other."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence, Set

__all__ = ["circle_of", "circle_text"]

#: Records of a circle that are told; nobody follows more of them on a line.
_MOST = 8


def circle_of(start: str, graph: Mapping[str, Set[str]]) -> tuple[str, ...]:
    """The shortest circle through a record.

    Parameters
    ----------
    start : str
        Id of the record.
    graph : mapping
        Ids that follow each id.

    Returns
    -------
    tuple of str
        Ids from the start to the last before it comes again; empty if it is in no circle.
    """
    before: dict[str, str] = {}
    queue = deque([start])
    while queue:
        name = queue.popleft()
        for after in sorted(graph.get(name, ())):
            if after == start:
                return _walked(name, start, before)
            if after not in before:
                before[after] = name
                queue.append(after)
    return ()


def _walked(end: str, start: str, before: Mapping[str, str]) -> tuple[str, ...]:
    path = [end]
    while path[-1] != start:
        path.append(before[path[-1]])
    return tuple(reversed(path))


def circle_text(members: Sequence[tuple[str, str]], verb: str) -> str:
    """A circle in words.

    Parameters
    ----------
    members : sequence of tuple
        Id, and file with line, of each record in it.
    verb : str
        What stands between two of them, such as ``"after"``.

    Returns
    -------
    str
        Such as ``a (x.yaml:1) after b (x.yaml:9) after a``.
    """
    told = [f"{name} ({where})" for name, where in members]
    if len(told) > _MOST:
        told = [*told[: _MOST - 1], f"{len(told) - _MOST} more", told[-1]]
    return f" {verb} ".join([*told, members[0][0]])
