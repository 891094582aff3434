"""A search in a process of its own gives what a search here gives, and keeps its plan when the process dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from ilrs_science.errors import RequestError
from ilrs_science.planning.judge.certificate import verify
from ilrs_science.planning.model.limits import Limits
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.result import PlanResult
from ilrs_science.planning.search import child, isolated
from ilrs_science.planning.search.isolated import search_isolated
from ilrs_science.planning.search.progress import Progress
from ilrs_science.planning.solve import solve
from tests.planning.problems import activity, battery, problem, renewable

SMALL = problem(
    activity("a", 2, demands={"robot": 1}, value=2),
    activity("b", 11, demands={"robot": 1}),
    resources=(renewable(),),
)


#: Longest job of the hard problem: the bound that needs no search. [s]
LONGEST = 473.0


def hard() -> Problem:
    """Sixty jobs for four people: a plan at once, no proof for minutes."""
    jobs = [{"id": f"job{i}", "duration_s": 60 + 7 * i, "demands": {"crew": 1 + i % 3}} for i in range(60)]
    return Problem(horizon_s=20_000, objective="makespan", activities=jobs, resources=[renewable("crew", 4)])


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Every process that a search starts."""
    started: list[subprocess.Popen[bytes]] = []
    run = subprocess.Popen

    def start(*arguments: Any, **options: Any) -> subprocess.Popen[bytes]:
        started.append(run(*arguments, **options))
        return started[-1]

    monkeypatch.setattr(child.subprocess, "Popen", start)
    return started


def killed(number: int, children: list[subprocess.Popen[bytes]], *, searching: bool) -> PlanResult:
    """Result of a search whose process gets a signal, once it has a plan or before it has begun."""

    def hit(step: Progress | None = None) -> None:
        if step is None or step.bound > LONGEST:
            os.kill(children[0].pid, number)

    if searching:
        return solve(hard(), time_limit="60 s", isolate=True, progress=hit)
    timer = threading.Timer(0.05, hit)
    timer.start()
    try:
        return solve(hard(), time_limit="60 s", isolate=True)
    finally:
        timer.join()


def test_it_gives_what_a_search_in_this_process_gives() -> None:
    here, apart = (solve(SMALL, time_limit="20 s", seed=3, isolate=way) for way in (False, True))
    assert (apart.plan, apart.status, apart.bound) == (here.plan, here.status, here.bound)
    assert apart.certificate == here.certificate


def test_a_reproducible_search_gives_the_same_plan_in_any_process() -> None:
    how = {"time_limit": "0.1 s", "seed": 4, "workers": 2, "deterministic": True}
    plans = [solve(hard(), isolate=way, **how) for way in (False, True)]
    assert plans[0].plan == plans[1].plan
    assert plans[0].certificate == plans[1].certificate


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV])
def test_a_killed_search_keeps_its_plan_and_says_so(
    number: signal.Signals, children: list[subprocess.Popen[bytes]]
) -> None:
    result = killed(number, children, searching=True)
    assert (result.status, result.certificate.stopped) == ("FEASIBLE", "killed")
    assert f"killed ({number.name}" in result.certificate.note
    assert result.bound is not None
    assert result.objective is not None
    assert LONGEST < result.bound <= result.objective
    assert result.checked
    assert verify(hard(), result.plan, result.certificate) == []


def test_a_search_that_is_killed_before_it_begins_leaves_the_greedy_plan(
    children: list[subprocess.Popen[bytes]],
) -> None:
    result = killed(signal.SIGKILL, children, searching=False)
    assert (result.status, result.bound, result.certificate.stopped) == ("FEASIBLE", LONGEST, "killed")
    assert result.checked


@pytest.mark.parametrize("patience", [None, 0.0])
def test_a_search_that_is_cancelled_keeps_its_plan_and_leaves_no_process(
    patience: float | None, children: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    if patience is not None:
        monkeypatch.setattr(isolated, "FAREWELL_S", patience)
    seen: list[Progress] = []

    def enough() -> bool:
        return bool(seen) and seen[-1].bound > LONGEST

    result = solve(hard(), time_limit="60 s", isolate=True, progress=seen.append, cancel=enough)
    assert (result.status, result.certificate.stopped) == ("FEASIBLE", "cancel")
    assert result.objective is not None
    assert result.objective <= (seen[0].objective or 0)
    assert children[0].returncode is not None


@pytest.mark.parametrize("while_it_starts", [True, False])
def test_ctrl_c_keeps_the_plan(while_it_starts: bool, children: list[subprocess.Popen[bytes]]) -> None:
    def interrupt(step: Progress) -> None:
        if while_it_starts or step.bound > LONGEST:
            raise KeyboardInterrupt

    result = solve(hard(), time_limit="60 s", isolate=True, progress=interrupt)
    assert (result.status, result.certificate.stopped) == ("FEASIBLE", "cancel")
    assert children[0].returncode is not None


def test_a_cancel_before_the_search_has_begun_gives_the_greedy_plan() -> None:
    result = solve(hard(), time_limit="60 s", isolate=True, cancel=lambda: True)
    assert (result.status, result.objective, result.certificate.stopped) == ("FEASIBLE", 8240.0, "cancel")


def test_a_search_that_does_not_end_in_time_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "OVERRUN_S", -49.0)
    began = time.monotonic()
    outcome = search_isolated(hard(), Limits(50.0))
    assert (outcome.stopped, outcome.note) == ("time", "")
    assert time.monotonic() - began < 50.0


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("raise MemoryError", "the process of the solver ran out of memory"),
        ("raise KeyError('x')", "the search broke down: KeyError: 'x'"),
        (
            "import resource; resource.setrlimit(resource.RLIMIT_AS, (1 << 28,) * 2); bytearray(1 << 30)",
            "the process of the solver ran out of memory",
        ),
        ("import os; os.write(2, b'std::bad_alloc\\n'); os.abort()", "ran out of memory"),
        ("import os; os.write(2, b'no such thing\\n'); os._exit(9)", "ended with status 9: no such thing"),
    ],
)
def test_what_broke_is_said_and_a_plan_is_given(
    body: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_(monkeypatch, body)
    result = solve(SMALL, time_limit="5 s", isolate=True)
    assert (result.status, result.objective, result.certificate.stopped) == ("FEASIBLE", 2.0, "killed")
    assert says in result.certificate.note


def test_what_the_search_refuses_is_refused_here(monkeypatch: pytest.MonkeyPatch) -> None:
    break_(monkeypatch, "from ilrs_science.errors import RequestError; raise RequestError('no such wish')")
    with pytest.raises(RequestError, match="no such wish"):
        solve(SMALL, time_limit="5 s", isolate=True)


def break_(monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    """Let the search of the child do something else."""
    lines = [
        "import signal, sys",
        "sys.path[:] = sys.argv[1:]",
        "from ilrs_science.planning.search import worker",
        f"def search(*given, **options):\n    {body}",
        "worker.search = search",
        "worker.main()",
    ]
    monkeypatch.setattr(child, "COMMAND", "\n".join(lines))


def test_no_orphan_is_left_when_the_parent_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"  # without a guard: the child does not run it again
    script.write_text(
        textwrap.dedent("""
        import subprocess
        from tests.planning.search.test_isolated import child, hard, solve
        start = subprocess.Popen
        def told(*given, **options):
            process = start(*given, **options)
            print(process.pid, flush=True)
            return process
        child.subprocess.Popen = told
        solve(hard(), time_limit="60 s", isolate=True, progress=lambda step: print(step.bound, flush=True))
        """),
        "utf-8",
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, text=True, env=environment
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert float(parent.stdout.readline()) == LONGEST
        assert float(parent.stdout.readline()) > LONGEST
        parent.kill()
    until = time.monotonic() + 20.0
    while alive(child) and time.monotonic() < until:
        time.sleep(0.05)
    assert not alive(child)


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel ends a child with its parent on Linux alone")
def test_no_orphan_is_left_in_native_code_that_lets_nothing_else_run(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        textwrap.dedent("""
        import time
        from tests.planning.search.test_isolated import child
        head, worker, tail = child.COMMAND.partition("from ilrs_science.planning.search.worker")
        assert worker
        child.COMMAND = head + "import re; print(flush=True); re.match('(a+)+$', 'a' * 60 + 'b')"
        with child.Child() as started:
            started.process.stdout.readline()
            print(started.process.pid, flush=True)
            time.sleep(60)
        """),
        "utf-8",
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, text=True, env=environment
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
    until = time.monotonic() + 20.0
    while alive(pid) and time.monotonic() < until:
        time.sleep(0.05)
    ended = not alive(pid)
    if not ended:
        os.kill(pid, 9)
    assert ended


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits for its parent does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_problem_without_any_plan_says_why() -> None:
    result = solve(problem(activity("a"), resources=(battery(10, 5, load=[(0, 60.0)]),)), isolate=True)
    assert (result.status, result.objective) == ("INFEASIBLE", None)
    assert "battery 'battery'" in result.certificate.note


def test_what_greedy_proves_needs_no_search() -> None:
    result = solve(problem(activity("a"), activity("b")), isolate=True)
    assert (result.status, result.bound, result.certificate.stopped) == ("OPTIMAL", 2.0, "proof")
