"""Who works: processes of this machine under a scheduler of our own, or whoever a scheduler elsewhere has.

Processes are started by a command of their own and not by multiprocessing, so that a caller's script is not run again
and needs no guard. Each has one thread; one that dies is replaced. They end when the scheduler does.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ilrs_science.environment.threads import cores
from ilrs_science.errors import IlrsError, RequestError

__all__ = ["Crew", "crew_of"]

#: How long the scheduler of an address may take to answer.
TIMEOUT = "10s"
#: How long workers may take to end by themselves. [s]
FAREWELL_S = 3.0
#: Workers that may die before any of them has finished something; then nothing ever will be. [1]
STILLBORN = 6
#: One thread in each process, whatever its libraries would take.
SINGLE = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")

_ADDRESS = re.compile(r"(tcp|tls|ws|wss|inproc)://\S+")


class Crew:
    """Workers and the way to them.

    Parameters
    ----------
    client : distributed.Client
        The way.
    hands : Hands, optional
        Processes of our own.
    """

    def __init__(self, client: Any, hands: Hands | None = None) -> None:
        self.client, self.hands = client, hands

    @property
    def threads(self) -> int:
        """Members that can run at once; one at least, so that something is ready when the first worker comes. [1]"""
        return max(1, sum(int(count) for count in self.client.nthreads().values()))

    def tend(self, *, fruitful: bool) -> None:
        """Replace workers of our own that have died.

        Parameters
        ----------
        fruitful : bool
            Whether something was finished since the last time.

        Raises
        ------
        IlrsError
            If one after the other dies and nothing is finished.
        """
        if self.hands is not None:
            self.hands.tend(fruitful=fruitful)


class Hands:
    """Worker processes of this machine.

    Parameters
    ----------
    address : str
        Of the scheduler.
    count : int
        How many.
    folder : str
        Where they may write.
    """

    def __init__(self, address: str, count: int, folder: str) -> None:
        self.address, self.folder = address, folder
        self.died = 0
        self.processes = [self._start() for _ in range(count)]

    def tend(self, *, fruitful: bool) -> None:
        """Replace those that have died; see `Crew.tend`."""
        if fruitful:
            self.died = 0
        for index, process in enumerate(self.processes):
            if process.poll() is not None:
                self.died += 1
                if self.died > STILLBORN:
                    raise IlrsError("worker processes die one after the other; is there enough memory?")
                self.processes[index] = self._start()

    def close(self) -> None:
        """End them, politely first."""
        for process in self.processes:
            process.terminate()
        until = time.monotonic() + FAREWELL_S
        for process in self.processes:
            try:
                process.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        home = str(Path(__file__).resolve().parents[3])  # where the package is
        paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
        detached: dict[str, Any] = {"start_new_session": True}  # Ctrl-C is for the one who asks
        if sys.platform == "win32":
            detached = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
        return subprocess.Popen(
            [
                sys.executable, "-m", "distributed.cli.dask_worker", self.address, "--nthreads", "1", "--nworkers", "1",
                "--no-nanny", "--no-dashboard", "--host", "127.0.0.1", "--memory-limit", "0", "--death-timeout", "60",
                "--local-directory", self.folder,
            ],
            env=os.environ | dict.fromkeys(SINGLE, "1") | {"PYTHONPATH": os.pathsep.join(paths)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **detached,
        )  # fmt: skip


@contextmanager
def crew_of(cluster: Any, workers: int | None) -> Iterator[Crew]:
    """Workers for a while.

    Parameters
    ----------
    cluster : None, str or distributed.Client
        None for processes of this machine; else the address of a scheduler, such as ``"tcp://10.0.0.1:8786"``, or a
        client of one.
    workers : int, optional
        Number of processes of this machine; by default one a core.

    Yields
    ------
    Crew

    Raises
    ------
    RequestError
        If it is no address, or no scheduler answers there.
    """
    from distributed import Client, LocalCluster

    if cluster is None:
        # Without a dashboard dask still opens a page of its health, at a port of its own unless it is told.
        page = {"dashboard": False, "dashboard_address": "127.0.0.1:0"}
        with (
            tempfile.TemporaryDirectory(prefix="ilrs-", ignore_cleanup_errors=True) as folder,
            LocalCluster(n_workers=0, host="127.0.0.1", silence_logs=50, scheduler_kwargs=page) as local,
        ):
            hands = Hands(local.scheduler_address, workers or cores(), folder)
            try:
                with Client(local) as client:
                    yield Crew(client, hands)
            finally:
                hands.close()
    elif isinstance(cluster, Client):
        yield Crew(cluster)
    elif not isinstance(cluster, str) or not _ADDRESS.fullmatch(cluster):
        raise RequestError(f"scheduler {cluster!r} is unknown; give an address such as 'tcp://10.0.0.1:8786'")
    else:
        try:
            client = Client(cluster, timeout=TIMEOUT)
        except (OSError, ValueError) as error:
            raise RequestError(f"no dask scheduler answers at {cluster}: {error}") from error
        with client:
            yield Crew(client)
