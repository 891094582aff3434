"""Files that others read: CF netCDF."""

from __future__ import annotations

import os
from pathlib import Path

import xarray as xr

from ilrs_science.errors import RequestError

__all__ = ["write_netcdf"]


def write_netcdf(dataset: xr.Dataset, path: str | Path) -> Path:
    """Write a Dataset as CF netCDF-4; the file appears whole or not at all.

    Parameters
    ----------
    dataset : Dataset
        With names of the nomenclature.
    path : str or Path
        Where; an existing file is replaced.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    RequestError
        If the folder is missing or may not be written.
    """
    path = Path(path)
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        dataset.to_netcdf(partial, engine="h5netcdf")
        partial.replace(path)
    except OSError as error:
        raise RequestError(f"cannot write {str(path)!r}: {error.strerror or error}") from error
    finally:
        partial.unlink(missing_ok=True)
    return path
