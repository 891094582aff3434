"""A netCDF file appears whole or not at all."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from ilrs_science.environment.files import write_netcdf
from ilrs_science.errors import RequestError


@pytest.fixture
def light() -> xr.Dataset:
    return xr.Dataset({"sun_elevation": ("time", np.array([1.0, 2.0]), {"units": "degree"})})


def test_it_reads_back(tmp_path: Path, light: xr.Dataset) -> None:
    path = write_netcdf(light, tmp_path / "light.nc")
    assert path == tmp_path / "light.nc"
    with xr.open_dataset(path, engine="h5netcdf") as read:
        xr.testing.assert_identical(read.load(), light)
    assert [entry.name for entry in tmp_path.iterdir()] == ["light.nc"]


def test_text_is_a_path_and_an_earlier_file_is_replaced(tmp_path: Path, light: xr.Dataset) -> None:
    (tmp_path / "light.nc").write_text("old")
    write_netcdf(light, str(tmp_path / "light.nc"))
    with xr.open_dataset(tmp_path / "light.nc", engine="h5netcdf") as read:
        assert read.sizes == {"time": 2}


def test_a_folder_that_is_missing_is_one_line(tmp_path: Path, light: xr.Dataset) -> None:
    with pytest.raises(RequestError, match="cannot write") as caught:
        write_netcdf(light, tmp_path / "absent" / "light.nc")
    assert "\n" not in str(caught.value)


def test_a_folder_in_place_of_the_file_is_one_line_and_leaves_nothing(
    tmp_path: Path, light: xr.Dataset
) -> None:
    (tmp_path / "light.nc").mkdir()
    with pytest.raises(RequestError, match="cannot write"):
        write_netcdf(light, tmp_path / "light.nc")
    assert [entry.name for entry in tmp_path.iterdir()] == ["light.nc"]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_on_the_way_keeps_the_earlier_file(
    tmp_path: Path, light: xr.Dataset, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    (tmp_path / "light.nc").write_text("old")

    def full(self: xr.Dataset, path: Path, engine: str) -> None:
        path.write_text("half")
        raise error

    monkeypatch.setattr(xr.Dataset, "to_netcdf", full)
    with pytest.raises((RequestError, KeyboardInterrupt)):
        write_netcdf(light, tmp_path / "light.nc")
    assert (tmp_path / "light.nc").read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["light.nc"]
