"""Eclipse: the part of one disc behind another."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.environment.light.eclipse import covered_fraction, separation

SUN, EARTH = 0.2666, 0.9500
"""Mean apparent radii from the Moon. [deg]"""


def test_a_large_disc_covers_all_some_or_none() -> None:
    apart = [0.0, EARTH - SUN, EARTH, EARTH + SUN, 180.0]
    covered = covered_fraction(apart, SUN, EARTH)
    assert covered[[0, 1]] == pytest.approx(1.0)
    assert 0.4 < covered[2] < 0.5, "the edge of the Earth through the Sun's centre is bent away"
    assert covered[[3, 4]] == pytest.approx(0.0, abs=1e-12)


def test_a_small_disc_in_front_covers_its_own_area() -> None:
    assert covered_fraction(0.1, 0.5, 0.25) == pytest.approx(0.25)


def test_equal_discs_have_the_lens_of_the_textbook() -> None:
    # Two unit circles a radius apart share 2 pi / 3 - sqrt(3) / 2.
    assert covered_fraction(1.0, 1.0, 1.0) == pytest.approx((2.0 * np.pi / 3.0 - np.sqrt(3.0) / 2.0) / np.pi)
    assert covered_fraction(0.0, 1.0, 1.0) == 1.0


@pytest.mark.parametrize("apart", [0.05, 0.3, 0.7, 0.95, 1.15])
def test_it_is_the_share_of_points_behind(apart: float) -> None:
    rng = np.random.default_rng(1)
    x, y = rng.uniform(-SUN, SUN, (2, 400_000))
    inside = np.hypot(x, y) < SUN
    counted = np.mean(np.hypot(x - apart, y)[inside] < EARTH)
    assert covered_fraction(apart, SUN, EARTH) == pytest.approx(counted, abs=0.003)


@given(
    apart=st.floats(0.0, 3.0),
    radius=st.floats(0.01, 2.0),
    cover=st.floats(0.01, 2.0),
    more=st.floats(0.0, 1.0),
)
def test_further_apart_never_covers_more(apart: float, radius: float, cover: float, more: float) -> None:
    near, far = covered_fraction([apart, apart + more], radius, cover)
    assert 0.0 <= far <= near + 1e-9 <= 1.0 + 1e-9


@given(
    azimuth=st.floats(0.0, 360.0),
    elevation=st.floats(-89.0, 89.0),
    turn=st.floats(-0.01, 0.01),
    rise=st.floats(-0.01, 0.01),
)
def test_small_angles_are_those_of_the_plane(
    azimuth: float, elevation: float, turn: float, rise: float
) -> None:
    flat = np.hypot(turn * np.cos(np.radians(elevation + rise / 2.0)), rise)
    found = separation(azimuth, elevation, azimuth + turn, elevation + rise)
    assert found == pytest.approx(flat, rel=1e-4, abs=1e-9)


def test_directions_across_the_sky_are_a_right_angle_or_two_apart() -> None:
    assert separation(0.0, 0.0, [90.0, 180.0, 37.0], [0.0, 0.0, 90.0]) == pytest.approx([90.0, 180.0, 90.0])
