"""A process that searches: its start, the lines of JSON to it and from it, why it died, and that it is gone at the end.

It is started by a command of its own, so that the caller's script is not run again. The line to it stays open as long
as this process lives: when it closes, the child ends itself, so that no orphan is left. On Linux the kernel ends it
too, at once, even while it is loading or in native code that lets nothing else run.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from tempfile import TemporaryFile
from typing import Any, Self

__all__ = ["Child"]

#: What the child runs: it dies with its parent (1 is PR_SET_PDEATHSIG), takes over the import path, and leaves Ctrl-C
#: to its parent.
COMMAND = (
    "import ctypes, signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN); "
    "sys.platform == 'linux' and ctypes.CDLL(None).prctl(1, ctypes.c_ulong(signal.SIGKILL)); "
    "sys.path[:] = sys.argv[1:]; "
    "from ilrs_science.planning.search.worker import main; main()"
)
#: What Python, C++ and the loader say where there is too little memory.
OUT_OF_MEMORY = ("MemoryError", "bad_alloc", "annot allocate memory", "failed to map segment")
#: How long a silent child may take to end. [s] (assumed)
SILENCE_S = 1.0


class Child:
    """A process that searches; it starts with the block and is gone after it."""

    def __enter__(self) -> Self:
        self.lines: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._errors = TemporaryFile()
        self._talk: threading.Thread | None = None
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            [sys.executable, "-c", COMMAND, *sys.path], stdin=pipe, stdout=pipe, stderr=self._errors
        )
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        if self._talk is not None:
            self._talk.join()
        for stream in (self.process.stdin, self.process.stdout, self._errors):
            with suppress(OSError):
                if stream is not None:
                    stream.close()

    def ask(self, request: dict[str, Any]) -> None:
        """Hand a request over; the answers, and a None at the end, come into `lines`."""
        self._talk = threading.Thread(target=self._converse, args=(request,), daemon=True)
        self._talk.start()

    def stop(self) -> None:
        """Ask for an end; the last answer may still come."""
        self._write(b"stop\n")

    @property
    def cause(self) -> str:
        """Why it ended without a last word."""
        try:
            status = self.process.wait(SILENCE_S)
        except subprocess.TimeoutExpired:
            return "the process of the solver fell silent"
        self._errors.seek(max(0, self._errors.seek(0, os.SEEK_END) - 4000))
        said = self._errors.read().decode("utf-8", "replace").strip().splitlines()
        if any(word in line for line in said for word in OUT_OF_MEMORY):
            return "the process of the solver ran out of memory"
        if status < 0:
            with suppress(ValueError):
                name = signal.Signals(-status).name
                hint = ", perhaps for lack of memory" if name == "SIGKILL" else ""
                return f"the process of the solver was killed ({name}{hint})"
        return f"the process of the solver ended with status {status}" + (f": {said[-1]}" if said else "")

    def _converse(self, request: dict[str, Any]) -> None:
        self._write(json.dumps(request).encode() + b"\n")
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.endswith(b"\n"):  # half a line is no answer
                self.lines.put(json.loads(line))
        self.lines.put(None)

    def _write(self, line: bytes) -> None:
        assert self.process.stdin is not None
        with suppress(OSError):  # the child is dead
            self.process.stdin.write(line)
            self.process.stdin.flush()
