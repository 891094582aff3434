"""Heights: what the numbers in a file mean in metres above the 1737.4 km sphere."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ilrs_science.environment.terrain.bilinear import Float32s
from ilrs_science.environment.terrain.raster import MOON_RADIUS_M
from ilrs_science.errors import RequestError

HIGHEST_M = 12_000.0
"""A height beyond this is a wrong unit, scale or reference: the Moon spans -9.1 to +10.8 km (Smith et al. 2010,
doi:10.1029/2010GL043751). [m]"""

RADII_M = 30_000.0
"""Numbers this near to the radius of the sphere are radii. [m]"""

SMALL_MAP_M = 50_000.0
"""A map wider than this never has all its heights within `HIGHEST_M` / 1000 (assumed): they are kilometres. [m]"""

VOIDS = (-32768.0, -9999.0, -99999.0)
"""Numbers that mean no data wherever they stand: the last two are below the Moon's lowest ground, the first is
how LOLA's and most other maps of 16 bits say it."""

VAST = 1e30
"""A number of this size means no data: PDS writes -3.4e38. [m]"""

_UNITS = {
    "": 1.0, "m": 1.0, "metre": 1.0, "meter": 1.0, "metres": 1.0, "meters": 1.0,
    "km": 1000.0, "kilometer": 1000.0, "kilometre": 1000.0, "kilometers": 1000.0, "kilometres": 1000.0,
}  # fmt: skip


class TerrainWarning(UserWarning):
    """Something about the terrain is not as one would expect; the message says what is done instead."""


@dataclass(frozen=True)
class Scale:
    """From the numbers in a file to metres."""

    factor: float = 1.0
    """Height of one step of the number, in `unit`."""
    offset: float = 0.0
    """Height of zero, in `unit`."""
    unit: str = ""
    """Metres or kilometres by any usual name; metres if empty."""
    voids: bool = True
    """Whether the file says which number means no data."""

    @property
    def metres(self) -> float:
        """Length of the unit; NaN if it is no length we know. [m]"""
        return _UNITS.get(self.unit.strip().lower(), float("nan"))

    @property
    def offset_m(self) -> float:
        """Height of zero above the sphere; an offset of its radius (PDS3) says that numbers are heights. [m]"""
        offset = self.offset * self.metres
        return offset - MOON_RADIUS_M if abs(offset - MOON_RADIUS_M) < RADII_M else offset


def heights_of(path: Path, numbers: npt.NDArray[np.generic], scale: Scale) -> Float32s:
    """Turn numbers of a file into heights.

    Parameters
    ----------
    path : Path
        The file, for messages.
    numbers : ndarray
        As stored, masked or NaN where there is no data.
    scale : Scale
        What they mean.

    Returns
    -------
    ndarray of float32
        Heights above the 1737.4 km sphere, NaN where there is no data. [m]

    Raises
    ------
    RequestError
        If a height is beyond what the Moon has.

    Warns
    -----
    TerrainWarning
        If the file does not say which number means no data and such numbers are in it.
    """
    exact = numbers.dtype.itemsize <= 2 or numbers.dtype == np.float32
    values: npt.NDArray[np.floating] = np.array(np.ma.getdata(numbers), np.float32 if exact else np.float64)
    mask = np.ma.getmask(numbers)
    if mask is not np.ma.nomask and mask.any():
        values[mask] = np.nan
    if numbers.dtype.kind == "f":
        values[~(np.abs(values) <= VAST)] = np.nan
    if not scale.voids:
        values[_unsaid(path, values)] = np.nan
    if scale.factor * scale.metres != 1.0:
        values *= scale.factor * scale.metres
    if scale.offset_m:
        values += scale.offset_m
    return _above_the_sphere(path, values)


def check_unit(path: Path, heights: Float32s, unit: str, width: float) -> None:
    """Refuse a wide map whose heights can only be kilometres.

    Parameters
    ----------
    path : Path
        The file, for the message.
    heights : ndarray
        As read. [m]
    unit : str
        Unit that the file names; nothing is checked if it names one.
    width : float
        Across the map. [m]

    Raises
    ------
    RequestError
        If all heights of a map without a unit are small numbers.
    """
    highest = float(np.nanmax(np.abs(heights)))
    if not unit and width > SMALL_MAP_M and 0.0 < highest < HIGHEST_M / 1000.0:
        raise RequestError(
            f"terrain file {path} names no unit and no height in it is beyond {highest:.3g}: these look like "
            "kilometres; set the unit of the band (m or km)"
        )


def _unsaid(path: Path, values: npt.NDArray[np.floating]) -> npt.NDArray[np.bool_]:
    """Pixels of a number that means no data although the file does not say so."""
    void = np.isin(values, VOIDS)
    if void.any():
        number = float(values[void][0])
        warnings.warn(
            f"terrain file {path} does not say which number means no data; {number:g} in it is taken for that",
            TerrainWarning,
            stacklevel=2,
        )
    return void


def _above_the_sphere(path: Path, values: npt.NDArray[np.floating]) -> Float32s:
    """Heights from heights or radii, written into `values`, which is ours."""
    some = values.ravel()[:: max(1, values.size // 100_000)]
    some = some[np.isfinite(some)]
    if some.size and abs(np.median(some) - MOON_RADIUS_M) < RADII_M:
        values -= MOON_RADIUS_M
    low, high = float(np.fmin.reduce(values, axis=None)), float(np.fmax.reduce(values, axis=None))
    if max(-low, high) > HIGHEST_M:
        worst = high if high > -low else low
        raise RequestError(
            f"terrain file {path} has a height of {worst:.6g} m, the Moon spans -9.1 to +10.8 km; check its unit, "
            "scale and no-data value"
        )
    return values.astype(np.float32, copy=False)
