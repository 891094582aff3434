"""Ctrl-C and SIGTERM end a search with the best plan so far, and never touch an earlier bundle."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from ilrs_science.cli.stopping import stop_on_signal
from ilrs_science.planning.problem.problem import Problem

JOBS = [{"id": f"job{i}", "duration_s": 60 + 7 * i, "demands": {"crew": 1 + i % 3}} for i in range(60)]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_sets_the_event_and_the_handlers_come_back(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with stop_on_signal() as stopped:
        assert not stopped.is_set()
        os.kill(os.getpid(), number)
        assert stopped.wait(2.0)
        assert signal.getsignal(number) is before  # the second one ends the process as usual
    assert signal.getsignal(number) is before


def test_a_stopped_search_gives_its_plan_and_status_3(ilrs: Callable, tmp_path: Path) -> None:
    crew = {"kind": "renewable", "id": "crew", "capacity": 4}
    problem = Problem(horizon_s=20_000, objective="makespan", activities=JOBS, resources=[crew])
    (tmp_path / "problem.json").write_text(problem.to_json(), "utf-8")
    timer = threading.Timer(2.0, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    run = ilrs("solve", tmp_path / "problem.json", "--time-limit", "60s", "--output", tmp_path / "r.json")
    timer.cancel()
    if run.status != 0:  # the search may have proved its optimum first
        assert run.status == 3
        assert "stopped" in run.err
    assert ilrs("check", tmp_path / "problem.json", tmp_path / "r.json").status == 0


def test_a_folder_that_is_no_bundle_is_refused_before_planning(ilrs: Callable, tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("years", "utf-8")
    run = ilrs("plan", "polar_winter", "--output", tmp_path)
    assert run.status == 2
    assert "holds thesis.tex" in run.err
    assert "windows, terrain" not in run.err


def test_a_time_limit_of_nothing_is_refused_before_planning(ilrs: Callable) -> None:
    run = ilrs("plan", "polar_winter", "--time-limit", "0s")
    assert run.status == 2
    assert "windows, terrain" not in run.err
