"""``ilrs candidates``: the best places of a map, or why there is none."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ilrs_science.environment.maps.lightmap import illumination_map


@pytest.fixture(scope="module")
def light(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A map of a year of light and of slopes, ten pixels wide."""
    path = tmp_path_factory.mktemp("maps") / "map.zarr"
    illumination_map(
        "auto",
        "-89.45,222.69,16 km",
        "2026-01-01",
        "2027-01-01",
        quantities=("sun", "slope"),
        step="12 h",
        azimuth_step=5.0,
        output=path,
    )
    return path


def test_candidates_are_a_table_of_numbers(light: Path, ilrs: Callable[..., Any]) -> None:
    done = ilrs("candidates", light, "--count", 2, "--steepest", 30, "--format", "json")
    assert (done.status, done.err) == (0, "")
    rows = json.loads(done.out)
    assert [row["rank"] for row in rows] == [1, 2]
    assert rows[0]["mean_fraction"] >= rows[1]["mean_fraction"]
    assert all(row["slope"] <= 30.0 for row in rows)


def test_the_title_says_what_the_numbers_depend_on(light: Path, ilrs: Callable[..., Any]) -> None:
    table = ilrs("candidates", light, "--count", 1, "--steepest", 30)
    title, head, row = table.out.splitlines()
    assert title == "lola_south_1600m.tif, mast 2 m, 2026-01-01 to 2027-01-01"
    assert head.split()[:3] == ["rank", "latitude", "longitude"]
    assert row.split()[0] == "1"


def test_no_place_flat_enough_is_told(light: Path, ilrs: Callable[..., Any]) -> None:
    done = ilrs("candidates", light, "--steepest", 0.001, "--format", "csv")
    assert (done.status, done.err) == (0, "ilrs: no pixel is flatter than 0.001 deg\n")
    assert not list(csv.DictReader(io.StringIO(done.out)))
    assert done.out.startswith("rank,latitude,longitude,")


def test_a_map_of_other_grids_or_of_no_light_is_refused(
    light: Path, ilrs: Callable[..., Any], tmp_path: Path
) -> None:
    done = ilrs("candidates", light, "--count", 0)
    assert (done.status, done.out) == (2, "")
    assert "ask for at least one" in done.err
    (tmp_path / "empty.zarr").mkdir()
    done = ilrs("candidates", tmp_path / "empty.zarr")
    assert (done.status, done.out) == (2, "")
    assert "is no map" in done.err


def test_a_map_that_is_not_there_is_told_before_dask_is_imported(tmp_path: Path) -> None:
    code = (
        "import sys; from ilrs_science.cli import _run; status = _run(sys.argv[1:]);"
        "sys.exit(9 if {'dask', 'zarr', 'numba'} & set(sys.modules) else status)"
    )
    asked = [sys.executable, "-c", code, "candidates", str(tmp_path / "map.zarr")]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"ilrs: there is no map at {str(tmp_path / 'map.zarr')!r}\n"
