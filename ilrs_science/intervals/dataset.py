"""Windows as a CF dataset, the form of netCDF files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ilrs_science.epochs import Epochs, format_epoch, parse_epochs, parse_span
from ilrs_science.errors import RequestError
from ilrs_science.intervals.disjoint import Disjoint, Span

if TYPE_CHECKING:
    from xarray import Dataset

__all__ = ["dataset_of", "read_dataset"]

#: How netCDF keeps an epoch without rounding.
_ENCODING = {
    "units": "microseconds since 1970-01-01",
    "calendar": "proleptic_gregorian",
    "dtype": "int64",
}
#: Names of the span in the attributes, as the convention ACDD 1.3 has them.
_SPAN = ("time_coverage_start", "time_coverage_end")


def dataset_of(windows: Disjoint) -> Dataset:
    """Dataset with the dimension ``window``.

    Parameters
    ----------
    windows : Windows
        Their span goes into the attributes ``time_coverage_start`` and ``time_coverage_end``.

    Returns
    -------
    xarray.Dataset
        Variables ``start`` and ``end``, UTC, and ``duration``. [s]
    """
    import xarray as xr

    def epochs(values: Epochs, name: str) -> xr.Variable:
        attrs = {"standard_name": "time", "long_name": f"{name} of the window, UTC"}
        return xr.Variable("window", values, attrs, dict(_ENCODING))

    seconds = windows.durations / np.timedelta64(1, "s")
    length = xr.Variable("window", seconds, {"long_name": "length of the window", "units": "s"})
    attrs = {
        "Conventions": "CF-1.11, ACDD-1.3",
        "title": "Windows, from each start up to, not including, its end",
    }
    if windows.span is not None:
        attrs |= dict(zip(_SPAN, (format_epoch(epoch, "us") for epoch in windows.span), strict=True))
    start, end = epochs(windows.starts, "start"), epochs(windows.ends, "end")
    return xr.Dataset({"start": start, "end": end, "duration": length}, attrs=attrs)


def read_dataset(dataset: Dataset) -> tuple[Epochs, Epochs, Span]:
    """Starts, ends and span of a dataset.

    Parameters
    ----------
    dataset : xarray.Dataset
        With variables ``start`` and ``end``.

    Returns
    -------
    tuple
        Starts, ends and span, UTC.

    Raises
    ------
    RequestError
        If a variable is missing or not decoded.
    """
    missing = [name for name in ("start", "end") if name not in dataset]
    if missing:
        raise RequestError(f"the dataset has no variable {' and no '.join(map(repr, missing))}")
    if any(dataset[name].dtype.kind in "iuf" and dataset[name].size for name in ("start", "end")):
        raise RequestError("start and end are numbers; open the dataset with decode_times=True")
    given = [dataset.attrs[name] for name in _SPAN if name in dataset.attrs]
    span = parse_span(*given) if len(given) == 2 else None
    starts, ends = (parse_epochs(dataset[name].to_numpy()) for name in ("start", "end"))
    return starts, ends, span
