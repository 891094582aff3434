"""A date as chronicles and plans give it: a year, a month, a day, or an instant."""

from __future__ import annotations

import re
from typing import Annotated, Any

import numpy as np
from pydantic import BeforeValidator, WithJsonSchema

__all__ = ["PartialDate", "first_instant", "is_before", "last_instant"]

_PATTERN = re.compile(r"(19[5-9]\d|20\d\d|21\d\d)(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?Z)?)?)?", re.ASCII)
_EXAMPLES = "write a year (2028), a month (2028-03), a day (2028-03-20) or an instant (2028-03-20T00:31Z) from 1950 on"
_STEP = {4: "Y", 7: "M", 10: "D"}


def _read(value: object) -> str:
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not _PATTERN.fullmatch(text):
        raise ValueError(f"{str(value)[:40]!r} is no date; {_EXAMPLES}")
    try:
        np.datetime64(text.removesuffix("Z"))
    except ValueError:
        raise ValueError(f"{text!r} is not in the calendar; {_EXAMPLES}") from None
    return text


def first_instant(date: str) -> np.datetime64:
    """First instant that a date may mean.

    Parameters
    ----------
    date : str
        Such as ``"2028"`` or ``"2028-03"``.

    Returns
    -------
    datetime64
        UTC.

    Examples
    --------
    >>> first_instant("2028-03")
    np.datetime64('2028-03-01T00:00:00.000000')
    """
    return np.datetime64(date.removesuffix("Z"), "us")


def last_instant(date: str) -> np.datetime64:
    """First instant after everything that a date may mean; the instant itself if it is one.

    Parameters
    ----------
    date : str
        Such as ``"2028"`` or ``"2028-03"``.

    Returns
    -------
    datetime64
        UTC.

    Examples
    --------
    >>> last_instant("2028")
    np.datetime64('2029-01-01T00:00:00.000000')
    """
    step: Any = _STEP.get(len(date))
    return first_instant(date) if step is None else (np.datetime64(date, step) + 1).astype("datetime64[us]")


def is_before(date: str, other: str) -> bool:
    """Whether everything that a date may mean lies before everything that another may mean.

    Parameters
    ----------
    date, other : str
        Dates.

    Returns
    -------
    bool
        False where they may be the same.

    Examples
    --------
    >>> is_before("2027-12", "2028"), is_before("2028", "2028-03")
    (True, False)
    """
    end, start = last_instant(date), first_instant(other)
    return bool(end < start or (end == start and len(date) in _STEP))


#: Record field that holds a date as precisely as it is known, as text.
PartialDate = Annotated[
    str, BeforeValidator(_read), WithJsonSchema({"type": "string", "pattern": f"^({_PATTERN.pattern})$"})
]
