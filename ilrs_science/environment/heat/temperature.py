"""Temperature of the ground as a function of time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.interpolate import PchipInterpolator

from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.station import Station
from ilrs_science.environment.ground import Terrain
from ilrs_science.environment.heat.heated import HeatedGround, Surroundings, between, heated_ground
from ilrs_science.environment.heat.regolith import BOTTOM, Regolith
from ilrs_science.environment.light.horizon import metres
from ilrs_science.epochs import Epochs, format_epoch, parse_epochs, parse_span
from ilrs_science.errors import CoverageError, RequestError
from ilrs_science.sky.place import SurfacePlace

__all__ = ["SAMPLE_S", "TemperatureSeries", "depth_of", "temperature_series"]

SAMPLE_S = 900.0
"""Longest internal step [s]. Against 5 minutes no temperature is off by more than 2 K, at the edges of an eclipse,
whose partial phases take an hour; an hour would be off by 18 K there, and by less than 0.1 K elsewhere."""

SERIES_S = 300.0
"""The same for a series that is a function of time. [s]"""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class TemperatureSeries:
    """Temperature of the ground at a place: a function of time over a span."""

    ground: HeatedGround
    """The ground and what heats it."""
    depth: float
    """Below the surface. [m]"""
    times: Epochs
    """(time,) UTC at which it was computed, five minutes apart at the most."""
    values: Floats
    """(time,) Temperature there. [K]"""

    def __repr__(self) -> str:
        span = f"{format_epoch(self.times[0], 's')} to {format_epoch(self.times[-1], 's')}"
        low, high = self.values.min(), self.values.max()
        return f"<TemperatureSeries {self.depth:g} m deep, {low:.1f} to {high:.1f} K, {span}>"

    def __call__(self, epochs: npt.ArrayLike) -> Floats:
        """Give the temperature at any epochs of the span.

        Parameters
        ----------
        epochs : array_like of datetime64
            UTC, in any order.

        Returns
        -------
        ndarray
            [K]

        Raises
        ------
        CoverageError
            If an epoch is outside the span.

        Notes
        -----
        Monotone cubic pieces (Fritsch and Butland 1984, doi:10.1137/0905021) through the computed values: between two
        of them it neither overshoots nor, where they are equal, moves. Against values three times as dense it is off
        by 0.003 K at the most, and by 2 K at the edges of an eclipse (tests/environment/heat/test_temperature.py).
        """
        wanted = parse_epochs(epochs)
        outside = (wanted < self.times[0]) | (wanted > self.times[-1])
        if np.any(outside):
            raise CoverageError(
                f"{format_epoch(np.atleast_1d(wanted)[np.atleast_1d(outside)][0], 's')} is outside the series of "
                f"temperature, {format_epoch(self.times[0], 's')} to {format_epoch(self.times[-1], 's')}"
            )
        return self._curve(_seconds(wanted, self.times[0]))

    @cached_property
    def _curve(self) -> Callable[[Floats], Floats]:
        curve: Callable[[Floats], Floats] = PchipInterpolator(
            _seconds(self.times, self.times[0]), self.values
        )
        return curve


def temperature_series(
    place: Station | Site | SurfacePlace | str,
    start: object,
    end: object,
    *,
    terrain: Terrain = "auto",
    mast: str | float = "0 m",
    slope: str | float = "0 deg",
    aspect: str | float = "0 deg",
    regolith: Regolith | None = None,
    surroundings: Surroundings = "none",
    infrared: str | float = "0 W/m**2",
    depth: str | float = "0 m",
) -> TemperatureSeries:
    """Give the temperature of the ground at a place as a function of time.

    Parameters
    ----------
    place : Station, Site, SurfacePlace or str
        Where; text is the id of a site of the shipped catalogue.
    start, end : str, datetime or datetime64
        UTC; the end is included.
    terrain, mast, slope, aspect, regolith, surroundings, infrared
        As for `surface_temperature`.
    depth : str or float
        Below the surface, with unit or in metres, 0 to 2 m. [m]

    Returns
    -------
    TemperatureSeries
        To be called with epochs.

    Raises
    ------
    RequestError, EpochError, CoverageError
        As `surface_temperature`.

    Examples
    --------
    >>> from ilrs_science.sky.place import SurfacePlace
    >>> warmth = temperature_series(SurfacePlace(0, 0), "2026-01-01", "2026-01-31", terrain="none")
    >>> warmth
    <TemperatureSeries 0 m deep, 93.9 to 388.0 K, 2026-01-01T00:00:00Z to 2026-01-31T00:00:00Z>
    """
    first, last = parse_span(start, end)
    below = depth_of(depth)
    ground = heated_ground(
        place,
        terrain=terrain,
        mast=mast,
        slope=slope,
        aspect=aspect,
        regolith=regolith,
        surroundings=surroundings,
        infrared=infrared,
    )
    pieces = int(np.ceil((last - first) / np.timedelta64(1, "s") / SERIES_S - 1e-9))
    times = between(np.array([first, last]), pieces)
    return TemperatureSeries(ground, below, times, ground.temperature(times, depth=[0.0, below])[:, 1])


def depth_of(depth: str | float) -> float:
    """Read a depth below the surface.

    Parameters
    ----------
    depth : str or float
        With unit or in metres.

    Returns
    -------
    float
        [m]

    Raises
    ------
    RequestError
        If it is not between 0 and 2 m.
    """
    below = metres(depth)
    if not 0.0 <= below <= BOTTOM:
        raise RequestError(f"depth of {below:g} m is outside 0 to {BOTTOM:g} m")
    return below


def _seconds(times: Epochs, origin: np.datetime64) -> Floats:
    return np.asarray((times - origin) / np.timedelta64(1, "s"))
