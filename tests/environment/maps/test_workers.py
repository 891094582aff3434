"""Workers: who may compute, and what they are told."""

from __future__ import annotations

import subprocess
import sys

import dask
import pytest

from ilrs_science.environment.maps.workers import done_by, known_scheduler
from ilrs_science.errors import RequestError


def test_tasks_give_what_they_give_in_order() -> None:
    tasks = [dask.delayed(pow)(2, power, dask_key_name=f"power-{power}") for power in range(6)]
    told: list[tuple[int, int]] = []
    found = done_by(tasks, "threads", lambda done, total: told.append((done, total)))
    assert found == [1, 2, 4, 8, 16, 32]
    assert told[0] == (0, 6)
    assert told[-1] == (6, 6)


def test_a_fault_in_a_task_is_the_fault_of_the_run() -> None:
    with pytest.raises(ZeroDivisionError):
        done_by([dask.delayed(divmod)(1, 0)], "threads", None)


def test_nothing_to_do_is_done() -> None:
    assert done_by([], "threads", None) == []


@pytest.mark.parametrize("scheduler", ["threads", "processes", "tcp://10.0.0.1:8786", "tls://host:1"])
def test_these_may_compute(scheduler: str) -> None:
    assert known_scheduler(scheduler)


@pytest.mark.parametrize("scheduler", ["", "thread", "10.0.0.1:8786", "http://host", 5])
def test_these_may_not(scheduler: object) -> None:
    assert not known_scheduler(scheduler)
    with pytest.raises(RequestError, match="is unknown; give 'threads', 'processes' or an address"):
        done_by([], scheduler, None)


def test_the_package_loads_dask_only_for_maps() -> None:
    command = (
        "import sys, ilrs_science, ilrs_science.environment.assemble; "
        "print(sorted({'dask', 'distributed', 'zarr'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
