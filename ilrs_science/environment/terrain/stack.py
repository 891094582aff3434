"""Terrain: height grids of the Moon, nested finest first."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import cast

import numpy as np
import numpy.typing as npt

from ilrs_science.environment.terrain import bilinear
from ilrs_science.environment.terrain.bilinear import PackedGrids
from ilrs_science.environment.terrain.dem import Dem
from ilrs_science.environment.terrain.grid_file import open_grid, require_file
from ilrs_science.environment.terrain.heights import TerrainWarning
from ilrs_science.environment.terrain.likeness import doubt_of
from ilrs_science.environment.terrain.raster import MOON_RADIUS_M
from ilrs_science.environment.terrain.rings import dems_around
from ilrs_science.environment.terrain.store import terrain_file
from ilrs_science.errors import RequestError
from ilrs_science.paths import verified_path

__all__ = ["MOON_RADIUS_M", "Dem", "TerrainStack", "TerrainWarning", "shipped_terrain", "terrain_of"]

SHIPPED = ("terrain/lola_south_1600m.tif", "terrain/lola_north_1600m.tif", "terrain/lola_global_0p25deg.tif")
"""The grids that come with the package, finest first (LRO LOLA GDR, NASA, public domain)."""

CUT_PIXELS = 100_000_000
"""A file of more pixels is read around the place if there is one [1] (assumed): 400 MB, twice while rays are traced."""


class TerrainStack:
    """Grids laid over one another: the first one that knows a place answers.

    Parameters
    ----------
    dems : sequence of Dem
        Finest first.

    Notes
    -----
    Two stacks of the same content are equal, so that results can be kept by content.
    """

    def __init__(self, dems: Sequence[Dem]) -> None:
        if not dems:
            raise RequestError("terrain needs at least one grid")
        self.dems = tuple(dems)
        self.names = tuple(dem.name for dem in dems)
        self.digest = hashlib.sha256(" ".join(dem.digest for dem in dems).encode()).hexdigest()

    def __repr__(self) -> str:
        return f"<TerrainStack {' over '.join(self.names)}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TerrainStack) and other.digest == self.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    @cached_property
    def packed(self) -> PackedGrids:
        """The grids in the form the compiled loops read."""
        starts = np.cumsum([0, *(dem.heights.size for dem in self.dems)])
        table = np.array([dem.row(int(start)) for dem, start in zip(self.dems, starts[:-1], strict=True)])
        flat = np.concatenate([dem.heights.ravel() for dem in self.dems])
        return PackedGrids(flat, table, float(np.nanmax(flat)))

    def height(self, latitude: npt.ArrayLike, longitude: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Give the height of the ground by bilinear interpolation in the finest grid that knows the place.

        Parameters
        ----------
        latitude, longitude : array_like
            Selenographic, MOON_ME, east positive; broadcast against each other. [deg]

        Returns
        -------
        ndarray
            Height above the 1737.4 km sphere; NaN where no grid answers. [m]
        """
        return self._answers(latitude, longitude)[0]

    def source(self, latitude: npt.ArrayLike, longitude: npt.ArrayLike) -> npt.NDArray[np.int64]:
        """Tell which grid answers at a place.

        Parameters
        ----------
        latitude, longitude : array_like
            Selenographic, MOON_ME, east positive. [deg]

        Returns
        -------
        ndarray
            Index into `dems` and `names`; -1 where no grid answers.
        """
        return self._answers(latitude, longitude)[1]

    def _answers(
        self, latitude: npt.ArrayLike, longitude: npt.ArrayLike
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
        phi, lam = np.broadcast_arrays(np.asarray(latitude, float), np.asarray(longitude, float))
        heights, levels = np.empty(phi.size), np.empty(phi.size, np.int64)
        grids = self.packed
        bilinear.heights_at(grids.heights, grids.table, phi.ravel(), lam.ravel(), heights, levels)
        return heights.reshape(phi.shape), levels.reshape(phi.shape)


def shipped_terrain() -> TerrainStack:
    """Give the grids that come with the package: 1600 m around both poles, 0.25 deg elsewhere.

    Returns
    -------
    TerrainStack
        South polar, north polar (both poleward of 70 deg), global; read once in a process.
    """
    return TerrainStack([_whole(*_state(verified_path(name))) for name in SHIPPED])


def terrain_of(
    choice: str | Path | TerrainStack | Iterable[str | Path],
    *,
    around: tuple[float, float] | None = None,
    radius: float = 0.0,
    compare: bool = True,
) -> TerrainStack | None:
    """Turn what a user asks for into grids.

    Parameters
    ----------
    choice : "auto", "none", file, name, several of them, or TerrainStack
        ``"auto"`` is the shipped grids; ``"none"`` the bare sphere; files, or names in the store of ``ilrs data``,
        are laid over each other in the given order, finest first, and ``"auto"`` among them stands for the shipped
        grids, which are below all files if it is left out too.
    around : tuple of float, optional
        Latitude and longitude of the place that the terrain is for; large files are read around it, see
        `rings.dems_around`. [deg]
    radius : float
        Observers may stand this far from the place. [m]
    compare : bool
        Whether files are compared with the shipped grids; False for ground that is made up on purpose.

    Returns
    -------
    TerrainStack or None
        None for the bare sphere.

    Raises
    ------
    RequestError
        If a file cannot be used, is too large and no place is given, or is certainly upside down, mirrored or in
        another unit.
    UnknownNameError
        If a word is neither a file nor a name in the store.

    Warns
    -----
    TerrainWarning
        If no given file knows the ground at the place; the message says which grid answers instead. If a file is not
        like the Moon that LOLA saw, see `likeness.doubt_of`.
    """
    if isinstance(choice, TerrainStack):
        return choice
    several = isinstance(choice, Iterable) and not isinstance(choice, str | Path)
    names = list(cast("Iterable[str | Path]", choice)) if several else [cast("str | Path", choice)]
    if not all(isinstance(name, str | Path) for name in names):
        raise RequestError(
            f"terrain {choice!r:.60} cannot be used; give 'auto', 'none', files, or names in the store"
        )
    if "none" in names:
        if len(names) > 1:
            raise RequestError("terrain 'none' cannot stand beside other terrain")
        return None
    files = [_dems(terrain_file(name), around, radius) for name in names if name != "auto"]
    given, shipped = [dem for dems in files for dem in dems], shipped_terrain().dems
    for dems in files if compare else ():
        for said in filter(None, (_doubt(dem, shipped) for dem in dems[-1:])):  # the widest of a file
            warnings.warn(said, TerrainWarning, stacklevel=2)
    stack = TerrainStack([*given, *shipped])
    if around is not None and any(name != "auto" for name in names):
        _say_who_answers(stack, len(given), around)
    return stack


def _dems(path: Path, around: tuple[float, float] | None, radius: float) -> tuple[Dem, ...]:
    state = _state(path)
    if around is not None and _pixels(*state) > CUT_PIXELS:
        return _parts(state, around, radius)
    return (_whole(*state),)


@lru_cache(maxsize=64)
def _doubt(dem: Dem, shipped: tuple[Dem, ...]) -> str:
    """What is odd about a map, found once for each that is in memory."""
    return doubt_of(dem, shipped)


def _say_who_answers(stack: TerrainStack, given: int, around: tuple[float, float]) -> None:
    level = int(stack.source(*around))
    if not 0 <= level < given:
        instead = stack.names[level] if level >= 0 else "no grid"
        where = f"{around[0]:g}, {around[1] % 360.0:g}"
        warnings.warn(
            f"no given terrain file knows the ground at {where}; {instead} answers instead",
            TerrainWarning,
            stacklevel=3,
        )


def _state(path: Path) -> tuple[Path, int, int]:
    """A file and what changes when it is written again, so that a grid is read once."""
    require_file(path)
    state = path.stat()
    return path.resolve(), state.st_size, state.st_mtime_ns


@lru_cache(maxsize=64)
def _pixels(path: Path, *_state: int) -> int:
    with open_grid(path) as grid:
        return grid.pixels


@lru_cache(maxsize=16)
def _whole(path: Path, *_state: int) -> Dem:
    return Dem.open(path)


@lru_cache(maxsize=4)
def _parts(state: tuple[Path, int, int], around: tuple[float, float], radius: float) -> tuple[Dem, ...]:
    return tuple(dems_around(state[0], around, radius=radius))
