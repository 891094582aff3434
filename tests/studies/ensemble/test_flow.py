"""Tasks through workers: each comes back once, whatever happens to the workers."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ilrs_science.studies.ensemble.crew import Crew, crew_of
from ilrs_science.studies.ensemble.flow import AHEAD, Task, flow


def slow(shared: int, number: int, folder: str) -> dict[str, Any]:
    """A note of who works, then a while, then a sum."""
    (Path(folder) / f"{number}-{os.getpid()}").touch()
    time.sleep(0.15)
    return {"sum": shared + number}


def deadly(number: int) -> dict[str, Any]:
    """The end of the worker."""
    os.kill(os.getpid(), signal.SIGKILL)
    return {"never": number}


def wrong(number: int) -> dict[str, Any]:
    """An error."""
    raise ValueError(f"bad {number}")


@pytest.fixture(scope="module")
def crew() -> Iterator[Crew]:
    """Two workers that know the functions of this file by value."""
    from distributed.protocol.pickle import cloudpickle

    import tests.studies.ensemble.test_flow as here

    cloudpickle.register_pickle_by_value(here)
    with crew_of(None, 2) as found:
        found.client.wait_for_workers(2, timeout=60)
        yield found
    cloudpickle.unregister_pickle_by_value(here)


def test_a_worker_that_is_killed_loses_nothing(crew: Crew, tmp_path: Path) -> None:
    shared = crew.client.submit(int, 100)
    tasks = (Task(number, f"slow{number}", slow, shared, (number, str(tmp_path))) for number in range(16))
    found, killed = {}, False
    for task, answer in flow(crew, tasks, lambda: False):
        found[task.number] = answer
        if not killed and len(found) >= 3:
            killed = True
            os.kill(crew.hands.processes[0].pid, signal.SIGKILL)
    assert found == {number: {"sum": 100 + number} for number in range(16)}
    workers = {path.name.partition("-")[2] for path in tmp_path.iterdir()}
    assert len(workers) >= 2


def test_few_tasks_wait_and_a_stop_takes_them_back(crew: Crew, tmp_path: Path) -> None:
    crew.client.wait_for_workers(2, timeout=60)
    handed: list[int] = []

    def tasks() -> Iterator[Task]:
        for number in range(1000):
            handed.append(number)
            yield Task(number, f"few{number}", slow, crew.client.submit(int, 1), (number, str(tmp_path)))

    done: list[int] = []
    for task, _ in flow(crew, tasks(), lambda: len(done) >= 4):
        done.append(task.number)
    assert 4 <= len(done) <= 8
    assert len(handed) <= len(done) + AHEAD * 2 + 1


def test_an_error_and_a_deadly_task_are_answers(crew: Crew) -> None:
    tasks = [Task(0, "w", wrong, None, (7,)), Task(1, "d", deadly, None, (1,))]
    found = {task.number: answer for task, answer in flow(crew, tasks, lambda: False)}
    assert found[0] == {"failure": "ValueError: bad 7"}
    assert found[1]["failure"].startswith("the workers died")
