"""Compile the inner loops: one decorator, so that caching and threads are decided in one place.

The loops release the interpreter lock and are shared out over plain threads (`share_out`). Numba's own
``parallel=True`` is not used: its GNU OpenMP layer aborts in a process forked from a warm parent, and its
work-queue layer aborts when two threads call it at once; both happen behind a dashboard.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any, TypeVar

from numba import njit

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """Compile a function to machine code on its first call and keep the result on disk where possible.

    The compiled code is kept beside the module or, in a read-only installation, in the user's cache
    folder; where neither can be written, it is compiled anew in each process.

    Parameters
    ----------
    function : callable
        A function of numbers and arrays in the subset of Python that numba compiles.

    Returns
    -------
    callable
        The compiled function; it releases the interpreter lock.
    """
    options: dict[str, Any] = {"nogil": True, "error_model": "numpy"}
    try:
        result: F = njit(cache=True, **options)(function)
    except RuntimeError:  # numba: "cannot cache function: no locator available"
        result = njit(**options)(function)
    return result


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
