"""Experiments whose instruments disturb each other never run at the same time."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import xarray as xr

from ilrs_science.catalogue.campaign import Campaign
from ilrs_science.catalogue.library import Catalogue, load_catalogue
from ilrs_science.intervals import Windows
from ilrs_science.planning.formulate.formulate import formulate
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.solve import solve

START, END = "2031-03-01T00:00:00", "2031-03-03T00:00:00"
EXPERIMENTS = ("regolith_sintering", "earth_radiation_budget", "near_uv_variable_stars", "surface_radiation")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def campaign(**more: object) -> Campaign:
    return Campaign(
        id="two_days",
        station="connecting_ridge_station",
        experiments=EXPERIMENTS,
        start=START,
        end=END,
        **more,
    )


def asked(catalogue: Catalogue, **more: object) -> Problem:
    times = np.datetime64(START, "us") + np.arange(48).astype("timedelta64[h]")
    env = xr.Dataset(
        {"array_power": ("time", np.full(48, 3000.0)), "link_rate": ("time", np.full(48, 50.0))},
        {"time": times},
    )
    windows = {name: Windows.everything(START, END) for name in EXPERIMENTS}
    return formulate(campaign(**more), windows, env, catalogue=catalogue)


def exclusive(problem: Problem) -> set[frozenset[str]]:
    """Pairs of experiments of which a session excludes one of the other."""
    return {
        frozenset((entry.id.rpartition(".")[0], other.rpartition(".")[0]))
        for entry in problem.activities
        for other in entry.exclusions
    }


def overlapping(plan: Plan) -> set[frozenset[str]]:
    """Pairs of experiments that run at the same time somewhere."""
    spans = [(entry.id.rpartition(".")[0], entry.start_s, entry.end_s) for entry in plan.placements]
    return {
        frozenset((one, other))
        for (one, begin, end), (other, start, stop) in itertools.combinations(spans, 2)
        if one != other and begin < stop and start < end
    }


def test_what_interferes_excludes_each_other(catalogue: Catalogue) -> None:
    pairs = {frozenset((one.source, one.victim)) for one in catalogue.interferences(EXPERIMENTS)}
    stated = {
        frozenset((name, other))
        for name in EXPERIMENTS
        for other in catalogue.experiments[name].excludes
        if other in EXPERIMENTS
    }
    assert frozenset(("regolith_sintering", "earth_radiation_budget")) in pairs - stated
    assert exclusive(asked(catalogue)) == pairs | stated


def test_a_pair_is_excluded_from_one_side_only(catalogue: Catalogue) -> None:
    problem = asked(catalogue)
    said = {
        (entry.id.rpartition(".")[0], other.rpartition(".")[0])
        for entry in problem.activities
        for other in entry.exclusions
    }
    assert not {(other, one) for one, other in said} & said


def test_each_session_excludes_each_of_the_other(catalogue: Catalogue) -> None:
    problem = asked(catalogue)
    telescope = catalogue.experiments["near_uv_variable_stars"]
    for entry in problem.activities:
        if entry.id.startswith("regolith_sintering."):
            held = [name for name in entry.exclusions if name.startswith("near_uv_variable_stars.")]
            assert len(held) == telescope.repeats


def test_two_experiments_that_interfere_never_overlap_in_a_plan(catalogue: Catalogue) -> None:
    problem = asked(catalogue)
    result = solve(problem, time_limit="20 s")
    pairs = {frozenset((one.source, one.victim)) for one in catalogue.interferences(EXPERIMENTS)}
    assert {name.rpartition(".")[0] for name in (entry.id for entry in result.plan.placements)} >= {
        "regolith_sintering",
        "earth_radiation_budget",
    }
    assert not overlapping(result.plan) & pairs


def test_a_campaign_may_say_that_its_station_keeps_a_disturbance_apart(catalogue: Catalogue) -> None:
    apart = exclusive(asked(catalogue, tolerates=["dust"]))
    assert frozenset(("regolith_sintering", "earth_radiation_budget")) not in apart
    assert frozenset(("regolith_sintering", "near_uv_variable_stars")) in apart  # its record says so


def test_the_polar_winter_tolerates_dust_and_nothing_else(catalogue: Catalogue) -> None:
    assert [str(one) for one in catalogue.campaigns["polar_winter"].tolerates] == ["dust"]
