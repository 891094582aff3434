"""Seconds of a campaign are rounded against us."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.catalogue.campaign import Campaign
from ilrs_science.errors import CoverageError
from ilrs_science.intervals import Windows
from ilrs_science.planning.formulate.clock import Clock
from tests.planning.small_campaigns import START, at, environment

CLOCK = Clock.of(Campaign(station="base", experiments=("a",), start=START, end=at(10)))


def test_windows_are_cut_to_the_campaign_and_inward_to_whole_seconds() -> None:
    half = np.timedelta64(500, "ms")
    edges = np.array([at(-1), at(2) + half, at(5)]), np.array([at(1) + half, at(3) + half, at(5) + half])
    windows = Windows(*(edge.astype("datetime64[us]") for edge in edges))
    assert list(CLOCK.spans(windows, 1)) == [(0, 3600), (7201, 10800)]
    assert list(CLOCK.spans(windows, 3600)) == [(0, 3600)]


def test_an_instant_is_between_its_floor_and_its_ceiling() -> None:
    instant = at(1) + np.timedelta64(1, "us")
    assert (CLOCK.floor(instant), CLOCK.ceiling(instant)) == (3600, 3601)
    assert CLOCK.floor(at(1)) == CLOCK.ceiling(at(1)) == 3600


def test_an_environment_must_cover_the_start() -> None:
    assert CLOCK.times(environment(2)) == [0, 3600, 7200]
    with pytest.raises(CoverageError, match="must begin with the campaign"):
        CLOCK.times(environment(2).isel(time=slice(1, None)))


def test_lunations_are_cut_to_the_campaign() -> None:
    assert CLOCK.lunations() == [(0, CLOCK.horizon)]
    long = Clock.of(Campaign(station="base", experiments=("a",), start="2031-03-01", end="2031-05-01"))
    # new moons of 2031-03-23 03:49 and 04-21 16:57 (Meeus 1998, table of new moons, to the hour)
    edges = [start / 86400 for start, _ in long.lunations()]
    assert edges == pytest.approx([0.0, 22.16, 51.71], abs=0.05)
    assert long.lunations()[-1][1] == long.horizon
