"""Workers: the same tasks in threads, in processes of this machine, or on a cluster."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import dask
from dask.callbacks import Callback
from dask.delayed import Delayed

from ilrs_science.environment.threads import cores
from ilrs_science.errors import RequestError

__all__ = ["UNKNOWN", "Progress", "done_by", "known_scheduler"]

Progress = Callable[[int, int], None]
"""Called as ``progress(done, total)`` whenever a tile is done."""

TIMEOUT = "10s"
"""How long the scheduler of an address may take to answer."""

UNKNOWN = "scheduler {!r} is unknown; give 'threads', 'processes' or an address such as 'tcp://10.0.0.1:8786'"

_ADDRESS = re.compile(r"(tcp|tls|ws|wss|inproc)://\S+")


def done_by(tasks: Sequence[Delayed], scheduler: Any, progress: Progress | None) -> list[Any]:
    """Do all tasks.

    Parameters
    ----------
    tasks : sequence of Delayed
        One a tile.
    scheduler : "threads", "processes", address or Client
        Threads of this process, processes of this machine, the address of a scheduler such as
        ``"tcp://10.0.0.1:8786"``, or a `distributed.Client`.
    progress : callable, optional
        Hears of each task that is done.

    Returns
    -------
    list
        What each gives, in order.

    Raises
    ------
    RequestError
        If the scheduler is none of these, or does not answer.
    """
    if not known_scheduler(scheduler):
        raise RequestError(UNKNOWN.format(scheduler))
    tell = progress or _silent
    tell(0, len(tasks))
    if isinstance(scheduler, str) and scheduler == "threads":
        with _Counted(tasks, tell):
            return list(dask.compute(*tasks, scheduler="threads", num_workers=cores()))
    from distributed import as_completed

    with _client(scheduler) as client, dask.config.set({_LARGE_GRAPH: "4 GB"}):
        futures = client.compute(list(tasks))
        for done, future in enumerate(as_completed(futures), 1):
            future.result()
            tell(done, len(tasks))
        return list(client.gather(futures))


def known_scheduler(scheduler: Any) -> bool:
    """Tell whether something can be a scheduler.

    Parameters
    ----------
    scheduler : "threads", "processes", address or Client
        What a user names.

    Returns
    -------
    bool
    """
    if isinstance(scheduler, str):
        return scheduler in ("threads", "processes") or bool(_ADDRESS.fullmatch(scheduler))
    return hasattr(scheduler, "scheduler_info")


_LARGE_GRAPH = "distributed.admin.large-graph-warning-threshold"


class _Counted(Callback):  # type: ignore[misc]
    """Tells how many of the tasks are done, from dask's own threads."""

    def __init__(self, tasks: Sequence[Delayed], tell: Progress) -> None:
        self.wanted = {task.key for task in tasks}
        self.total, self.tell, self.done = len(tasks), tell, 0
        super().__init__(posttask=self._count)

    def _count(self, key: Any, *_: Any) -> None:
        if key in self.wanted:
            self.done += 1
            self.tell(self.done, self.total)


@contextmanager
def _client(scheduler: Any) -> Iterator[Any]:
    from distributed import Client, LocalCluster

    if isinstance(scheduler, Client):
        yield scheduler
    elif scheduler == "processes":
        options = {"n_workers": cores(), "threads_per_worker": 1, "dashboard_address": "127.0.0.1:0"}
        with LocalCluster(host="127.0.0.1", **options) as cluster, Client(cluster) as client:
            yield client
    else:
        try:
            client = Client(scheduler, timeout=TIMEOUT)
        except (OSError, ValueError) as error:
            raise RequestError(f"no dask scheduler answers at {scheduler}: {error}") from error
        with client:
            yield client


def _silent(done: int, total: int) -> None:
    """Tell nobody."""
