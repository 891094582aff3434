"""Motion of orbiters: axes, heights and revolutions."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science import load_catalogue, observe
from ilrs_science.catalogue.orbit import Orbit
from ilrs_science.panels.sky_orbit import OrbitMotion, ground_points, motion_of
from ilrs_science.sky.place import MOON_RADIUS

START = np.datetime64("2026-02-24T00:00:00", "us")


def motion(name: str, days: float) -> OrbitMotion:
    return motion_of(load_catalogue().orbits[name], START, START + np.timedelta64(round(days * 86400), "s"))


@pytest.mark.parametrize(
    ("name", "days", "tolerance"),
    [("nrho_9_2", 28, 0.01), ("dro", 60, 0.01), ("queqiao2", 28, 0.01), ("llo_100", 2, 0.001)],
)  # fmt: skip
def test_the_measured_revolution_is_that_of_the_record(name: str, days: float, tolerance: float) -> None:
    found = motion(name, days)
    assert found.revolution == pytest.approx(found.orbit.period, rel=tolerance)


def test_the_halo_goes_round_nine_times_in_two_synodic_months() -> None:
    # 2 x 29.530589 d / 9 = 6.5624 d: mean synodic month, Explanatory Supplement 2013, table 15.3
    assert motion("nrho_9_2", 28).revolution / 86400 == pytest.approx(6.5624, abs=0.02)


def test_a_span_shorter_than_a_revolution_has_none() -> None:
    found = motion("nrho_9_2", 3)
    assert found.revolution is None
    assert len(found.turns.lengths) == 0


def test_every_perilune_and_apolune_of_the_halo_is_found_once() -> None:
    turns = motion("nrho_9_2", 28).turns
    assert len(turns.low) == 4
    assert len(turns.high) == 4
    assert np.all((turns.low > 1400) & (turns.low < 1700))
    assert np.all((turns.high > 68_000) & (turns.high < 71_000))
    apart = np.diff(turns.low_times) / np.timedelta64(1, "D")
    np.testing.assert_allclose(apart, 6.56, atol=0.25)


@pytest.mark.parametrize(("name", "days"), [("queqiao2", 20), ("dro", 60), ("llo_100", 1)])
def test_extremes_are_in_order_one_a_revolution_and_enclose_the_curve(name: str, days: float) -> None:
    found = motion(name, days)
    turns = found.turns
    for when in (turns.low_times, turns.high_times):
        assert np.all(np.diff(when) > np.timedelta64(round(0.4 * found.orbit.period), "s"))
        assert abs(len(when) - days * 86400 / found.orbit.period) < 1.5
    assert turns.low.min() == pytest.approx(found.height.min(), abs=2.0)
    assert turns.low.max() < turns.high.min()


def test_a_perilune_agrees_with_a_fine_search() -> None:
    found = motion("queqiao2", 20)
    near = np.abs(found.times - found.turns.low_times[3]) < np.timedelta64(600, "s")
    assert found.turns.low[3] <= found.height[near].min()
    assert found.turns.low[3] == pytest.approx(found.height[near].min(), abs=1.0)


def test_heights_are_lengths_of_the_path() -> None:
    for name in ("nrho_9_2", "queqiao2"):
        found = motion(name, 5)
        np.testing.assert_allclose(np.linalg.norm(found.path, axis=1) - MOON_RADIUS, found.height, atol=1e-6)


def test_a_kepler_orbit_lies_in_its_plane_with_the_first_perilune_on_the_x_axis() -> None:
    found = motion("queqiao2", 5)
    assert not found.rotating
    lowest = found.path[np.argmin(found.height[:3000])]
    assert lowest[0] == pytest.approx(np.linalg.norm(lowest), rel=1e-3)
    assert np.abs(found.path[:, 2]).max() < 0.1 * np.abs(found.path[:, 0]).max()


def test_the_halo_is_drawn_in_axes_that_turn_with_the_earth() -> None:
    found = motion("nrho_9_2", 28)
    assert found.rotating
    assert found.path[:, 2].min() < -60_000, "it lingers far south"
    assert found.path[np.argmin(found.height), 2] > 0, "its perilune is in the north"
    assert -20_000 < found.path[:, 0].mean() < 0, "it is a halo about L2, beyond the Moon"


def test_the_point_under_an_orbiter_sees_it_in_the_zenith() -> None:
    orbit = load_catalogue().orbits["llo_100"]
    span = START, START + np.timedelta64(1, "D")
    when = START + np.timedelta64(3, "h")
    latitude, longitude = ground_points(orbit, span, np.array([when]))
    from ilrs_science import SurfacePlace

    there = SurfacePlace(float(latitude[0]), float(longitude[0]))
    seen = observe(there, [span[0], when, span[1] - np.timedelta64(1, "s")], ["llo_100"])
    assert float(seen["elevation"][1, 0]) > 89.9
    assert float(seen["range"][1, 0]) == pytest.approx(100.0, abs=10.0)


def test_a_polar_orbit_reaches_both_poles_and_all_longitudes_stay_in_range() -> None:
    orbit = load_catalogue().orbits["llo_100"]
    span = START, START + np.timedelta64(1, "D")
    latitude, longitude = ground_points(
        orbit, span, span[0] + np.arange(0, 86400, 60) * np.timedelta64(1, "s")
    )
    assert latitude.max() > 88
    assert latitude.min() < -88
    assert np.all(np.abs(longitude) <= 180)


@pytest.mark.parametrize("name", ["nrho_9_2", "queqiao2", "llo_100"])
def test_waypoints_are_close_where_an_orbiter_is_quick(name: str) -> None:
    found = motion(name, 7)
    chosen = found.waypoints(3.0, 10_000)
    ahead = found.path[chosen] / np.linalg.norm(found.path[chosen], axis=1)[:, None]
    arcs = np.degrees(np.arccos(np.clip(np.einsum("ij,ij->i", ahead[1:], ahead[:-1]), -1, 1)))
    assert chosen[0] == 0
    assert arcs.max() < 5.0
    assert len(found.waypoints(3.0, 50)) <= 51


def test_the_record_travels_with_the_motion() -> None:
    assert isinstance(motion("dro", 60).orbit, Orbit)
