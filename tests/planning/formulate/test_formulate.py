"""A campaign becomes the problem that its records say."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import xarray as xr

from ilrs_science.catalogue.campaign import Campaign
from ilrs_science.catalogue.library import Catalogue, load_catalogue
from ilrs_science.errors import CoverageError, UnknownNameError
from ilrs_science.intervals import Windows
from ilrs_science.planning.formulate.formulate import formulate
from ilrs_science.planning.judge.check import check
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.solve import solve

START, END = "2031-03-01T00:00:00", "2031-03-05T00:00:00"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return Campaign(
        id="four_days",
        station="connecting_ridge_station",
        experiments=("subsurface_radar_profile", "volatile_drilling", "solar_radio_bursts"),
        start=START,
        end=END,
    )


@pytest.fixture(scope="module")
def windows() -> dict[str, Windows]:
    first = ["2031-03-01T00:00:00.5", "2031-03-03T00:00:00"], ["2031-03-02T12:00:00.5", "2031-03-03T01:00:00"]
    return {
        "subsurface_radar_profile": Windows(*(np.array(edge, dtype="datetime64[us]") for edge in first)),
        "volatile_drilling": Windows.everything(START, END),
        "solar_radio_bursts": Windows(
            np.array([], dtype="datetime64[us]"), np.array([], dtype="datetime64[us]")
        ),
    }


@pytest.fixture(scope="module")
def env() -> xr.Dataset:
    """Light and link for the first two days."""
    hours = np.arange(96)
    times = np.datetime64(START, "us") + hours.astype("timedelta64[h]")
    lit = hours < 48
    return xr.Dataset(
        {
            "array_power": ("time", np.where(lit, 400.0, 0.0)),
            "link_rate": ("time", np.where(lit, 0.555, 0.0)),
        },
        {"time": times},
    )


@pytest.fixture(scope="module")
def asked(campaign: Campaign, windows: dict[str, Windows], env: xr.Dataset, catalogue: Catalogue) -> Problem:
    return formulate(campaign, windows, env, catalogue=catalogue)


def test_every_session_is_an_activity_after_the_one_before(asked: Problem, catalogue: Catalogue) -> None:
    drill = catalogue.experiments["volatile_drilling"]
    sessions = [entry for entry in asked.activities if entry.id.startswith("volatile_drilling.")]
    assert len(sessions) == drill.repeats
    assert [before.after for before in sessions[0].precedences] == ["subsurface_radar_profile.1"]
    assert [before.after for before in sessions[1].precedences] == ["volatile_drilling.1"]
    assert sessions[1].precedences[0].min_lag_s == drill.min_gap
    assert sessions[0].duration_s == drill.session
    assert sessions[0].value == drill.value


def test_windows_are_rounded_inward_and_short_ones_dropped(asked: Problem) -> None:
    assert asked.by_id["subsurface_radar_profile.1"].windows == ((1, 36 * 3600),)
    assert asked.by_id["solar_radio_bursts.1"].windows == ()


def test_a_session_draws_its_power_and_that_of_its_robot(asked: Problem, catalogue: Catalogue) -> None:
    drill = catalogue.experiments["volatile_drilling"]
    entry = asked.by_id["volatile_drilling.1"]
    assert entry.energy_W == drill.power_of(catalogue.instruments) + 60.0
    assert entry.data_Mbit_s * entry.duration_s == pytest.approx(
        drill.data_of(catalogue.instruments), abs=0.1
    )
    assert entry.demands == {"volatiles_drill": 1, "robots": 1, "bus_power": int(np.ceil(entry.energy_W))}


def test_a_session_is_that_of_its_leading_partner(asked: Problem, catalogue: Catalogue) -> None:
    assert asked.by_id["subsurface_radar_profile.1"].partner == "china"
    assert (
        asked.by_id["volatile_drilling.1"].partner == catalogue.experiments["volatile_drilling"].partner == ""
    )


def test_experiments_that_disturb_each_other_exclude_each_other(asked: Problem) -> None:
    assert "subsurface_radar_profile.1" in asked.by_id["solar_radio_bursts.1"].exclusions


def test_the_battery_holds_what_it_can_deliver_and_a_surplus_pays_the_round_trip(asked: Problem) -> None:
    (battery,) = asked.batteries
    assert battery is not None
    # 16 kWh, 80 % depth, 95 % each way; lit 400 W + 20 W against 160 W, dark 20 W against 90 W
    assert (battery.capacity_Wh, battery.minimum_Wh, battery.initial_Wh) == (15200.0, 3040.0, 15200.0)
    assert battery.load == ((0, 160.0), (48 * 3600, 90.0))
    assert battery.generation[0] == (0, round(160 + 0.95 * 0.95 * 260, 3))
    assert battery.generation[-1] == (48 * 3600, 20.0)


def test_a_pass_is_where_the_link_holds_at_both_ends_of_a_step(asked: Problem) -> None:
    (link,) = asked.links
    assert link.passes == ((0, 47 * 3600, 0.555),)


def test_the_bus_delivers_what_station_and_link_leave(asked: Problem) -> None:
    bus = next(resource for resource in asked.renewables if resource.id == "bus_power")
    assert (bus.capacity, bus.profile) == (1000 - 160 - 30, ((48 * 3600, 1000 - 90 - 30),))


def test_the_problem_is_solved_and_the_plan_checked(asked: Problem) -> None:
    result = solve(asked, time_limit="10 s")
    assert check(asked, result.plan) == []
    assert result.objective is not None
    assert result.objective > 0
    assert {name for name in result.plan.left_out if name.startswith("solar")} == {
        f"solar_radio_bursts.{number}" for number in range(1, 5)
    }


def test_missing_windows_are_named(campaign: Campaign, env: xr.Dataset, catalogue: Catalogue) -> None:
    with pytest.raises(UnknownNameError, match="unknown windows of experiment 'subsurface_radar_profile'"):
        formulate(campaign, {}, env, catalogue=catalogue)


def test_an_environment_of_another_time_is_refused(
    campaign: Campaign, windows: dict[str, Windows], env: xr.Dataset, catalogue: Catalogue
) -> None:
    late: Any = env.isel(time=slice(1, None))
    with pytest.raises(CoverageError, match="must begin with the campaign"):
        formulate(campaign, windows, late, catalogue=catalogue)
