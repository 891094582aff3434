"""Workers of this machine come, are replaced when they die, and go."""

from __future__ import annotations

import os
import signal
import time

import pytest

from ilrs_science.errors import IlrsError, RequestError
from ilrs_science.studies.ensemble import crew as crews
from ilrs_science.studies.ensemble.crew import Hands, crew_of


def alive(pid: int) -> bool:
    """Whether a process is there."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_workers_have_one_thread_are_replaced_and_go() -> None:
    with crew_of(None, 2) as crew:
        crew.client.wait_for_workers(2, timeout=60)
        assert crew.threads == 2
        assert set(crew.client.nthreads().values()) == {1}
        assert all(address.startswith("tcp://127.0.0.1:") for address in crew.client.nthreads())
        before = [process.pid for process in crew.hands.processes]
        os.kill(before[0], signal.SIGKILL)
        crew.hands.processes[0].wait()
        crew.tend(fruitful=False)
        after = [process.pid for process in crew.hands.processes]
        assert after[0] != before[0]
        assert after[1] == before[1]
    until = time.monotonic() + 10
    while any(map(alive, after)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(alive, after))


def test_workers_that_die_one_after_the_other_end_the_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setattr(crews, "STILLBORN", 2)
    hands = Hands("tcp://127.0.0.1:1", 1, str(tmp_path))
    for turn in range(3):
        hands.processes[0].kill()
        hands.processes[0].wait()
        if turn < 2:
            hands.tend(fruitful=False)
    hands.tend(fruitful=True)  # what was finished meanwhile begins the count anew
    for turn in range(2):
        hands.processes[0].kill()
        hands.processes[0].wait()
        if turn < 1:
            hands.tend(fruitful=False)
    with pytest.raises(IlrsError, match="die one after the other"):
        hands.tend(fruitful=False)
    hands.close()


def test_an_address_where_nobody_answers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crews, "TIMEOUT", "1s")
    with pytest.raises(RequestError, match="no dask scheduler answers"), crew_of("tcp://127.0.0.1:9", None):
        pass


@pytest.mark.parametrize("address", ["nonsense://x", "10.0.0.1:8786", "processes", 5])
def test_what_is_no_address_is_refused(address: object) -> None:
    with pytest.raises(RequestError, match="is unknown; give an address"), crew_of(address, None):
        pass
