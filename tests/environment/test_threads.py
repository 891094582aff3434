"""Work is shared out without a gap and without an overlap, and a failure comes back."""

from __future__ import annotations

import os
import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.environment import threads
from ilrs_science.environment.threads import cores, share_out


@given(st.integers(0, 500), st.integers(1, 60), st.integers(1, 16))
def test_every_part_is_done_once(count: int, smallest: int, available: int) -> None:
    done = np.zeros(count, int)
    pieces: list[int] = []

    def work(first: int, last: int) -> None:
        done[first:last] += 1
        pieces.append(last - first)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(threads, "cores", lambda: available)
        share_out(work, count, smallest=smallest)
    assert (done == 1).all()
    assert len(pieces) <= available
    assert len(pieces) == 1 or min(pieces) >= smallest


def test_little_work_stays_on_the_thread_that_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "cores", lambda: 8)
    names: list[str] = []
    share_out(lambda first, last: names.append(threading.current_thread().name), 99, smallest=50)
    assert names == [threading.current_thread().name]


def test_a_failure_of_one_part_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "cores", lambda: 4)

    def work(first: int, last: int) -> None:
        if last == 8:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        share_out(work, 8)


def test_there_is_at_least_one_core(monkeypatch: pytest.MonkeyPatch) -> None:
    assert cores() >= 1
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert cores() == 1
    monkeypatch.setattr(os, "cpu_count", lambda: 6)
    assert cores() == 6


def test_only_the_cores_given_to_the_process_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 3, 5}, raising=False)
    assert cores() == 3
