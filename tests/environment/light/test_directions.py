"""Directions turned from place to place."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.environment.light.directions import local_incidence, seen_nearby

angles = st.tuples(st.floats(0.0, 359.9), st.floats(-80.0, 80.0))


@given(angles)
def test_without_a_turn_nothing_changes(direction: tuple[float, float]) -> None:
    azimuth, elevation = (np.array([one]) for one in direction)
    there = seen_nearby(azimuth, elevation, np.eye(3))
    np.testing.assert_allclose(np.cos(np.radians(there[0] - azimuth)), 1.0, atol=1e-12)
    np.testing.assert_allclose(there[1], elevation, atol=1e-9)


@given(angles, st.floats(-3.0, 3.0))
def test_there_and_back_is_here(direction: tuple[float, float], turn: float) -> None:
    azimuth, elevation = (np.array([one]) for one in direction)
    cosine, sine = np.cos(turn), np.sin(turn)
    rotation = np.array([[1.0, 0.0, 0.0], [0.0, cosine, -sine], [0.0, sine, cosine]])
    back = seen_nearby(*seen_nearby(azimuth, elevation, rotation), rotation.T)
    np.testing.assert_allclose(np.cos(np.radians(back[0] - azimuth)), 1.0, atol=1e-9)
    np.testing.assert_allclose(back[1], elevation, atol=1e-6)


def test_a_tilt_to_the_north_lowers_what_stands_there() -> None:
    tilt = np.radians(10.0)
    rotation = np.array(
        [[np.cos(tilt), 0.0, np.sin(tilt)], [0.0, 1.0, 0.0], [-np.sin(tilt), 0.0, np.cos(tilt)]]
    )
    azimuth, elevation = seen_nearby(np.array([0.0]), np.array([30.0]), rotation)
    np.testing.assert_allclose((azimuth[0], elevation[0]), (0.0, 20.0), atol=1e-9)


def test_incidence_on_known_ground() -> None:
    assert local_incidence(123.0, 30.0, 0.0, 0.0) == pytest.approx(60.0)
    assert local_incidence(90.0, 30.0, 30.0, 90.0) == pytest.approx(30.0)
    assert local_incidence(90.0, 30.0, 30.0, 270.0) == pytest.approx(90.0)
    assert local_incidence(0.0, 5.0, 20.0, 180.0) == pytest.approx(105.0), "the Sun is behind the slope"
    assert local_incidence([0.0, 90.0], 0.0, 90.0, 0.0).tolist() == pytest.approx([0.0, 90.0])


@given(
    azimuth=st.floats(0, 360), elevation=st.floats(-90, 90), slope=st.floats(0, 90), aspect=st.floats(0, 360)
)
def test_incidence_is_the_angle_between_two_vectors(
    azimuth: float, elevation: float, slope: float, aspect: float
) -> None:
    def vector(azimuth: float, elevation: float) -> np.ndarray:
        a, e = np.radians([azimuth, elevation])
        return np.array([np.cos(e) * np.sin(a), np.cos(e) * np.cos(a), np.sin(e)])

    cosine = np.cos(np.radians(local_incidence(azimuth, elevation, slope, aspect)))
    assert cosine == pytest.approx(vector(azimuth, elevation) @ vector(aspect, 90.0 - slope), abs=1e-9)
