"""Lay changes over the values of a record: ``extends: id`` with what is different.

Maps are laid over key by key, at any depth; a list, a text or a number takes the place of the one beneath, and so does
a map that states its ``kind``, such as a constraint; ``null`` takes a field away. The basis of what is changed is that
of the change: a number of one's own never goes by the source of the number that it replaces.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

__all__ = ["Laid", "lay_over"]

#: Fields that never hold a number, and so need no basis.
_WORDS = ("id", "name", "note")


@dataclass(frozen=True)
class Laid:
    """Values with changes laid over them.

    Parameters
    ----------
    data : dict
        All values.
    changed : tuple of str
        Dotted path of every value that was changed.
    told : frozenset of str
        Those of them that the change itself gives a basis.
    """

    data: dict[str, Any]
    changed: tuple[str, ...]
    told: frozenset[str]

    def untold(self, numbers: Iterable[str]) -> list[str]:
        """Changed numbers that the change gives no basis.

        Parameters
        ----------
        numbers : iterable of str
            Dotted path of every number of the record.

        Returns
        -------
        list of str
            Their paths, in order.
        """
        silent = [path for path in self.changed if path not in self.told]
        return sorted({number for number in numbers if any(_within(number, path) for path in silent)})


def lay_over(base: dict[str, Any], change: dict[str, Any]) -> Laid:
    """Values of a record with changes laid over them.

    Parameters
    ----------
    base : dict
        Values of the record that is extended.
    change : dict
        What is different; ``basis`` is that of the changes.

    Returns
    -------
    Laid
        New values; neither of the two is altered.
    """
    own = change.get("basis")
    stated = own if isinstance(own, dict) else {}
    plain = {key: value for key, value in change.items() if key != "basis"}
    paths = tuple(path for path in _leaves(plain, base, "") if path not in _WORDS)
    data = _merged({key: value for key, value in base.items() if key != "basis"}, plain)
    found = {path: text for path in paths if (text := _basis_of(path, stated)) is not None}
    kept = base.get("basis")
    basis = {
        key: text
        for key, text in (kept.items() if isinstance(kept, dict) else ())
        if not any(_within(key, path) for path in paths)
    }
    data["basis"] = {**basis, **found, **{key: text for key, text in stated.items() if key != "default"}}
    if own is not None and not isinstance(own, dict):
        data["basis"] = own
    elif not data["basis"] and "basis" not in base:
        del data["basis"]
    return Laid(data, paths, frozenset(found))


def _merged(base: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in change.items():
        if value is None:
            merged.pop(key, None)
        elif isinstance(value, dict) and "kind" not in value:
            beneath = merged.get(key)
            merged[key] = _merged(beneath if isinstance(beneath, dict) else {}, value)
        else:
            merged[key] = value
    return merged


def _is_laid(value: Any, beneath: Any) -> bool:
    """Whether a value changes the map beneath it rather than taking its place."""
    return isinstance(value, dict) and isinstance(beneath, dict) and "kind" not in value


def _leaves(change: dict[str, Any], base: Any, path: str) -> Iterator[str]:
    """Dotted path of everything that is replaced."""
    for key, value in change.items():
        where = f"{path}.{key}" if path else key
        beneath = base.get(key) if isinstance(base, dict) else None
        if _is_laid(value, beneath):
            yield from _leaves(value, beneath, where)
        else:
            yield where


def _basis_of(path: str, stated: dict[str, Any]) -> Any:
    """Basis that the change gives a path: its own, that of something around it, or the default."""
    steps = path.split(".")
    names = (".".join(steps[:count]) for count in range(len(steps), 0, -1))
    return next((stated[name] for name in names if name in stated), stated.get("default"))


def _within(path: str, around: str) -> bool:
    return path == around or path.startswith(f"{around}.")
