"""Candidates, what comes of each, the front and how sure a ranking is."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

from ilrs_science.campaign import Campaign
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.planning.judge.check import check
from ilrs_science.studies.siting.candidate import candidates_of, with_stations
from ilrs_science.studies.siting.measures import MEASURES
from ilrs_science.studies.siting.place import BATTERY_WH_KG, STATION_KG
from ilrs_science.studies.siting.result import Siting
from ilrs_science.studies.siting.siting import siting
from ilrs_science.studies.siting.transport import launch_mass_ratio

CATALOGUE = load_catalogue()
#: Three days of light at the pole, an experiment that is always possible and one that only polar ground has.
PORTFOLIO = CATALOGUE.campaigns["polar_winter"].replace(
    id="short", start="2031-02-24", end="2031-02-27", experiments=["surface_radiation", "volatile_drilling"]
)
PLACES = ["connecting_ridge", "von_karman_plain", "ilrs_llo_staging"]


@pytest.fixture(scope="module")
def trade() -> Siting:
    return siting(PORTFOLIO, PLACES, time_limit="1 s", workers=0)


def test_every_architecture_is_built_once() -> None:
    found = candidates_of(
        ["connecting_ridge", "haworth", "dro", "haworth+dro"],
        ("surface", "orbit", "both"),
        CATALOGUE,
        "connecting_ridge_station",
        None,
    )
    assert [one.id for one in found] == [
        "connecting_ridge", "haworth", "dro", "connecting_ridge+dro", "haworth+dro"
    ]  # fmt: skip
    base, orbiter = found[-1].stations
    assert (base.site, base.orbit, orbiter.site, orbiter.orbit) == ("haworth", None, None, "dro")
    assert base.battery == orbiter.battery == CATALOGUE.stations["connecting_ridge_station"].battery
    assert base.robots
    assert not orbiter.robots
    known = with_stations(CATALOGUE, found[-1].stations)
    assert known.stations[base.id] is base
    assert base.id not in CATALOGUE.stations


@pytest.mark.parametrize(
    ("places", "architectures", "error", "words"),
    [
        (["nowhere"], ("surface",), UnknownNameError, "nowhere"),
        (["dro"], ("surface",), RequestError, "nothing to compare"),
        (["haworth"], ("underground",), UnknownNameError, "underground"),
        (["haworth+mars"], ("both",), UnknownNameError, "mars"),
    ],
)
def test_what_cannot_be_built_is_told(
    places: list[str], architectures: tuple[str, ...], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        siting(PORTFOLIO, places, architectures=architectures, workers=0)  # type: ignore[arg-type]


def test_what_a_place_gives_is_known(trade: Siting) -> None:
    table, each = trade.table(), trade.experiments()
    assert list(table["architecture"]) == ["surface", "surface", "orbit", "both", "both"]
    assert each.loc[("connecting_ridge", "surface_radiation"), "hours"] == pytest.approx(72)
    assert each.loc[("von_karman_plain", "volatile_drilling"), "impossible"] == "needs polar"
    assert each.loc[("ilrs_llo_staging", "surface_radiation"), "impossible"] == "needs any surface"
    assert table.loc["ilrs_llo_staging", "value"] == table.loc["ilrs_llo_staging", "possible"] == 0
    assert table.loc["connecting_ridge", "possible"] == 2
    assert table.loc["connecting_ridge+ilrs_llo_staging", "value"] == table.loc["connecting_ridge", "value"]
    assert (table["value"] <= table["bound"]).all()
    assert np.isnan(table.loc["ilrs_llo_staging", "coldest"])
    assert 24 < table.loc["von_karman_plain", "coldest"] < table.loc["von_karman_plain", "hottest"] < 400
    assert set(table.attrs["units"]) == set(MEASURES)


def test_each_value_is_that_of_the_campaign_planned_there(trade: Siting) -> None:
    station = CATALOGUE.stations["connecting_ridge_station"]
    result = Campaign(PORTFOLIO).plan(time_limit="1 s", deterministic=True, workers=1)
    assert check(result.problem, result.plan) == []
    row = trade.table().loc["connecting_ridge"]
    assert row["value"] == result.objective
    assert row["power"] == pytest.approx(float(Campaign(PORTFOLIO).environment["power_available"].mean()))
    instruments = {name for one in PORTFOLIO.experiments for name in CATALOGUE.experiments[one].instruments}
    mass = (
        STATION_KG + station.battery.capacity / BATTERY_WH_KG + sum(one.mass or 0 for one in station.robots)
    )
    mass += sum(CATALOGUE.instruments[name].mass or 0 for name in instruments)
    assert row["mass"] == pytest.approx(mass)
    assert row["launch_mass"] == pytest.approx(mass * launch_mass_ratio(CATALOGUE.sites["connecting_ridge"]))


def test_a_dark_place_gets_a_battery_that_its_station_lives_on() -> None:
    kept, grown = (
        siting(PORTFOLIO, ["haworth"], time_limit="1 s", workers=0, battery=how)  # type: ignore[arg-type]
        for how in ("as_recorded", "as_needed")
    )
    need = grown.table().loc["haworth", "battery"]
    assert need > 0
    long = PORTFOLIO.replace(end="2031-03-24")
    kept, grown = (
        siting(long, ["haworth"], time_limit="1 s", workers=0, battery=how)  # type: ignore[arg-type]
        for how in ("as_recorded", "as_needed")
    )
    assert kept.table().loc["haworth", "status"] == "INFEASIBLE"
    assert "battery" in kept.base[0].note
    assert grown.table().loc["haworth", "value"] > 0
    assert grown.table().loc["haworth", "mass"] > kept.table().loc["haworth", "mass"]


def test_two_workers_give_the_same() -> None:
    alone = siting(PORTFOLIO, PLACES[:2], time_limit="1 s", workers=0)
    steps: list[tuple[int, int]] = []
    both = siting(
        PORTFOLIO, PLACES[:2], time_limit="1 s", workers=2, progress=lambda *step: steps.append(step)
    )
    pd.testing.assert_frame_equal(alone.table(), both.table())
    assert steps == [(1, 2), (2, 2)]


def test_another_year_is_another_circumstance() -> None:
    found = siting(
        PORTFOLIO,
        ["connecting_ridge"],
        time_limit="1 s",
        workers=0,
        circumstances={"summer": {"start": "2031-09-01", "end": "2031-09-04"}},
    )
    assert found.table("summer").loc["connecting_ridge", "sunlight"] > 0
    data = found.dataset()
    assert list(data.circumstance.values) == ["base", "summer"]
    assert float(data.sunlight.sel(circumstance="summer", candidate="connecting_ridge")) == pytest.approx(
        found.table("summer").loc["connecting_ridge", "sunlight"]
    )
    assert data.power.attrs["units"] == "W"
    with pytest.raises(UnknownNameError, match="winter"):
        found.table("winter")
    with pytest.raises(RequestError, match="no 'mast'"):
        siting(PORTFOLIO, ["connecting_ridge"], workers=0, circumstances={"x": {"mast": "10 m"}})


def test_a_cancel_says_how_far_it_came() -> None:
    with pytest.raises(RequestError, match="cancelled; 0 of 1"):
        siting(PORTFOLIO, ["connecting_ridge"], workers=0, cancel=lambda: True)


def test_measures_that_are_neither_good_nor_bad_are_refused(trade: Siting) -> None:
    with pytest.raises(RequestError, match="coldest"):
        trade.front(["coldest"])
    with pytest.raises(UnknownNameError, match="beauty"):
        trade.ranking({"beauty": 1})
    with pytest.raises(RequestError, match="above 0"):
        trade.ranking({"value": 0})
    with pytest.raises(RequestError, match="one measure"):
        trade.front([])
    front = trade.front()
    assert not front["dominated"].all()
    assert trade.ranking({"value": 1}).index[0] in {
        "connecting_ridge",
        "connecting_ridge+ilrs_llo_staging",
    }
    assert "most value" in repr(trade)


def test_the_way_down_costs_more_than_any_orbit() -> None:
    ground = launch_mass_ratio(CATALOGUE.sites["connecting_ridge"])
    ratios = {
        name: launch_mass_ratio(CATALOGUE.orbits[name]) for name in ("ilrs_llo_staging", "elfo_12h", "dro")
    }
    assert ground > ratios["ilrs_llo_staging"] > ratios["elfo_12h"] > ratios["dro"] > 1
    for one, other in itertools.pairwise(ratios.values()):
        assert one != other
