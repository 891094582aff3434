"""Members as one Dataset, with a dimension for each factor, for scenario and for seed; and the Dataset in a file."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from ilrs_science.environment.files import write_netcdf
from ilrs_science.errors import RequestError
from ilrs_science.nomenclature import check, describe
from ilrs_science.studies.ensemble.figures import NAMES

__all__ = ["UNDONE", "dataset_of", "write_dataset"]

#: What stands in place of a reason for members that were not done before the end.
UNDONE = "not done: stopped before"


def dataset_of(
    coords: Mapping[str, Sequence[float | str]],
    members: Mapping[tuple[int, ...], Mapping[str, Any]],
    attrs: Mapping[str, str | int],
) -> xr.Dataset:
    """Members as one Dataset.

    Parameters
    ----------
    coords : mapping
        Values of each dimension.
    members : mapping
        Figures, or ``failure``, by place along the dimensions.
    attrs : mapping
        What the whole is.

    Returns
    -------
    Dataset
        The figures as doubles, NaN where a member failed or was not done; coordinate ``failure`` says why, empty where
        a member was done.
    """
    shape = tuple(len(values) for values in coords.values())
    reason = np.full(shape, UNDONE, dtype=object)
    values = {name: np.full(shape, np.nan) for name in NAMES}
    for place, found in members.items():
        reason[place] = found.get("failure", "")
        for name in NAMES if "failure" not in found else ():
            values[name][place] = found[name]
    dims = tuple(coords)
    whole = xr.Dataset(
        {name: (dims, array) for name, array in values.items()},
        coords={name: (name, _array(labels)) for name, labels in coords.items()},
        attrs=dict(attrs),
    )
    whole = whole.assign_coords(failure=(dims, reason.astype(str)))
    whole["failure"].attrs["long_name"] = "Why a member has no figures; empty where it has"
    failed, undone = int(((reason != "") & (reason != UNDONE)).sum()), int((reason == UNDONE).sum())
    whole.attrs |= {"members_failed": failed, "members_not_done": undone}
    return check(describe(whole))


def write_dataset(whole: xr.Dataset, path: Path) -> None:
    """Write a Dataset; it appears whole or not at all.

    Parameters
    ----------
    whole : Dataset
        What to write.
    path : Path
        A file ``NAME.nc`` or a folder ``NAME.zarr``.

    Raises
    ------
    RequestError
        If nothing can be written there.
    """
    if path.suffix == ".nc":
        write_netcdf(whole, path)
        return
    try:
        with tempfile.TemporaryDirectory(prefix=f".{path.name}-", dir=path.parent) as room:
            draft = Path(room) / path.name
            whole.to_zarr(draft, mode="w", zarr_format=2)  # 3 has no text yet
            if path.exists():
                shutil.move(path, Path(room) / "before")
            draft.replace(path)
    except OSError as error:
        raise RequestError(f"cannot write {str(path)!r}: {error.strerror or error}") from error


def _array(labels: Sequence[float | str]) -> np.ndarray[Any, Any]:
    return np.array([str(one) for one in labels]) if isinstance(labels[0], str) else np.asarray(labels)
