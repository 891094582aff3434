"""A person's wishes become part of the problem, or are refused in one line."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.errors import RequestError
from ilrs_science.planning.explain.locks import forbid, lock, second, unlock
from ilrs_science.planning.plan import Plan
from tests.planning.problems import TICK, activity, problem


def test_an_instant_is_a_whole_second_after_the_epoch() -> None:
    asked = problem(activity("a"))
    assert second(asked, 7) == 7
    assert second(asked, "2031-01-01T01:00:00Z") == 3600
    assert second(asked, 2.0) == second(asked, np.int64(2)) == 2
    with pytest.raises(RequestError, match="whole second"):
        second(asked, "2031-01-01T01:00:00.5Z")
    for wrong in (1.5, float("nan"), float("inf")):
        with pytest.raises(
            RequestError, match="is not a whole number of seconds after the epoch 2031-01-01T00"
        ):
            second(asked, wrong)


def test_a_forbidden_span_closes_starts_that_would_run_into_it_and_unlocking_opens_them() -> None:
    asked = forbid(problem(activity("a", 2)), "a", ("2031-01-01T01:00:00Z", 7 * TICK))
    assert asked.by_id["a"].starts(asked.horizon_s) == [(0, 4 * TICK), (7 * TICK, 10 * TICK)]
    locked = lock(asked, Plan.of(asked, {"a": 0}), "a")
    assert locked.by_id["a"].locked_start == 0
    assert unlock(locked, "a") == problem(activity("a", 2))
    with pytest.raises(RequestError, match="'a' is not locked, and no span is forbidden to it"):
        unlock(problem(activity("a", 2)), "a")


def test_a_span_around_a_lock_is_refused() -> None:
    asked = problem(activity("a", 2, locked_start=0))
    with pytest.raises(RequestError, match="unlock it first"):
        forbid(asked, "a", (TICK, 3 * TICK))
    assert forbid(asked, "a", (2 * TICK, 3 * TICK)).by_id["a"].forbidden == ((2 * TICK, 3 * TICK),)


def test_an_activity_that_no_window_holds_cannot_be_locked() -> None:
    asked = problem(activity("a", windows=[]))
    with pytest.raises(RequestError, match="it has no window"):
        lock(asked, Plan.of(asked, {}), "a", 0)
