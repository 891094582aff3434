"""Plan of a map: what is computed for each tile, before anything is."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import dask
import dask.array as da
import numpy as np
import numpy.typing as npt
import xarray as xr
from dask.delayed import Delayed

from ilrs_science.environment.maps.area import Tile, tiles_of
from ilrs_science.environment.maps.grid import grid_dataset
from ilrs_science.environment.terrain.stack import Dem, TerrainStack
from ilrs_science.nomenclature import describe

__all__ = ["Block", "MapPlan"]

METHOD = "1"
"""Goes up whenever the numbers of a map change, so that a map begun before is not continued."""

Block = Callable[..., Mapping[str, npt.NDArray[Any]]]
"""Called as ``block(terrain, tile, *inputs)``; gives each variable of the tile, (y, x, ...)."""


@dataclass(frozen=True, eq=False)
class MapPlan:
    """A map that is not computed yet."""

    terrain: TerrainStack
    """Grids, finest first."""
    area: Tile
    """Which pixels."""
    block: Block
    """What is computed for a tile; a function of a module, so that it can go to other processes."""
    inputs: tuple[Any, ...]
    """What it takes beside terrain and tile; Delayed ones are computed once for all tiles."""
    variables: Mapping[str, tuple[tuple[str, ...], str]]
    """Name to dimensions beyond (y, x) and type."""
    attrs: Mapping[str, Any]
    """What the numbers depend on; tells whether a file holds the same map."""
    coords: Mapping[str, Any] = field(default_factory=dict)
    """Coordinates of the further dimensions."""
    given: xr.DataArray | None = None
    """A map of the same area, whose part of each tile is the block's last input."""

    @property
    def dem(self) -> Dem:
        """The grid whose pixels are mapped."""
        return self.terrain.dems[self.area.level]

    @property
    def digest(self) -> str:
        """SHA-256 of everything that the numbers depend on."""
        told = (METHOD, self.block.__name__, self.terrain.digest, self.area, sorted(self.attrs.items()))
        return hashlib.sha256(repr(told).encode()).hexdigest()

    @property
    def tiles(self) -> list[list[Tile]]:
        """Tiles of the area, row by row."""
        return tiles_of(self.dem, self.area)

    def blocks(self) -> list[list[Delayed]]:
        """Each tile's variables, to be computed.

        Returns
        -------
        list of list of Delayed
            Row by row.
        """
        bare = dask.delayed(self.terrain.dems, name=f"grids-{self.terrain.digest}", traverse=False)
        stack = dask.delayed(TerrainStack)(bare, dask_key_name=f"terrain-{self.terrain.digest}")
        work = dask.delayed(self.block, pure=False)
        return [
            [
                work(
                    stack,
                    tile,
                    *self.inputs,
                    *self._part(tile),
                    dask_key_name=f"tile-{self.digest[:16]}-{i}-{j}",
                )
                for j, tile in enumerate(row)
            ]
            for i, row in enumerate(self.tiles)
        ]

    def _part(self, tile: Tile) -> tuple[Delayed, ...]:
        """What the tile is given, as one piece."""
        if self.given is None:
            return ()
        i, j = tile.row - self.area.row, tile.column - self.area.column
        part = self.given[i : i + tile.rows, j : j + tile.columns]
        if part.chunks is None:
            return (dask.delayed(part.values, name=f"given-{self.digest[:16]}-{i}-{j}", traverse=False),)
        return (part.data.rechunk(-1).to_delayed().item(),)

    def lazy(self) -> xr.Dataset:
        """Give the map chunked over dask, nothing computed.

        Returns
        -------
        Dataset
            ``(y, x, ...)``.
        """
        blocks, tiles = self.blocks(), self.tiles
        whole = grid_dataset(self.dem, self.area).assign_coords(dict(self.coords))
        for name, (dims, kind) in self.variables.items():
            more = tuple(whole.sizes[dim] for dim in dims)
            parts = [
                [
                    da.from_delayed(one[name], (tile.rows, tile.columns, *more), np.dtype(kind))
                    for one, tile in zip(line, row, strict=True)
                ]
                for line, row in zip(blocks, tiles, strict=True)
            ]
            columns = [da.concatenate(line, axis=1) for line in parts]
            whole[name] = (("y", "x", *dims), da.concatenate(columns, axis=0))
        return self.described(whole)

    def described(self, whole: xr.Dataset) -> xr.Dataset:
        """Give the map with its attributes.

        Parameters
        ----------
        whole : Dataset
            With all variables.

        Returns
        -------
        Dataset
        """
        out = describe(whole)
        for name in out.data_vars:
            out[name].attrs["grid_mapping"] = "crs"
        out.attrs = {
            "Conventions": "CF-1.11",
            "dem": ", ".join(self.terrain.names),
            "ground_dem": self.dem.name,
            "cell_m": self.dem.cell,
            **self.attrs,
            "inputs_digest": self.digest,
        }
        return out
