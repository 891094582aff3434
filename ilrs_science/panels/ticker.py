"""A clock beside some work, for a progress bar."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

__all__ = ["Ticker"]

_EVERY_S = 0.25


class Ticker:
    """Tells how much of the time has passed while some work goes on.

    Parameters
    ----------
    show : callable
        Called with the share of the time, 0 to 1, four times a second.
    seconds : float
        Time that the work may take. [s]
    """

    def __init__(self, show: Callable[[float], None], seconds: float) -> None:
        self._show, self._seconds = show, seconds
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._tick, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_error: object) -> None:
        self._done.set()
        self._thread.join()

    def _tick(self) -> None:
        began = time.monotonic()
        while not self._done.wait(_EVERY_S):
            self._show(min(1.0, (time.monotonic() - began) / self._seconds))
