"""Names as people type them: compared without case and signs, and told when they are not known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from ilrs_science.catalogue.record import Record
from ilrs_science.catalogue.wording import LONGEST
from ilrs_science.errors import closest

__all__ = ["aliases", "folded", "near_ids"]

_IN_BRACKETS = re.compile(r"\(([^()]*)\)")


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
    wanted = folded(name)[:LONGEST]
    called: dict[str, list[str]] = {}
    for record in records:
        called.setdefault(record.id, []).append(record.id)
        for _, alias in aliases(record):
            if alias:
                called.setdefault(alias, []).append(record.id)
    if wanted in called:
        return list(dict.fromkeys(called[wanted]))[:3]
    near = [*closest(name[:LONGEST], called), *closest(wanted, called)]
    return list(dict.fromkeys(one for spelling in near for one in called[spelling]))[:3]
