"""What people settle holds in every plan."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.errors import RequestError
from ilrs_science.planning.judge.check import Rule, check
from ilrs_science.planning.plan import Plan
from tests.planning.small_campaigns import HOUR, asked, at, best, experiment, hours_of


def test_a_locked_session_starts_when_it_was_set() -> None:
    first, second = (experiment(name, hours=2, instruments=("unit",)) for name in ("a", "b"))
    problem = asked(first, second, hours=4, locks=[{"session": "a.1", "start": at(2)}])
    assert hours_of(best(problem).plan) == {"b.1": 0.0, "a.1": 2.0}
    clumsy = asked(first, second, hours=4, locks=[{"session": "a.1", "start": at(1)}])
    assert hours_of(best(clumsy).plan) == {"a.1": 1.0}


@pytest.mark.parametrize(
    ("lock", "words"),
    [
        ({"session": "a.2", "start": at(0)}, "unknown session 'a.2'"),
        ({"session": "b.1", "start": at(0)}, "locks names b, which is no experiment"),
        (
            {"session": "a.1", "start": at(9)},
            "a.1 starts at 2031-03-01T09:00:00.000Z; it must be a whole second of",
        ),
        ({"session": "a.1", "start": at(0) + np.timedelta64(1, "ms")}, "must be a whole second"),
    ],
)
def test_a_lock_that_cannot_be_is_told(lock: dict[str, object], words: str) -> None:
    with pytest.raises(RequestError, match=words):
        asked(experiment("a"), hours=4, locks=[lock])


def test_of_a_session_with_several_lengths_one_is_locked() -> None:
    long = experiment("a", hours=4, session_least="2 h", value=4)
    with pytest.raises(RequestError, match=r"a\.1 can be done in several ways; lock one: a.1@4h, a.1@2h"):
        asked(long, locks=[{"session": "a.1", "start": at(0)}])
    result = best(asked(long, locks=[{"session": "a.1@2h", "start": at(1)}]))
    assert hours_of(result.plan) == {"a.1@2h": 1.0}


def test_nothing_is_done_in_a_closed_span_or_only_what_it_does_not_name() -> None:
    pair = [experiment(name, hours=3) for name in ("a", "b")]
    every = asked(*pair, hours=6, closed=[{"start": at(1), "end": at(3)}])
    assert hours_of(best(every).plan) == {"a.1": 3.0, "b.1": 3.0}
    some = asked(*pair, hours=5, closed=[{"start": at(1), "end": at(3), "experiments": ["a"]}])
    assert set(best(some).plan.starts) == {"b.1"}
    (fault,) = check(every, Plan.of(every, {"a.1": 2 * HOUR}))
    assert fault.rule == Rule.FORBIDDEN


def test_a_partner_has_its_share() -> None:
    rich = experiment("rich", hours=2, repeats=3, value=4, partner="china", instruments=("unit",))
    poor = experiment("poor", hours=2, repeats=3, value=1, partner="esa", instruments=("unit",))
    assert best(asked(rich, poor, hours=6)).objective == 12.0
    fair = asked(rich, poor, hours=6, shares=[{"partner": "esa", "least": "20 %"}])
    # esa once beside china twice has 1 of 9; twice beside china once 2 of 6
    assert best(fair).objective == 6.0
    with pytest.raises(RequestError, match="no activity of partner 'esx'; did you mean esa"):
        asked(rich, poor, shares=[{"partner": "esx", "least": "20 %"}])
