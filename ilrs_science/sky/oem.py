"""OEM: trajectories of orbiters from CCSDS Orbit Ephemeris Messages in key-value notation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from ilrs_science.epochs import parse_epoch, to_tdb
from ilrs_science.errors import CoverageError, RequestError
from ilrs_science.sky.samples import Samples, join
from ilrs_science.sky.trajectory import Trajectory

__all__ = ["read_oem"]

#: Frames whose axes are those of ICRF, to 0.02 arcsec (EME2000): 0.2 m at 100 km above the Moon.
_FRAMES: Final = ("ICRF", "ICRF1", "ICRF2", "ICRF3", "EME2000", "J2000", "GCRF")
_CALENDAR = re.compile(r"(\d{4})-(?:(\d{2})-(\d{2})|(\d{3}))T(\d{2}):(\d{2}):(\d{2})(\.\d+)?Z?", re.ASCII)
#: A sample that is so many times further than its neighbours are from theirs ends a gap.
_GAP = 8.0
_J2000 = np.datetime64("2000-01-01T12:00:00", "us")


@dataclass
class _Block:
    """One segment of a message while it is read."""

    line: int
    meta: dict[str, str]
    rows: list[tuple[int, list[str]]]


def read_oem(
    path: str | Path, *, target: str | None = None, start: object = None, end: object = None
) -> Trajectory:
    """Trajectory of an orbiter from a CCSDS Orbit Ephemeris Message.

    Parameters
    ----------
    path : str or Path
        Message in key-value notation (KVN), version 1 to 3.
    target : str, optional
        Name or identifier of the orbiter; needed if the message holds several.
    start, end : str, datetime or datetime64, optional
        UTC; by default all that the message says may be used.

    Returns
    -------
    Trajectory

    Raises
    ------
    RequestError
        With the line, if the message is not sound, or about another centre than the Moon, or in another frame.
    CoverageError
        If it leaves a gap in the span, and where.

    Notes
    -----
    Interpolated as the message asks (Lagrange or Hermite and the degree), Hermite of degree 7 if it says nothing. A gap
    inside a segment is a pair of samples eight times further apart than their neighbours on both sides.

    References
    ----------
    CCSDS 502.0-B-3, "Orbit Data Messages", section 5.
    """
    path = Path(path)
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise RequestError(f"cannot read {path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise RequestError(f"{path} is not a CCSDS OEM in key-value notation: it is not text") from error
    blocks = _blocks(path, lines)
    chosen, name = _choose(path, blocks, target)
    pieces = [piece for block in chosen for piece in _pieces(path, block)]
    span = tuple(None if t is None else float(to_tdb(parse_epoch(t))) for t in (start, end))
    return join(f"{name} ({path.name})", str(path), pieces, (span[0], span[1]))


def _blocks(path: Path, lines: list[str]) -> list[_Block]:
    """Segments: what stands between META_START and META_STOP, and the lines of numbers after it."""
    content = [(number, line.strip()) for number, line in enumerate(lines, 1)]
    content = [(number, line) for number, line in content if line and not line.startswith("COMMENT")]
    if not content or not re.match(r"CCSDS_OEM_VERS\s*=\s*[123](\.\d)?$", content[0][1]):
        hint = "; XML is not read, convert it" if content and content[0][1].startswith("<") else ""
        raise RequestError(f"{path} does not begin with CCSDS_OEM_VERS = 1.0, 2.0 or 3.0{hint}")
    blocks: list[_Block] = []
    inside = ""
    for number, line in content:
        if line in ("META_START", "COVARIANCE_START"):
            inside = line.removesuffix("_START")
            if inside == "META":
                blocks.append(_Block(number, {}, []))
        elif line in ("META_STOP", "COVARIANCE_STOP"):
            inside = ""
        elif inside == "META":
            key, _, value = line.partition("=")
            blocks[-1].meta[key.strip()] = value.strip()
        elif not inside and blocks:
            blocks[-1].rows.append((number, line.split()))
    return blocks


def _choose(path: Path, blocks: list[_Block], target: str | None) -> tuple[list[_Block], str]:
    names = {(b.meta.get("OBJECT_NAME", ""), b.meta.get("OBJECT_ID", "")) for b in blocks}
    listed = ", ".join(sorted(name or code for name, code in names)) or "none"
    if target is None and len(names) != 1:
        raise RequestError(f"{path} holds the targets {listed}; name one")
    found = [pair for pair in sorted(names) if target is None or target in pair]
    if not found:
        raise RequestError(f"{path} holds the targets {listed}; not {target}")
    chosen = [b for b in blocks if (b.meta.get("OBJECT_NAME", ""), b.meta.get("OBJECT_ID", "")) in found]
    return chosen, found[0][0] or found[0][1]


def _pieces(path: Path, block: _Block) -> list[Samples]:
    """Samples of a segment, split where they leave a gap."""
    meta, where = block.meta, f"{path}:{block.line}"
    if meta.get("CENTER_NAME", "").upper() != "MOON":
        raise RequestError(f"{where}: CENTER_NAME is {meta.get('CENTER_NAME', 'missing')}; MOON is read")
    if meta.get("REF_FRAME", "").upper() not in _FRAMES:
        raise RequestError(
            f"{where}: REF_FRAME is {meta.get('REF_FRAME', 'missing')}; frames that are read: {', '.join(_FRAMES)}"
        )
    scale = meta.get("TIME_SYSTEM", "missing").upper()
    if scale not in ("UTC", "TDB", "TT", "TAI"):
        raise RequestError(f"{where}: TIME_SYSTEM is {scale}; UTC, TDB, TT and TAI are read")
    epochs, states = _numbers(path, block, scale)
    hermite, window = _method(where, meta, len(epochs))
    bounds = [_stated(where, meta, name, scale) for name in ("USEABLE_START_TIME", "USEABLE_STOP_TIME")]
    low, high = (t if b is None else b for b, t in zip(bounds, (epochs[0], epochs[-1]), strict=True))
    step = np.diff(epochs)
    around = np.maximum(np.append(step[1:], 0.0), np.append(0.0, step[:-1]))
    cuts = np.flatnonzero((step > _GAP * around) & (around > 0)) + 1
    pieces = []
    for part, state in zip(np.split(epochs, cuts), np.split(states, cuts), strict=True):
        span = (max(low, float(part[0])), min(high, float(part[-1])))
        if len(part) > 1 and span[0] < span[1]:
            pieces.append(Samples(part, state, min(window, len(part)), hermite, span))
    if not pieces:
        raise CoverageError(f"{where}: the segment has fewer than two states that may be used")
    return pieces


def _method(where: str, meta: dict[str, str], count: int) -> tuple[bool, int]:
    """Whether velocities are met, and how many states a polynomial goes through."""
    method = meta.get("INTERPOLATION", "HERMITE").upper()
    if method not in ("HERMITE", "LAGRANGE", "LINEAR"):
        raise RequestError(f"{where}: INTERPOLATION is {method}; HERMITE, LAGRANGE and LINEAR are read")
    text = meta.get("INTERPOLATION_DEGREE", "1" if method == "LINEAR" else "7")
    if not text.isdecimal() or not 1 <= int(text) <= 31:
        raise RequestError(f"{where}: INTERPOLATION_DEGREE is {text}; a number from 1 to 31 is needed")
    hermite = method == "HERMITE"
    window = (int(text) + 2) // 2 if hermite else int(text) + 1
    return hermite, max(2, min(window, count))


def _numbers(path: Path, block: _Block, scale: str) -> tuple[np.ndarray, np.ndarray]:
    epochs, states = [], []
    for number, words in block.rows:
        try:
            if len(words) not in (7, 10):
                raise ValueError(f"{len(words)} columns, not an epoch and 6 or 9 numbers")
            state = [float(word) for word in words[1:7]]
            if not np.isfinite(state).all():
                raise ValueError("a number is not finite")
            epochs.append(_epoch(words[0], scale))
            states.append(state)
        except ValueError as error:
            raise RequestError(f"{path}:{number}: {error}") from error
        if len(epochs) > 1 and epochs[-1] <= epochs[-2]:
            raise RequestError(f"{path}:{number}: the epoch {words[0]} is not after the one before")
    if not epochs:
        raise RequestError(f"{path}:{block.line}: the segment holds no states")
    return np.array(epochs), np.array(states)


def _stated(where: str, meta: dict[str, str], name: str, scale: str) -> float | None:
    try:
        return _epoch(meta[name], scale) if name in meta else None
    except ValueError as error:
        raise RequestError(f"{where}: {name}: {error}") from error


def _epoch(text: str, scale: str) -> float:
    """Epoch in a time scale. [s past J2000 TDB]"""
    match = _CALENDAR.fullmatch(text)
    if match is None:
        raise ValueError(f"{text[:40]!r} is not an epoch such as 2026-01-01T00:00:00.000")
    year, month, day, ordinal, hour, minute, second, fraction = match.groups()
    date = np.datetime64(f"{year}-{month}-{day}" if month else f"{year}-01-01", "us")
    if ordinal:
        date = date + np.timedelta64(int(ordinal) - 1, "D")
    if int(hour) > 23 or int(minute) > 59 or int(second) > 59 or int(ordinal or 1) not in range(1, 367):
        raise ValueError(f"{text} is not a possible epoch")
    clock = np.timedelta64(int(hour) * 3600 + int(minute) * 60 + int(second), "s")
    rest = float(fraction or 0.0)
    if scale == "UTC":
        return float(to_tdb(date + clock)) + rest
    seconds = float((date + clock - _J2000) / np.timedelta64(1, "s")) + rest
    return seconds if scale == "TDB" else _tdb_of(seconds + (32.184 if scale == "TAI" else 0.0))


def _tdb_of(tt: float) -> float:
    """TDB of TT: by way of UTC, whose distance to TT is a whole number of milliseconds."""
    noon = _J2000 + np.timedelta64(round((tt - 69.184) * 1e6), "us")
    utc = noon
    for _ in range(2):  # the offset of the day is found on the second look
        offset = float(to_tdb(utc)) - float((utc - _J2000) / np.timedelta64(1, "s"))
        utc = _J2000 + np.timedelta64(round((tt - offset) * 1e6), "us")
    # TDB - TT changes by less than 4e-10 of the time, so that the microsecond of utc is no loss
    shift = float(to_tdb(utc)) - float((utc - _J2000) / np.timedelta64(1, "s"))
    return tt + (shift - round(shift - 0.184) - 0.184)
