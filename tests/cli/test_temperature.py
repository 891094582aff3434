"""``ilrs temperature``: the ground, at the surface and below."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xarray as xr

EQUATOR = ("--site=0,0", "--terrain", "none")
LUNATION = ("--start", "2031-01-01", "--end", "2031-01-30", "--step", "2 h")
DAY = ("--start", "2031-01-01", "--end", "2031-01-02", "--step", "6 h")


def table(text: str) -> dict[str, tuple[float, ...]]:
    """Least, mean and greatest by depth."""
    lines = [
        line.split() for line in text.splitlines()[2:] if line.split()[0][0].isdigit() and ";" not in line
    ]
    return {line[0]: tuple(map(float, line[1:])) for line in lines}


def test_the_table_has_a_row_for_each_depth(ilrs: Callable[..., Any]) -> None:
    outcome = ilrs("temperature", *EQUATOR, *LUNATION, "--depth", "5 cm", "--depth", "1 m")
    lines = outcome.out.splitlines()
    assert (outcome.status, outcome.err) == (0, "")
    assert lines[0] == "Temperature of the ground at 0, 0 on the Moon"
    assert lines[1].split() == ["depth_m", "least_K", "mean_K", "greatest_K"]
    assert lines[-2].startswith("slope 0 deg to azimuth 0 deg; surroundings: ")
    rows = table(outcome.out)
    assert list(rows) == ["0", "0.05", "1"]
    # Williams et al. 2017, doi:10.1016/j.icarus.2016.08.012: the equator goes from 95 K to 387-397 K.
    assert rows["0"][0] == pytest.approx(95.0, abs=5.0)
    assert rows["0"][2] == pytest.approx(390.0, abs=8.0)
    swing = [high - low for low, _, high in rows.values()]
    assert swing[0] > swing[1] > swing[2]
    assert swing[2] < 1.0, "a metre down a lunation is not felt"
    assert all(low <= mean <= high for low, mean, high in rows.values())


def test_every_epoch_is_csv_or_json(ilrs: Callable[..., Any]) -> None:
    given = ("temperature", *EQUATOR, *DAY, "--depth", "5 cm")
    rows = list(csv.DictReader(io.StringIO(ilrs(*given, "--format", "csv").out)))
    records = json.loads(ilrs(*given, "--format", "json").out)
    assert list(rows[0]) == list(records[0]) == ["time", "surface_K", "at_0.05_m_K"]
    assert [row["time"] for row in rows] == [f"2031-01-01T{hour:02d}:00:00.000Z" for hour in (0, 6, 12, 18)]
    for row, record in zip(rows, records, strict=True):
        assert float(row["surface_K"]) == pytest.approx(record["surface_K"], rel=1e-8)
        assert 180.0 < record["at_0.05_m_K"] < 320.0


def test_a_depth_asked_for_twice_is_one_column(ilrs: Callable[..., Any]) -> None:
    outcome = ilrs("temperature", *EQUATOR, *DAY, "--depth", "5 cm", "--depth", "0.05 m")
    assert list(table(outcome.out)) == ["0", "0.05"]


def test_netcdf_is_cf_with_its_depths(ilrs: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "ground.nc"
    outcome = ilrs("temperature", *EQUATOR, *DAY, "--depth", "1 m", "--output", path)
    assert (outcome.status, outcome.out, outcome.err) == (0, "", f"wrote {path}\n")
    with xr.open_dataset(path, engine="h5netcdf") as stored:
        assert dict(stored.sizes) == {"time": 4, "depth": 1}
        assert stored["temperature"].attrs["units"] == "K"
        assert stored["depth"].values == [1.0]


def test_the_ending_says_the_form(ilrs: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "ground.json"
    outcome = ilrs("temperature", *EQUATOR, *DAY, "--output", path)
    assert (outcome.status, outcome.err) == (0, f"wrote {path}\n")
    assert len(json.loads(path.read_text("utf-8"))) == 4


def test_ground_that_faces_the_sun_is_warmer(ilrs: Callable[..., Any]) -> None:
    """At 60 deg north, ground that falls to the south by 30 deg against level ground."""
    given = ("temperature", "--site=60,0", "--terrain", "none", *LUNATION)
    level = table(ilrs(*given).out)["0"]
    south = table(ilrs(*given, "--slope", "30 deg", "--aspect", "180 deg").out)["0"]
    north = table(ilrs(*given, "--slope", "30 deg", "--aspect", "0 deg").out)["0"]
    assert north[2] < level[2] < south[2]


def test_slope_and_surroundings_come_from_the_terrain(ilrs: Callable[..., Any]) -> None:
    ridge = ("temperature", "--site=-89.45,222.69", *DAY)
    outcome = ilrs(*ridge, "--slope", "terrain", "--surroundings", "terrain")
    assert outcome.status == 0
    note = outcome.out.splitlines()[-2]
    assert not note.startswith("slope 0 deg")
    assert "pieces of terrain" in note
    assert "lola_south_1600m.tif" in outcome.out.splitlines()[-1]


def test_a_station_stands_on_its_site(ilrs: Callable[..., Any]) -> None:
    by_station, by_site = (
        ilrs("temperature", *place, *DAY, "--format", "csv").out
        for place in (("--station", "connecting_ridge_station"), ("--site", "connecting_ridge"))
    )
    assert by_station == by_site


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (DAY, "either --site or --station"),
        (("--site", "nowhere", *DAY), "unknown site 'nowhere'"),
        (("--station", "nrho_station", *DAY), "it stands on no ground"),
        (("--site", "jiamusi", *DAY), "is a ground station on the Earth"),
        ((*EQUATOR, *DAY, "--depth", "3 m"), "3 m"),
        ((*EQUATOR, *DAY, "--depth", "3"), "write '3 m'"),
        ((*EQUATOR, *DAY, "--slope", "91 deg"), "91"),
        ((*EQUATOR, *DAY, "--surroundings", "all"), "--surroundings"),
        ((*EQUATOR, *DAY, "--format", "netcdf"), "add --output FILE.nc"),
        ((*EQUATOR, *DAY, "--output", "ground.xlsx"), "end it in .nc, .csv, .json"),
    ],
)
def test_a_wrong_request_is_one_line(ilrs: Callable[..., Any], arguments: tuple[str, ...], says: str) -> None:
    outcome = ilrs("temperature", *arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert says in outcome.err
    assert outcome.err.count("\n") == 1
