"""``ilrs windows`` keeps its contract."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SUN = "{kind: sun_elevation, min: 0 deg}"
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
    "unwritable": (("--site", "0,0", "--output", "/nowhere/w.csv"), (SUN,), YEAR, "cannot write"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_request_is_one_line_and_exit_status_2(ilrs: Callable, case: str) -> None:
    site, constraints, span, words = WRONG[case]
    run = ilrs("windows", *site, *(part for text in constraints for part in ("--constraint", text)), *span)
    assert run.status == 2
    assert run.out == ""
    assert len(run.err.splitlines()) == 1
    assert words in run.err


def test_an_unknown_command_names_the_nearest(ilrs: Callable) -> None:
    run = ilrs("windoes")
    assert run.status == 2
    assert "did you mean windows" in run.err


def test_the_installed_module_runs_as_a_program() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "ilrs_science", "--version"], capture_output=True, text=True, check=True
    )
    assert run.stdout.startswith("ilrs, version ")
