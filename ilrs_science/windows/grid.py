"""Grid: the pieces of time on which a search begins, after what moves: the ephemeris, orbiters, the turning Earth."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from ilrs_science.errors import CoverageError
from ilrs_science.sky.apparent import Aim
from ilrs_science.sky.chebyshev import Floats, nodes
from ilrs_science.sky.ephemeris import SkyState, sky_on_segments
from ilrs_science.sky.fine import fine_sky
from ilrs_science.sky.ground import GroundPlace
from ilrs_science.sky.place import Place
from ilrs_science.sky.trajectory import Trajectory

__all__ = ["SEGMENT", "Grid", "grid_for", "segments", "sky_on"]

#: Length of a segment: the shortest records of the ephemeris. [s]
SEGMENT = 4 * 86400.0
#: Where one segment begins, and so all of them: DE421 and its lunar orientation share this phase. [s past J2000 TDB]
_ORIGIN = -36680.5 * 86400.0
#: Longest piece on which the turning of the Earth is a short series. [s]
_EARTH_TURN = SEGMENT / 16.0
#: Segments of a trajectory in a piece: what is seen is smoother than the motion, whose series holds to 0.1 mm.
_SPARSE = 2
#: Pieces whose sky is held in memory at once.
_BLOCK = 2048


@dataclass(frozen=True, eq=False)
class Grid:
    """Consecutive pieces of time."""

    origin: float
    """Zero of the edges, a whole second. [s past J2000 TDB]"""
    edges: Floats
    """(m + 1,) borders after the origin. [s]"""
    even: bool = False
    """Whether the pieces are the segments of the ephemeris."""

    @cached_property
    def blocks(self) -> tuple[Grid, ...]:
        """Parts of so few pieces that their sky fits into memory, all after the same origin."""
        count = len(self.edges) - 1
        if count <= _BLOCK:
            return (self,)
        parts = (self.edges[first : first + _BLOCK + 1] for first in range(0, count, _BLOCK))
        return tuple(Grid(self.origin, edges, self.even) for edges in parts)


def segments(first: float, last: float) -> Grid:
    """Segments of the ephemeris that cover a span.

    Parameters
    ----------
    first, last : float
        Span. [s past J2000 TDB]

    Returns
    -------
    Grid
        It begins at or before the span, and ends at or after it.
    """
    lowest = int((first - _ORIGIN) // SEGMENT)
    highest = max(int(-(-(last - _ORIGIN) // SEGMENT)), lowest + 1)
    return _segments(lowest, highest)


@lru_cache(maxsize=8)
def _segments(lowest: int, highest: int) -> Grid:
    return Grid(_ORIGIN + lowest * SEGMENT, np.arange(highest - lowest + 1) * np.float64(SEGMENT), even=True)


@lru_cache(maxsize=16)
def grid_for(movers: tuple[Place | Aim, ...], first: float, last: float) -> Grid:
    """Pieces on which the motion of everything that takes part is a short series.

    Parameters
    ----------
    movers : tuple
        The place and what is looked at from it.
    first, last : float
        Span. [s past J2000 TDB]

    Returns
    -------
    Grid

    Raises
    ------
    CoverageError
        If a trajectory does not cover the span.
    """
    flights = [one for one in movers if isinstance(one, Trajectory)]
    ground = any(isinstance(one, GroundPlace) for one in movers)
    if not flights and not ground:
        return segments(first, last)
    origin = flights[0].origin if flights else segments(first, last).origin
    low, high = first - origin, last - origin
    edges = [np.array([low, high]), *(_borders(one, origin, low, high) for one in flights)]
    if ground:
        count = int(np.ceil((high - low) / _EARTH_TURN))
        edges.append(np.linspace(low, high, count + 1))
    joined = np.unique(np.concatenate(edges))
    apart = np.append(True, np.diff(joined) > 1e-3)
    joined = joined[apart]
    joined[-1] = high
    return Grid(origin, joined)


def _borders(flight: Trajectory, origin: float, low: float, high: float) -> Floats:
    """Edges of a trajectory inside a span, after an origin. [s]"""
    edges = flight.edges + (flight.origin - origin)
    if low < edges[0] - 1e-3 or high > edges[-1] + 1e-3:
        raise CoverageError(f"{flight!r} does not cover the span that is asked for")
    return np.asarray(edges[(edges > low) & (edges < high)][::_SPARSE])


@lru_cache(maxsize=3)
def sky_on(grid: Grid, count: int) -> SkyState:
    """The sky at the Chebyshev nodes of each piece.

    Parameters
    ----------
    grid : Grid
        Pieces.
    count : int
        Nodes in each.

    Returns
    -------
    SkyState
        With arrays (pieces, count, 3).
    """
    if grid.even:
        begin = grid.origin + float(grid.edges[0])
        return sky_on_segments(begin, SEGMENT, len(grid.edges) - 1, nodes(count))
    low, length = grid.edges[:-1, None], np.diff(grid.edges)[:, None]
    return fine_sky(grid.origin, low + length * ((nodes(count) + 1.0) / 2.0))
