"""Files of executions and ensembles, as a page gives them."""

from __future__ import annotations

import base64
import io
import json
import re
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from ilrs_science.panels.replan_downloads import life_files, life_lines, members_files
from ilrs_science.planning.execution.disruption import Disruption
from tests.figures.lived import FAULT, lives


def files(told: str) -> dict[str, bytes]:
    """The files in some HTML, by name."""
    found = re.findall(r'download="([^"]+)" href="data:[^;]+;base64,([^"]+)"', told)
    return {name: base64.b64decode(text) for name, text in found}


MODEL = SimpleNamespace(campaign="mine", met=[FAULT], lives=lives())


def test_each_way_has_a_table_and_a_dataset() -> None:
    found = files(life_files(MODEL))
    assert list(found) == [
        "mine-disruptions.json",
        "mine-keep_going.csv",
        "mine-keep_going.nc",
        "mine-on_board.csv",
        "mine-on_board.nc",
    ]
    ran = lives()["keep_going"].execution
    table = pd.read_csv(io.BytesIO(found["mine-keep_going.csv"]))
    assert table["outcome"].tolist() == [run.outcome for run in ran.runs]
    with xr.open_dataset(io.BytesIO(found["mine-keep_going.nc"]), engine="h5netcdf") as data:
        assert data.attrs["value"] == pytest.approx(ran.value)
        assert data["battery_charge"].attrs["units"] == "W h"


def test_what_went_wrong_is_read_back() -> None:
    (entry,) = json.loads(files(life_files(MODEL))["mine-disruptions.json"])
    assert Disruption(**entry) == FAULT


def test_the_lines_write_the_same_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    exec(life_lines("mine"), {"lives": lives()})
    found = files(life_files(MODEL))
    for mode in lives():
        assert (tmp_path / f"mine-{mode}.csv").read_bytes() == found[f"mine-{mode}.csv"]
        assert (tmp_path / f"mine-{mode}.nc").stat().st_size > 0


def test_an_ensemble_is_given_whole() -> None:
    members = xr.Dataset({"done_value": ("seed", [1.0, np.nan])}, coords={"seed": [0, 1]})
    found = files(members_files("mine", members))
    assert list(found) == ["mine-ensemble.nc", "mine-ensemble.csv"]
    with xr.open_dataset(io.BytesIO(found["mine-ensemble.nc"]), engine="h5netcdf") as data:
        assert data["done_value"].equals(members["done_value"])
    assert len(pd.read_csv(io.BytesIO(found["mine-ensemble.csv"]))) == 2
