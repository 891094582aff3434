"""Progress on stderr: how far a search or a map is, and that a long answer is being worked on."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Event, Thread, Timer
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

if TYPE_CHECKING:  # the solver takes a second to import
    from ilrs_science.planning.search.progress import Progress as Step

__all__ = ["part_progress", "search_progress", "stage_progress", "working"]

PATIENCE_S = 1.0
"""How long an answer may take before a word on it. [s]"""
LINES_S = 1.0
"""Shortest time between two lines on a search. [s]"""


@contextmanager
def search_progress(seconds: float, goal: str = "value") -> Iterator[Callable[[Step], None]]:
    """A bar on stderr that fills with the time limit, or lines without a terminal; gives the callback of `solve`.

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
    done, began = Event(), time.monotonic()
    with _bar(*columns) as bar:
        task = bar.add_task("first plan ...", total=seconds)

        def tick() -> None:
            while not done.wait(0.1):
                bar.update(task, completed=min(seconds, time.monotonic() - began))

        lines = _Lines(goal)

        def told(step: Step) -> None:
            bar.update(task, description=_words(step, goal))
            if bar.disable:
                lines.tell(step)

        thread = Thread(target=tick, daemon=True)
        thread.start()
        try:
            yield told
        finally:
            done.set()
            thread.join()
            bar.update(task, completed=seconds)


@contextmanager
def part_progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr that fills part by part; gives the callback, called as ``told(done, total)``."""
    columns = TextColumn(what), BarColumn(bar_width=30), MofNCompleteColumn()
    with _bar(*columns, TimeElapsedColumn(), TimeRemainingColumn()) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def stage_progress() -> Iterator[Callable[[str, str], None]]:
    """Stages on stderr; gives the callback, called as ``told(stage, what)``. A log gets a line a second or so."""
    with _bar(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), transient=True) as bar:
        task = bar.add_task("", total=None)
        began, last = time.monotonic(), ("", 0.0)

        def told(stage: str, what: str) -> None:
            nonlocal last
            bar.update(task, description=f"{stage}: {what}")
            elapsed = time.monotonic() - began
            if bar.disable and (stage != last[0] or elapsed >= last[1] + LINES_S):
                last = stage, elapsed
                click.echo(f"ilrs: {elapsed:.1f} s: {stage}: {what}", err=True)

        yield told


@contextmanager
def working(what: str) -> Iterator[None]:
    """Say on stderr, after a second, what takes so long: with a clock on a terminal, else in one line."""
    bar = _bar(SpinnerColumn(), TextColumn(what), TimeElapsedColumn(), transient=True)
    bar.add_task(what, total=None)
    tell = partial(click.echo, f"ilrs: {what} ...", err=True) if bar.disable else bar.start
    timer = Timer(PATIENCE_S, tell)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        bar.stop()


def _bar(*columns: ProgressColumn, transient: bool = False) -> Progress:
    """A bar on stderr; nothing at all, not even an empty line, where that is no terminal."""
    console = Console(stderr=True)
    return Progress(*columns, console=console, transient=transient, disable=not console.is_terminal)


class _Lines:
    """Steps of a search as lines, for a log: the first at once, then one a second at the most."""

    def __init__(self, goal: str) -> None:
        self.goal, self.next = goal, 0.0

    def tell(self, step: Step) -> None:
        if step.time_s >= self.next:
            self.next = step.time_s + LINES_S
            click.echo(f"ilrs: {step.time_s:.1f} s: {_words(step, self.goal)}", err=True)


def _words(step: Step, goal: str) -> str:
    if step.objective is None:
        return f"no plan yet, bound {step.bound:g}"
    gap = "" if step.gap is None else f", gap {step.gap:.1%}"
    return f"{goal} {step.objective:g}, bound {step.bound:g}{gap}"
