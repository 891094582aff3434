"""Work beside the kernel's main thread, so that the next control answers while this one is computed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from ilrs_science.errors import IlrsError

__all__ = ["LatestOnly", "sentence_of"]

Task = Callable[[], None]
_LOG = logging.getLogger(__name__)


def sentence_of(error: BaseException) -> str:
    """An error as a sentence for the page, never a traceback.

    Parameters
    ----------
    error : BaseException
        What was raised.

    Returns
    -------
    str
        The message of an error that is raised on purpose; of any other only that it happened.
    """
    if isinstance(error, IlrsError):
        text = str(error).strip()
        return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")
    return "This could not be computed; the server's log has the details. Other settings may work."


class LatestOnly:
    """Runs one task at a time on a thread; of the tasks that wait only the latest is kept.

    Parameters
    ----------
    on_error : callable
        Called with a sentence if a task fails.
    """

    def __init__(self, on_error: Callable[[str], None]) -> None:
        self._on_error = on_error
        self._lock = threading.Lock()
        self._waiting: Task | None = None
        self._thread: threading.Thread | None = None

    def __repr__(self) -> str:
        return f"<LatestOnly {'busy' if self.busy else 'idle'}>"

    @property
    def busy(self) -> bool:
        """Whether a task is running or waiting."""
        with self._lock:
            return self._thread is not None

    def submit(self, task: Task) -> None:
        """Run a task as soon as the present one is done; one that still waits is dropped.

        Parameters
        ----------
        task : callable
            Without arguments.
        """
        with self._lock:
            self._waiting = task
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="panel", daemon=True)
                self._thread.start()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until nothing is left to do.

        Parameters
        ----------
        timeout : float, optional
            Longest wait. [s]

        Returns
        -------
        bool
            Whether nothing is left.
        """
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join(timeout)
        return not self.busy

    def _run(self) -> None:
        while True:
            with self._lock:
                task, self._waiting = self._waiting, None
                if task is None:
                    self._thread = None
                    return
            self.guard(task)

    def guard(self, task: Task) -> None:
        """Run a task here and now; a failure becomes a sentence.

        Parameters
        ----------
        task : callable
            Without arguments.
        """
        try:
            task()
        except Exception as error:  # noqa: BLE001 - a visitor sees a sentence, the log the rest
            if not isinstance(error, IlrsError):
                _LOG.exception("A panel's task failed")
            self._on_error(sentence_of(error))
