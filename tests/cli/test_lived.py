"""``ilrs replan``, ``ilrs autonomy`` and ``ilrs ensemble`` on a small problem, as a shell sees them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xarray as xr

from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from tests.planning.problems import TICK
from tests.studies.ensemble.small import FAULT, station

FAULTY = [FAULT.model_dump(mode="json")]


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folder with ``problem.json``, ``plan.json`` and ``wrong.json``, in which the commands run."""
    problem, plan = station()
    (tmp_path / "problem.json").write_text(problem.to_json(), "utf-8")
    (tmp_path / "plan.json").write_text(plan.to_json(), "utf-8")
    (tmp_path / "wrong.json").write_text(json.dumps(FAULTY), "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ILRS_CACHE", "off")
    return tmp_path


NOW = "2031-01-01T00:20:00Z"  # tick 2


def test_a_new_plan_tells_its_changes_and_is_written(ilrs: Callable[..., Any], files: Path) -> None:
    words = ("replan", "problem.json", "plan.json", "--now", NOW, "--disruptions", "wrong.json")
    run = ilrs(*words, "--output", "new.json", "--time-limit", "2s", "--deterministic")
    assert run.status == 0, run.err
    assert "moved" in run.out
    assert "<Replan OPTIMAL: value 8, 1 of 1 starts stay>" in run.out or "<Replan OPTIMAL: value 8" in run.out
    new = Plan.from_json(files / "new.json")
    assert new.starts["a"] >= 5 * TICK  # stopped at tick 1, the robot is back at tick 5
    found = json.loads(ilrs(*words, "--format", "json", "--time-limit", "2s", "--deterministic").out)
    assert (found["value"], found["now_s"], found["status"]) == (8.0, 2 * TICK, "OPTIMAL")
    assert {row["id"]: row["change"] for row in found["changes"]}["a"] == "moved"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("problem.json", "plan.json", "--now", "2040-01-01"), "is not within the problem"),
        (("problem.json", "--now", NOW), "a new plan needs an old one"),
        (("problem.json", "plan.json", "more.json", "--now", NOW), "give RESULT|CAMPAIGN"),
        (("problem.json", "plan.json", "--now", NOW, "--risks", "rain"), "unknown risk"),
    ],
)
def test_a_wrong_request_for_a_new_plan_is_refused(
    ilrs: Callable[..., Any], files: Path, words: tuple[str, ...], message: str
) -> None:
    run = ilrs("replan", *words)
    assert run.status == 2
    assert message in run.err


def test_days_of_autonomy_and_the_cost_of_silence(ilrs: Callable[..., Any], files: Path) -> None:
    words = ("autonomy", "problem.json", "plan.json", "--disruptions", "wrong.json", "--silence", "0.05,0.1")
    run = ilrs(*words)
    assert run.status == 0, run.err
    assert "the plan ends: after 0.04 d" in run.out
    assert "<Autonomy 0.0 d until" in run.out
    found = json.loads(ilrs(*words, "--format", "json").out)
    assert [row["silence_d"] for row in found["curve"]] == [0.0, 0.05, 0.1]
    assert found["limits_d"]["plan"] == 6 * TICK / 86400
    assert found["curve"][0]["lost_per_day_ground"] is None
    assert found["curve"][2]["value_on_board"] >= found["curve"][2]["value_ground"]
    assert ilrs(*words, "--silence", "a,b").status == 2
    assert ilrs(*words, "--silence", "5 kg").status == 2
    assert ilrs(*words[:-1], "0.05,2.4h").out == ilrs(*words).out
    assert ilrs("autonomy", "problem.json", "--silence", "0.05", "--plan-limit", "1s").status == 0


def test_an_ensemble_is_told_kept_and_taken_up_again(ilrs: Callable[..., Any], files: Path) -> None:
    words = ("ensemble", "problem.json", "plan.json", "--disruptions", "wrong.json", "--spread", "0.2",
             "--vary", "mode=on_board,keep_going", "--workers", "0")  # fmt: skip
    run = ilrs(*words, "--seeds", "2", "--output", "out", "--format", "json")
    assert run.status == 0, run.err
    assert "wrote out" in run.err
    rows = json.loads(run.out)
    assert [(row["mode"], row["members"], row["failed"]) for row in rows] == [
        ("on_board", 2, 0),
        ("keep_going", 2, 0),
    ]
    kept = {path.name: path.stat().st_mtime_ns for path in (files / "out" / "members").rglob("*.json")}
    assert len(kept) == 4
    assert ilrs(*words, "--seeds", "3", "--output", "out").status == 0
    after = {path.name: path.stat().st_mtime_ns for path in (files / "out" / "members").rglob("*.json")}
    assert len(after) == 6
    assert kept.items() <= after.items()
    with xr.open_dataset(files / "out" / "ensemble.nc", engine="h5netcdf") as found:
        assert dict(found.sizes) == {"mode": 2, "seed": 3}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--vary", "mode"), "is not NAME=VALUE"),
        (("--vary", "mood=good"), "unknown factor 'mood'"),
        (("--vary", "mode=nobody"), "factor mode cannot be"),
        (("--workers", "1", "--scheduler", "tcp://127.0.0.1:9"), "not both"),
        (("--scheduler", "nobody"), "is unknown; give an address"),
    ],
)
def test_a_wrong_request_for_an_ensemble_is_refused(
    ilrs: Callable[..., Any], files: Path, words: tuple[str, ...], message: str
) -> None:
    run = ilrs("ensemble", "problem.json", "plan.json", "--seeds", "1", *words)
    assert run.status == 2
    assert message in run.err


def test_ctrl_c_keeps_what_is_finished_and_says_how_to_go_on(files: Path) -> None:
    problem = Problem.from_json(files / "problem.json")
    long = problem.replace(horizon_s=200 * 86400)  # each member takes a while
    (files / "long.json").write_text(long.to_json(), "utf-8")
    command = [sys.executable, "-m", "ilrs_science", "ensemble", "long.json", "plan.json", "--seeds", "400",
               "--workers", "1", "--output", "out"]  # fmt: skip
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(command, cwd=files, env=env, stderr=subprocess.PIPE, text=True) as process:
        until = time.monotonic() + 120
        while time.monotonic() < until and len(list((files / "out").rglob("*.json"))) < 2:
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 3, err
    assert "members are kept in out; the same command goes on with them" in err
    assert 2 <= len(list((files / "out").rglob("*.json"))) < 400
