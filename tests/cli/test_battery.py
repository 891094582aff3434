"""``ilrs battery``: sizes by load and array, and where none suffices."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import ilrs_science as package

SPAN = ("--start", "2026-01-01", "--end", "2026-04-01", "--step", "2 h")
RIDGE = ("--site=-89.45,222.69", "--mast", "10 m", *SPAN)
STATION = ("--station", "connecting_ridge_station", *SPAN)


def found(outcome: Any) -> list[dict[str, Any]]:
    """Rows of json."""
    assert (outcome.status, outcome.err) == (0, "")
    rows: list[dict[str, Any]] = json.loads(outcome.out)
    return rows


def test_each_size_is_that_of_the_library(ilrs: Callable[..., Any]) -> None:
    loads, arrays = ("--load", "300 W", "--load", "0.6 kW"), ("--array", "1 kW", "--array", "2 kW")
    rows = found(ilrs("battery", *loads, *arrays, *RIDGE, "--format", "json"))
    assert [(row["load_W"], row["array_W"]) for row in rows] == [
        (300, 1000),
        (300, 2000),
        (600, 1000),
        (600, 2000),
    ]
    place = package.SurfacePlace(-89.45, 222.69)
    for row in rows:
        need = package.battery_for(
            row["load_W"], place, "2026-01-01", "2026-04-01", array=row["array_W"], mast="10 m", step="2 h"
        )
        assert row["battery_kWh"] == pytest.approx(need / 1e3, rel=1e-3)
    assert rows[2]["battery_kWh"] > rows[3]["battery_kWh"], "a larger array needs a smaller battery"


def test_a_station_brings_plant_and_losses(ilrs: Callable[..., Any]) -> None:
    (row,) = found(ilrs("battery", "--load", "100 W", *STATION, "--format", "json"))
    station = package.load_catalogue().stations["connecting_ridge_station"]
    need = package.battery_for("100 W", station, "2026-01-01", "2026-04-01", step="2 h")
    assert row == {"load_W": 100.0, "array_W": None, "battery_kWh": pytest.approx(need / 1e3, rel=1e-3)}


def test_half_the_depth_takes_twice_the_battery(ilrs: Callable[..., Any]) -> None:
    given = ("battery", "--load", "300 W", "--array", "1 kW", *RIDGE, "--format", "json")
    whole, half = (
        found(ilrs(*given, "--depth-of-discharge", depth))[0]["battery_kWh"] for depth in ("1", "0.5")
    )
    assert half == pytest.approx(2.0 * whole, rel=1e-3)


def test_where_the_supply_is_too_small_words_say_so(ilrs: Callable[..., Any]) -> None:
    given = ("battery", "--load", "300 W", "--load", "9 kW", "--array", "1 kW", *RIDGE)
    lines = ilrs(*given).out.splitlines()
    assert lines[0] == "Battery at -89.45,222.69, 2026-01-01 to 2026-04-01; it begins full"
    assert lines[1].split() == ["load_W", "array_W", "battery_kWh"]
    assert lines[3].split() == ["9000", "1000", "none", "suffices"]
    assert lines[4].startswith("charge efficiency 1, discharge efficiency 1, depth of discharge 1;")
    rows = list(csv.DictReader(io.StringIO(ilrs(*given, "--format", "csv").out)))
    assert rows[1] == {"load_W": "9000", "array_W": "1000", "battery_kWh": ""}
    assert found(ilrs(*given, "--format", "json"))[1]["battery_kWh"] is None


def test_a_file_is_written_and_told(ilrs: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "sizes.csv"
    outcome = ilrs("battery", "--load", "100 W", *STATION, "--format", "csv", "--output", path)
    assert (outcome.status, outcome.out, outcome.err) == (0, "", f"wrote {path}\n")
    assert path.read_text("utf-8").startswith("load_W,array_W,battery_kWh\n100,,")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--load", "300 W", *RIDGE), "a site has no plant; add --array POWER"),
        (("--load", "300", *STATION), "'300' has no unit; write '300 W'"),
        (("--load", "3 kg", *STATION), "kg"),
        (("--load", "300 W", "--array", "0 W", *RIDGE), "an array of 0 W"),
        (("--load", "-1 W", *STATION), "zero or more"),
        (STATION, "Missing option '--load'"),
        (("--load", "1 W", *SPAN), "either --site or --station"),
        (("--load", "1 W", "--site", "malapert", *STATION), "either --site or --station"),
        (("--load", "1 W", "--site", "jiamusi", *SPAN), "is a ground station on the Earth"),
        (("--load", "1 W", "--station", "nrho_station", *SPAN), "it stands on no ground"),
        (("--load", "1 W", *STATION, "--depth-of-discharge", "0"), "--depth-of-discharge"),
        (("--load", "1 W", *STATION, "--terrain", "absent.tif"), "absent.tif does not exist"),
    ],
)
def test_a_wrong_request_is_one_line(ilrs: Callable[..., Any], arguments: tuple[str, ...], says: str) -> None:
    outcome = ilrs("battery", *arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert says in outcome.err
    assert outcome.err.count("\n") == 1
