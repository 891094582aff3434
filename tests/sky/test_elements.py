"""Elements to states: shapes, planes and frames are those that the record names."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.catalogue.orbit import Orbit
from ilrs_science.epochs import to_tdb
from ilrs_science.sky.elements import epoch_of, initial_state, state_of_elements
from ilrs_science.sky.frames import moon_me_rotation
from ilrs_science.sky.gravity import lunar_gravity
from ilrs_science.sky.kernels import ephemeris_series, orientation_series

EPOCH = float(to_tdb(np.datetime64("2026-03-01")))
MU = lunar_gravity(0).gm


def orbit(low=100.0, high=100.0, inclination=90.0, **more):
    return Orbit(
        perilune_height=f"{low} km", apolune_height=f"{high} km", inclination=f"{inclination} deg", **more
    )


@given(
    a=st.floats(1800.0, 50000.0),
    e=st.floats(0.0, 0.9),
    angles=st.tuples(*[st.floats(0.0, 3.1), st.floats(0.0, 6.2), st.floats(0.0, 6.2), st.floats(0.0, 6.2)]),
)
def test_a_state_keeps_energy_momentum_and_plane_of_its_elements(a, e, angles):
    state = state_of_elements(a, e, np.array(angles))
    r, v = state[:3], state[3:]
    momentum = np.cross(r, v)
    assert v @ v / 2 - MU / np.linalg.norm(r) == pytest.approx(-MU / (2 * a), rel=1e-11)
    assert np.linalg.norm(momentum) == pytest.approx(np.sqrt(MU * a * (1 - e * e)), rel=1e-12)
    assert momentum[2] / np.linalg.norm(momentum) == pytest.approx(np.cos(angles[0]), abs=1e-12)


def test_true_anomaly_zero_is_the_perilune_and_180_deg_the_apolune():
    low, high = (
        np.linalg.norm(initial_state(orbit(200, 16000, 62.4, true_anomaly=f"{nu} deg"), EPOCH)[:3])
        for nu in (0, 180)
    )
    assert (low, high) == pytest.approx((1937.4, 17737.4))


def test_an_argument_of_90_deg_puts_the_perilune_in_the_north_of_the_moon():
    state = initial_state(orbit(200, 16000, 62.4, argument_of_perilune="90 deg"), EPOCH)
    fixed = moon_me_rotation(orientation_series().at(np.array([EPOCH])))[0] @ state[:3]
    assert np.degrees(np.arcsin(fixed[2] / np.linalg.norm(fixed))) == pytest.approx(62.4)


def test_the_node_is_counted_from_the_meridian_that_faces_the_earth():
    state = initial_state(orbit(ascending_node="40 deg"), EPOCH)
    fixed = moon_me_rotation(orientation_series().at(np.array([EPOCH])))[0] @ state[:3]
    assert np.degrees(np.arctan2(fixed[1], fixed[0])) == pytest.approx(40.0)


def test_icrf_elements_refer_to_icrf_axes():
    state = initial_state(orbit(frame="icrf", ascending_node="0 deg"), EPOCH)
    assert state[:3] == pytest.approx([1837.4, 0, 0])
    assert state[3:5] == pytest.approx([0, 0], abs=1e-12)


def test_a_state_is_taken_as_it_is():
    given_state = {"position": ["3000 km", "0 km", "-1 km"], "velocity": ["0 km/s", "1.2 km/s", "50 m/s"]}
    record = orbit(1262.6, 20000, state=given_state, epoch="2026-01-01")
    assert initial_state(record, EPOCH).tolist() == [3000.0, 0.0, -1.0, 0.0, 1.2, 0.05]


def test_an_orbit_without_an_epoch_begins_with_the_span():
    assert epoch_of(orbit(), EPOCH) == EPOCH
    assert epoch_of(orbit(epoch="2026-03-01"), 0.0) == EPOCH


def test_a_frozen_orbit_refers_to_the_plane_of_the_earth():
    state = initial_state(orbit(frame="earth_orbit", inclination=0.0), EPOCH)
    series = ephemeris_series()
    earth, motion = (
        (series[3, 399].at(np.array([EPOCH]), k) - series[3, 301].at(np.array([EPOCH]), k))[0] for k in (0, 1)
    )
    assert state[:3] @ earth == pytest.approx(1837.4 * np.linalg.norm(earth))
    assert np.cross(state[:3], state[3:]) @ np.cross(earth, motion) > 0
    assert state[3:] @ np.cross(earth, motion) == pytest.approx(
        0, abs=1e-6 * np.linalg.norm(np.cross(earth, motion))
    )
