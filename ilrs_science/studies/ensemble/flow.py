"""A long line of tasks through a crew, few at a time; whoever dies on the way loses nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ilrs_science.studies.ensemble.crew import Crew

__all__ = ["Task", "flow"]

#: Tasks handed out for each thread: one that runs and some that wait behind it.
AHEAD = 3
#: How often a task that was lost, with the worker that had its result, is handed out again.
AGAIN = 3
#: Between two looks at the crew and the wish to stop. [s]
POLL_S = 0.2


@dataclass(frozen=True)
class Task:
    """Something to be done by a worker."""

    number: int
    """Its own, for whoever asked."""
    name: str
    """Digest of what comes of it."""
    work: Callable[..., dict[str, Any]]
    """What is done."""
    shared: Any
    """Future of what it shares with others; its result is the first argument."""
    rest: tuple[Any, ...]
    """The other arguments."""


def flow(
    crew: Crew, tasks: Iterable[Task], stop: Callable[[], bool]
) -> Iterator[tuple[Task, dict[str, Any]]]:
    """Do tasks.

    Parameters
    ----------
    crew : Crew
        Who works.
    tasks : iterable of Task
        Taken one by one when there is room.
    stop : callable
        Asked all the time; when it returns true no more are handed out, and those that wait are taken back.

    Yields
    ------
    tuple of (Task, dict)
        Each task as it ends; ``{"failure": ...}`` where its workers died again and again.
    """
    line, more = iter(tasks), True
    going: dict[Any, Task] = {}
    turns: dict[int, int] = {}
    try:
        while not stop():
            while more and len(going) < AHEAD * crew.threads:
                task = next(line, None)
                more = task is not None
                if task is not None:
                    going[_hand_out(crew, task, 0)] = task
            if not going:
                break
            answers = [(future, _answer(future)) for future in _ended(going)]
            crew.tend(fruitful=any(answer is not None and "failure" not in answer for _, answer in answers))
            for future, answer in answers:
                task = going.pop(future)
                turns[task.number] = turns.get(task.number, 0) + 1
                if answer is None and turns[task.number] <= AGAIN:
                    going[_hand_out(crew, task, turns[task.number])] = task
                    continue
                yield task, answer or {"failure": "the worker was lost again and again"}
    finally:
        for future in going:
            future.cancel()


def _hand_out(crew: Crew, task: Task, turn: int) -> Any:
    """Future of a task; each turn has a name of its own, since a lost one still stands for what it was."""
    arguments = task.rest if task.shared is None else (task.shared, *task.rest)
    return crew.client.submit(task.work, *arguments, key=f"{task.work.__name__}-{task.name}-{turn}")


def _ended(going: dict[Any, Task]) -> list[Any]:
    """Those that have ended, after a while at the most."""
    from distributed import wait

    try:
        done = wait(list(going), timeout=POLL_S, return_when="FIRST_COMPLETED").done
    except TimeoutError:
        return []
    return [future for future in going if future in done]


def _answer(future: Any) -> dict[str, Any] | None:
    """What a task gave; None if it was lost on the way."""
    from distributed import CancelledError, KilledWorker

    try:
        found: dict[str, Any] = future.result()
    except KilledWorker as error:
        return {"failure": " ".join(f"the workers died: {error}".split())}
    except (CancelledError, OSError):
        return None
    except Exception as error:  # noqa: BLE001 - such as code that the worker does not have
        return {"failure": " ".join(f"{type(error).__name__}: {error}".split())}
    return found
