"""Choices of the two studies: bounds, and lines that follow them."""

from __future__ import annotations

import pytest

from ilrs_science.errors import RequestError
from ilrs_science.panels.replan_choices import ReplanChoices
from ilrs_science.panels.replan_studies import LONGEST_D, MOST_MEMBERS, MembersChoice, SilenceChoice


@pytest.mark.parametrize("count", [1, MOST_MEMBERS + 1, -3])
def test_members_have_bounds(count: int) -> None:
    choice = MembersChoice()
    with pytest.raises(RequestError, match=f"2 to {MOST_MEMBERS} members, not {count}"):
        choice.members = count
    assert choice.members == 10


@pytest.mark.parametrize("days", [0, LONGEST_D + 1])
def test_silence_has_bounds(days: int) -> None:
    choice = SilenceChoice()
    with pytest.raises(RequestError, match=f"1 to {LONGEST_D} days, not {days}"):
        choice.longest = days


def test_a_seed_is_not_negative() -> None:
    with pytest.raises(RequestError, match="from 0 on"):
        MembersChoice(seed=-1)


def test_searches_count_the_solvers_own_seconds_and_keep_the_rules() -> None:
    choices = ReplanChoices()
    choices.seconds, choices.turnaround = 9.0, 6.0
    who = MembersChoice.operator(choices)
    assert (who.time_limit, who.turnaround_s) == ("0.05 s", 6 * 3600)


def test_lines_follow_the_choices() -> None:
    choices = ReplanChoices()
    line = MembersChoice(members=7, seed=3, with_faults=False).line(choices)
    compile(line, "line", "exec")
    assert "seeds=7, seed=3" in line
    assert "wrong" not in line
    assert "*wrong" in MembersChoice().line(choices)
    line = SilenceChoice(longest=4).line(choices, 3600)
    compile(line, "line", "exec")
    assert "from_s=3600, silence=range(1, 5), wrong=wrong" in line
    assert "wrong=wrong" not in SilenceChoice(with_faults=False).line(choices, None)
