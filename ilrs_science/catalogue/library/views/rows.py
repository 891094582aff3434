"""One record as rows: every value, and for every number where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ilrs_science.catalogue.library.views.values import texts_of
from ilrs_science.catalogue.provenance import Provenance
from ilrs_science.catalogue.record import Record

__all__ = ["readable", "rows_of", "sources_of"]

#: Julian year. [s]
_YEAR = 31557600.0
_MARK = re.compile(r"\[[^\]]*\]")
_DATE = re.compile(r"(?:19|20|21)\d\d(?:-\d\d(?:-\d\d(?:T[\d:.]+Z)?)?)?", re.ASCII)


def rows_of(record: Record) -> Iterator[dict[str, str]]:
    """Rows with the columns ``field``, ``value``, ``basis`` and ``source``; an estimate says so.

    Numbers and dates have a basis each; the last row has that of everything else, words included.

    Parameters
    ----------
    record : Record
        Any record.

    Yields
    ------
    dict
        Such as ``{"field": "mass", "value": "6.7 kg", "basis": "recall L", "source": ""}``.
    """
    texts = texts_of(record)
    numbers = {path for path, _ in record.numbers()}
    for path, text in texts.items():
        if path in ("id", "name") or path.endswith(".basis"):
            continue
        plain = _MARK.sub("", path)
        own = texts.get(f"{path.rpartition('.')[0]}.basis")  # a line of a data sheet says it itself
        dated = bool(record.basis) and _DATE.fullmatch(text) is not None
        told = own is not None or plain in numbers or plain in record.basis or plain == "conditions" or dated
        origin = Provenance.parse(own) if own is not None else record.provenance_of(plain)
        basis, source = (
            (f"{origin.basis} {origin.confidence}", " ".join(origin.sources)) if told else ("", "")
        )
        yield {
            "field": path,
            "value": text if "noise" in plain else readable(text),
            "basis": basis,
            "source": source,
        }
    if rest := record.basis.get("default"):
        basis, source = f"{rest.basis} {rest.confidence}", " ".join(rest.sources)
        yield {"field": "(anything else)", "value": "", "basis": basis, "source": source}


def sources_of(rows: list[dict[str, str]], known: Mapping[str, str]) -> list[str]:
    """What the cited keys stand for, each once and in the order of the rows.

    Parameters
    ----------
    rows : list of dict
        From `rows_of`.
    known : mapping
        Text of every source by its key.

    Returns
    -------
    list of str
        Such as ``S28: Chang'e-3 ...``.
    """
    cited = dict.fromkeys(key for row in rows for key in row["source"].split())
    return [f"{key}: {known[key]}" for key in cited if key in known]


def readable(text: str) -> str:
    """A long duration in minutes, hours or years instead of seconds, a temperature also in degrees Celsius.

    Parameters
    ----------
    text : str
        Such as ``"7200 s"``.

    Returns
    -------
    str
        ``"2 h"``; any other text as it is.
    """
    number, _, unit = text.partition(" ")
    if unit == "K" and "," not in text:
        return f"{text} ({float(number) - 273.15:.6g} degC)"
    if unit != "s":
        return text
    seconds = float(number)
    if seconds >= 2 * _YEAR:
        return f"{seconds / _YEAR:.6g} yr"
    for size, name in ((3600.0, "h"), (60.0, "min")):
        if seconds >= size:
            return f"{seconds / size:g} {name}"
    return text
