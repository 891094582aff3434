"""``ilrs execute`` tells what was lost, when and why."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xarray as xr

from ilrs_science.planning.plan import Plan
from tests.planning.problems import TICK, activity, battery, link, problem, renewable, storage

ASKED = problem(
    activity("look", 2, demands={"camera": 1}, energy_W=6, value=3),
    activity("listen", 2, data_Mbit_s=1, value=2),
    resources=(renewable("camera"), battery(10, 10, generation=[(0, 3.0)], load=[(0, 3.0)]), storage(5000),
               link((8, 9, 1.0))),
)  # fmt: skip
SCENARIO = "- {kind: instrument_fault, start_s: 600, lasting: 1 h, resources: [camera], name: it hangs}\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path, Path]:
    """The problem, a plan of both activities, and a scenario."""
    (tmp_path / "PROBLEM.json").write_text(ASKED.to_json(), "utf-8")
    (tmp_path / "PLAN.json").write_text(Plan.of(ASKED, {"look": 0, "listen": 4 * TICK}).to_json(), "utf-8")
    (tmp_path / "mine.yaml").write_text(SCENARIO, "utf-8")
    return tmp_path / "PROBLEM.json", tmp_path / "PLAN.json", tmp_path / "mine.yaml"


def test_with_nothing_wrong_nothing_is_lost(ilrs: Callable[..., Any], files: tuple[Path, Path, Path]) -> None:
    done = ilrs("execute", *files[:2])
    assert done.status == 0
    assert done.out.splitlines() == [
        "battery: 6 Wh generated, 8 Wh used, 0 Wh spilled, least charge 8 Wh",
        "storage: 1200 Mbit made, 600 Mbit sent",
        "<Execution 2 done: value 5 of 5>",
    ]


def test_a_scenario_is_told_with_what_was_lost_and_why(
    ilrs: Callable[..., Any], files: tuple[Path, Path, Path]
) -> None:
    lines = ilrs("execute", *files[:2], "--disruptions", files[2]).out.splitlines()
    assert lines[0] == "What went wrong"
    assert lines[2].split() == ["2031-01-01T00:10:00Z", "1.0", "it", "hangs", "camera"]
    assert lines[4] == "What was lost"
    assert lines[6].split()[:4] == ["2031-01-01T00:00:00Z", "look", "3", "aborted"]
    assert lines[6].endswith("camera is not there")
    assert lines[-1] == "<Execution 1 done, 1 aborted: value 2 of 5>"


def test_what_is_never_felt_and_what_was_not_there_is_told(
    ilrs: Callable[..., Any], files: tuple[Path, Path, Path]
) -> None:
    files[2].write_text(
        "- {kind: safe_mode, start_s: 999999}\n- {kind: outage, start_s: 5, end_s: 5, name: blink}\n"
        "- {kind: extra_load, start_s: 0, power_W: 100}\n",
        "utf-8",
    )
    done = ilrs("execute", *files[:2], "--disruptions", files[2])
    assert done.err == "ilrs: 2 disruptions are not felt within the problem: safe mode, blink\n"
    assert "Wh unmet" in done.out


def test_csv_tells_of_every_activity_and_json_of_all(
    ilrs: Callable[..., Any], files: tuple[Path, Path, Path]
) -> None:
    given = ("execute", *files[:2], "--disruptions", files[2], "--format")
    rows = list(csv.DictReader(io.StringIO(ilrs(*given, "csv").out)))
    assert [(row["id"], row["outcome"], row["value"]) for row in rows] == [
        ("look", "aborted", "0"), ("listen", "done", "2"),
    ]  # fmt: skip
    found = json.loads(ilrs(*given, "json").out)
    assert (found["value"], found["planned_value"], found["lost"]) == (2.0, 5.0, {})
    assert found["disruptions"][0]["end_s"] == 4200
    assert found["runs"][0]["late_h"] == 0.0
    assert found["data_bit"]["storage"]["sent_bit"] == 600_000_000


def test_a_folder_holds_the_table_the_disruptions_and_the_histories(
    ilrs: Callable[..., Any], files: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    often = (
        "{id: often, disruption: instrument_fault, hits: instruments, interval: 10 min, lasting: {median: 5 min},"
        " basis: {default: estimate}}"
    )
    (tmp_path / "folder" / "risks").mkdir(parents=True)
    (tmp_path / "folder" / "risks" / "mine.yaml").write_text(often, "utf-8")
    out = tmp_path / "out"
    drawn = ilrs("execute", *files[:2], "--risks", "often", "--catalogue", tmp_path / "folder", "--seed", "3",
                 "--output", out)  # fmt: skip
    assert drawn.err == f"wrote {out}\n"
    assert sorted(path.name for path in out.iterdir()) == ["disruptions.json", "execution.csv", "history.nc"]
    with xr.open_dataset(out / "history.nc") as ds:
        assert float(ds["battery_charge"][0, 0]) == 10.0
    again = ilrs("execute", *files[:2], "--disruptions", out / "disruptions.json")
    assert again.out == drawn.out
    assert drawn.out.splitlines()[2].split()[-2:] == ["often", "camera"]


def test_a_station_that_is_lost_is_status_1(ilrs: Callable[..., Any], files: tuple[Path, Path, Path]) -> None:
    dark = "- {kind: extra_load, start_s: 0, power_W: 100}\n"
    files[2].write_text(dark, "utf-8")
    done = ilrs("execute", *files[:2], "--disruptions", files[2])
    assert done.status == 1
    assert "battery: empty, station lost 2031-01-01T00:" in done.out
    assert "battery: asleep from 2031-01-01T00:" in done.out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("PROBLEM.json",), "give a result bundle, or PROBLEM.json and PLAN.json"),
        ((".",), "is no result bundle"),
        (("PROBLEM.json", "PLAN.json", "--risks", "safe_mod"), "did you mean safe_mode"),
        (("PROBLEM.json", "PLAN.json", "--patience", "6 km"), "--patience: 'km' is not a unit here"),
        (("PROBLEM.json", "PLAN.json", "--patience", "-1 h"), "--patience must not be negative"),
        (("PROBLEM.json", "PLAN.json", "--disruptions", "PLAN.json"), "holds no list of disruptions"),
        (("PROBLEM.json", "PLAN.json", "--seed", "-1"), "--seed"),
        (("OTHER.json", "PLAN.json"), "2 activities that the problem lacks, such as 'look', 'listen'"),
        (
            ("PROBLEM.json", "PLAN.json", "--output", "PLAN.json"),
            "'PLAN.json' is a file; --output names a folder",
        ),
    ],
)
def test_a_wrong_request_is_one_line(
    ilrs: Callable[..., Any],
    files: tuple[Path, Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    says: str,
) -> None:
    monkeypatch.chdir(files[0].parent)
    Path("OTHER.json").write_text(problem(activity("dig")).to_json(), "utf-8")
    done = ilrs("execute", *words)
    assert done.status == 2
    assert says in done.err
    assert "Traceback" not in done.err
