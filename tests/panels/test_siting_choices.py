"""What can be asked of the siting dashboard."""

from __future__ import annotations

import pytest

from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.panels.siting_choices import MOST, WEIGHED, SitingChoices


@pytest.fixture
def choices() -> SitingChoices:
    return SitingChoices()


def test_candidates_are_sites_orbits_and_pairs(choices: SitingChoices) -> None:
    assert choices.places == [
        "connecting_ridge", "von_karman_plain", "ilrs_llo_staging",
        "connecting_ridge+ilrs_llo_staging", "von_karman_plain+ilrs_llo_staging",
    ]  # fmt: skip
    assert (
        'siting(campaign, ["connecting_ridge", "von_karman_plain", "ilrs_llo_staging"], time'
        in choices.call()
    )
    choices.pairs = False
    assert len(choices.places) == 3
    assert 'architectures=["surface", "orbit"]' in choices.call()


def test_none_and_too_many_are_faults_in_a_sentence(choices: SitingChoices) -> None:
    assert choices.fault == ""
    choices.sites = choices.orbits = []
    assert choices.fault == "Choose a site or an orbit at least."
    choices.sites = list(choices.catalogue.sites)[: MOST + 1]
    assert choices.fault.startswith(f"These are {MOST + 1} candidates")


def test_what_is_unknown_or_impossible_is_refused_and_the_old_choice_stays(choices: SitingChoices) -> None:
    with pytest.raises(UnknownNameError):
        choices.sites = ["atlantis"]
    with pytest.raises(UnknownNameError):
        choices.across = "coldest"
    with pytest.raises(RequestError, match="0 to 5"):
        choices.weights = {"value": 9.0}
    with pytest.raises(UnknownNameError):
        choices.weights = {"beauty": 1.0}
    with pytest.raises(RequestError, match="100 %"):
        choices.spread = 2.0
    assert len(choices.sites) == 2
    assert (choices.across, choices.weights, choices.spread) == ("launch_mass", WEIGHED, 0.5)


def test_a_campaign_begins_with_its_first_week(choices: SitingChoices) -> None:
    choices.campaign = "three_partners"
    record = choices.catalogue.campaigns["three_partners"]
    assert (choices.first_day, choices.days) == (str(record.start)[:10], 7.0)
    assert 'end="2030-11-05"' in choices.campaign_line()
