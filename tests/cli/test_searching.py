"""The options of every search, and how a search from the command line ends: as a whole process, stopped or killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from ilrs_science.cli import solve as command
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.result import PlanResult
from tests.planning.problems import TICK, activity, problem

PAIR = problem(activity("a"), activity("b"))


@pytest.fixture
def hard(tmp_path: Path) -> Path:
    """Sixty jobs for four people: a plan at once, no proof for minutes."""
    jobs = [{"id": f"job{i}", "duration_s": 60 + 7 * i, "demands": {"crew": 1 + i % 3}} for i in range(60)]
    crew = {"kind": "renewable", "id": "crew", "capacity": 4}
    asked = Problem(horizon_s=20_000, objective="makespan", activities=jobs, resources=[crew])
    path = tmp_path / "PROBLEM.json"
    path.write_text(asked.to_json(), "utf-8")
    return path


@pytest.fixture
def pair(tmp_path: Path) -> Path:
    path = tmp_path / "PROBLEM.json"
    path.write_text(PAIR.to_json(), "utf-8")
    return path


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the command asks of `solve`."""
    seen: list[dict[str, Any]] = []
    solve = command.solve_problem

    def noted(task: Problem, **options: Any) -> PlanResult:
        seen.append(options)
        return solve(task, **options | {"isolate": False})

    monkeypatch.setattr(command, "solve_problem", noted)
    return seen


def test_every_option_reaches_the_search(
    ilrs: Callable[..., Any], pair: Path, asked: list[dict[str, Any]]
) -> None:
    first = pair.with_name("first.json")
    first.write_text(Plan.of(PAIR, {"a": TICK}).to_json(), "utf-8")
    options = ("--time-limit", "4 s", "--seed", 5, "--workers", 1, "--deterministic", "--first", first)
    run = ilrs("solve", pair, *options)
    assert run.status == 0
    given = {name: asked[0][name] for name in ("time_limit", "seed", "workers", "deterministic", "first")}
    assert given == {
        "time_limit": "4 s",
        "seed": 5,
        "workers": 1,
        "deterministic": True,
        "first": Plan.of(PAIR, {"a": TICK}),
    }
    certificate = json.loads(run.out)["certificate"]
    assert (certificate["deterministic"], certificate["seed"], certificate["time_limit_s"]) == (True, 5, 4.0)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--workers", "0"), "--workers"),
        (("--workers", "1000"), "--workers"),
        (("--first", "nowhere.json"), "cannot read the plan 'nowhere.json'"),
        (("--deterministic", "no"), "unexpected extra argument"),
    ],
)
def test_a_wrong_option_is_one_line(
    ilrs: Callable[..., Any], pair: Path, options: tuple[str, str], says: str
) -> None:
    run = ilrs("solve", pair, *options)
    assert (run.status, run.out) == (2, "")
    assert says in run.err
    assert run.err.count("\n") == 1


@contextmanager
def running(*arguments: object) -> Iterator[subprocess.Popen[str]]:
    """``ilrs`` as a shell starts it."""
    words = [sys.executable, "-m", "ilrs_science", *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdout=pipe, stderr=pipe, text=True, env=environment) as process:
        try:
            yield process
        finally:
            process.kill()


def searching(process: subprocess.Popen[str]) -> int:
    """Wait for a bound of the solver; the process of the search."""
    assert process.stderr is not None
    for line in process.stderr:
        if "bound 473," not in line:  # the longest job: what is known without a search
            break
    every = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    (child,) = (pid for pid in every if parent(pid) == process.pid)
    return child


def parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[1])
    except OSError:
        return 0


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds the child in /proc")


@needs_proc
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_with_the_best_plan_and_status_3(number: signal.Signals, hard: Path) -> None:
    with running("solve", hard, "--time-limit", "100s") as process:
        child = searching(process)
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    result = PlanResult.model_validate(json.loads(out))
    assert (process.returncode, result.status, result.certificate.stopped) == (3, "FEASIBLE", "cancel")
    assert err.splitlines()[-1] == "ilrs: stopped; this is the best plan until then"
    assert not Path(f"/proc/{child}").exists()


@needs_proc
def test_a_killed_search_is_told_and_its_plan_is_written_and_certified(
    ilrs: Callable[..., Any], hard: Path
) -> None:
    path = hard.with_name("RESULT.json")
    with running("solve", hard, "--time-limit", "100s", "--output", path) as process:
        os.kill(searching(process), signal.SIGKILL)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (3, "")
    assert err.splitlines()[-1] == (
        "ilrs: the process of the solver was killed (SIGKILL, perhaps for lack of memory); "
        "this is the best plan until then"
    )
    assert PlanResult.from_json(path).certificate.stopped == "killed"
    assert ilrs("check", hard, path).status == 0


@needs_proc
def test_a_killed_command_leaves_no_search_behind(hard: Path) -> None:
    with running("solve", hard, "--time-limit", "100s") as process:
        child = searching(process)
        process.kill()
        process.communicate()
    until = time.monotonic() + 20.0
    while parent(child) and time.monotonic() < until:
        time.sleep(0.05)
    assert not Path(f"/proc/{child}").exists() or parent(child) == 0
