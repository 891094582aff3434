"""``ilrs environment``: files and tables of what a place is like."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xarray as xr

DAY = ("--start", "2031-01-01", "--end", "2031-01-02", "--step", "6h")


def test_a_site_gives_a_cf_file(ilrs: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "ridge.nc"
    outcome = ilrs("environment", "--site", "-89.45,222.69", *DAY, "--output", path)
    assert (outcome.status, outcome.out, outcome.err) == (0, "", f"wrote {path}\n")
    with xr.open_dataset(path, engine="h5netcdf") as stored:
        assert stored.sizes == {"time": 4}
        assert stored.attrs["mast_m"] == 2.0
        assert stored["sun_visible_fraction"].attrs["units"] == "1"


def test_a_station_gives_power_and_link_as_rows(ilrs: Callable[..., Any]) -> None:
    outcome = ilrs("environment", "--station", "connecting_ridge_station", *DAY, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(outcome.out)))
    assert [row["time"] for row in rows][:2] == ["2031-01-01T00:00:00.000Z", "2031-01-01T06:00:00.000Z"]
    assert float(rows[0]["array_power"]) > 0.0
    assert float(rows[0]["link_rate"]) > 0.0


def test_the_sphere_has_a_level_skyline(ilrs: Callable[..., Any]) -> None:
    given = ("--site", "10,20", "--terrain", "none", "--mast", "100 m", *DAY, "--format", "json")
    rows = json.loads(ilrs("environment", *given).out)
    assert [row["time"] for row in rows][-1] == "2031-01-01T18:00:00.000Z"
    # acos(1737400 / 1737500) = 0.614720 deg
    assert [row["sun_horizon_elevation"] for row in rows] == pytest.approx([-0.614720] * 4, abs=1e-6)


def test_an_orbiter_gives_its_ground_track_and_no_skyline(ilrs: Callable[..., Any]) -> None:
    given = ("--orbit", "llo_100", "--start", "2031-01-01", "--end", "2031-01-01T02:00", "--step", "10 min")
    rows = list(csv.DictReader(io.StringIO(ilrs("environment", *given, "--format", "csv").out)))
    assert len(rows) == 12
    assert all(90.0 < float(row["altitude"]) < 110.0 for row in rows)
    assert {"sub_latitude", "solar_beta", "sun_visible_fraction", "plasma_region"} <= set(rows[0])
    assert "sun_horizon_elevation" not in rows[0]


def test_an_orbit_of_a_file_is_a_place_too(ilrs: Callable[..., Any], tmp_path: Path) -> None:
    """The orbiter stands still 200 km above the far side: what counts is that its file is read."""
    path = tmp_path / "mine.oem"
    lines = [f"2031-01-01T{hour:02d}:00:00 -1937.4 0 0 0 0.001 0" for hour in range(13)]
    head = "CCSDS_OEM_VERS = 2.0\nCREATION_DATE = 2030-01-01T00:00:00\nORIGINATOR = TEST\nMETA_START\n"
    head += (
        "OBJECT_NAME = MINE\nOBJECT_ID = 2030-001A\nCENTER_NAME = MOON\nREF_FRAME = ICRF\nTIME_SYSTEM = UTC\n"
    )
    head += "START_TIME = 2031-01-01T00:00:00\nSTOP_TIME = 2031-01-01T12:00:00\nMETA_STOP\n"
    path.write_text(head + "\n".join(lines) + "\n", "utf-8")
    outcome = ilrs("environment", "--orbit", path, "--start", "2031-01-01", "--end", "2031-01-01T06:00")
    assert outcome.status == 0, outcome.err
    assert "altitude" in outcome.out


def test_the_screen_gets_what_each_variable_spans(ilrs: Callable[..., Any]) -> None:
    outcome = ilrs("environment", "--site=0,0", *DAY)
    assert outcome.status == 0
    assert outcome.out.splitlines()[0] == "Environment of 0, 0 on the Moon"
    line = next(line for line in outcome.out.splitlines() if line.startswith("earth_elevation"))
    _, least, mean, greatest, unit = line.split()
    assert 75.0 < float(least) <= float(mean) <= float(greatest) < 90.0
    assert unit == "degree"


def test_the_screen_averages_no_direction_and_names_the_plasma(ilrs: Callable[..., Any]) -> None:
    month = ("--start", "2031-01-01", "--end", "2031-01-30", "--step", "6 h", "--terrain", "none")
    lines = ilrs("environment", "--site=-89.45,222.69", *month).out.splitlines()
    rows = {line.split()[0]: line.split()[1:] for line in lines[2:]}
    assert rows["sun_azimuth"] == ["0", "360", "degree"], "the Sun goes round a pole, and no mean is left"
    # the Earth librates in longitude by some 8 deg
    west, east = map(float, rows["earth_azimuth"][:2])
    assert 8.0 < east - west < 18.0
    assert len(rows["sun_visible_fraction"]) == 3, "a fraction has no unit to print"
    shares = next(line for line in lines if line.startswith("plasma_region: "))
    parts = [float(part.split()[-2]) for part in shares.removeprefix("plasma_region: ").split(",")]
    assert sum(parts) == pytest.approx(100.0, abs=0.2)
    assert shares.startswith("plasma_region: solar_wind "), (
        "the Moon is a week in three outside the solar wind"
    )


@pytest.mark.parametrize(("name", "start"), [("ridge.csv", "time,"), ("ridge.json", "[")])
def test_the_ending_of_the_file_says_the_form(
    ilrs: Callable[..., Any], tmp_path: Path, name: str, start: str
) -> None:
    path = tmp_path / name
    outcome = ilrs("environment", "--site=0,0", "--terrain", "none", *DAY, "--output", path)
    assert (outcome.status, outcome.out, outcome.err) == (0, "", f"wrote {path}\n")
    assert path.read_text("utf-8").startswith(start)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--output", "ridge.xlsx"), "cannot tell the form of 'ridge.xlsx'; end it in .nc, .csv, .json"),
        (("--output", "ridge"), "cannot tell the form of 'ridge'"),
        (("--output", "ridge.nc", "--format", "csv"), "'ridge.nc' does not end like --format csv"),
        (("--output", "ridge.csv", "--format", "netcdf"), "'ridge.csv' does not end like --format netcdf"),
    ],
)
def test_a_file_of_another_form_is_refused_before_the_work(
    ilrs: Callable[..., Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    says: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = ilrs("environment", "--site", "nowhere", *DAY, *arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert says in outcome.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--site", "nowhere", *DAY), "unknown site 'nowhere'"),
        (("--station", "nowhere", *DAY), "unknown station 'nowhere'"),
        (DAY, "either --site or --station or --orbit"),
        (
            ("--site", "0,0", "--station", "connecting_ridge_station", *DAY),
            "either --site or --station or --orbit",
        ),
        (("--site", "0,0", "--orbit", "llo_100", *DAY), "either --site or --station or --orbit"),
        (("--orbit", "llo_101", *DAY), "unknown orbit 'llo_101'"),
        (("--orbit", "llo_100", "--mast", "2 m", *DAY), "--mast belongs to a site"),
        (("--orbit", "llo_100", "--terrain", "auto", *DAY), "--terrain belongs to a site"),
        (("--site", "jiamusi", *DAY), "'jiamusi' is a ground station on the Earth"),
        (("--site", "0,0", *DAY, "--format", "netcdf"), "--output FILE.nc"),
        (("--site", "0,0", *DAY, "--mast", "2"), "write '2 m'"),
        (("--site", "0,0", *DAY, "--mast", "-2 m"), "below the ground"),
        (("--site", "0,0", *DAY, "--terrain", "absent.tif"), "absent.tif does not exist"),
        (("--site", "0,0", *DAY, "--terrain", "none", "--terrain", "auto"), "'none' cannot stand"),
        (("--site", "0,0", "--start", "2031-01-02", "--end", "2031-01-01"), "2031-01-0"),
        (("--site", "0,0", "--start", "2070-01-01", "--end", "2070-01-02"), "cover"),
    ],
)
def test_a_wrong_request_is_one_line(ilrs: Callable[..., Any], arguments: tuple[str, ...], says: str) -> None:
    outcome = ilrs("environment", *arguments)
    assert outcome.status == 2
    assert outcome.out == ""
    assert says in outcome.err
    assert outcome.err.count("\n") == 1


def test_shadowed_ground_is_told_to_come_out_too_cold(ilrs: Callable[..., Any]) -> None:
    alone = ilrs("environment", "--site=-89.67,129", *DAY)
    assert "permanently shadowed" in alone.err
    assert "--surroundings terrain" in alone.err
    among = ilrs("environment", "--site=-89.67,129", *DAY, "--surroundings", "terrain", "--format", "json")
    assert "shadowed" not in among.err
    assert min(row["surface_temperature"] for row in json.loads(among.out)) > 30.0


def test_a_plain_night_is_no_permanent_shadow(ilrs: Callable[..., Any]) -> None:
    night = ("--start", "2026-01-02", "--end", "2026-01-03", "--step", "6h", "--terrain", "none")
    assert "shadowed" not in ilrs("environment", "--site=0,180", *night).err
