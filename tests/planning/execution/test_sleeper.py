"""A station falls asleep, wakes, and is lost."""

from __future__ import annotations

from ilrs_science.planning.execution.sleeper import Sleeper


def test_it_sleeps_from_the_first_time_and_wakes_once() -> None:
    one = Sleeper().falls_asleep(5).falls_asleep(7, starved=True)
    assert (one.since, one.starved, one.asleep) == (5, True, True)
    awake = one.wakes(9)
    assert (awake.asleep, awake.starved, awake.slept) == (False, False, ((5, 9),))
    assert awake.falls_asleep(12).spans(20) == ((5, 9), (12, 20))
    assert awake.wakes(30) == awake


def test_it_is_lost_once() -> None:
    gone = Sleeper().falls_asleep(5, lost=True).falls_asleep(8, lost=True)
    assert (gone.lost, gone.since) == (5, 5)
