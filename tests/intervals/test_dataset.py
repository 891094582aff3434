"""Windows as CF datasets and netCDF files."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings

from ilrs_science.errors import RequestError
from ilrs_science.intervals import Windows
from tests.intervals.strategies import SPAN, long_windows

TWO = Windows(["2026-01-01", "2026-01-05"], ["2026-01-02T00:00:00.000001", "2026-01-05T01:00"], SPAN_2026 := (
    np.datetime64("2026-01-01", "us"), np.datetime64("2026-02-01", "us"),
))  # fmt: skip


@given(long_windows())
def test_a_dataset_reads_back_with_its_span(some: Windows) -> None:
    again = Windows.from_xarray(some.to_xarray())
    assert again == some
    assert again.span == some.span


@settings(max_examples=15)
@given(long_windows())
def test_a_netcdf_file_keeps_every_microsecond(some: Windows) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "windows.nc"
        some.to_xarray().to_netcdf(path, engine="h5netcdf")
        with xr.open_dataset(path, engine="h5netcdf") as dataset:
            again = Windows.from_xarray(dataset)
    assert again == some
    assert again.span == some.span


def test_the_dataset_says_what_it_holds() -> None:
    dataset = TWO.to_xarray()
    assert dict(dataset.sizes) == {"window": 2}
    assert list(dataset) == ["start", "end", "duration"]
    assert dataset["duration"].values.tolist() == [86400.000001, 3600.0]
    assert dataset["duration"].attrs == {"long_name": "length of the window", "units": "s"}
    assert dataset["start"].dtype == dataset["end"].dtype == np.dtype("datetime64[us]")
    assert all(dataset[name].attrs["standard_name"] == "time" for name in ("start", "end"))
    assert dataset.attrs["Conventions"] == "CF-1.11, ACDD-1.3"
    assert dataset.attrs["time_coverage_start"] == "2026-01-01T00:00:00.000000Z"
    assert dataset.attrs["time_coverage_end"] == "2026-02-01T00:00:00.000000Z"


def test_a_file_holds_whole_microseconds(tmp_path: Path) -> None:
    TWO.to_xarray().to_netcdf(tmp_path / "w.nc", engine="h5netcdf")
    with xr.open_dataset(tmp_path / "w.nc", engine="h5netcdf", decode_times=False) as raw:
        assert raw["start"].attrs["units"] == "microseconds since 1970-01-01"
        assert raw["start"].dtype == np.int64
        assert raw["start"].values.tolist() == TWO.starts.astype(np.int64).tolist()
        with pytest.raises(RequestError, match="decode_times=True"):
            Windows.from_xarray(raw)


def test_windows_without_a_span_have_none_afterwards() -> None:
    bare = Windows(TWO.starts, TWO.ends)
    assert "time_coverage_start" not in bare.to_xarray().attrs
    assert Windows.from_xarray(bare.to_xarray()).span is None
    assert Windows.from_xarray(bare.to_xarray(), SPAN_2026).span == SPAN_2026


def test_no_windows_are_a_dataset_of_length_zero(tmp_path: Path) -> None:
    none = Windows(span=SPAN)
    none.to_xarray().to_netcdf(tmp_path / "none.nc", engine="h5netcdf")
    with xr.open_dataset(tmp_path / "none.nc", engine="h5netcdf") as dataset:
        assert dataset.sizes["window"] == 0
        assert Windows.from_xarray(dataset) == none
        assert Windows.from_xarray(dataset).span == SPAN


def test_a_part_of_a_dataset_is_a_part_of_the_windows() -> None:
    assert Windows.from_xarray(TWO.to_xarray().isel(window=slice(1, None))) == TWO[1:]


def test_a_dataset_without_start_or_end_is_refused() -> None:
    with pytest.raises(RequestError, match="no variable 'start'"):
        Windows.from_xarray(TWO.to_xarray().drop_vars("start"))
    with pytest.raises(RequestError, match="no variable 'start' and no 'end'"):
        Windows.from_xarray(xr.Dataset())
