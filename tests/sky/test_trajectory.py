"""Trajectories: series in time, and places to look from and at."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.errors import CoverageError
from ilrs_science.sky.apparent import apparent
from ilrs_science.sky.chebyshev import Floats, node_matrix, nodes
from ilrs_science.sky.ephemeris import SkyState, sky_after
from ilrs_science.sky.place import SurfacePlace
from ilrs_science.sky.trajectory import Trajectory

ORIGIN = 8e8
RATE = 2.0 * np.pi / 7067.0
RADIUS = 1837.4
EDGES = np.concatenate([np.arange(0.0, 40_000.0, 675.0), [40_000.0]])


def circle(times: Floats) -> Floats:
    """Polar circle of 100 km. [km]"""
    return RADIUS * np.stack([np.cos(RATE * times), np.zeros_like(times), np.sin(RATE * times)], axis=-1)


@pytest.fixture(scope="module")
def orbiter() -> Trajectory:
    times = EDGES[:-1, None] + np.diff(EDGES)[:, None] * ((nodes(20) + 1.0) / 2.0)
    series = np.swapaxes(node_matrix(20) @ circle(times), 1, 2)
    return Trajectory("a circle", ORIGIN, EDGES, np.ascontiguousarray(series), 0.0)


@pytest.fixture(scope="module")
def sky() -> SkyState:
    return sky_after(ORIGIN, np.linspace(0.0, 40_000.0, 500).reshape(50, 10))


def test_position_velocity_and_acceleration_are_those_of_the_circle(orbiter: Trajectory) -> None:
    times = np.sort(np.random.default_rng(0).uniform(0.0, 40_000.0, 999))
    place, velocity, acceleration = orbiter.motion(ORIGIN, times)
    assert place == pytest.approx(circle(times), abs=1e-9)
    assert velocity == pytest.approx(RATE * circle(times + np.pi / 2.0 / RATE), abs=1e-11)
    assert acceleration == pytest.approx(-(RATE**2) * circle(times), abs=1e-11)


@pytest.mark.parametrize("count", [0, 1, 15, 16, 17, 100])
def test_any_number_of_times_in_any_order_gives_the_same(orbiter: Trajectory, count: int) -> None:
    times = np.random.default_rng(count).uniform(0.0, 40_000.0, count)
    together = orbiter.motion(ORIGIN, times)
    singly = [orbiter.motion(ORIGIN, times[i : i + 1]) for i in range(count)]
    assert together.shape == (3, count, 3)
    if count:
        assert together == pytest.approx(np.concatenate(singly, axis=1), rel=1e-12, abs=1e-12)


def test_another_origin_shifts_the_times_and_nothing_else(orbiter: Trajectory) -> None:
    times = np.linspace(0.0, 40_000.0, 77)
    assert orbiter.motion(ORIGIN - 1e6, times + 1e6) == pytest.approx(orbiter.motion(ORIGIN, times), abs=1e-6)
    assert orbiter.states(ORIGIN + times)[:, :3] == pytest.approx(circle(times), abs=1e-3)


def test_a_time_outside_says_what_is_covered(orbiter: Trajectory) -> None:
    with pytest.raises(CoverageError, match="the trajectory of a circle covers 2025-05-08T18:12:11Z to"):
        orbiter.motion(ORIGIN, np.array([-1.0]))
    with pytest.raises(CoverageError, match="not 2025-05-08T18:12:11Z to 2025-05-09T05:18:52Z"):
        orbiter.position(ORIGIN + np.array([0.0, 40_001.0]))


def test_an_observer_on_board_moves_as_the_orbit_does(orbiter: Trajectory, sky: SkyState) -> None:
    observer = orbiter.observer(sky)
    assert observer.position.shape == (50, 10, 3)
    assert np.linalg.norm(observer.position, axis=-1) == pytest.approx(RADIUS, abs=1e-6)
    assert np.linalg.norm(observer.velocity, axis=-1) == pytest.approx(RATE * RADIUS, abs=1e-9)
    assert sky.state(orbiter) is sky.state(orbiter)  # computed once


def test_the_axes_on_board_are_at_right_angles_and_up_leads_away_from_the_moon(
    orbiter: Trajectory, sky: SkyState
) -> None:
    axes = orbiter.axes_at(sky)
    identity = np.einsum("...ij,...kj->...ik", axes, axes)
    assert np.abs(identity - np.eye(3)).max() < 1e-14
    assert np.linalg.det(axes) == pytest.approx(-1.0)  # north, east, up turn left
    up = sky.state(orbiter).position / RADIUS
    assert np.abs(axes[..., 2, :] - up).max() < 1e-9
    assert (axes[..., 1, 2] == 0.0).all()  # east has no part along the Moon's axis


def test_the_moon_is_straight_below_and_a_site_below_is_seen_there(
    orbiter: Trajectory, sky: SkyState
) -> None:
    observer = orbiter.observer(sky)
    moon, distance = apparent(sky, "moon", observer, "geometric")
    assert np.einsum("...i,...i->...", moon, orbiter.vertical(sky)) == pytest.approx(-1.0, abs=1e-12)
    assert distance == pytest.approx(RADIUS, abs=1e-6)
    below = observer.position[0, 0]
    place = SurfacePlace(
        float(np.degrees(np.arcsin(below[2] / RADIUS))), float(np.degrees(np.arctan2(below[1], below[0])))
    )
    site, height = apparent(sky, place, observer, "geometric")
    assert height[0, 0] == pytest.approx(100.0, abs=1e-6)
    assert site[0, 0] @ orbiter.vertical(sky)[0, 0] == pytest.approx(-1.0, abs=1e-12)


def test_arrays_bring_it_back(orbiter: Trajectory) -> None:
    again = Trajectory.from_arrays("a circle", orbiter.arrays())
    times = np.linspace(0.0, 40_000.0, 20)
    assert (again.motion(ORIGIN, times) == orbiter.motion(ORIGIN, times)).all()
    assert repr(again) == repr(orbiter)
    span = "2025-05-08T18:12:11Z to 2025-05-09T05:18:51Z"
    assert repr(again) == f"<Trajectory of a circle: {span}, 60 segments, fit 0 m>"
