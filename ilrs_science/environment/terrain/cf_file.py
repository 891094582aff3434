"""CF netCDF files of heights; read with xarray, since not every GDAL knows netCDF."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import xarray as xr

from ilrs_science.environment.terrain.cf_crs import crs_of
from ilrs_science.environment.terrain.grid import Grid, placed
from ilrs_science.environment.terrain.heights import Scale
from ilrs_science.environment.terrain.raster import projection_of
from ilrs_science.errors import RequestError

__all__ = ["cf_grid", "is_netcdf"]

NAMES = (
    "height",
    "elevation",
    "z",
    "topography",
    "topo",
    "altitude",
    "dem",
    "ldem",
    "surface_altitude",
    "Band1",
)
"""Names that a variable of heights has, as GMT, GDAL and people write them."""

STANDARD_NAMES = (
    "surface_altitude", "altitude", "height", "height_above_reference_ellipsoid", "height_above_geopotential_datum",
    "surface_height_above_geopotential_datum", "ground_level_altitude",
)  # fmt: skip
"""Standard names of CF for heights of the ground."""

UNEVEN = 1e-3
"""A coordinate may be this much of a step off an even one (they are often stored in single precision). [1]"""


def is_netcdf(path: Path) -> bool:
    """Tell whether a file is netCDF, by its first bytes.

    Parameters
    ----------
    path : Path
        Any file.

    Returns
    -------
    bool
        True for classic netCDF and for HDF5, which netCDF-4 is.
    """
    with path.open("rb") as stream:
        head = stream.read(8)
    return head[:3] == b"CDF" or head == b"\x89HDF\r\n\x1a\n"


@contextmanager
def cf_grid(path: Path) -> Iterator[Grid]:
    """Open a netCDF file of heights.

    Parameters
    ----------
    path : Path
        CF netCDF, classic or netCDF-4, with one variable of heights over two evenly spaced coordinates.

    Yields
    ------
    Grid
        Readable while the block runs.

    Raises
    ------
    RequestError
        If it is unreadable, holds no or several variables that may be heights, or is not placed on the Moon.
    """
    with path.open("rb") as stream:
        engine = "scipy" if stream.read(3) == b"CDF" else "h5netcdf"
    try:
        with xr.open_dataset(path, engine=engine, decode_times=False) as dataset:
            yield _grid(path, dataset)
    except (OSError, KeyError, ValueError, TypeError) as error:
        if isinstance(error, RequestError):
            raise
        said = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise RequestError(f"terrain file {path} cannot be read: {said}") from error


def _grid(path: Path, dataset: xr.Dataset) -> Grid:
    variable = _heights(path, dataset)
    variable = variable.squeeze([dim for dim, size in variable.sizes.items() if size == 1], drop=True)
    y, x = variable.dims
    projection = projection_of(path, crs_of(path, dataset, variable))
    (x0, dx), (y0, dy) = _even(path, dataset[x]), _even(path, dataset[y])
    if str(variable.encoding.get("dtype", variable.dtype))[:1] not in "iuf<>":
        raise RequestError(f"terrain file {path} holds {variable.dtype}, not heights in m")
    # Where _FillValue is given xarray has put NaN; scale and offset are applied.
    voids = any(name in variable.encoding for name in ("_FillValue", "missing_value"))
    scale = Scale(unit=str(variable.attrs.get("units", "")), voids=voids)
    if not scale.metres > 0.0:
        raise RequestError(f"terrain file {path} has {variable.name!r} in {scale.unit!r}, not heights in m")

    def numbers(rows: slice, columns: slice) -> npt.NDArray[np.generic]:
        values: npt.NDArray[np.generic] = variable[rows, columns].values
        return values

    size = (variable.sizes[y], variable.sizes[x])
    grid = placed(path, size, projection, (x0, y0), (dx, dy), scale=scale, numbers=numbers)
    told = {**dataset.attrs, **variable.attrs}
    return replace(grid, files=(path,), tags=tuple((str(name), str(text)) for name, text in told.items()))


def _heights(path: Path, dataset: xr.Dataset) -> xr.DataArray:
    """The variable of heights: by standard name, then by name, then by unit."""
    flat = [one for one in dataset.data_vars.values() if _is_map(dataset, one)]
    if not flat:
        raise RequestError(f"terrain file {path} has no variable over two coordinates of a map")
    for mark in (_named_by_standard, _named_by_name, _in_metres):
        marked = [one for one in flat if mark(one)]
        if marked:
            flat = marked
            break
    if len(flat) == 1:
        return flat[0]
    listed = ", ".join(f"{one.name} [{one.attrs.get('units', '')}]" for one in flat)
    raise RequestError(
        f"terrain file {path} has {len(flat)} variables that may be heights: {listed}; give one of them the "
        "standard_name 'surface_altitude'"
    )


def _named_by_standard(variable: xr.DataArray) -> bool:
    return str(variable.attrs.get("standard_name", "")).lower() in STANDARD_NAMES


def _named_by_name(variable: xr.DataArray) -> bool:
    return str(variable.name).lower() in [name.lower() for name in NAMES]


def _in_metres(variable: xr.DataArray) -> bool:
    unit = str(variable.attrs.get("units", ""))
    return bool(unit) and Scale(unit=unit).metres > 0.0


def _is_map(dataset: xr.Dataset, variable: xr.DataArray) -> bool:
    long = [dim for dim, size in variable.sizes.items() if size > 1]
    coordinates = len(long) == 2 and all(dim in dataset.coords and dataset[dim].ndim == 1 for dim in long)
    return bool(coordinates) and variable.dtype.kind in "iuf"


def _even(path: Path, coordinate: xr.DataArray) -> tuple[float, float]:
    """First value and step of an evenly spaced coordinate."""
    values = coordinate.values.astype(float)
    step = (values[-1] - values[0]) / (values.size - 1)
    if not step or np.max(np.abs(np.diff(values) - step)) > abs(step) * UNEVEN + 4e-7 * np.max(
        np.abs(values)
    ):
        raise RequestError(f"terrain file {path} has an uneven coordinate {coordinate.name!r}; resample it")
    unit = str(coordinate.attrs.get("units", "")).lower()
    factor = 1000.0 if unit in ("km", "kilometer", "kilometre") else 1.0
    if unit in ("rad", "radian", "radians"):
        factor = math.degrees(1.0)
    return float(values[0]) * factor, float(step) * factor
