"""A record as one line of a table, and tables on narrow screens."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from ilrs_science.catalogue.record import Record
from ilrs_science.cli.summaries import summary_of

__all__ = ["COLUMNS", "is_narrow", "line_of"]

#: Columns of a table of records.
COLUMNS = ("kind", "id", "name", "summary", "basis")
#: Characters of a line in which six or seven columns can be read.
_WIDE = 140


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
    return {"kind": kind, "id": record.id, "name": record.label, "summary": text, "basis": basis}


def is_narrow(form: str, output: Path | None) -> bool:
    """Whether a table goes to a screen on which six or seven columns cannot be read.

    Parameters
    ----------
    form : str
        ``table``, ``csv`` or ``json``.
    output : Path or None
        File to write, if any.

    Returns
    -------
    bool
        Always false for files and for other programs.
    """
    if form != "table" or output is not None or not sys.stdout.isatty():
        return False
    return shutil.get_terminal_size().columns < _WIDE
