"""The process that searches for :mod:`ilrs_science.planning.search.isolated`: a request in, lines of JSON out."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping
from typing import Any

from ilrs_science.errors import RequestError
from ilrs_science.planning.model.limits import Limits
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.search.engine import search
from ilrs_science.planning.search.progress import Progress

__all__ = ["main"]

#: File descriptors of standard input, output and error.
STDIN, STDOUT, STDERR = 0, 1, 2


def main() -> None:
    """Read the request, search, tell of every step; then end the process, whatever threads still run."""
    out = os.dup(STDOUT)
    os.dup2(STDERR, STDOUT)  # what native code prints is no line of ours
    request, rest = _first_line()
    stop = threading.Event()
    threading.Thread(target=_listen, args=(rest, stop), daemon=True).start()
    teller = _Teller(out)
    try:
        teller.say(kind="end", **_searched(request, teller, stop))
    except RequestError as error:
        teller.say(kind="refused", message=str(error))
    except MemoryError:
        teller.say(kind="failed", message="the process of the solver ran out of memory")
    except Exception as error:  # noqa: BLE001 - the parent keeps the best plan and says what happened
        teller.say(kind="failed", message=f"the search broke down: {_named(error)}")
    os._exit(0)


def _named(error: Exception) -> str:
    """Kind of an error and the first line of what it says, however much native code adds to it."""
    first, *_ = [*str(error).strip().splitlines(), "no word"]
    return f"{type(error).__name__}: {first}"


def _searched(request: dict[str, Any], teller: _Teller, stop: threading.Event) -> dict[str, Any]:
    problem = Problem(**request["problem"])
    first, floor = (
        None if request[name] is None else Plan.model_validate(request[name]) for name in ("first", "floor")
    )
    teller.say(kind="ready")
    limits = Limits(**request["limits"])
    found = search(problem, limits, first=first, floor=floor, progress=teller.step, cancel=stop.is_set)
    return {
        "starts": found.starts,
        "status": found.status,
        "bound": found.bound,
        "stopped": found.stopped,
        "note": found.note,
    }


class _Teller:
    """Writes whole lines; a plan only where it is a new one."""

    def __init__(self, out: int) -> None:
        self.out = out
        self.last: Mapping[str, int] | None = None
        self._lock = threading.Lock()

    def say(self, **fields: Any) -> None:
        """One line."""
        left = memoryview(json.dumps(fields).encode() + b"\n")
        with self._lock:
            while left:
                left = left[os.write(self.out, left) :]

    def step(self, step: Progress) -> None:
        """A better plan or bound."""
        news = {} if step.starts is self.last else {"starts": step.starts}
        self.last = step.starts
        self.say(kind="step", phase=step.phase, objective=step.objective, bound=step.bound, **news)


def _first_line() -> tuple[dict[str, Any], bytes]:
    """The request, and what came after it."""
    read = bytearray()
    while b"\n" not in read:
        piece = os.read(STDIN, 1 << 16)
        if not piece:
            os._exit(3)
        read += piece
    line, _, rest = bytes(read).partition(b"\n")
    return json.loads(line), rest


def _listen(rest: bytes, stop: threading.Event) -> None:
    """A word is a wish to stop; a closed line means that nobody waits for an answer any more."""
    if rest:
        stop.set()
    while os.read(STDIN, 64):
        stop.set()
    os._exit(3)
