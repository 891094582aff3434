"""Campaigns at several stations: each has its own, and what they share goes to one at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import xarray as xr

from ilrs_science.errors import CoverageError, RequestError, UnknownNameError
from tests.planning.small_campaigns import (
    asked,
    best,
    environment,
    experiment,
    instrument,
    orbiter,
    span,
    station,
)

PAIR = [station(), orbiter()]


def around(hours: int, **rates: Any) -> dict[str, xr.Dataset]:
    """Environments with the rate of each station to the relay, by hour."""
    return {
        name: environment(hours).assign(
            partner_rate=(("time", "partner"), np.append(rate, rate[-1])[: hours + 1, None].astype(float)),
            partner=["queqiao2_relay"],
        )
        for name, rate in rates.items()
    }


def test_each_station_has_a_battery_of_its_own() -> None:
    unit = instrument("a_unit", watt=30)
    sessions = experiment("a", repeats=8, location="any_surface", also_at=("orbit",))
    assert best(asked(sessions, instruments=[unit], hours=10)).objective == 3.0
    both = best(asked(sessions, instruments=[unit], stations=PAIR, hours=10))
    assert both.objective == 6.0
    assert {name.partition("/")[2] for name in both.plan.starts} == {"base", "orbiter"}


def test_experiments_are_done_where_their_location_allows_or_where_the_campaign_says() -> None:
    ground, aloft = experiment("ground"), experiment("aloft", location="orbit")
    problem = asked(ground, aloft, stations=PAIR)
    assert {entry.id: entry.battery for entry in problem.activities} == {
        "ground.1": "battery/base", "aloft.1": "battery/orbiter",
    }  # fmt: skip
    assert "ground_unit/base" in problem.by_id["ground.1"].demands
    told = asked(ground, aloft, stations=PAIR, at=[{"experiment": "aloft", "stations": ["base"]}])
    assert told.by_id["aloft.1"].battery == "battery/base"
    with pytest.raises(RequestError, match="aloft: none of base, other is where it can be done"):
        asked(aloft, stations=[station(), station("other")])


def test_windows_of_each_station_are_its_own() -> None:
    sessions = experiment("a", hours=2, repeats=2, also_at=("orbit",))
    windows = {"a/base": span((0, 2)), "a/orbiter": span((1, 2), (6, 9))}
    result = best(asked(sessions, stations=PAIR, windows=windows))
    assert sorted(name.partition("/")[2] for name in result.plan.starts) == ["base", "orbiter"]


def test_two_stations_share_a_relay_by_turns() -> None:
    # Each makes 3600 Mbit in an hour and has room for no more; the relay is there for both from 2 h to 3 h, and an hour
    # of it takes the data of one session.
    small = {"storage": {"capacity": "3600 Mbit"}}
    pair = [station(**small), orbiter(**small)]
    units = [instrument(f"{name}_unit", rate=1.0) for name in ("a", "b")]
    sessions = [experiment("a", repeats=2, value=3), experiment("b", repeats=2, location="orbit", value=2)]
    seen = np.isin(np.arange(12), (2, 3)).astype(float)
    env = around(12, base=seen, orbiter=seen)
    problem = asked(*sessions, instruments=units, stations=pair, env=env, relays=["queqiao2_relay"])
    turns = {entry.id: (entry.drain_Mbit_s, entry.windows, entry.demands) for entry in problem.activities if
             entry.drain_Mbit_s}  # fmt: skip
    there = (1.0, ((2 * 3600, 3 * 3600),), {"queqiao2_relay": 1})
    assert turns == {"queqiao2_relay/base.1": there, "queqiao2_relay/orbiter.1": there}
    result = best(problem)
    assert result.objective == 8.0  # twice a and once b
    assert "queqiao2_relay/base.1" in result.plan.starts
    assert "queqiao2_relay/orbiter.1" not in result.plan.starts


def test_where_nobody_competes_the_link_is_fixed() -> None:
    early = np.isin(np.arange(12), (2, 3)).astype(float)
    late = np.isin(np.arange(12), (7, 8)).astype(float)
    problem = asked(
        experiment("a"), stations=PAIR, env=around(12, base=early, orbiter=late), relays=["queqiao2_relay"]
    )
    assert not any(entry.drain_Mbit_s for entry in problem.activities)
    assert {link.storage: link.passes for link in problem.links} == {
        "storage/base": ((7200, 10800, 1.0),), "storage/orbiter": ((25200, 28800, 1.0),),
    }  # fmt: skip


def test_turns_are_no_longer_than_the_campaign_says() -> None:
    seen = np.ones(12)
    asking = {"stations": PAIR, "env": around(12, base=seen, orbiter=seen), "relays": ["queqiao2_relay"]}
    assert sum(bool(entry.drain_Mbit_s) for entry in asked(experiment("a"), **asking).activities) == 8
    short = asked(experiment("a"), turn="1 h", **asking)
    assert sum(bool(entry.drain_Mbit_s) for entry in short.activities) == 24


def test_a_disturbance_stays_at_its_station_but_for_the_radio() -> None:
    shaking = instrument("a_unit", emits=("vibration", "radio"))
    pair = [experiment("a"), experiment("b")]
    split = [{"experiment": "a", "stations": ["base"]}, {"experiment": "b", "stations": ["other"]}]
    for kind, apart in (("vibration", False), ("radio", True)):
        units = [shaking, instrument("b_unit", sensitive_to=(kind,))]
        problem = asked(*pair, instruments=units, stations=[station(), station("other")], at=split)
        assert bool(problem.by_id["a.1"].exclusions) is apart
        assert asked(*pair, instruments=units).by_id["a.1"].exclusions == ("b.1",)


def test_what_is_missing_is_named() -> None:
    with pytest.raises(UnknownNameError, match="unknown environment of station 'orbiter'"):
        asked(experiment("a"), stations=PAIR, env={"base": environment(12)})
    with pytest.raises(CoverageError, match="the environment of base lacks partner_rate of queqiao2_relay"):
        asked(experiment("a"), relays=["queqiao2_relay"])


def test_a_campaign_may_want_fewer_sessions_than_the_record() -> None:
    often = experiment("a", repeats=9)
    problem = asked(often, at=[{"experiment": "a", "sessions": 2}])
    assert [entry.id for entry in problem.activities] == ["a.1", "a.2"]
    assert len(asked(often, at=[{"experiment": "a", "sessions": 12}]).activities) == 9
