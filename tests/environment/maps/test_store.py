"""Maps on disk: whole, the same whoever computes, and continued where a run was stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr
import zarr

from ilrs_science.environment.maps.horizons import horizon_map
from ilrs_science.environment.maps.store import FINISHED, open_map
from ilrs_science.errors import RequestError

AREA = "-89.45,222.69,60 km"


class Stop(Exception):
    """As a kill, but within this process."""


def made(path: Path | None = None, **options: Any) -> xr.Dataset:
    return horizon_map("auto", AREA, **{"azimuth_step": 15.0, "output": path} | options)


def finished(path: Path) -> np.ndarray:
    return np.asarray(zarr.open_array(str(path), path=FINISHED, mode="r")[:])


@pytest.fixture(scope="module")
def memory() -> xr.Dataset:
    return made()


def test_a_folder_holds_the_map_to_the_step_it_is_packed_with(tmp_path: Path, memory: xr.Dataset) -> None:
    found = made(tmp_path / "map.zarr")
    assert found.horizon_elevation.chunks is not None
    assert found.horizon_elevation.dtype == np.float32
    assert np.abs(found.horizon_elevation.values - memory.horizon_elevation.values).max() <= 0.00151
    assert found.attrs == memory.attrs
    assert found.crs.attrs["grid_mapping_name"] == "polar_stereographic"
    assert finished(tmp_path / "map.zarr").all()


def test_a_file_holds_the_map_as_it_is(tmp_path: Path, memory: xr.Dataset) -> None:
    made(tmp_path / "map.nc")
    found = open_map(tmp_path / "map.nc")
    assert np.array_equal(found.horizon_elevation.values, memory.horizon_elevation.values)
    assert found.attrs == memory.attrs


def test_a_stopped_run_goes_on_and_gives_the_same(tmp_path: Path) -> None:
    whole, path = made(tmp_path / "whole.zarr"), tmp_path / "map.zarr"
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        if done == 2:
            raise Stop

    with pytest.raises(Stop):
        made(path, progress=stop)
    before = finished(path)
    assert 0 < before.sum() < before.size
    with pytest.raises(RequestError, match="not finished; ask for it again to go on"):
        open_map(path)
    found = made(path, progress=lambda done, total: told.append((done, total)))
    # Tiles of the first run are counted and not computed again.
    assert told[0][0] >= before.sum()
    assert told[-1] == (4, 4)
    assert np.array_equal(found.horizon_elevation.values, whole.horizon_elevation.values)


def test_a_killed_process_leaves_what_can_be_continued(tmp_path: Path) -> None:
    path = tmp_path / "map.zarr"
    command = (
        "from ilrs_science.environment.maps.horizons import horizon_map\n"
        f"horizon_map('auto', '-89.45,222.69,200 km', azimuth_step=2.5, output={str(path)!r})"
    )
    process = subprocess.Popen([sys.executable, "-c", command], start_new_session=True)
    deadline = time.monotonic() + 60.0
    while time.monotonic() < deadline and process.poll() is None and not _begun(path):
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    before = int(finished(path).sum())
    found = horizon_map("auto", "-89.45,222.69,200 km", azimuth_step=2.5, output=path)
    assert before < finished(path).size
    assert finished(path).all()
    assert np.isfinite(found.horizon_elevation.values).all()
    assert not list(tmp_path.glob(".*part"))


def test_a_finished_map_is_not_computed_again(tmp_path: Path) -> None:
    made(tmp_path / "map.zarr")
    told: list[tuple[int, int]] = []
    made(tmp_path / "map.zarr", progress=lambda done, total: told.append((done, total)))
    assert told == [(4, 4)]


def test_a_folder_of_other_inputs_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "map.zarr"
    before = made(path).horizon_elevation.values
    with pytest.raises(RequestError, match="holds a map of other inputs; choose another name or remove it"):
        made(path, mast="5 m")
    assert np.array_equal(open_map(path).horizon_elevation.values, before)


def test_a_folder_that_is_no_map_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "map.zarr"
    path.mkdir()
    (path / "notes.txt").write_text("mine")
    with pytest.raises(RequestError, match="holds something that is no map"):
        made(path)
    with pytest.raises(RequestError, match="is no map"):
        open_map(path)
    assert [one.name for one in path.iterdir()] == ["notes.txt"]


def test_what_cannot_be_written_or_is_not_there_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="there is no map at"):
        open_map(tmp_path / "map.zarr")
    (tmp_path / "file").write_text("")
    with pytest.raises(RequestError, match="cannot write"):
        made(tmp_path / "file" / "map.zarr")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    from distributed import LocalCluster

    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": "127.0.0.1:0"}
    with LocalCluster(host="127.0.0.1", **options) as workers:
        yield workers


def test_two_processes_by_their_address_give_the_same_as_threads(
    cluster: Any, tmp_path: Path, memory: xr.Dataset
) -> None:
    found = made(scheduler=cluster.scheduler_address)
    assert np.array_equal(found.horizon_elevation.values, memory.horizon_elevation.values)
    stored = made(tmp_path / "map.zarr", scheduler=cluster.scheduler_address)
    assert np.abs(stored.horizon_elevation.values - memory.horizon_elevation.values).max() <= 0.00151


def test_a_client_of_ones_own_stays_open(cluster: Any, memory: xr.Dataset) -> None:
    from distributed import Client

    with Client(cluster) as client:
        told: list[tuple[int, int]] = []
        found = made(scheduler=client, progress=lambda done, total: told.append((done, total)))
        assert client.status == "running"
    assert told == [(done, 4) for done in range(5)]
    assert np.array_equal(found.horizon_elevation.values, memory.horizon_elevation.values)


def _begun(path: Path) -> bool:
    try:
        return bool(finished(path).any())
    except (OSError, ValueError, KeyError):
        return False
