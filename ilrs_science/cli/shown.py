"""One record as rows: every value, and for every number where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ilrs_science.catalogue.library.views.values import texts_of
from ilrs_science.catalogue.provenance import Provenance
from ilrs_science.catalogue.record import Record
from ilrs_science.cli.summaries import readable

__all__ = ["rows_of", "sources_of"]

_MARK = re.compile(r"\[[^\]]*\]")
_DATE = re.compile(r"(?:19|20|21)\d\d(?:-\d\d(?:-\d\d(?:T[\d:.]+Z)?)?)?", re.ASCII)


def rows_of(record: Record) -> Iterator[dict[str, str]]:
    """Rows with the columns ``field``, ``value``, ``basis`` and ``source``; an estimate says so.

    Numbers and dates have a basis each; the last row has that of everything else, words included.
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
        yield {"field": path, "value": readable(text), "basis": basis, "source": source}
    if rest := record.basis.get("default"):
        basis, source = f"{rest.basis} {rest.confidence}", " ".join(rest.sources)
        yield {"field": "(anything else)", "value": "", "basis": basis, "source": source}


def sources_of(rows: list[dict[str, str]], known: Mapping[str, str]) -> list[str]:
    """What the cited keys stand for, such as ``S28: Chang'e-3 ...``, each once and in the order of the rows."""
    cited = dict.fromkeys(key for row in rows for key in row["source"].split())
    return [f"{key}: {known[key]}" for key in cited if key in known]
