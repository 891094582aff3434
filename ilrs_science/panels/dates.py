"""Days as a person writes them."""

from __future__ import annotations

from datetime import date

from ilrs_science.errors import EpochError

__all__ = ["real_date"]

_LONGEST = 20
"""Most of a text that is told back. [1]"""


def real_date(text: object, *, example: str = "2031-02-24") -> str:
    """A day of the calendar.

    Parameters
    ----------
    text : object
        As a person wrote it, such as ``2031-02-24``.
    example : str
        How to write it.

    Returns
    -------
    str
        ISO 8601.

    Raises
    ------
    EpochError
        If there is no such day.
    """
    written = str(text).strip()
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError:
        raise EpochError(f"{written[:_LONGEST]!r} is not a date; write it as {example}") from None
