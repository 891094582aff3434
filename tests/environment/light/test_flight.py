"""What it is like on an orbiter."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from ilrs_science.catalogue.constraint import Eclipse, SolarBeta, SunVisible
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.environment.light.flight import flight
from ilrs_science.sky.orbiters import trajectory_of
from ilrs_science.sky.trajectory import Trajectory
from ilrs_science.windows.constraints import find_windows

START, END = np.datetime64("2026-03-01", "us"), np.datetime64("2026-03-03", "us")
TIMES = np.arange(START, END, np.timedelta64(3, "m"))


@pytest.fixture(scope="module")
def low() -> Trajectory:
    return trajectory_of(load_catalogue().orbits["llo_100"], START, END)


@pytest.fixture(scope="module")
def seen(low: Trajectory) -> xr.Dataset:
    return flight(low, TIMES)


def test_a_low_orbit_stays_low_and_its_ground_track_turns_with_its_inclination(
    seen: xr.Dataset, low: Trajectory
) -> None:
    orbit = load_catalogue().orbits["llo_100"]
    assert 60.0 < float(seen["altitude"].min()) < 100.0 < float(seen["altitude"].max()) < 140.0
    assert float(np.abs(seen["sub_latitude"]).max()) == pytest.approx(min(90.0, orbit.inclination), abs=1.5)
    assert ((seen["sub_longitude"] >= 0.0) & (seen["sub_longitude"] < 360.0)).all()


def test_the_sun_shows_when_the_search_says_so(seen: xr.Dataset, low: Trajectory) -> None:
    found = find_windows(SunVisible(min_fraction=0.5), low, START, END)
    assert (found.contains(TIMES) == (seen["sun_visible_fraction"].values >= 0.5)).all()
    assert 0.3 < float(seen["sun_visible_fraction"].mean()) < 1.0


def test_the_angle_of_the_orbital_plane_is_that_of_the_search(seen: xr.Dataset, low: Trajectory) -> None:
    middle = float(seen["solar_beta"].median())
    found = find_windows(SolarBeta(min=f"{middle} deg"), low, START, END)
    beyond = np.abs(seen["solar_beta"].values - middle) > 1e-4
    assert (found.contains(TIMES) == (seen["solar_beta"].values >= middle))[beyond].all()


def test_the_earth_covers_the_sun_in_an_eclipse() -> None:
    start, end = np.datetime64("2025-03-14T03:00", "us"), np.datetime64("2025-03-14T12:00", "us")
    orbiter = trajectory_of(load_catalogue().orbits["queqiao2"], start, end)
    times = np.arange(start, end, np.timedelta64(5, "m"))
    covered = flight(orbiter, times)["sun_covered_fraction"].values
    dark = find_windows(Eclipse(by="earth"), orbiter, start, end)
    assert covered.max() == 1.0
    assert (dark.contains(times) == (covered > 0.0)).mean() > 0.99


def test_epochs_may_come_in_any_order(low: Trajectory, seen: xr.Dataset) -> None:
    some = TIMES[::-71]
    again = flight(low, some)
    for name, values in again.items():
        np.testing.assert_allclose(values, seen[name].sel(time=some), rtol=1e-9, atol=1e-6)
