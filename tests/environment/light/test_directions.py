"""Directions turned from place to place."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.environment.light.directions import seen_nearby

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
