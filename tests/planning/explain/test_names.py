"""People name a session or a whole experiment, and are told the nearest name."""

from __future__ import annotations

import pytest

from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.planning.explain.names import (
    experiment_of,
    listed,
    moment,
    resolve,
    session_of,
    span,
    undone,
)
from tests.planning.problems import activity, problem


def test_a_name_is_an_activity_or_all_sessions_of_an_experiment() -> None:
    asked = problem(activity("radar.1"), activity("radar.2"), activity("plain"))
    assert resolve(asked, "radar.2") == ("radar.2",)
    assert resolve(asked, "radar") == ("radar.1", "radar.2")
    assert resolve(asked, "plain") == ("plain",)
    with pytest.raises(UnknownNameError, match=r"did you mean radar"):
        resolve(asked, "rader")
    with pytest.raises(RequestError, match="cannot be used"):
        resolve(asked, 3)  # type: ignore[arg-type]


def test_a_session_is_all_its_ways_pieces_and_the_work_of_robots() -> None:
    asked = problem(
        activity("e.1/base", choice="e.1"), activity("e.1/orbiter", choice="e.1"), activity("e.2#1"),
        activity("e.2#2"), activity("e.2#1+set_up"),
    )  # fmt: skip
    assert resolve(asked, "e.1") == ("e.1/base", "e.1/orbiter")
    assert resolve(asked, "e.2") == ("e.2#1", "e.2#2", "e.2#1+set_up")
    assert len(resolve(asked, "e")) == 5
    assert undone(asked, resolve(asked, "e"), ["e.1/orbiter", "e.2#1"]) == ("e.2#2", "e.2#1+set_up")
    assert undone(asked, ["e.1/base"], ["e.1/orbiter"]) == ("e.1/base",)


def test_only_a_number_makes_a_session() -> None:
    assert [experiment_of(name) for name in ("a.12", "a.b", ".1", "a", "a.1~x@600")] == [
        "a",
        "a.b",
        ".1",
        "a",
        "a",
    ]
    assert [session_of(name) for name in ("a.12", "a.b", "a.1~x@600")] == ["a.12", "a.b", "a.1"]


def test_lists_read_like_a_sentence() -> None:
    assert [listed(names) for names in ([], ["a"], ["a", "b"], "abc", "abcde")] == [
        "", "a", "a and b", "a, b and c", "a, b, c and 2 more",
    ]  # fmt: skip
    assert listed("ab", last="or") == "a or b"


def test_moments_are_to_the_minute_or_to_the_second_where_it_is_none() -> None:
    assert moment(problem(activity("a")), 3660) == "2031-01-01 01:01"
    assert moment(problem(activity("a")), 3661) == "2031-01-01 01:01:01"


def test_durations_are_told_in_the_unit_of_their_size() -> None:
    assert [span(one) for one in (0, 1, 60, 90, 3599, 3600, 5400, -60)] == [
        "0 s", "1 s", "1 min", "90 s", "3599 s", "1 h", "1.5 h", "-1 min",
    ]  # fmt: skip
