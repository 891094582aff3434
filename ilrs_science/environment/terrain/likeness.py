"""Likeness: whether a file shows the Moon that LOLA saw, where the shipped grids know the ground."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ilrs_science.environment.terrain.bilinear import GEOGRAPHIC
from ilrs_science.environment.terrain.dem import Dem
from ilrs_science.errors import RequestError

__all__ = ["Likeness", "doubt_of", "likeness_of"]

Floats = npt.NDArray[np.float64]

MOST_BLOCKS = 60
"""Blocks along a side that are compared [1]: more would tell nothing new."""

FEWEST_BLOCKS = 6
"""A map of fewer pixels of the shipped grid along a side has no shape in it to compare. [1]"""

PER_BLOCK = 5
"""Pixels along the side of a block that are averaged. [1]"""

RELIEF_M = 50.0
"""Ground that LOLA finds flatter than this has no shape to compare (assumed). [m]"""

OFFSET_M = 300.0
"""A map may lie this far above or below LOLA on the whole (assumed). [m]"""

FLAT = 1e-3
"""A map of less than this part of LOLA's relief is flat (assumed). [1]"""

LIKE, UNLIKE = 0.9, 0.5
"""Correlations at which a map certainly is, or is not, of the same ground (assumed). [1]"""

FAR_BETTER = 0.1
"""A map is turned if that leaves less than this part of the variance that it does not explain as it stands (assumed):
0.01 of it for the 10 m map of the ridge beside Shackleton, which is 0.68 alike to its own mirror image. [1]"""

UNITS = {0.001: "kilometres", 1000.0: "millimetres", 0.3048: "metres, taken for feet", 1.0 / 0.3048: "feet"}
"""Slope of a map over LOLA, and what its numbers then are."""

UNIT_ERROR = 0.1
"""A slope may be this part off: means of blocks are not LOLA's pixels. [1]"""

TURNS = {
    "upside down": ("rows", (slice(None, None, -1), slice(None))),
    "mirrored east-west": ("columns", (slice(None), slice(None, None, -1))),
    "turned by half a turn": ("rows and columns", (slice(None, None, -1), slice(None, None, -1))),
}
"""How a map can lie wrongly: what is reversed, and how to set it right."""


@dataclass(frozen=True)
class Likeness:
    """How a map compares with the shipped grid under it, over means of blocks of that grid's pixel."""

    grid: str
    """The shipped grid."""
    blocks: int
    """Blocks along the shorter side. [1]"""
    relief: float
    """Of the shipped grid: spread of its middle 90 %. [m]"""
    near: tuple[float, float]
    """Lowest and highest of the shipped grid, up to two of its pixels around the map. [m]"""
    height: float
    """Median of the map. [m]"""
    variation: float
    """Spread of the middle 90 % of the map. [m]"""
    offset: float
    """Median of the map less that of the shipped grid. [m]"""
    slope: float
    """Ratio of their standard deviations; NaN if one of them is flat. [1]"""
    correlation: float
    """As the map stands. [1]"""
    turned: tuple[str, float]
    """The wrong way to lie that LOLA fits best, and its correlation. [1]"""


def likeness_of(dem: Dem, shipped: Sequence[Dem]) -> Likeness | None:
    """Compare a map with the finest shipped grid that knows its ground.

    Parameters
    ----------
    dem : Dem
        The map.
    shipped : sequence of Dem
        Finest first.

    Returns
    -------
    Likeness or None
        None if the map is coarser than the grids or they do not know its ground.

    Notes
    -----
    Up to 60 x 60 blocks, as large as a pixel of the shipped grid, have the mean of up to 25 of the map's pixels each.
    """
    for grid in shipped:
        if dem.cell > grid.cell:
            continue
        rows, columns = (_lattice(size, dem.cell, grid.cell) for size in dem.heights.shape)
        theirs = grid.height(*_places(dem, rows.mean(axis=1), columns.mean(axis=1)))
        if np.isfinite(theirs).mean() > LIKE:
            return _measured(dem, grid, rows, columns, theirs)
    return None


def doubt_of(dem: Dem, shipped: Sequence[Dem]) -> str:
    """Refuse a map that is certainly wrong, and tell what is odd about one that is not like the Moon that LOLA saw.

    Parameters
    ----------
    dem : Dem
        The map.
    shipped : sequence of Dem
        Finest first.

    Returns
    -------
    str
        Words for a warning: it is flat where the Moon is not, lies far above or below, or does not resemble it. Empty
        if it is like the Moon, or cannot be compared.

    Raises
    ------
    RequestError
        If it fits only with rows or columns reversed, or only in another unit.
    """
    found = likeness_of(dem, shipped)
    if found is None:
        return ""
    shaped = found.blocks >= FEWEST_BLOCKS and found.relief >= RELIEF_M
    wrong = _certain(found) if shaped else ""
    if wrong:
        raise RequestError(f"terrain file {dem.name} {wrong}")
    doubt = _odd(found) if shaped else _odd_height(found)
    return f"terrain file {dem.name} {doubt}" if doubt else ""


def _certain(found: Likeness) -> str:
    turn, correlation = found.turned
    if correlation > LIKE and 1.0 - correlation**2 < FAR_BETTER * (1.0 - found.correlation**2):
        return (
            f"is {turn}: it matches LOLA only with its {TURNS[turn][0]} reversed (correlation {correlation:.2f}, "
            f"as it stands {found.correlation:.2f}); correct the {TURNS[turn][0]} or the geotransform"
        )
    for slope, unit in UNITS.items():
        if found.correlation > LIKE and abs(found.slope / slope - 1.0) < UNIT_ERROR:
            return (
                f"has heights that look like {unit}: they are {found.slope:.4g} of those of LOLA; set the unit of the "
                "band (m or km) or its scale"
            )
    return ""


def _odd(found: Likeness) -> str:
    if found.variation < FLAT * found.relief:
        return f"is flat where LOLA finds a relief of {found.relief:.0f} m; are these heights?"
    if abs(found.offset) > OFFSET_M:
        return _away(found.offset)
    turn, correlation = found.turned
    if found.correlation < UNLIKE:
        better = f", with its {TURNS[turn][0]} reversed {correlation:.2f}" if correlation > UNLIKE else ""
        return f"does not resemble the ground that LOLA finds there (correlation {found.correlation:.2f}{better})"
    return ""


def _odd_height(found: Likeness) -> str:
    """Of a map without a shape to compare: whether it lies where LOLA has no ground near by."""
    low, high = found.near
    return "" if low - OFFSET_M < found.height < high + OFFSET_M else _away(found.offset)


def _away(offset: float) -> str:
    side = "above" if offset > 0.0 else "below"
    return f"lies {abs(offset) / 1000.0:.1f} km {side} LOLA; are its heights above the 1737.4 km sphere?"


def _lattice(size: int, cell: float, wide: float) -> npt.NDArray[np.int64]:
    """Pixels along one side that are averaged: (block, pixel of the block), evenly placed."""
    blocks = int(np.clip(size * cell / wide, 1, MOST_BLOCKS))
    high = min(wide / cell, size / blocks)
    first = (np.arange(blocks) + 0.5) * size / blocks - 0.5 * high
    inner = (np.arange(PER_BLOCK) + 0.5) * high / PER_BLOCK
    return np.clip(first[:, np.newaxis] + inner, 0, size - 1).astype(np.int64)


def _places(dem: Dem, rows: Floats, columns: Floats) -> tuple[Floats, Floats]:
    """Latitudes and longitudes of pixels. [deg]"""
    x, y = np.meshgrid(dem.x0 + columns * dem.dx, dem.y0 + rows * dem.dy)
    projection = dem.projection
    if projection.kind == GEOGRAPHIC:
        return y, x
    colatitude = np.degrees(2.0 * np.arctan(np.hypot(x, y) / projection.scale))
    longitude = projection.meridian + np.degrees(np.arctan2(x, -projection.kind * y))
    return projection.kind * (90.0 - colatitude), longitude


def _measured(
    dem: Dem, grid: Dem, rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64], theirs: Floats
) -> Likeness | None:
    ours = _means(dem, rows, columns)
    both = np.isfinite(ours) & np.isfinite(theirs)
    if both.sum() < max(1, ours.size // 4):
        return None
    turned = {turn: _correlation(ours[how], theirs) for turn, (_, how) in TURNS.items()}
    best = max(turned, key=lambda turn: turned[turn])
    flat = not (ours[both].std() and theirs[both].std())
    return Likeness(
        grid.name,
        min(ours.shape),
        _spread(theirs[both]),
        _near(dem, grid),
        float(np.median(ours[both])),
        _spread(ours[both]),
        float(np.median(ours[both]) - np.median(theirs[both])),
        float("nan") if flat else float(ours[both].std() / theirs[both].std()),
        _correlation(ours, theirs),
        (best, turned[best]),
    )


def _means(dem: Dem, rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64]) -> Floats:
    """Mean height of each block; NaN where fewer than half of its pixels have data."""
    some = dem.heights[np.ix_(rows.ravel(), columns.ravel())].astype(float)
    some = some.reshape(len(rows), PER_BLOCK, len(columns), PER_BLOCK).transpose(0, 2, 1, 3)
    known = np.isfinite(some)
    count = known.sum(axis=(2, 3))
    total = np.where(known, some, 0.0).sum(axis=(2, 3))
    return np.where(2 * count >= PER_BLOCK**2, total / np.maximum(count, 1), np.nan)


def _near(dem: Dem, grid: Dem) -> tuple[float, float]:
    """Lowest and highest ground of a grid from two of its pixels before to two behind the map. [m]"""
    edge = 2.0 * grid.cell / dem.cell
    rows, columns = (np.linspace(-edge, size - 1 + edge, 12) for size in dem.heights.shape)
    around = grid.height(*_places(dem, rows, columns))
    return float(np.nanmin(around)), float(np.nanmax(around))


def _spread(heights: Floats) -> float:
    low, high = np.percentile(heights, (5.0, 95.0))
    return float(high - low)


def _correlation(ours: Floats, theirs: Floats) -> float:
    both = np.isfinite(ours) & np.isfinite(theirs)
    a, b = ours[both] - ours[both].mean(), theirs[both] - theirs[both].mean()
    size = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / size if size else 0.0
