"""Progress of a search on the terminal: time used, value, bound and gap."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from ilrs_science.planning.solve import Progress as Step

__all__ = ["search_progress"]


@contextmanager
def search_progress(seconds: float, goal: str = "value") -> Iterator[Callable[[Step], None]]:
    """A bar on stderr that fills with the time limit; gives the callback for `solve`.

    Parameters
    ----------
    seconds : float
        Time limit. [s]
    goal : str
        What the search is for: ``"value"`` or ``"makespan"``.
    """
    columns = (
        TextColumn("planning"),
        BarColumn(bar_width=30),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    console = Console(stderr=True)
    done, began = Event(), time.monotonic()
    with Progress(*columns, console=console, transient=not console.is_terminal) as bar:
        task = bar.add_task("first plan ...", total=seconds)

        def tick() -> None:
            while not done.wait(0.1):
                bar.update(task, completed=min(seconds, time.monotonic() - began))

        def told(step: Step) -> None:
            bar.update(task, description=_words(step, goal))

        thread = Thread(target=tick, daemon=True)
        thread.start()
        try:
            yield told
        finally:
            done.set()
            thread.join()
            bar.update(task, completed=seconds)


def _words(step: Step, goal: str) -> str:
    if step.objective is None:
        return f"no plan yet, bound {step.bound:g}"
    gap = "" if step.gap is None else f", gap {step.gap:.1%}"
    return f"{goal} {step.objective:g}, bound {step.bound:g}{gap}"
