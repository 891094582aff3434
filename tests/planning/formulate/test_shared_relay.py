"""The shipped campaign at two stations: what its comments say is true, and it is planned."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from ilrs_science.campaign import Campaign, load_campaign
from ilrs_science.planning.judge.check import check

RELAY, BASE, ORBITER = "queqiao2_relay", "connecting_ridge_station", "elfo_observatory"


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return load_campaign("shared_relay")


def test_it_tells_both_stations(campaign: Campaign) -> None:
    assert repr(campaign) == (
        "<Campaign shared_relay: 6 experiments at connecting_ridge_station, elfo_observatory, 2031-02-24 to 2031-03-24>"
    )
    assert set(campaign.environments) == {BASE, ORBITER}
    assert campaign.environment is campaign.environments[BASE]


def test_both_see_the_relay_nearly_always(campaign: Campaign) -> None:
    for station, most in ((BASE, 0.555), (ORBITER, 0.1)):
        rate = campaign.environments[station]["partner_rate"].sel(partner=RELAY).values
        assert (rate > 0).mean() > 0.85
        assert set(np.unique(rate.round(6))) == {0.0, most}


def test_what_takes_the_relay_for_29_h_and_6_h_and_the_memory_in_orbit_holds_one_session(
    campaign: Campaign,
) -> None:
    volumes = {one.id: one.data_of(campaign.catalogue.instruments) for one in campaign.experiments}
    assert volumes["solar_radio_bursts"] / 0.555 / 3600 == pytest.approx(29, abs=0.5)
    assert volumes["ring_current_imaging"] / 0.1 / 3600 == pytest.approx(6)
    memory = campaign.catalogue.stations[ORBITER].storage.capacity
    assert 1 <= memory / volumes["ring_current_imaging"] < 2


def test_the_relay_serves_one_station_at_a_time_and_both_in_turn(campaign: Campaign) -> None:
    problem = campaign.problem
    turns = [entry for entry in problem.activities if entry.drain_Mbit_s]
    assert {entry.storage for entry in turns} == {f"storage/{BASE}", f"storage/{ORBITER}"}
    assert max(entry.duration_s for entry in turns) == 12 * 3600
    result = campaign.plan(time_limit="8 s")
    assert result.checked
    assert check(problem, result.plan) == []
    assert result.objective is not None
    assert result.objective > 0.85 * (result.bound or np.inf)
    done = [(problem.by_id[name], start) for name, start in result.plan.starts.items()]
    spans = sorted(
        (start, start + entry.duration_s, entry.storage) for entry, start in done if entry.drain_Mbit_s
    )
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
    assert {storage for _, _, storage in spans} == {f"storage/{BASE}", f"storage/{ORBITER}"}
