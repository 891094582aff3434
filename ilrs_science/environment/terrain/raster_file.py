"""Raster files that GDAL knows; the only module that reads them."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.crs import CRS
from rasterio.errors import CRSError, NotGeoreferencedWarning, RasterioError
from rasterio.windows import Window

from ilrs_science.environment.terrain.grid import Grid, placed
from ilrs_science.environment.terrain.heights import Scale
from ilrs_science.environment.terrain.label import PdsLabel, label_of
from ilrs_science.environment.terrain.raster import projection_of
from ilrs_science.errors import RequestError

__all__ = ["parameters_of", "raster_grid"]

RAW = ("PDS", "PDS4", "ISIS2", "ISIS3", "ENVI", "EHdr", "VICAR")
"""Drivers whose images are bare numbers: GDAL reads zeros where such a file ends early."""


@contextmanager
def raster_grid(path: Path) -> Iterator[Grid]:
    """Open a raster file of heights.

    Parameters
    ----------
    path : Path
        GeoTIFF, PDS3 image or its label, PDS4 label, or any other format GDAL knows.

    Yields
    ------
    Grid
        Readable while the block runs.

    Raises
    ------
    RequestError
        If the file is unreadable or is no grid of heights of the Moon; also from reading in the block.
    """
    label = label_of(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", NotGeoreferencedWarning)
            with (
                rasterio.Env(GDAL_NUM_THREADS="ALL_CPUS"),
                rasterio.open(label.path if label else path) as dataset,
            ):
                yield _grid(path, dataset, label)
    except (RasterioError, OSError) as error:
        raise RequestError(f"terrain file {path} cannot be read: {_first_line(error)}") from error


def parameters_of(path: Path, text: str) -> dict[str, object]:
    """Read a reference system that is written as text.

    Parameters
    ----------
    path : Path
        The file it stands in, for the message.
    text : str
        WKT, a PROJ string or a code.

    Returns
    -------
    dict
        Parameters of PROJ by name.

    Raises
    ------
    RequestError
        If it is no reference system.
    """
    try:
        return dict(CRS.from_user_input(text).to_dict())
    except CRSError as error:
        raise RequestError(
            f"terrain file {path} has a reference system that cannot be read: {_first_line(error)}"
        ) from error


def _grid(path: Path, dataset: Any, label: PdsLabel | None) -> Grid:
    if dataset.count == 0 and dataset.subdatasets:
        raise RequestError(
            f"terrain file {path} holds {len(dataset.subdatasets)} data sets; save one as GeoTIFF"
        )
    if dataset.driver.startswith("JP2"):
        raise RequestError(
            f"terrain file {path} is JPEG 2000, which hides the unit of heights; use the IMG product"
        )
    projection = projection_of(path, dataset.crs.to_dict() if dataset.crs else None)
    if label and label.pole * projection.kind < 0:  # so are the labels of LOLA's visibility maps
        raise RequestError(
            f"terrain file {path} is projected from one pole and has latitudes of the other; correct CENTER_LATITUDE"
        )
    if dataset.count != 1:
        raise RequestError(f"terrain file {path} has {dataset.count} bands; one band of heights is expected")
    turn = dataset.transform
    if turn.b or turn.d or not turn.a or not turn.e:
        raise RequestError(f"terrain file {path} is rotated or has no pixel size; resample it north up")
    if dataset.driver in RAW and max(Path(name).stat().st_size for name in dataset.files) < _bytes(dataset):
        raise RequestError(
            f"terrain file {path} cannot be read: its image ends before {_bytes(dataset)} bytes"
        )
    corner = (turn.c + 0.5 * turn.a, turn.f + 0.5 * turn.e)

    def numbers(rows: slice, columns: slice) -> npt.NDArray[np.generic]:
        window = Window(columns.start, rows.start, columns.stop - columns.start, rows.stop - rows.start)
        band: npt.NDArray[np.generic] = dataset.read(1, masked=True, window=window)
        return band

    size, step = (dataset.height, dataset.width), (turn.a, turn.e)
    grid = placed(path, size, projection, corner, step, scale=_scale(path, dataset, label), numbers=numbers)
    files = tuple(map(Path, dict.fromkeys([str(path), *dataset.files])))
    told = {**dataset.tags(), **dataset.tags(1), "description": dataset.descriptions[0] or ""}
    return replace(grid, files=files, tags=tuple((name, text) for name, text in told.items() if text))


def _bytes(dataset: Any) -> int:
    return int(dataset.height * dataset.width * np.dtype(dataset.dtypes[0]).itemsize)


def _scale(path: Path, dataset: Any, label: PdsLabel | None) -> Scale:
    """What the numbers mean; a PDS label has the last word, since GDAL passes over its unit."""
    unit = str(dataset.units[0] or (label.unit if label else "") or "")
    scale = Scale(dataset.scales[0], dataset.offsets[0], unit, voids=dataset.nodata is not None)
    if not scale.metres > 0.0 or np.dtype(dataset.dtypes[0]).kind not in "iuf":
        raise RequestError(f"terrain file {path} holds {dataset.dtypes[0]} in {unit!r}, not heights in m")
    return scale


def _first_line(error: BaseException) -> str:
    cause = error.__cause__ or error
    return (str(cause).strip() or type(cause).__name__).splitlines()[0]
