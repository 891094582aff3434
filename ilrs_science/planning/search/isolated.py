"""A search in a process of its own, so that a crash, a kill or too little memory costs no plan that was found.

The child gets the request as a line of JSON and tells of every better plan and bound by lines of JSON. It is started by
its own command, so that neither the caller's script nor the solver is loaded in the wrong process. The line to it stays
open as long as this process lives: when it closes, the child ends itself, so that no orphan is left.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from tempfile import TemporaryFile
from typing import IO, Any

from ilrs_science.errors import RequestError
from ilrs_science.planning.judge.certificate import Status, Stopped
from ilrs_science.planning.judge.check import check
from ilrs_science.planning.model.limits import Limits
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.search.greedy import greedy, score
from ilrs_science.planning.search.outcome import Outcome
from ilrs_science.planning.search.progress import Progress

__all__ = ["search_isolated"]

#: What the child runs: it takes over the import path, and leaves Ctrl-C to its parent.
COMMAND = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN); sys.path[:] = sys.argv[1:]; "
    "from ilrs_science.planning.search.worker import main; main()"
)
#: How often the parent asks whether to stop. [s]
POLL_S = 0.05
#: How long a child may take to hand over its last plan when it is asked to stop. [s] (assumed)
FAREWELL_S = 1.0
#: How long a search may overrun its time limit before its process is ended. [s] (assumed)
OVERRUN_S = 20.0
#: Deterministic seconds take at most so many on the wall.
DETERMINISTIC_FACTOR = 20


def search_isolated(
    problem: Problem,
    limits: Limits,
    *,
    first: Plan | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Outcome:
    """The same as :func:`ilrs_science.planning.search.engine.search`, in a process of its own.

    Parameters
    ----------
    problem : Problem
        What to plan.
    limits : Limits
        How long and how; the time begins when the process is ready.
    first : Plan, optional
        A plan to begin with; what breaks a rule is repaired.
    progress : callable, optional
        Called with each better plan or bound.
    cancel : callable, optional
        Asked all the time; true ends the search.

    Returns
    -------
    Outcome
        If the process dies, its best plan and bound until then; the greedy plan where it had none.

    Raises
    ------
    RequestError
        If the search refuses the request.
    """
    request = {
        "problem": problem.model_dump(mode="json"),
        "limits": asdict(limits),
        "first": None if first is None else first.model_dump(mode="json"),
    }
    watch = _Watch(problem, limits, progress, cancel)
    with _child(request) as (process, lines, errors):
        try:
            end = watch.follow(process, lines)
        except KeyboardInterrupt:
            watch.cancelled, end = True, None
        if end is None and not (watch.cancelled or watch.late):
            watch.why = watch.why or _cause(process, errors)
    return watch.outcome(end)


class _Watch:
    """The parent's record of a search: best plan, best bound, and what ended it."""

    def __init__(
        self,
        problem: Problem,
        limits: Limits,
        progress: Callable[[Progress], None] | None,
        cancel: Callable[[], bool] | None,
    ) -> None:
        self.problem, self.limits = problem, limits
        self.tell, self.cancel = progress, cancel
        self.began = time.monotonic()
        self.ready: float | None = None
        self.starts: dict[str, int] | None = None
        self.bound: int | None = None
        self.cancelled = self.late = False
        self.why = ""

    def follow(
        self, process: subprocess.Popen[bytes], lines: queue.Queue[dict[str, Any] | None]
    ) -> dict[str, Any] | None:
        """Take each line of the child until its end; its last word, or None if there is none."""
        farewell: float | None = None
        while True:
            with suppress(queue.Empty):
                line = lines.get(timeout=POLL_S)
                if line is None or self._take(line):
                    return line
            now = time.monotonic()
            if farewell is not None:
                if now > farewell:
                    return None
            elif self.cancel is not None and self.cancel():
                self.cancelled, farewell = True, now + FAREWELL_S
                if self.ready is None:
                    return None
                _ask_to_stop(process)
            elif self.ready is not None and now - self.ready > self._patience:
                self.late = True
                return None

    @property
    def _patience(self) -> float:
        """Longest time of the search on the wall. [s]"""
        factor = DETERMINISTIC_FACTOR if self.limits.deterministic else 1.25
        return self.limits.time_s * factor + OVERRUN_S

    def _take(self, line: dict[str, Any]) -> bool:
        """Keep what a line says; whether it was the last one."""
        kind = line["kind"]
        if kind == "refused":
            raise RequestError(line["message"])
        if kind == "failed":
            self.why = line["message"]
        elif kind == "ready":
            self.ready = time.monotonic()
        elif kind == "step":
            self._step(line)
        return bool(kind == "end")

    def _step(self, line: dict[str, Any]) -> None:
        factor = 1 / 1000 if self.problem.objective == "value" else -1
        self.starts = line.get("starts", self.starts)
        self.bound = round(line["bound"] / factor)
        if self.tell is not None:
            elapsed = time.monotonic() - self.began
            self.tell(Progress(line["phase"], line["objective"], line["bound"], elapsed, self.starts))

    def outcome(self, end: dict[str, Any] | None) -> Outcome:
        """What the child said at its end, or what is known without its last word."""
        elapsed = time.monotonic() - self.began
        if end is not None:
            return Outcome(end["starts"], end["status"], end["bound"], end["stopped"], end["note"], elapsed)
        if self.starts is None and not self.cancelled:
            self._rescue()
        status: Status = "UNKNOWN" if self.starts is None else "FEASIBLE"
        if self.starts is not None and self.bound is not None:
            self.bound = max(self.bound, score(self.problem, self.starts))
            if self.bound == score(self.problem, self.starts):
                status = "OPTIMAL"
        stopped: Stopped = "cancel" if self.cancelled else "time" if self.late else "killed"
        bound = None if status == "UNKNOWN" else self.bound
        return Outcome(self.starts or {}, status, bound, stopped, self.why, elapsed)

    def _rescue(self) -> None:
        """The greedy plan, made here, where the child has left none."""
        until = time.monotonic() + min(4.0, self.limits.time_s)
        plan = greedy(self.problem, seed=self.limits.seed, stop=lambda: time.monotonic() > until)
        if plan is not None and not check(self.problem, plan):
            self.starts = plan.starts


@contextmanager
def _child(
    request: dict[str, Any],
) -> Iterator[tuple[subprocess.Popen[bytes], queue.Queue[dict[str, Any] | None], IO[bytes]]]:
    """A process that searches, the queue of its lines, and what it says on stderr; it is gone after the block."""
    lines: queue.Queue[dict[str, Any] | None] = queue.Queue()
    pipe = subprocess.PIPE
    with TemporaryFile() as errors:
        process = subprocess.Popen(
            [sys.executable, "-c", COMMAND, *sys.path], stdin=pipe, stdout=pipe, stderr=errors
        )
        talk = threading.Thread(target=_converse, args=(process, request, lines), daemon=True)
        talk.start()
        try:
            yield process, lines, errors
        finally:
            process.kill()
            process.wait()
            talk.join()
            for stream in (process.stdin, process.stdout):
                with suppress(OSError):
                    if stream is not None:
                        stream.close()


def _converse(
    process: subprocess.Popen[bytes], request: dict[str, Any], lines: queue.Queue[dict[str, Any] | None]
) -> None:
    """Hand the request over, then pass on every whole line; None at the end."""
    assert process.stdin is not None
    assert process.stdout is not None
    with suppress(OSError):  # the child died before it had read the request
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()
    for line in process.stdout:
        if line.endswith(b"\n"):
            lines.put(json.loads(line))
    lines.put(None)


def _ask_to_stop(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    with suppress(OSError):
        process.stdin.write(b"stop\n")
        process.stdin.flush()


def _cause(process: subprocess.Popen[bytes], errors: IO[bytes]) -> str:
    """Why a process ended without a last word."""
    try:
        status = process.wait(FAREWELL_S)
    except subprocess.TimeoutExpired:
        return "the process of the solver fell silent"
    errors.seek(max(0, errors.seek(0, os.SEEK_END) - 4000))
    said = errors.read().decode("utf-8", "replace").strip().splitlines()
    if any("bad_alloc" in line or "MemoryError" in line for line in said):
        return "the process of the solver ran out of memory"
    if status < 0:
        with suppress(ValueError):
            name = signal.Signals(-status).name
            hint = ", perhaps for lack of memory" if name == "SIGKILL" else ""
            return f"the process of the solver was killed ({name}{hint})"
    return f"the process of the solver ended with status {status}" + (f": {said[-1]}" if said else "")
