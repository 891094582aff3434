"""Signals: Ctrl-C or a polite kill ends a search, and the best plan so far is kept."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType

__all__ = ["stop_on_signal"]


@contextmanager
def stop_on_signal() -> Iterator[Event]:
    """An event that SIGINT and SIGTERM set while the block runs; the second one ends the process as usual."""
    stopped = Event()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        stopped.set()
        for each, handler in before.items():
            signal.signal(each, handler)

    for number in before:
        signal.signal(number, stop)
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
