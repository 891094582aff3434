"""Threads for compiled loops, decided in one place.

The loops release the interpreter lock and are shared out over plain threads (`share_out`). Numba's own
``parallel=True`` is not used: its GNU OpenMP layer aborts in a process forked from a warm parent, and its
work-queue layer aborts when two threads call it at once; both happen behind a dashboard.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

__all__ = ["cores", "share_out"]


def cores() -> int:
    """Give the number of processor cores this process may use.

    Returns
    -------
    int
        Cores, at least one. [1]
    """
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def share_out(work: Callable[[int, int], None], count: int, *, smallest: int = 1) -> None:
    """Do a job of `count` independent parts on all cores.

    Parameters
    ----------
    work : callable
        Called as ``work(first, last)`` for parts first <= i < last; must be a compiled loop to gain anything.
    count : int
        Number of parts. [1]
    smallest : int
        Fewest parts worth a thread of their own. [1]
    """
    threads = max(1, min(cores(), count // max(1, smallest)))
    if threads == 1:
        work(0, count)
        return
    edges = [count * i // threads for i in range(threads + 1)]
    with ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(work, a, b) for a, b in pairwise(edges)]:
            done.result()
