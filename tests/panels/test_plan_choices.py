"""Choices of the plan dashboard: bounds, sentences, the line that loads the campaign."""

from __future__ import annotations

import math
from typing import Any

import pytest

from ilrs_science.errors import EpochError, RequestError, UnknownNameError
from ilrs_science.panels.plan_choices import LONGEST_D, LONGEST_S, PlanChoices
from tests.panels.planned import small_model


@pytest.fixture
def choices() -> PlanChoices:
    return PlanChoices()


def test_it_begins_with_the_whole_span_of_the_campaign(choices: PlanChoices) -> None:
    assert (choices.first_day, choices.days, choices.shares) == ("2031-02-24", 28.0, {})
    assert choices.campaign_line() == 'campaign = ilrs.load_campaign("polar_winter")'
    assert choices.loaded.record.days == 28


def test_another_horizon_is_another_campaign_and_its_line_makes_it(choices: PlanChoices) -> None:
    whole = choices.loaded
    assert choices.loaded is whole
    choices.days = 10
    assert (choices.loaded.record.days, choices.loaded is whole) == (10, False)
    assert choices.campaign_line().endswith('.record, start="2031-02-24", end="2031-03-06")')
    import ilrs_science as ilrs

    made: dict[str, Any] = {"ilrs": ilrs}
    exec(choices.campaign_line(), made)
    assert made["campaign"].record == choices.loaded.record


@pytest.mark.parametrize("seconds", [0, -1, 1e9, math.nan, LONGEST_S + 1])
def test_an_impossible_time_of_search_is_refused_and_the_old_one_stays(
    choices: PlanChoices, seconds: float
) -> None:
    with pytest.raises(RequestError, match="the time of search is 1 to 120 s, not"):
        choices.seconds = seconds
    assert choices.seconds == 20
    choices.seconds = 7.5
    assert choices.seconds == 7.5


@pytest.mark.parametrize("days", [0.5, -1, LONGEST_D + 1, math.inf, math.nan])
def test_an_impossible_length_is_refused_and_the_old_one_stays(choices: PlanChoices, days: float) -> None:
    with pytest.raises(RequestError, match="1 to 366 days"):
        choices.days = days
    assert choices.days == 28


@pytest.mark.parametrize("day", ["", "yesterday", "2031-02-30"])
def test_a_day_that_is_none_is_refused(choices: PlanChoices, day: str) -> None:
    with pytest.raises(EpochError, match="not a date"):
        choices.first_day = day


@pytest.mark.parametrize("day", ["1800-01-01", "1900-01-01", "2050-12-20", "2100-01-01"])
def test_a_horizon_without_a_known_sky_is_refused_in_plain_words(choices: PlanChoices, day: str) -> None:
    with pytest.raises(EpochError, match="is not within 1900-01-02 to 2050-12-30") as caught:
        choices.first_day = day
    assert "kernel" not in str(caught.value)
    assert choices.first_day == "2031-02-24"
    choices.days = 5
    choices.first_day = "2050-12-20"
    with pytest.raises(EpochError, match="2050-12-20 to 2051-01-09"):
        choices.days = 20


def test_unknown_campaigns_and_partners_are_named_with_the_nearest(choices: PlanChoices) -> None:
    with pytest.raises(UnknownNameError, match="polar_winter"):
        choices.campaign = "polar_wintr"
    with pytest.raises(UnknownNameError, match="china"):
        choices.shares = {"chin": 0.5}


def test_shares_are_part_of_what_is_asked(choices: PlanChoices) -> None:
    assert choices.partners == ["china"]
    with pytest.raises(RequestError, match="0 to 100 %"):
        choices.shares = {"china": 1.2}
    model = small_model(opened=False)
    assert model.asked.shares == {}
    model.shares = {"china": 0.5}
    assert model.asked.shares == {"china": 0.5}
    model.shares = {"china": 0.0}
    assert model.shares == {}


def test_a_time_without_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="no unit"):
        PlanChoices(time_limit="20")
