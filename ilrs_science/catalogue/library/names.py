"""Names as people type them: compared without case and signs, and told when they are not known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from ilrs_science.catalogue.record import Record
from ilrs_science.errors import closest

__all__ = ["aliases", "folded", "listed", "near_ids", "unknown"]

_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
#: Names that are listed one by one; of more, only their number is told.
_MOST = 12
_LONGEST = 60


def folded(text: str) -> str:
    """Letters and digits of a name, without case, accents and signs.

    Parameters
    ----------
    text : str
        Such as ``"Chang'e-6"``.

    Returns
    -------
    str
        ``"change6"``.
    """
    return "".join(one for one in unicodedata.normalize("NFKD", text).casefold() if one.isalnum())


def aliases(record: Record) -> Iterator[tuple[str, str]]:
    """What a record is also called, the surest first.

    Parameters
    ----------
    record : Record
        Of any kind.

    Yields
    ------
    tuple of str
        Rank (``id``, ``code``, ``name``, ``part``) and folded text.
    """
    name = record.name
    yield "id", folded(record.id)
    yield "code", folded(getattr(record, "code", ""))
    yield "name", folded(name)
    for part in (_IN_BRACKETS.sub("", name), *_IN_BRACKETS.findall(name), getattr(record, "agency", "")):
        yield "part", folded(part)


def near_ids(name: str, records: Iterable[Record]) -> list[str]:
    """Ids of the records that a name may mean.

    Parameters
    ----------
    name : str
        As it was typed.
    records : iterable of Record
        Those that may be meant.

    Returns
    -------
    list of str
        Those that are called so; else the three nearest in the spelling of id, code or name.
    """
    wanted = folded(name)[:_LONGEST]
    called: dict[str, list[str]] = {}
    for record in records:
        called.setdefault(record.id, []).append(record.id)
        for _, alias in aliases(record):
            if alias:
                called.setdefault(alias, []).append(record.id)
    if wanted in called:
        return list(dict.fromkeys(called[wanted]))[:3]
    near = [*closest(name[:_LONGEST], called), *closest(wanted, called)]
    return list(dict.fromkeys(one for spelling in near for one in called[spelling]))[:3]


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """That a name is not known, with the nearest ones.

    Parameters
    ----------
    what : str
        What it should have named, such as ``"field"``.
    name : str
        As it was typed.
    known : iterable of str
        The names that exist.

    Returns
    -------
    str
        Such as ``unknown field 'lenght'; did you mean length?``.
    """
    near = closest(name[:_LONGEST], known)
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    return f"unknown {what} {name[:_LONGEST]!r}{hint}"


def listed(known: Iterable[str], how: str) -> str:
    """The names that are allowed, or where to find them if they are many.

    Parameters
    ----------
    known : iterable of str
        The names that exist.
    how : str
        Command that lists them.

    Returns
    -------
    str
        Such as ``min, max``, or ``one of 64; see: ilrs catalogue list --kind sites``.
    """
    names = list(known)
    return ", ".join(names) if len(names) <= _MOST else f"one of {len(names)}; see: {how}"
