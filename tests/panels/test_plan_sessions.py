"""One meaning of a session, whatever else the problem has."""

from __future__ import annotations

import pytest

from ilrs_science.panels.plan_sessions import count_words, moves_words, parted, turns_of
from ilrs_science.planning.explain.changes import changes
from ilrs_science.planning.plan import Plan
from tests.planning.problems import TICK, activity, problem

KNOWN = {"dig", "look"}
NAMES = (
    "dig.1@6h",
    "dig.1+set_up",
    "dig.2#1",
    "dig.2#2",
    "look.1",
    "queqiao2_relay/base.1",
    "queqiao2_relay/base.2",
)


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (NAMES, "3 sessions and 2 downlink turns"),
        (NAMES[:2], "1 session"),
        (NAMES[-1:], "0 sessions and 1 downlink turn"),
    ],
)
def test_parts_robots_and_turns_are_no_sessions(names: tuple[str, ...], told: str) -> None:
    assert count_words(names, KNOWN) == told


def test_turns_are_what_is_of_no_experiment() -> None:
    assert turns_of(NAMES, KNOWN) == list(NAMES[-2:])


def test_moves_are_counted_apart() -> None:
    asked = problem(*[activity(name) for name in NAMES])
    before = Plan.of(asked, {"look.1": 0, "dig.2#1": 0, "queqiao2_relay/base.1": 0})
    after = Plan.of(asked, {"look.1": TICK, "queqiao2_relay/base.2": 0})
    moves = changes(asked, before, after)
    sessions, turns = parted(moves, KNOWN)
    assert (len(sessions), len(turns)) == (2, 2)
    assert moves_words(moves, KNOWN) == "1 dropped and 1 moved; 2 downlink turns change"
    assert moves_words(turns, KNOWN) == "no session changes; 2 downlink turns change"
    assert moves_words(sessions, KNOWN) == "1 dropped and 1 moved"
    assert moves_words(changes(asked, before, before), KNOWN) == ""
