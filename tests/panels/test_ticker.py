"""The clock beside some work."""

from __future__ import annotations

import threading

from ilrs_science.panels.ticker import Ticker


def test_it_tells_the_share_of_the_time_until_the_work_ends() -> None:
    told: list[float] = []
    enough = threading.Event()

    def show(share: float) -> None:
        told.append(share)
        if len(told) == 2:
            enough.set()

    with Ticker(show, 1e-3):
        assert enough.wait(30)
    count = len(told)
    assert set(told) == {1.0}, "never more than all of it"
    assert not enough.wait(0) or len(told) == count
