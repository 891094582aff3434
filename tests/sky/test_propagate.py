"""Propagation: converged, closed where physics says so, the same backward, and honest about impacts."""

import numpy as np
import pytest

from ilrs_science.epochs import to_tdb
from ilrs_science.errors import CoverageError, RequestError
from ilrs_science.sky.forces import ForceModel
from ilrs_science.sky.gravity import lunar_gravity
from ilrs_science.sky.propagate import TOLERANCE, propagate_state

EPOCH = float(to_tdb(np.datetime64("2026-03-01")))
DAY = 86400.0
POINT = ForceModel(degree=0, earth=False, sun=False, area_to_mass=0.0)


def polar(height=100.0, speed=1.0):
    """State over the equator, moving north at so many times the circular speed."""
    radius = 1737.4 + height
    return np.array([radius, 0, 0, 0, 0, speed * np.sqrt(lunar_gravity(0).gm / radius)])


def kepler(state, elapsed):
    """Position on a Keplerian ellipse by universal variables (Vallado 2013, algorithm 8)."""
    mu = lunar_gravity(0).gm
    r0, v0 = state[:3], state[3:]
    radius, alpha = np.linalg.norm(r0), 2 / np.linalg.norm(r0) - v0 @ v0 / mu
    chi = np.sqrt(mu) * elapsed * alpha
    for _ in range(60):
        psi = chi**2 * alpha
        c2, c3 = (1 - np.cos(np.sqrt(psi))) / psi, (np.sqrt(psi) - np.sin(np.sqrt(psi))) / psi**1.5
        r = chi**2 * c2 + r0 @ v0 / np.sqrt(mu) * chi * (1 - psi * c3) + radius * (1 - psi * c2)
        along = r0 @ v0 / np.sqrt(mu) * chi**2 * c2 + (1 - alpha * radius) * chi**3 * c3 + radius * chi
        chi += (np.sqrt(mu) * elapsed - along) / r
    f, g = 1 - chi**2 / radius * c2, elapsed - chi**3 / np.sqrt(mu) * c3
    return f * r0 + g * v0


@pytest.mark.parametrize("speed", [1.0, 1.2, 1.35])
def test_a_point_mass_gives_keplers_ellipse(speed):
    state = polar(300.0, speed)
    path = propagate_state(state, EPOCH, (EPOCH - DAY, EPOCH + DAY), model=POINT)
    for elapsed in (-DAY + 1, -5000.0, 1.0, 40000.0, DAY - 1):
        assert path.position(np.array([EPOCH + elapsed]))[0] == pytest.approx(
            kepler(state, elapsed), abs=1e-6
        )


def test_a_tighter_tolerance_moves_a_low_orbit_by_less_than_a_millimetre_in_two_days():
    end = EPOCH + 2 * DAY
    once, twice = (
        propagate_state(polar(), EPOCH, (EPOCH, end), tolerance=tolerance) for tolerance in (TOLERANCE, 1e-15)
    )
    times = np.linspace(EPOCH, end, 2001)
    assert np.abs(once.position(times) - twice.position(times)).max() < 1e-6


def test_the_way_back_leads_to_the_start():
    there = propagate_state(polar(), EPOCH, (EPOCH, EPOCH + DAY))
    end = EPOCH + DAY
    back = propagate_state(there.states(np.array([end]))[0], end, (EPOCH, end))
    assert back.position(np.array([EPOCH]))[0] == pytest.approx(polar()[:3], abs=1e-4)


def test_the_series_and_the_velocity_fit_the_integration():
    path = propagate_state(polar(50.0), EPOCH, (EPOCH, EPOCH + DAY))
    assert path.fit_error < 1.0e-3
    times = np.linspace(EPOCH + 100, path.end - 100, 1001)
    step = 0.5
    slope = (path.position(times + step) - path.position(times - step)) / (2 * step)
    # the difference quotient itself is off by step**2 / 6 times the jerk of 1.3e-6 km/s3
    assert path.states(times)[:, 3:] == pytest.approx(slope, abs=1e-6)


def test_sunlight_pushes_and_the_shadow_stops_it():
    dark = ForceModel(degree=0, earth=False, sun=False, area_to_mass=0.0)
    lit = ForceModel(degree=0, earth=False, sun=False, area_to_mass=1.0, reflectivity=1.0)
    end = EPOCH + 3600.0
    way = [
        propagate_state(polar(5000.0), EPOCH, (EPOCH, end), model=m).position(np.array([end]))[0]
        for m in (dark, lit)
    ]
    # half a t^2 with a = 4.54e-6 N/m2 * 1 m2/kg, at 0.99 au in March and bent a little by gravity
    assert np.linalg.norm(way[1] - way[0]) == pytest.approx(0.5 * 4.54e-9 / 0.99**2 * 3600.0**2, rel=0.05)


def test_an_orbit_that_hits_the_moon_says_when():
    state = polar(100.0, 0.97)
    with pytest.raises(
        RequestError,
        match=r"orbit of a probe hits the Moon at 2026-03-01T0\d:\d\d:\d\dZ, 0.0\d days after its epoch",
    ):
        propagate_state(state, EPOCH, (EPOCH, EPOCH + DAY), name="a probe")


def test_a_low_polar_orbit_of_ten_kilometres_comes_down_within_weeks():
    with pytest.raises(RequestError, match="hits the Moon at 2026-03-"):
        propagate_state(polar(10.0), EPOCH, (EPOCH, EPOCH + 30 * DAY), model=ForceModel(degree=20))


def test_a_span_beyond_the_kernels_is_refused():
    with pytest.raises(CoverageError, match="the shipped kernels cover"):
        propagate_state(polar(), EPOCH, (EPOCH, EPOCH + 40 * 365 * DAY))


def test_an_epoch_outside_the_trajectory_is_refused():
    path = propagate_state(polar(), EPOCH, (EPOCH, EPOCH + 3600.0), name="x")
    with pytest.raises(
        CoverageError, match="the trajectory of x covers 2026-03-01T00:00:00Z to 2026-03-01T01:00:00Z, not"
    ):
        path.position(np.array([EPOCH + 7200.0]))


@pytest.mark.parametrize(
    "wrong", [{"area_to_mass": -1.0}, {"reflectivity": 3.0}, {"area_to_mass": float("nan")}]
)
def test_impossible_properties_are_refused(wrong):
    with pytest.raises(RequestError, match="is not possible"):
        ForceModel(**wrong)


def test_segments_never_straddle_a_record_of_the_ephemeris():
    path = propagate_state(polar(2000.0), EPOCH, (EPOCH - DAY, EPOCH + 5 * DAY), model=ForceModel(degree=4))
    from ilrs_science.sky.fit import CELL, first_cell

    borders = np.floor((path.origin + path.edges - first_cell(path.start)) / CELL + 1e-12)
    inside = np.floor((path.origin + path.edges[1:] - 1e-3 - first_cell(path.start)) / CELL)
    assert np.array_equal(borders[:-1], inside)
