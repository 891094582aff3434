"""Pieces: a smooth function of time as Chebyshev series on pieces that are halved until each one holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ilrs_science.errors import RequestError
from ilrs_science.sky.chebyshev import Floats, node_matrix, nodes
from ilrs_science.sky.ephemeris import SkyState
from ilrs_science.sky.fine import fine_sky
from ilrs_science.windows.grid import Grid, sky_on

__all__ = ["NODES", "Function", "Pieces", "approximate"]

#: Nodes of a piece: on four days an elevation is then good to 0.01 ms of a window's edge (12: 0.012 ms, 10: 0.5 ms).
NODES = 14
#: Error of an edge that a piece may cause where its function runs through its swing at an even pace. [s]
_EDGE = 1e-4
#: The last three coefficients of a short piece that holds, in units of its swing: the sum of all but the first.
_TAIL = 1e-8
#: Rounding of a value in units of the largest one.
_ROUNDING = 64 * float(np.finfo(np.float64).eps)
#: A piece that stays away from every limit by more than its swing and so many times its tail has no edge.
_UNSEEN = 30.0
#: It must have been understood: a longer tail, in units of the swing, may hide a peak between two nodes, as where
#: orbiters meet; what is shorter than a wink [s] is believed.
_KNOWN, _WINK = 0.02, 1.0
#: A tail so small that halving the piece does not make it smaller by this factor is rounding, which no halving removes.
_GAIN, _NOISE = 0.75, 1e-8
#: Signs of the polynomials at the begin of a piece.
_AT_START = (-1.0) ** np.arange(NODES)
#: Two pieces that differ by more of their common size where they meet have missed something.
_JUMP = 1e-6
#: Shortest piece: what jumps is not resolved further. [s]
_SHORTEST = 5e-4

#: Value at each epoch of a sky.
Function: TypeAlias = Callable[[SkyState], Floats]


@dataclass(frozen=True, eq=False)
class Pieces:
    """A function of time as Chebyshev series on consecutive pieces."""

    origin: float
    """Zero of the edges. [s past J2000 TDB]"""
    edges: Floats
    """(m + 1,) borders of the pieces after the origin. [s]"""
    coefficients: Floats
    """(m, NODES) lowest degree first."""


def approximate(function: Function, grid: Grid, limits: Sequence[float] = ()) -> Pieces:
    """Series of a function on a grid, whose pieces are halved where they do not hold.

    Parameters
    ----------
    function : callable
        Smooth in time, but for a few points.
    grid : Grid
        Pieces to begin with.
    limits : sequence of float
        What the function will be compared with; pieces that stay clear of all of them need not hold. Without any, all
        must.

    Returns
    -------
    Pieces
    """
    done = [_resolved(function, block, tuple(limits)) for block in grid.blocks]
    if len(done) == 1:
        edges, coefficients = done[0]
    else:
        edges = np.concatenate([part[0][:-1] for part in done] + [done[-1][0][-1:]])
        coefficients = np.concatenate([part[1] for part in done])
    while (torn := _torn(edges, coefficients, limits)).any():
        edges, coefficients = _refined(function, grid.origin, edges, coefficients, ~torn, tuple(limits))
    return Pieces(grid.origin, edges, coefficients)


def _torn(edges: Floats, coefficients: Floats, limits: Sequence[float]) -> NDArray[np.bool_]:
    """Pieces beside a border where the function jumps over a limit: it turned between two nodes and was not seen."""
    end, start = coefficients[:-1].sum(axis=1), (coefficients @ _AT_START)[1:]
    jumps = np.zeros(len(end), np.bool_)
    for limit in limits:
        jumps |= (end > limit) != (start > limit)
    jumps &= np.abs(end - start) > _JUMP * (np.abs(end) + np.abs(start))
    beside = np.append(jumps, False) | np.append(False, jumps)
    return np.asarray(beside & (np.diff(edges) > _SHORTEST))


def _resolved(function: Function, block: Grid, limits: tuple[float, ...]) -> tuple[Floats, Floats]:
    """Edges and coefficients over one block."""
    coefficients = function(sky_on(block, NODES)) @ node_matrix(NODES).T
    if not np.isfinite(coefficients).all():
        raise RequestError("a quantity is not a number there, as where two things are at one place")
    good = _holds(coefficients, np.diff(block.edges), limits)
    if good.all():
        return block.edges, coefficients
    return _refined(function, block.origin, block.edges, coefficients, good, limits)


def _refined(
    function: Function,
    origin: float,
    edges: Floats,
    coefficients: Floats,
    good: NDArray[np.bool_],
    limits: tuple[float, ...],
) -> tuple[Floats, Floats]:
    """Edges and coefficients when pieces that are not good are halved until they hold."""
    low, high, done = edges[:-1], edges[1:], []
    while True:
        done.append((low[good], coefficients[good]))
        before = np.repeat(_tail(coefficients[~good]), 2)
        low, high = _halves(low[~good], high[~good])
        if not len(low):
            break
        seconds = low[:, None] + (high - low)[:, None] * ((nodes(NODES) + 1.0) / 2.0)
        coefficients = function(fine_sky(origin, seconds)) @ node_matrix(NODES).T
        tail = _tail(coefficients)
        rounding = (tail > _GAIN * before) & (tail <= _NOISE * np.abs(coefficients).sum(axis=1))
        good = _holds(coefficients, high - low, limits) | rounding | (high - low <= _SHORTEST)
    begins = np.concatenate([one for one, _ in done])
    order = np.argsort(begins)
    return np.append(begins[order], edges[-1]), np.concatenate([one for _, one in done])[order]


def _tail(coefficients: Floats) -> Floats:
    """Size of what each series may lack."""
    return np.asarray(np.abs(coefficients[:, -3:]).max(axis=1))


def _holds(coefficients: Floats, lengths: Floats, limits: tuple[float, ...]) -> NDArray[np.bool_]:
    """Whether the series of each piece has come to its end, or is clear of every limit."""
    swing = np.abs(coefficients[:, 1:]).sum(axis=1)
    allowed = np.minimum(_EDGE / (lengths / 2.0), _TAIL) * swing
    tail = _tail(coefficients)
    resolved = tail <= allowed + _ROUNDING * np.abs(coefficients[:, 0])
    if not limits or resolved.all():
        return np.asarray(resolved)
    away = np.abs(coefficients[:, :1] - np.array(limits)).min(axis=1)
    understood = (tail <= _KNOWN * swing) | (lengths < _WINK)
    return np.asarray(resolved | ((away > swing + _UNSEEN * tail) & understood))


def _halves(low: Floats, high: Floats) -> tuple[Floats, Floats]:
    middle = (low + high) / 2.0
    return np.stack([low, middle], axis=1).ravel(), np.stack([middle, high], axis=1).ravel()
