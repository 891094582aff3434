"""Loops are shared out over the cores."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from ilrs_science.environment.threads import cores, share_out


@pytest.mark.parametrize("count", [0, 1, 7, 1000])
def test_every_part_is_done_once(count: int) -> None:
    done = np.zeros(count, int)

    def work(first: int, last: int) -> None:
        done[first:last] += 1

    share_out(work, count, smallest=2)
    assert done.tolist() == [1] * count


def test_small_jobs_stay_in_the_calling_thread() -> None:
    threads = set()
    share_out(lambda first, last: threads.add(threading.get_ident()), 10, smallest=100)
    assert threads == {threading.get_ident()}


def test_a_failure_in_a_thread_is_not_lost() -> None:
    def work(first: int, last: int) -> None:
        raise ZeroDivisionError(first)

    with pytest.raises(ZeroDivisionError):
        share_out(work, 10)


def test_at_least_one_core_is_there() -> None:
    assert 1 <= cores() <= (os.cpu_count() or 1)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_forked_child_of_a_warm_parent_computes_too(root: Path) -> None:
    # What a pre-imported dashboard kernel does; OpenMP threads would abort here.
    script = (
        "import os\n"
        "from ilrs_science.environment.horizon import horizon\n"
        "from ilrs_science.environment.terrain import shipped_terrain\n"
        "from ilrs_science.sky.place import SurfacePlace\n"
        "terrain = shipped_terrain()\n"
        "warm = horizon(SurfacePlace(-89.0, 10.0), terrain)\n"
        "child = os.fork()\n"
        "if child == 0:\n"
        "    cold = horizon(SurfacePlace(-89.0, 10.0), terrain, mast='3 m')\n"
        "    os._exit(0 if cold.horizon_elevation.max() < warm.horizon_elevation.max() + 1.0 else 1)\n"
        "raise SystemExit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n"
    )
    finished = subprocess.run([sys.executable, "-c", script], cwd=root, check=False, timeout=120)
    assert finished.returncode == 0
