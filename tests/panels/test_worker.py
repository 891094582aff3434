"""Work on a thread: the latest wins, and failures are sentences."""

from __future__ import annotations

import logging
import threading

from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.panels.worker import LatestOnly, sentence_of


def test_of_those_that_wait_only_the_latest_runs() -> None:
    done: list[int] = []
    gate, started = threading.Event(), threading.Event()
    worker = LatestOnly(on_error=lambda text: None)

    def first() -> None:
        started.set()
        gate.wait(5)
        done.append(0)

    worker.submit(first)
    assert started.wait(5)
    for number in range(1, 6):
        worker.submit(lambda number=number: done.append(number))
    assert worker.busy
    gate.set()
    assert worker.wait(5)
    assert done == [0, 5]


def test_a_worker_can_be_used_again() -> None:
    done: list[int] = []
    worker = LatestOnly(on_error=lambda text: None)
    for number in range(3):
        worker.submit(lambda number=number: done.append(number))
        assert worker.wait(5)
    assert done == [0, 1, 2]


def test_an_error_on_purpose_is_told_as_it_is() -> None:
    said: list[str] = []
    worker = LatestOnly(on_error=said.append)
    worker.guard(lambda: (_ for _ in ()).throw(RequestError("the span is too long")))
    assert said == ["The span is too long."]


def test_a_surprise_is_told_without_details_and_logged(caplog) -> None:
    said: list[str] = []

    def surprise() -> None:
        raise ZeroDivisionError("secret path /etc")

    with caplog.at_level(logging.ERROR):
        LatestOnly(on_error=said.append).guard(surprise)
    assert "secret" not in said[0]
    assert "could not be computed" in said[0]
    assert "secret path" in caplog.text


def test_a_failed_task_does_not_stop_the_next() -> None:
    done: list[int] = []
    worker = LatestOnly(on_error=lambda text: None)
    worker.submit(lambda: (_ for _ in ()).throw(RequestError("no")))
    assert worker.wait(5)
    worker.submit(lambda: done.append(1))
    assert worker.wait(5)
    assert done == [1]


def test_sentences_end_once() -> None:
    assert sentence_of(RequestError("Done!")) == "Done!"
    assert sentence_of(UnknownNameError("site", "x", ["y"])).endswith(".")
