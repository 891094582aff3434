"""A disc beyond the limb of the Moon: limits, order, and where a given part shows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.environment.light.limb import limb_angle, limb_fraction

SUN, MOON = np.radians(0.2666), np.radians(30.0)
radii = st.floats(0.002, 0.02)
covers = st.floats(0.03, 1.4)


@given(radii, covers)
def test_a_disc_is_hidden_before_its_first_contact_and_whole_after_its_last(
    radius: float, cover: float
) -> None:
    gaps = radius * np.array([-2.0, -1.0, 1.0, 2.0])
    np.testing.assert_allclose(limb_fraction(gaps, radius, cover), [0.0, 0.0, 1.0, 1.0], atol=1e-7)


@given(radii, covers)
def test_more_shows_the_higher_it_stands(radius: float, cover: float) -> None:
    shown = limb_fraction(radius * np.linspace(-1.0, 1.0, 41), radius, cover)
    assert (np.diff(shown) > 0.0).all()


@given(st.floats(0.01, 0.99), radii, covers)
def test_the_angle_of_a_part_shows_that_part(part: float, radius: float, cover: float) -> None:
    assert float(limb_fraction(limb_angle(part, radius, cover), radius, cover)) == pytest.approx(
        part, abs=1e-9
    )


def test_under_a_straight_limb_the_part_is_that_of_a_circular_segment() -> None:
    # a limb of 89.9 deg is straight: fraction = 1/2 + (asin x + x sqrt(1 - x^2)) / pi at x radii
    x = np.linspace(-0.9, 0.9, 7)
    expected = 0.5 + (np.arcsin(x) + x * np.sqrt(1.0 - x * x)) / np.pi
    np.testing.assert_allclose(limb_fraction(x * SUN, SUN, np.radians(89.9)), expected, atol=1e-4)


def test_a_round_limb_hides_less_than_half_when_it_runs_through_the_centre() -> None:
    assert 0.5 < float(limb_fraction(0.0, SUN, MOON)) < 0.51
    assert float(limb_angle(0.5, SUN, MOON)) < 0.0


@pytest.mark.parametrize(("part", "sign"), [(0.0, -1.0), (1.0, 1.0)])
def test_contacts_are_at_the_radius(part: float, sign: float) -> None:
    np.testing.assert_array_equal(
        limb_angle(part, np.array([SUN, 2 * SUN]), MOON), sign * np.array([1, 2]) * SUN
    )
