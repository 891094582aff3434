"""Maps on disk: Zarr, tile by tile, so that a run that was stopped goes on where it was."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import dask
import numpy as np
import numpy.typing as npt
import xarray as xr
import zarr

from ilrs_science.environment.files import write_netcdf
from ilrs_science.environment.maps.plan import MapPlan
from ilrs_science.environment.maps.workers import UNKNOWN, Progress, done_by, known_scheduler
from ilrs_science.errors import RequestError

__all__ = ["finish", "open_map"]

LARGEST_BYTES = 2_000_000_000
"""Largest map that is kept in memory. [byte]"""

PACKED = {"horizon_elevation": {"dtype": "int16", "scale_factor": np.float32(0.003), "_FillValue": -32768}}
"""How variables are packed: skylines to 0.0015 deg."""

FINISHED = "progress/finished"
"""Array of the store that tells which tiles are there; beside the map, so that a reader does not see it."""


def finish(plan: MapPlan, output: str | Path | None, scheduler: Any, progress: Progress | None) -> xr.Dataset:
    """Compute a map, into memory or into a file.

    Parameters
    ----------
    plan : MapPlan
        What is to be computed.
    output : str or Path, optional
        A folder ``NAME.zarr``, continued if it holds a part of the same map, or a file ``NAME.nc``.
    scheduler : None, "threads", "processes", address or Client
        Who computes, see `workers.done_by`; None gives the map chunked over dask and computes nothing.
    progress : callable, optional
        Called as ``progress(done, total)``.

    Returns
    -------
    Dataset
        In memory; from a Zarr folder chunked over dask.

    Raises
    ------
    RequestError
        If the folder holds something else, the map is too large for memory, or nothing can be written.
    """
    if scheduler is not None and not known_scheduler(scheduler):
        raise RequestError(UNKNOWN.format(scheduler))
    if output is None:
        return plan.lazy() if scheduler is None else _in_memory(plan, scheduler, progress)
    path = Path(output)
    if path.suffix not in (".zarr", ".nc"):
        raise RequestError(f"cannot tell the form of {str(output)!r}; end it in .zarr or .nc")
    if scheduler is None:
        raise RequestError("a map that is not computed cannot be written; name a scheduler")
    if path.suffix == ".nc":
        whole = _in_memory(plan, scheduler, progress)
        write_netcdf(whole, path)
        return whole
    try:
        _begin(plan, path)
        left = _unfinished(plan, path)
        tiles, blocks = plan.tiles, plan.blocks()
        write = dask.delayed(write_tile, pure=False)
        first = plan.area.row, plan.area.column
        tasks = [
            write(
                str(path.resolve()),
                (i, j),
                (tiles[i][j].row - first[0], tiles[i][j].column - first[1]),
                dims,
                block,
            )
            for i, j in left
            for block, dims in [(blocks[i][j], {name: dims for name, (dims, _) in plan.variables.items()})]
        ]
        done_by(tasks, scheduler, _after(len(blocks) * len(blocks[0]) - len(left), progress))
        zarr.open_group(str(path), mode="r+").attrs["complete"] = True
    except OSError as error:
        raise RequestError(f"cannot write {str(path)!r}: {error.strerror or error}") from error
    return open_map(path)


def open_map(path: str | Path) -> xr.Dataset:
    """Open a map, chunked over dask.

    Parameters
    ----------
    path : str or Path
        A folder ``NAME.zarr`` or a file ``NAME.nc`` that a map was written to.

    Returns
    -------
    Dataset
        The map; pixels that are not computed yet are NaN.

    Raises
    ------
    RequestError
        If there is no map, or a run that was stopped has not finished it.
    """
    path = Path(path)
    if not path.exists():
        raise RequestError(f"there is no map at {str(path)!r}")
    if path.suffix == ".nc":
        with xr.open_dataset(path, engine="h5netcdf", decode_coords="all") as whole:
            loaded: xr.Dataset = whole.load()
            return loaded
    if not _digest(path):
        raise RequestError(f"{str(path)!r} is no map")
    zarr_map: xr.Dataset = xr.open_zarr(path, consolidated=False, decode_coords="all")
    if not zarr_map.attrs.pop("complete", False):
        raise RequestError(f"the map at {str(path)!r} is not finished; ask for it again to go on")
    for name in PACKED.keys() & zarr_map.data_vars.keys():
        zarr_map[name] = zarr_map[name].astype("float32", keep_attrs=True)
    return zarr_map


def write_tile(
    path: str,
    index: tuple[int, int],
    first: tuple[int, int],
    dims: Mapping[str, tuple[str, ...]],
    block: Mapping[str, npt.NDArray[Any]],
) -> None:
    """Write one tile and note that it is there.

    Parameters
    ----------
    path : str
        The store.
    index : tuple of int
        Row and column of the tile.
    first : tuple of int
        Row and column of its first pixel in the map.
    dims : mapping
        Dimensions beyond (y, x) of each variable.
    block : mapping
        The tile's variables.
    """
    part = xr.Dataset({name: (("y", "x", *dims[name]), values) for name, values in block.items()})
    region = {dim: slice(at, at + part.sizes[dim]) for dim, at in zip(("y", "x"), first, strict=True)}
    part.to_zarr(path, region=region, consolidated=False)
    finished = zarr.open_array(path, path=FINISHED, mode="r+")
    finished[index] = 1


def _in_memory(plan: MapPlan, scheduler: Any, progress: Progress | None) -> xr.Dataset:
    whole = plan.lazy()
    size = sum(variable.nbytes for variable in whole.data_vars.values())
    if size > LARGEST_BYTES:
        raise RequestError(
            f"the map takes {size / 1e9:.1f} GB in memory; write it to a folder with output='NAME.zarr', or ask for a "
            "smaller area or fewer azimuths"
        )
    found = {name: np.empty(whole[name].shape, whole[name].dtype) for name in map(str, whole.data_vars)}
    flat = [tile for row in plan.tiles for tile in row]
    blocks = done_by([block for row in plan.blocks() for block in row], scheduler, progress)
    for tile in flat:
        block = blocks.pop(0)
        i, j = tile.row - plan.area.row, tile.column - plan.area.column
        for name, values in block.items():
            found[name][i : i + tile.rows, j : j + tile.columns] = values
    for name, values in found.items():
        whole[name] = (whole[name].dims, values, whole[name].attrs)
    return whole


def _begin(plan: MapPlan, path: Path) -> None:
    """An empty store, whole or not at all; or the one that was begun."""
    if path.exists():
        before = _digest(path)
        if before == plan.digest:
            return
        what = "a map of other inputs" if before else "something that is no map"
        raise RequestError(f"{str(path)!r} holds {what}; choose another name or remove it")
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        lazy = plan.lazy()
        encoding = {name: PACKED.get(name, {}) for name in plan.variables}
        lazy.to_zarr(partial, compute=False, consolidated=False, encoding=encoding)
        group = zarr.open_group(str(partial), mode="r+")
        shape = (len(plan.tiles), len(plan.tiles[0]))
        group.create_array(FINISHED, shape=shape, chunks=(1, 1), dtype="uint8", fill_value=0)
        partial.replace(path)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _unfinished(plan: MapPlan, path: Path) -> list[tuple[int, int]]:
    finished = np.asarray(zarr.open_array(str(path), path=FINISHED, mode="r")[:])
    if finished.shape != (len(plan.tiles), len(plan.tiles[0])):
        raise RequestError(f"{str(path)!r} was begun in other tiles; choose another name or remove it")
    return [(int(i), int(j)) for i, j in np.argwhere(finished == 0)]


def _digest(path: Path) -> str:
    """Of the inputs of the map in a store; empty if it is none."""
    try:
        return str(zarr.open_group(str(path), mode="r").attrs.get("inputs_digest", ""))
    except (OSError, ValueError, KeyError, zarr.errors.BaseZarrError):
        return ""


def _after(before: int, progress: Progress | None) -> Progress | None:
    """Count the tiles of an earlier run too."""
    if progress is None:
        return None
    return lambda done, total: progress(done + before, total + before)
