"""Members become one Dataset in the names of the nomenclature, and a file that reads back the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from ilrs_science.errors import RequestError
from ilrs_science.studies.ensemble.figures import NAMES
from ilrs_science.studies.ensemble.gather import UNDONE, dataset_of, write_dataset

COORDS = {"mode": ["ground", "on_board"], "seed": [0, 5]}
FIGURES = dict.fromkeys(NAMES, 0.5)


def whole() -> xr.Dataset:
    """Two members that were done, one that failed, one that was not done."""
    members = {(0, 0): FIGURES, (1, 1): FIGURES | {"done_value": 3.0}, (1, 0): {"failure": "it rained"}}
    return dataset_of(COORDS, members, {"title": "a test"})


def test_each_member_has_its_place_and_what_has_no_figures_says_why() -> None:
    found = whole()
    assert float(found.done_value.sel(mode="on_board", seed=5)) == 3.0
    assert str(found.failure.sel(mode="on_board", seed=0).item()) == "it rained"
    assert str(found.failure.sel(mode="ground", seed=5).item()) == UNDONE
    assert int(np.isnan(found.done_value).sum()) == 2
    assert (found.attrs["members_failed"], found.attrs["members_not_done"]) == (1, 1)
    assert found.delivered_volume.attrs["units"] == "Mbit"
    assert {"long_name", "units"} <= set(found.lost_time.attrs)


@pytest.mark.parametrize("name", ["e.nc", "e.zarr"])
def test_a_file_reads_back_the_same_and_is_replaced(tmp_path: Path, name: str) -> None:
    for found in (whole(), dataset_of(COORDS, {}, {"title": "a test"}), whole()):
        write_dataset(found, tmp_path / name)
    engine = "h5netcdf" if name.endswith(".nc") else "zarr"
    with xr.open_dataset(tmp_path / name, engine=engine) as back:
        known = back.load()
        assert known.assign_coords(failure=known.failure.astype(str)).equals(found)
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["none/e.nc", "none/e.zarr"])
def test_a_place_that_is_not_there_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(RequestError, match="cannot write"):
        write_dataset(whole(), tmp_path / name)
