"""SPK: trajectories of orbiters from binary SPICE ephemeris files of types 2, 3, 8, 9, 12 and 13."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from jplephem.daf import DAF

from ilrs_science.epochs import parse_epoch, to_tdb
from ilrs_science.errors import RequestError
from ilrs_science.sky.chebyshev import Floats
from ilrs_science.sky.kernels import Series, ephemeris_series
from ilrs_science.sky.samples import Piece, Samples, join
from ilrs_science.sky.trajectory import Trajectory

__all__ = ["read_spk"]

#: Centres from which the way to the Moon is known: links of the shipped ephemeris with their signs.
_WAYS: Final[dict[int, tuple[tuple[tuple[int, int], float], ...]]] = {
    301: (),
    3: (((3, 301), 1.0),),
    399: (((3, 301), 1.0), ((3, 399), -1.0)),
    0: (((0, 3), 1.0), ((3, 301), 1.0)),
}
_CHEBYSHEV, _LAGRANGE, _HERMITE = (2, 3), (8, 9), (12, 13)


@dataclass(frozen=True)
class _Segment:
    """Summary of a segment."""

    begin: float
    end: float
    target: int
    centre: int
    frame: int
    kind: int
    first: int
    last: int


@dataclass(frozen=True, eq=False)
class _Moved:
    """A motion about another body, seen from the Moon."""

    piece: Samples | _Records
    centre: int

    @property
    def span(self) -> tuple[float, float]:
        return self.piece.span

    @property
    def spacing(self) -> float:
        return self.piece.spacing

    def position(self, tdb: Floats) -> Floats:
        series = ephemeris_series()
        moon = sum(sign * series[link].at(tdb) for link, sign in _WAYS[self.centre])
        return np.asarray(self.piece.position(tdb) - moon)


@dataclass(frozen=True, eq=False)
class _Records:
    """Chebyshev records."""

    series: Series
    span: tuple[float, float]

    @property
    def spacing(self) -> float:
        return self.series.step

    def position(self, tdb: Floats) -> Floats:
        return self.series.at(np.clip(tdb, self.series.start, self.series.end))


def read_spk(
    path: str | Path, *, target: int | None = None, start: object = None, end: object = None
) -> Trajectory:
    """Trajectory of an orbiter from a binary SPK file.

    Parameters
    ----------
    path : str or Path
        File of NAIF's DAF/SPK format.
    target : int, optional
        NAIF code of the orbiter; needed if the file holds several.
    start, end : str, datetime or datetime64, optional
        UTC; by default all that the file covers.

    Returns
    -------
    Trajectory

    Raises
    ------
    RequestError
        If the file is none, holds no such target, or gives it in another frame, about a centre from which the way to
        the Moon is not known, or in a type that is not read.
    CoverageError
        If it leaves a gap in the span, and where.

    References
    ----------
    NAIF, "SPK Required Reading".
    """
    path = Path(path)
    try:
        with path.open("rb") as stream:
            daf = DAF(stream)
            if not daf.locidw.startswith((b"DAF/SPK", b"NAIF/DAF")):
                raise ValueError(f"it begins with {daf.locidw!r}")
            segments = [_Segment(*v[:2], *map(int, v[2:])) for _, v in daf.summaries()]
            chosen = _choose(path, segments, target)
            pieces = [_piece(path, daf, one) for one in chosen]
    except OSError as error:
        raise RequestError(f"cannot read {path}: {error.strerror or error}") from error
    except (ValueError, IndexError, TypeError) as error:
        if isinstance(error, RequestError):
            raise
        raise RequestError(f"{path} is not a sound binary SPK file: {error}") from error
    span = tuple(None if t is None else float(to_tdb(parse_epoch(t))) for t in (start, end))
    return join(f"{chosen[0].target} ({path.name})", str(path), pieces, (span[0], span[1]))


def _choose(path: Path, segments: list[_Segment], target: int | None) -> list[_Segment]:
    targets = sorted({one.target for one in segments})
    if target is None and len(targets) == 1:
        target = targets[0]
    if target is None or target not in targets:
        asked = "name one" if target is None else f"not {target}"
        raise RequestError(f"{path} holds the targets {', '.join(map(str, targets)) or 'none'}; {asked}")
    return [one for one in segments if one.target == target]


def _piece(path: Path, daf: DAF, segment: _Segment) -> Piece:
    """Motion of a segment about the Moon."""
    what = f"{path} gives {segment.target}"
    if segment.frame != 1:
        raise RequestError(f"{what} in frame {segment.frame}; frame 1 (J2000, taken as ICRF) is read")
    if segment.centre not in _WAYS:
        known = "Moon 301, Earth 399, Earth-Moon barycentre 3 and solar system barycentre 0"
        raise RequestError(f"{what} about centre {segment.centre}; centres that are read: {known}")
    if segment.kind in _CHEBYSHEV:
        piece: Samples | _Records = _records(daf, segment)
    elif segment.kind in (*_LAGRANGE, *_HERMITE):
        piece = _samples(daf, segment)
    else:
        raise RequestError(f"{what} as type {segment.kind}; types 2, 3, 8, 9, 12 and 13 are read")
    return piece if segment.centre == 301 else _Moved(piece, segment.centre)


def _records(daf: DAF, segment: _Segment) -> _Records:
    words = np.array(daf.read_array(segment.first, segment.last))
    begin, length, size, count = words[-4], words[-3], int(words[-2]), int(words[-1])
    components = 3 if segment.kind == 2 else 6
    table = words[: size * count].reshape(count, size)[:, 2:].reshape(count, components, -1)
    span = (float(begin), float(begin + length * count))
    series = Series(float(begin), float(length), np.ascontiguousarray(table[:, :3]), span)
    return _Records(series, (segment.begin, segment.end))


def _samples(daf: DAF, segment: _Segment) -> Samples:
    words = np.array(daf.read_array(segment.first, segment.last))
    count, degree = int(words[-1]), int(words[-2])
    states = words[: 6 * count].reshape(count, 6)
    grid = words[-4] + words[-3] * np.arange(count)
    epochs = grid if segment.kind in (8, 12) else words[6 * count : 7 * count]
    window = min(degree + 1, count)
    return Samples(epochs, states, window, segment.kind in _HERMITE, (segment.begin, segment.end))
