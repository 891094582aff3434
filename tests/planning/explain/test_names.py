"""People name a session or a whole experiment, and are told the nearest name."""

from __future__ import annotations

import pytest

from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.planning.explain.names import experiment_of, listed, moment, resolve
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


def test_only_a_number_makes_a_session() -> None:
    assert [experiment_of(name) for name in ("a.12", "a.b", ".1", "a")] == ["a", "a.b", ".1", "a"]


def test_lists_read_like_a_sentence() -> None:
    assert [listed(names) for names in ([], ["a"], ["a", "b"], "abc", "abcde")] == [
        "", "a", "a and b", "a, b and c", "a, b, c and 2 more",
    ]  # fmt: skip
    assert listed("ab", last="or") == "a or b"


def test_moments_are_to_the_minute() -> None:
    assert moment(problem(activity("a")), 3661) == "2031-01-01 01:01"
