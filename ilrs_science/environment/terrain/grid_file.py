"""Files of heights, whatever their format."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ilrs_science.environment.terrain.cf_file import cf_grid, is_netcdf
from ilrs_science.environment.terrain.grid import Grid
from ilrs_science.environment.terrain.raster_file import raster_grid
from ilrs_science.errors import RequestError

__all__ = ["open_grid", "require_file"]


def require_file(path: Path) -> None:
    """Refuse what is no file.

    Parameters
    ----------
    path : Path
        Of the file.

    Raises
    ------
    RequestError
        If nothing is there, or a folder, or a device.
    """
    if path.is_dir():
        raise RequestError(f"terrain file {path} is a folder; name the file in it")
    if not path.is_file():
        raise RequestError(f"terrain file {path} {'is not a file' if path.exists() else 'does not exist'}")


@contextmanager
def open_grid(path: str | Path) -> Iterator[Grid]:
    """Open a file of heights.

    Parameters
    ----------
    path : str or Path
        GeoTIFF, PDS3 image or label, PDS4 label, CF netCDF, or any other raster GDAL knows.

    Yields
    ------
    Grid
        Readable while the block runs.

    Raises
    ------
    RequestError
        If the file is missing, empty, unreadable, or no grid of heights of the Moon.
    """
    path = Path(path)
    require_file(path)
    try:
        if not path.stat().st_size:
            raise RequestError(f"terrain file {path} is empty (0 bytes)")
        netcdf = is_netcdf(path)
    except OSError as error:
        raise RequestError(f"terrain file {path} cannot be read: {error.strerror or error}") from error
    with cf_grid(path) if netcdf else raster_grid(path) as grid:
        yield grid
