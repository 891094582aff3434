"""``ilrs windows`` keeps its contract."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.epochs import format_epoch, to_tdb
from ilrs_science.intervals import Windows
from ilrs_science.sky.orbiters import trajectory_of
from ilrs_science.windows.constraints import find_windows

SUN = "{kind: sun_elevation, min: 0 deg}"
HOURS = "{kind: local_solar_time, min: 9 h, max: 25 h}"
FAR = ("--start", "2026-01-01", "--end", "2126-01-01")
BACKWARD = ("--start", "2027-01-01", "--end", "2026-01-01")
IMPOSSIBLE = ("--start", "2026-02-30", "--end", "2027-01-01")
YEAR = ("--start", "2026-01-01", "--end", "2027-01-01")


def test_csv_has_the_columns_and_milliseconds(ilrs: Callable) -> None:
    run = ilrs("windows", "--site", "-89.45,222.69", "--constraint", SUN, *YEAR, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(run.out)))
    assert run.status == 0
    assert list(rows[0]) == ["start", "end", "duration_s"]
    assert rows[0]["start"] == "2026-01-01T00:00:00.000Z"
    # SPICE gfposc, DE421, LT+S, 6 h step (tests/oracles): the Sun's centre sets on 2026-02-22 at 11:54:59.182
    assert rows[0]["end"] == "2026-02-22T11:54:59.182Z"
    assert len(rows) == 4


@pytest.mark.parametrize(
    "site", [("--site=-89.45,222.69",), ("--site", "-89.45,222.69,0"), ("--site", " -89.45 , -137.31 ")]
)
def test_a_site_may_be_written_with_equals_space_height_and_west(
    ilrs: Callable, site: tuple[str, ...]
) -> None:
    run = ilrs("windows", *site, "--constraint", SUN, *YEAR, "--format", "csv")
    assert run.out.splitlines()[1].startswith("2026-01-01T00:00:00.000Z,2026-02-22T11:54:59.182Z")


def test_repeated_constraints_all_hold(ilrs: Callable) -> None:
    both = ilrs(
        "windows", "--site", "malapert", "--constraint", SUN, "--constraint", "{kind: earth_elevation, min: 5 deg}",
        *YEAR, "--format", "json",
    )  # fmt: skip
    joined = ilrs(
        "windows", "--site", "malapert", *YEAR, "--format", "json", "--constraint",
        "{kind: all_of, of: [{kind: sun_elevation, min: 0 deg}, {kind: earth_elevation, min: 5 deg}]}",
    )  # fmt: skip
    assert json.loads(both.out) == json.loads(joined.out)


def test_always_true_is_one_interval_and_never_true_the_header_alone(ilrs: Callable) -> None:
    always = ilrs(
        "windows",
        "--site",
        "malapert",
        "--constraint",
        "{kind: sun_elevation, min: -90 deg}",
        *YEAR,
        "--format",
        "csv",
    )
    never = ilrs(
        "windows",
        "--site",
        "malapert",
        "--constraint",
        "{kind: sun_elevation, min: 80 deg}",
        *YEAR,
        "--format",
        "csv",
    )
    assert (
        always.out == "start,end,duration_s\n2026-01-01T00:00:00.000Z,2027-01-01T00:00:00.000Z,31536000.000\n"
    )
    assert (never.out, never.status) == ("start,end,duration_s\n", 0)


def test_the_budget_names_each_constraint(ilrs: Callable) -> None:
    run = ilrs(
        "windows",
        "--site",
        "malapert",
        "--constraint",
        SUN,
        "--constraint",
        "{kind: night}",
        *YEAR,
        "--budget",
    )
    assert "sun_elevation >= 0 deg" in run.out
    assert "night" in run.out
    assert "sole_blame_h" in run.out


def test_the_output_file_holds_what_the_screen_would(ilrs: Callable, tmp_path: Path) -> None:
    screen = ilrs("windows", "--site", "malapert", "--constraint", SUN, *YEAR, "--format", "csv")
    run = ilrs(
        "windows",
        "--site",
        "malapert",
        "--constraint",
        SUN,
        *YEAR,
        "--format",
        "csv",
        "--output",
        tmp_path / "w.csv",
    )
    assert run.out == ""
    assert (tmp_path / "w.csv").read_text("utf-8") == screen.out


WRONG = {
    "unknown site": (("--site", "malapart"), (SUN,), YEAR, "did you mean malapert"),
    "no place": (("--site", "95,10"), (SUN,), YEAR, "latitude"),
    "not coordinates": (("--site", "5,x"), (SUN,), YEAR, "LAT,LON"),
    "unknown kind": (("--site", "0,0"), ("{kind: sun_elevatio, min: 0 deg}",), YEAR, "did you mean sun_elevation"),
    "bare number": (("--site", "0,0"), ("{kind: sun_elevation, min: 5}",), YEAR, "5 has no unit; write '5 deg'"),
    "no YAML": (("--site", "0,0"), ("{kind: sun_elevation",), YEAR, "not valid YAML"),
    "reversed span": (("--site", "0,0"), (SUN,), BACKWARD, "not after its start"),
    "impossible date": (("--site", "0,0"), (SUN,), IMPOSSIBLE, "not a possible date"),
    "outside the kernels": (("--site", "0,0"), (SUN,), FAR, "cover 1900-01-02 to 2050-12-30"),
    "neither site nor orbit": ((), (SUN,), YEAR, "give either --site or --orbit"),
    "site and orbit": (("--site", "0,0", "--orbit", "dro"), (SUN,), YEAR, "give either --site or --orbit"),
    "mast in orbit": (("--orbit", "dro", "--mast", "2 m"), (SUN,), YEAR, "--mast belongs to a site"),
    "mast without unit": (("--site", "0,0", "--mast", "2"), (SUN,), YEAR, "'2' has no unit"),
    "unknown orbit": (("--orbit", "drow"), (SUN,), YEAR, "did you mean dro"),
    "strange file": (("--orbit", "a.csv"), (SUN,), YEAR, "ends in .oem or .bsp"),
    "missing file": (("--orbit", "a.oem"), (SUN,), YEAR, "cannot read a.oem"),
    "not at a site": (("--site", "0,0"), ("{kind: solar_beta, min: 0 deg}",), YEAR, "belongs to an orbiter"),
    "hour of no day": (("--site", "0,0"), (HOURS,), YEAR, "25 h is outside 0 to 24 h"),
    "two tables": (("--site", "0,0", "--budget", "--nearest-miss"), (SUN,), YEAR, "ask for one at a time"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_request_is_one_line_and_exit_status_2(ilrs: Callable, case: str) -> None:
    site, constraints, span, words = WRONG[case]
    run = ilrs("windows", *site, *(part for text in constraints for part in ("--constraint", text)), *span)
    assert run.status == 2
    assert run.out == ""
    assert len(run.err.splitlines()) == 1
    assert words in run.err


def test_what_cannot_be_written_is_printed(ilrs: Callable) -> None:
    run = ilrs("windows", "--site", "0,0", "--output", "/nowhere/w.csv", "--constraint", SUN, *YEAR)
    assert run.status == 2
    assert "13 windows" in run.out
    assert "cannot write" in run.err
    assert len(run.err.splitlines()) == 1


def test_an_orbit_of_the_catalogue_and_its_file_have_the_same_windows(ilrs: Callable, tmp_path: Path) -> None:
    span = ("2026-01-01T00:00", "2026-01-01T06:00")
    flight = trajectory_of(load_catalogue().orbits["llo_100"], "2025-12-31T23:50", "2026-01-01T06:10")
    times = np.arange("2025-12-31T23:50", "2026-01-01T06:10", 1, dtype="datetime64[m]").astype(
        "datetime64[us]"
    )
    lines = [
        f"{format_epoch(t).rstrip('Z')} {' '.join(f'{v:.12f}' for v in state)}"
        for t, state in zip(times, flight.states(to_tdb(times)), strict=True)
    ]
    head = f"""CCSDS_OEM_VERS = 2.0
META_START
OBJECT_NAME = ORBITER
CENTER_NAME = MOON
REF_FRAME = ICRF
TIME_SYSTEM = UTC
START_TIME = {format_epoch(times[0]).rstrip("Z")}
STOP_TIME = {format_epoch(times[-1]).rstrip("Z")}
META_STOP
"""
    path = tmp_path / "orbiter.oem"
    path.write_text(head + "\n".join(lines) + "\n", "utf-8")
    orbit = load_catalogue().orbits["llo_100"].replace(epoch="2025-12-31T23:50")
    known = find_windows({"kind": "eclipse", "by": "moon"}, orbit, *span)
    run = ilrs(
        "windows", "--orbit", path, "--constraint", "{kind: eclipse, by: moon}", "--start", span[0], "--end", span[1],
        "--format", "csv",
    )  # fmt: skip
    assert run.status == 0
    found = Windows.from_csv(run.out)
    assert len(found) == len(known) > 2
    assert np.abs((found.starts - known.starts).astype(int)).max() < 2000  # microseconds


def test_a_mast_is_higher_than_the_ground(ilrs: Callable) -> None:
    request = ("--site", "0,90", "--constraint", "{kind: range_to, body: earth, max: 390000 km}", *YEAR)
    low, high = (
        ilrs("windows", *request, *mast, "--format", "csv").out for mast in ((), ("--mast", "10 km"))
    )
    assert low.count("\n") == high.count("\n") > 10
    assert low != high


def test_without_light_time_the_edges_move(ilrs: Callable) -> None:
    request = ("windows", "--site", "-89.45,222.69", "--constraint", SUN, *YEAR, "--format", "csv")
    assert ilrs(*request, "--correction", "geometric").out != ilrs(*request).out
    assert ilrs(*request, "--correction", "apparent").out == ilrs(*request).out


def test_a_ground_station_is_a_place_to_look_from(ilrs: Callable) -> None:
    request = ("--constraint", "{kind: target_elevation, target: moon, min: 10 deg}", "--start", "2026-03-01")
    run = ilrs("windows", "--site", "kashi", *request, "--end", "2026-03-08", "--format", "json")
    assert len(json.loads(run.out)) in (6, 7, 8)


def test_the_nearest_miss_is_a_table(ilrs: Callable) -> None:
    request = ("--site", "malapert", "--constraint", "{kind: sun_elevation, min: 8 deg}", *YEAR)
    run = ilrs("windows", *request, "--nearest-miss", "--format", "json")
    (row,) = json.loads(run.out)
    assert (row["condition"], row["unit"], row["others_hold"]) == ("sun_elevation >= 8 deg", "deg", "yes")
    assert isinstance(row["best"], float)  # numbers are numbers
    assert float(row["best"]) + float(row["short_by"]) == pytest.approx(8.0, abs=1e-3)
    assert row["when"].startswith("2026-")


def test_an_unknown_command_names_the_nearest(ilrs: Callable) -> None:
    run = ilrs("windoes")
    assert run.status == 2
    assert "did you mean windows" in run.err


def test_the_installed_module_runs_as_a_program() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "ilrs_science", "--version"], capture_output=True, text=True, check=True
    )
    assert run.stdout.startswith("ilrs, version ")


def test_one_window_is_no_plural_and_the_help_tells_the_mast(ilrs: Callable) -> None:
    days = ("--start", "2026-01-01", "--end", "2026-01-03")
    shown = ilrs("windows", "--site=0,0", *days, "--constraint", "{kind: sun_elevation, min: 0 deg}")
    assert shown.out.splitlines()[0] == "sun_elevation >= 0 deg: 48.000 h in 1 window"
    told = " ".join(ilrs("windows", "--help").out.split())
    assert "[default: the station's, else 2 m where terrain counts]" in told
