"""Every error of the workbench.

::

    IlrsError
     ├── RequestError (also ValueError)   the request is wrong
     │    ├── UnknownNameError            a name that is not known; the nearest are listed
     │    ├── UnitError                   a quantity without a unit, or with a wrong one
     │    ├── EpochError                  a date that is impossible or ambiguous
     │    ├── CoverageError               a span that the data do not cover
     │    └── CatalogueError              every fault found in a catalogue folder
     └── DataFileError                    a data file is missing or altered
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

__all__ = [
    "CatalogueError",
    "CoverageError",
    "DataFileError",
    "EpochError",
    "Fault",
    "IlrsError",
    "RequestError",
    "UnitError",
    "UnknownNameError",
    "closest",
    "require_kind",
]


class IlrsError(Exception):
    """Base of every error that the workbench raises on purpose."""


class RequestError(IlrsError, ValueError):
    """The request is wrong; the message is one line that says what to do."""


class UnitError(RequestError):
    """A quantity has no unit, an unknown one, or one of another dimension."""


class EpochError(RequestError):
    """A date or span is impossible, ambiguous or reversed."""


class CoverageError(RequestError):
    """A span or place lies outside what the data cover."""


class DataFileError(IlrsError):
    """A data file is missing, altered or unreadable; the message names it."""


class UnknownNameError(RequestError):
    """A name is not known.

    Parameters
    ----------
    kind : str
        What the name should have been, such as ``"site"``.
    name : str
        The name that was asked for.
    known : iterable of str
        The names that exist.
    near : sequence of str, optional
        Those that may have been meant; by default the nearest in spelling.
    listing : str
        Command that lists the names, told in place of more than twelve of them.
    """

    def __init__(
        self,
        kind: str,
        name: str,
        known: Iterable[str],
        *,
        near: Sequence[str] | None = None,
        listing: str = "",
    ) -> None:
        self.kind, self.name, self.known = kind, name, sorted(known)
        meant = closest(name, self.known) if near is None else near
        hint = f"; did you mean {' or '.join(meant)}?" if meant else ""
        listed = ", ".join(self.known[:12]) + (", ..." if len(self.known) > 12 else "")
        told = f"known: {listed or 'none'}"
        if listing and len(self.known) > 12:
            told = f"{len(self.known)} are known: {listing}"
        super().__init__(f"unknown {kind} {name!r}{hint} ({told})")


@dataclass(frozen=True)
class Fault:
    """One fault of a catalogue folder: where it is, what is wrong, what is allowed."""

    file: str
    line: int
    record: str
    field: str
    wrong: str
    allowed: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: " if self.line else f"{self.file}: "
        name = ".".join(part for part in (self.record, self.field) if part)
        end = f" (allowed: {self.allowed})" if self.allowed else ""
        return f"{place}{name + ': ' if name else ''}{self.wrong}{end}"


class CatalogueError(RequestError):
    """A catalogue folder has faults; all of them are in ``faults``.

    Parameters
    ----------
    faults : sequence of Fault
        Every fault, in the order in which they are to be read.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        count = f"{len(self.faults)} fault{'s' if len(self.faults) != 1 else ''} in the catalogue"
        super().__init__("\n".join([count, *map(str, self.faults)]))


def require_kind(value: object, kinds: type | tuple[type, ...], what: str, give: str) -> None:
    """Refuse what is of another kind.

    Parameters
    ----------
    value : object
        What a caller gave.
    kinds : type or tuple of type
        That it may be of.
    what : str
        Name of the parameter.
    give : str
        What to give instead.

    Raises
    ------
    RequestError
        If it is of none of the kinds.
    """
    if not isinstance(value, kinds):
        raise RequestError(f"{what} {value!r:.60} cannot be used; give {give}")


def closest(name: str, known: Iterable[str], count: int = 3) -> list[str]:
    """The known names nearest in spelling.

    Parameters
    ----------
    name : str
        The name that was asked for.
    known : iterable of str
        The names that exist.
    count : int
        How many to give at the most.

    Returns
    -------
    list of str
        Nearest first; empty if none is near.
    """
    folded = {entry.lower(): entry for entry in known}
    return [folded[match] for match in get_close_matches(name.lower(), folded, n=count, cutoff=0.51)]
