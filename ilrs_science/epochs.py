"""Epochs: text to UTC, UTC to TDB and back; the only place that knows leap seconds.

UTC is ``numpy.datetime64[us]``, TDB is seconds past J2000 (2000-01-01T12:00:00 TDB) as float64, the "ephemeris time" of
SPICE. Text without a zone is UTC. Both directions follow the NAIF leap-seconds kernel, as SPICE does; before 1972 the
offset TAI - UTC is held at 9 s, also as SPICE does.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ilrs_science.errors import EpochError
from ilrs_science.paths import verified_path
from ilrs_science.units import parse_quantity

__all__ = [
    "Epochs",
    "format_epoch",
    "from_tdb",
    "grid",
    "parse_epoch",
    "parse_epochs",
    "parse_span",
    "to_tdb",
]

#: UTC epochs, ``datetime64[us]``.
Epochs = NDArray[np.datetime64]

#: Most epochs of a grid: half a century at a step of a minute.
_MOST_EPOCHS = 30_000_000
_J2000 = np.datetime64("2000-01-01T12:00:00", "us")
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_TT_MINUS_TAI = 32.184  # [s] by definition, IAU 1991 Recommendation IV
_ISO = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s*(Z|[+-]\d{2}:?\d{2})?)?", re.ASCII
)


@cache
def _leap_seconds() -> tuple[NDArray[np.int64], NDArray[np.float64], tuple[float, ...]]:
    """UTC second of each step [s past J2000], TAI - UTC from then on [s], and (K, EB, M0, M1) of TDB - TT."""
    text = verified_path("kernels/naif0012.tls").read_text("ascii")
    block = text.split("\\begindata")[1].split("\\begintext")[0]
    steps = re.findall(r"(\d+),\s*@(\d{4})-([A-Z]{3})-(\d+)", block)
    dates = [date(int(y), _MONTHS.index(m) + 1, int(d)) for _, y, m, d in steps]
    seconds = (np.array(dates, "datetime64[us]") - _J2000) // np.timedelta64(1, "s")
    number = r"[-+0-9.DE]+"
    single = [re.findall(rf"DELTET/{name}\s*=\s*({number})", block)[0] for name in ("K", "EB")]
    pair = re.findall(rf"DELTET/M\s*=\s*\(\s*({number})\s+({number})", block)[0]
    deltet = tuple(float(value.replace("D", "E")) for value in (*single, *pair))
    return seconds.astype(np.int64), np.array([float(step[0]) for step in steps]), deltet


def _tai_minus_utc(utc_seconds: NDArray[np.float64]) -> NDArray[np.float64]:
    seconds, offsets, _ = _leap_seconds()
    index = np.searchsorted(seconds, utc_seconds, side="right")
    return np.concatenate([[offsets[0] - 1.0], offsets])[index]


def _tdb_minus_tt(tt: NDArray[np.float64]) -> NDArray[np.float64]:
    _, _, (k, eb, m0, m1) = _leap_seconds()
    mean = m0 + m1 * tt
    return k * np.sin(mean + eb * np.sin(mean))


def to_tdb(utc: np.datetime64 | Epochs) -> NDArray[np.float64]:
    """TDB of UTC epochs.

    Parameters
    ----------
    utc : array_like of datetime64
        UTC epochs of any shape.

    Returns
    -------
    ndarray of float64
        Seconds past J2000 TDB, same shape. [s]

    Notes
    -----
    TDB = UTC + (TAI - UTC) + 32.184 s + K sin E, E = M + EB sin M, M = M0 + M1 t, with the constants of the
    leap-seconds kernel: the model of SPICE ``str2et``.

    References
    ----------
    NAIF, "Time" required reading; leap-seconds kernel naif0012.tls.

    Examples
    --------
    >>> float(to_tdb(np.datetime64("2000-01-01T12:00:00")).round(4))
    64.1839
    """
    utc_seconds = (np.asarray(utc, "datetime64[us]") - _J2000).astype(np.int64) / 1e6
    tt = utc_seconds + _tai_minus_utc(utc_seconds) + _TT_MINUS_TAI
    return np.asarray(tt + _tdb_minus_tt(tt), np.float64)


def from_tdb(tdb: float | NDArray[np.float64]) -> Epochs:
    """UTC of TDB epochs, the inverse of `to_tdb` to the microsecond.

    Parameters
    ----------
    tdb : array_like of float
        Seconds past J2000 TDB. [s]

    Returns
    -------
    ndarray of datetime64[us]
        UTC. An epoch inside a leap second gives the last microsecond before it.
    """
    tdb = np.asarray(tdb, np.float64)
    tai = tdb - _tdb_minus_tt(tdb - _tdb_minus_tt(tdb)) - _TT_MINUS_TAI
    seconds, offsets, _ = _leap_seconds()
    previous = np.concatenate([[offsets[0] - 1.0], offsets[:-1]])
    index = np.searchsorted(seconds + offsets, tai, side="right")
    utc_seconds = tai - np.concatenate([[offsets[0] - 1.0], offsets])[index]
    ceiling = np.append(seconds - 1e-6, np.inf)[index]  # inside the leap second that ends at the next step
    inside = tai >= np.append(seconds + previous, np.inf)[index]
    utc_seconds = np.where(inside, np.minimum(utc_seconds, ceiling), utc_seconds)
    return np.asarray(_J2000 + np.rint(utc_seconds * 1e6).astype("timedelta64[us]"), "datetime64[us]")


def parse_epoch(value: object) -> np.datetime64:
    """UTC epoch from what a person or a library writes.

    Parameters
    ----------
    value : str, datetime, date or datetime64
        ISO 8601 text (``"2026-01-01"``, ``"2026-01-01T06:30Z"``, ``"2026-01-01 06:30:00.5+08:00"``; without a zone it
        is UTC), a ``datetime`` with a zone, a ``date``, a ``datetime64`` or a pandas ``Timestamp`` (UTC if naive).

    Returns
    -------
    datetime64[us]
        UTC.

    Raises
    ------
    EpochError
        If the date is impossible, not a date, or a plain ``datetime`` without a zone.

    Examples
    --------
    >>> parse_epoch("2026-01-01T08:00+08:00")
    np.datetime64('2026-01-01T00:00:00.000000')
    """
    if isinstance(value, str):
        return _from_text(value)
    if isinstance(value, np.datetime64):
        return _possible(value)
    if isinstance(value, datetime):
        return _from_datetime(value)
    if isinstance(value, date):
        return np.datetime64(value, "us")
    raise EpochError(f"{value!r} is not a date; write it as 2026-01-01 or 2026-01-01T06:30:00Z")


def parse_epochs(values: object) -> Epochs:
    """UTC epochs from a sequence of anything that `parse_epoch` takes.

    Parameters
    ----------
    values : array_like
        One epoch or many, of any shape.

    Returns
    -------
    ndarray of datetime64[us]
        Same shape.

    Raises
    ------
    EpochError
        If a date is missing, impossible or without a zone that it needs.
    """
    array = np.asarray(values)
    if array.dtype.kind == "M":
        if np.isnat(array).any():
            raise EpochError("a date is missing")
        return array.astype("datetime64[us]")
    array = np.asarray(values, object)
    parsed = [parse_epoch(value) for value in array.ravel()]
    return np.array(parsed, "datetime64[us]").reshape(array.shape)


def _possible(value: np.datetime64) -> np.datetime64:
    """The epoch to the microsecond, if it is in the years 1 to 9999 that text can state."""
    if np.isnat(value):
        raise EpochError("a date is missing")
    if not 1 <= int(value.astype("datetime64[Y]").astype(np.int64)) + 1970 <= 9999:
        raise EpochError(f"{value} is not between the years 1 and 9999")
    epoch: np.datetime64 = value.astype("datetime64[us]")
    return epoch


def _from_datetime(value: datetime) -> np.datetime64:
    if value.tzinfo is not None:
        try:
            return np.datetime64(value.astimezone(UTC).replace(tzinfo=None), "us")
        except OverflowError as error:
            raise EpochError(f"{value} is not between the years 1 and 9999 UTC") from error
    if hasattr(value, "to_datetime64"):  # a pandas Timestamp: naive means UTC, as in every datetime64 column
        return _possible(value.to_datetime64())
    raise EpochError(
        f"{value.isoformat()} has no time zone; add tzinfo=UTC or write it as text, which is UTC"
    )


def _from_text(text: str) -> np.datetime64:
    match = _ISO.fullmatch(text.strip()) if len(text) <= 64 else None
    if match is None:
        raise EpochError(f"{text[:40]!r} is not a date; write it as 2026-01-01 or 2026-01-01T06:30:00Z")
    day, clock, zone = match.groups()
    try:
        epoch = np.datetime64(f"{day}T{clock}" if clock else day, "us")
    except ValueError as error:
        raise EpochError(f"{text!r} is not a possible date (year-month-day, hour:minute:second)") from error
    if zone in (None, "Z"):
        return _possible(epoch)
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    if hours > 14 or minutes > 59:
        raise EpochError(f"{text!r} has an impossible time zone {zone}")
    shift = np.timedelta64(60 * hours + minutes, "m") * (-1 if zone[0] == "-" else 1)
    return _possible(epoch - shift)


def parse_span(start: object, end: object) -> tuple[np.datetime64, np.datetime64]:
    """Two epochs in order.

    Parameters
    ----------
    start, end : str, datetime or datetime64
        As `parse_epoch` takes them.

    Returns
    -------
    tuple of datetime64[us]
        UTC start and end.

    Raises
    ------
    EpochError
        If a date is impossible, or the end is not after the start.
    """
    first, last = parse_epoch(start), parse_epoch(end)
    if last <= first:
        raise EpochError(
            f"the span ends at {format_epoch(last, 's')}, not after its start {format_epoch(first, 's')}"
        )
    return first, last


def format_epoch(epoch: np.datetime64, unit: Literal["s", "ms", "us"] = "ms") -> str:
    """ISO 8601 text of a UTC epoch, rounded to the unit.

    Parameters
    ----------
    epoch : datetime64
        UTC.
    unit : {"s", "ms", "us"}
        Resolution of the text.

    Returns
    -------
    str
        Such as ``"2026-01-01T00:00:00.000Z"``.
    """
    half = np.timedelta64({"s": 500_000, "ms": 500, "us": 0}[unit], "us")
    return f"{(epoch.astype('datetime64[us]') + half).astype(f'datetime64[{unit}]')}Z"


def grid(start: object, end: object, step: str) -> Epochs:
    """Evenly spaced epochs from the start up to, and not including, the end.

    Parameters
    ----------
    start, end : str, datetime or datetime64
        As `parse_epoch` takes them.
    step : str
        Duration with a unit, such as ``"1 h"``.

    Returns
    -------
    ndarray of datetime64[us]
        UTC epochs.

    Raises
    ------
    EpochError
        If the span is reversed, or the step is not between a microsecond and the span, or makes too many epochs.
    """
    first, last = parse_span(start, end)
    microseconds, whole = parse_quantity(step, "s") * 1e6, (last - first) // np.timedelta64(1, "us")
    if not 1 <= round(microseconds, 3) <= whole:
        raise EpochError(
            f"the step {step!r} does not fit the span of {(last - first) / np.timedelta64(1, 'D'):g} days"
        )
    count = whole // round(microseconds)
    if count > _MOST_EPOCHS:
        raise EpochError(
            f"the step {step!r} makes {count:.2g} epochs of this span, more than {_MOST_EPOCHS:.0e}"
        )
    return np.arange(first, last, np.timedelta64(round(microseconds), "us"))
