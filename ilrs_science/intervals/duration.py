"""Durations: text with a unit as whole microseconds."""

from __future__ import annotations

import numpy as np

from ilrs_science.errors import EpochError
from ilrs_science.units import parse_quantity

__all__ = ["microseconds"]

#: Ten thousand years: no sum of an epoch and a duration leaves what datetime64[us] can hold. [s]
_LONGEST = 3.2e11
_SECOND = np.timedelta64(1, "s")


def microseconds(duration: str | np.timedelta64) -> int:
    """Duration with a unit as a whole number.

    Parameters
    ----------
    duration : str or timedelta64
        Such as ``"10 min"``.

    Returns
    -------
    int
        [us]

    Raises
    ------
    EpochError
        If it is longer than ten thousand years, or missing.
    UnitError
        If it has no unit of time.
    """
    if isinstance(duration, str):
        seconds = parse_quantity(duration, "s")
    elif np.isnat(duration):
        raise EpochError("a duration is missing")
    else:
        seconds = duration / _SECOND
    if abs(seconds) > _LONGEST:
        raise EpochError(f"a duration of {duration} is longer than {_LONGEST:g} s")
    if isinstance(duration, str):
        return round(seconds * 1e6)
    return int(duration.astype("timedelta64[us]").astype(np.int64))
