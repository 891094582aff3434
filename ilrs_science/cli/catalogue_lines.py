"""A record as one line of a table."""

from __future__ import annotations

from ilrs_science.catalogue.record import Record
from ilrs_science.cli.summaries import summary_of

__all__ = ["COLUMNS", "line_of"]

#: Columns of a table of records.
COLUMNS = ("kind", "id", "name", "summary", "basis")


def line_of(kind: str, record: Record) -> dict[str, str]:
    """A record as a row of `COLUMNS`, its doubts marked.

    Parameters
    ----------
    kind : str
        What it is, such as ``"site"``.
    record : Record
        Of that kind.

    Returns
    -------
    dict
        Text by column.
    """
    text, basis = summary_of(record)
    return {"kind": kind, "id": record.id, "name": record.name, "summary": text, "basis": basis}
