"""Fine sky: a great many epochs in a span, where all but orbiters moves along short series of a few hours."""

from __future__ import annotations

from functools import cached_property, lru_cache

import numpy as np

from ilrs_science.sky.chebyshev import Floats, node_matrix, nodes
from ilrs_science.sky.compiled import compiled_sum
from ilrs_science.sky.ephemeris import BodyState, Mover, SkyState, coverage, sky_after
from ilrs_science.sky.kernels import Series

__all__ = ["fine_sky"]

#: Coefficients of a short series. The Moon turns by 2.7e-6 rad/s: six follow it over a cell to 1e-14.
_COUNT = 6
#: Length of a cell. [s]
_CELL = 18_000.0
#: Cells are computed in whole groups of so many, so that searches of neighbouring epochs share them.
_SHARE = 64


def fine_sky(origin: float, seconds: Floats) -> SkyState:
    """The sky at a great many epochs.

    Parameters
    ----------
    origin : float
        A whole second. [s past J2000 TDB]
    seconds : (...) ndarray
        Epochs after the origin. [s]

    Returns
    -------
    SkyState
        As `ilrs_science.sky.ephemeris.sky_after` gives it, to rounding, in a fraction of the time where the epochs are
        many for their span.
    """
    if not seconds.size:
        return sky_after(origin, seconds)
    lowest, highest = ((end - origin) / _CELL for end in coverage())
    first = max(int(np.floor(seconds.min() / _CELL / _SHARE)) * _SHARE, int(np.floor(lowest)))
    last = min((int(np.floor(seconds.max() / _CELL / _SHARE)) + 1) * _SHARE, int(np.ceil(highest)))
    if seconds.size < (last - first) * _COUNT:
        return sky_after(origin, seconds)
    return _FineSky(_cells(origin, first, last), first * _CELL, seconds)


@lru_cache(maxsize=4)
def _cells(origin: float, first: int, last: int) -> SkyState:
    """The sky at the nodes of cells; records of the ephemeris that end in a cell meet there to rounding."""
    return sky_after(origin, _CELL * (np.arange(first, last)[:, None] + (nodes(_COUNT) + 1.0) / 2.0))


class _FineSky(SkyState):
    """A sky whose slow parts are interpolated from cells."""

    def __init__(self, cells: SkyState, begin: float, seconds: Floats) -> None:
        super().__init__(cells.origin, seconds, self._series)
        self._cells, self._begin = cells, begin

    def _all(self, values: Floats) -> Floats:
        """(cells, nodes, ...) values to (..., ...) at all epochs."""
        flat = np.ascontiguousarray(node_matrix(_COUNT) @ values.reshape(*values.shape[:2], -1))
        out = np.empty((self.seconds.size, flat.shape[2]))
        _interpolate(flat, self._begin, _CELL, self.seconds.reshape(-1), out)
        return out.reshape(*self.seconds.shape, *values.shape[2:])

    def _series(self, series: Series) -> Floats:
        return np.stack([self._all(self._cells.evaluate(series, order)) for order in range(3)])

    @cached_property
    def rotation(self) -> Floats:
        return self._all(self._cells.rotation)

    @cached_property
    def spin(self) -> Floats:
        return self._all(self._cells.spin)

    @cached_property
    def moon_position(self) -> Floats:
        return self._all(self._cells.moon_position)

    @cached_property
    def moon_velocity(self) -> Floats:
        return self._all(self._cells.moon_velocity)

    @cached_property
    def moon_acceleration(self) -> Floats:
        return self._all(self._cells.moon_acceleration)

    def state(self, target: str | Mover) -> BodyState:
        if isinstance(target, str) and target not in self._states:
            slow = self._cells.state(target)
            vectors = (slow.position, slow.velocity, slow.acceleration)
            self._states[target] = BodyState(*map(self._all, vectors))
        return super().state(target)


@compiled_sum
def _interpolate(coefficients: Floats, begin: float, length: float, times: Floats, out: Floats) -> None:
    """Fill (n, width) values of (cells, count, width) series."""
    cells, count, width = coefficients.shape
    for i in range(times.size):
        place = (times[i] - begin) / length
        cell = min(max(int(place), 0), cells - 1)
        x = 2.0 * (place - cell) - 1.0
        below, value = 1.0, x
        for j in range(width):
            out[i, j] = coefficients[cell, 0, j] + x * coefficients[cell, 1, j]
        for k in range(2, count):
            below, value = value, 2.0 * x * value - below
            for j in range(width):
                out[i, j] += value * coefficients[cell, k, j]
