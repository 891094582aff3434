"""The shipped orbits behave as their records say, and results are remembered by what they depend on."""

import numpy as np
import pytest

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.errors import RequestError
from ilrs_science.sky import orbiters
from ilrs_science.sky.forces import ForceModel
from ilrs_science.sky.frames import moon_me_rotation
from ilrs_science.sky.kernels import orientation_series
from ilrs_science.sky.orbiters import trajectory_of

RADIUS = 1737.4


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A cache of this test."""
    monkeypatch.setenv("ILRS_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def orbit(which, **changes):
    found = load_catalogue().orbits[which]
    return found.replace(**changes) if changes else found


def radii(path, step=60.0):
    times = np.arange(path.start, path.end, step)
    return times, np.linalg.norm(path.position(times), axis=1)


def minima(times, values):
    inner = values[1:-1]
    found = np.flatnonzero((inner < values[:-2]) & (inner < values[2:])) + 1
    return times[found], values[found]


def test_a_polar_orbit_passes_both_poles_once_a_revolution():
    path = trajectory_of(orbit("llo_100"), "2026-01-01", "2026-01-02")
    times = np.arange(path.start, path.end, 20.0)
    turn = moon_me_rotation(orientation_series().at(times))
    fixed = np.einsum("nij,nj->ni", turn, path.position(times))
    latitude = np.degrees(np.arcsin(fixed[:, 2] / np.linalg.norm(fixed, axis=1)))
    assert latitude.max() > 89.4
    assert latitude.min() < -89.4
    north = minima(times, -latitude)[0]
    assert np.diff(north).mean() == pytest.approx(orbit("llo_100").period, rel=2e-3)


@pytest.mark.parametrize("name", ["llo_50", "llo_100", "ce7_orbiter"])
def test_a_low_orbit_stays_within_twenty_kilometres_of_its_height_for_two_days(name):
    record = orbit(name)
    _, r = radii(trajectory_of(record, "2026-01-01", "2026-01-03"))
    assert np.abs(r - RADIUS - record.perilune_height).max() < 20.0


@pytest.mark.parametrize(("start", "end"), [("2026-01-01", "2026-07-01"), ("2031-06-05", "2031-12-05")])
def test_the_relay_keeps_its_perilune_in_the_north_and_off_the_ground_for_half_a_year(start, end):
    record = orbit("queqiao2")
    path = trajectory_of(record, start, end, model=ForceModel(degree=8))
    times, r = radii(path, 300.0)
    when, low = minima(times, r)
    assert np.diff(when).mean() / 3600 == pytest.approx(24.32, rel=0.02)
    assert 5.0 < (low - RADIUS).min() < (low - RADIUS).max() < 650.0
    turn = moon_me_rotation(orientation_series().at(when))
    fixed = np.einsum("nij,nj->ni", turn, path.position(when))
    assert (fixed[:, 2] / low).min() > 0.6  # north of 37 deg


# 9:2 resonance: 2/9 of the synodic month of 29.530589 d is 6.562 d (Meeus 1998, chapter 49, for the month).
def test_the_halo_orbit_returns_every_six_and_a_half_days_for_five_months():
    record = orbit("nrho_9_2")
    assert record.period / 86400 == pytest.approx(2 / 9 * 29.530589, abs=1e-3)
    path = trajectory_of(record, "2026-01-01", "2026-06-01")
    when, low = minima(*radii(path, 600.0))
    assert len(when) == 23
    assert np.diff(when).mean() / 86400 == pytest.approx(record.period / 86400, abs=0.02)
    assert 3200.0 < low.min() < low.max() < 3700.0
    turn = moon_me_rotation(orientation_series().at(when))
    north = np.einsum("nij,nj->ni", turn, path.position(when))[:, 2]
    assert north.min() > 0.0  # perilune over the north, so that the orbit lingers in the south


def test_the_distant_orbit_goes_round_against_the_moon_for_years():
    record = orbit("dro")
    path = trajectory_of(record, "2026-01-01", "2028-01-01")
    times, r = radii(path, 7200.0)
    assert 60000.0 < r.min() < r.max() < 115000.0
    states = path.states(times)
    momentum = np.cross(states[:, :3], states[:, 3:])
    turn = moon_me_rotation(orientation_series().at(times))
    up = np.einsum("nij,nj->ni", turn, momentum)[:, 2]
    assert up.max() < 0.0


def test_a_result_is_read_back_bit_for_bit(folder, monkeypatch):
    first = trajectory_of(orbit("llo_100"), "2026-01-01", "2026-01-01T06:00")
    assert len(list(folder.glob("*.npz"))) == 1
    monkeypatch.setattr(orbiters, "propagate_state", None)  # would fail if it were asked again
    second = trajectory_of(orbit("llo_100"), "2026-01-01", "2026-01-01T06:00")
    assert np.array_equal(first.coefficients, second.coefficients)
    assert repr(first) == repr(second)


@pytest.mark.parametrize(
    ("changes", "model", "end"),
    [
        ({"inclination": "89.999 deg"}, ForceModel(), "2026-01-01T02:00"),
        ({"epoch": "2026-01-01T00:00:01"}, ForceModel(), "2026-01-01T02:00"),
        ({}, ForceModel(degree=49), "2026-01-01T02:00"),
        ({}, ForceModel(area_to_mass=0.02), "2026-01-01T02:00"),
        ({}, ForceModel(sun=False), "2026-01-01T02:00"),
        ({}, ForceModel(), "2026-01-01T02:01"),
    ],
)
def test_whatever_a_result_depends_on_gives_it_another_name(folder, changes, model, end):
    trajectory_of(orbit("llo_100"), "2026-01-01", "2026-01-01T02:00")
    trajectory_of(orbit("llo_100", **changes), "2026-01-01", end, model=model)
    assert len(list(folder.glob("*.npz"))) == 2


def test_the_name_of_an_orbiter_does_not_make_another_result(folder):
    for name in ("one", "two"):
        path = trajectory_of(orbit("llo_100", name=name), "2026-01-01", "2026-01-01T02:00")
        assert path.name == name
    assert len(list(folder.glob("*.npz"))) == 1


def test_an_orbit_into_the_ground_names_the_record_and_leaves_nothing(folder):
    low = orbit("llo_50", perilune_height="0.01 km", apolune_height="0.01 km", name="Too low")
    with pytest.raises(RequestError, match="the orbit of Too low hits the Moon at 2026-01-0"):
        trajectory_of(low, "2026-01-01", "2026-01-05")
    assert not folder.exists()


def test_a_span_before_the_epoch_is_integrated_backward():
    record = orbit("nrho_9_2")
    path = trajectory_of(record, "2025-12-30", "2026-01-02", model=ForceModel(degree=8))
    middle = path.position(np.array([path.origin]))[0]
    assert middle == pytest.approx(record.state.position, abs=1e-6)


def test_an_orbit_that_leaves_the_moon_says_when(folder):
    # the halo orbit is unstable; unguarded it would end in the pull of the Earth's centre, with ever shorter steps
    for span in (("2031-01-01", "2031-01-03"), ("2021-01-01", "2021-01-03")):
        with pytest.raises(
            RequestError, match=r"leaves the Moon: on 202\d-\d\d-\d\d it is 250000 km away, \d+ days from"
        ):
            trajectory_of(orbit("nrho_9_2"), *span)
