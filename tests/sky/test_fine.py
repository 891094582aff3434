"""The sky at a great many epochs is the sky."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.sky.apparent import apparent
from ilrs_science.sky.bodies import BODIES
from ilrs_science.sky.ephemeris import coverage, sky_after
from ilrs_science.sky.fine import fine_sky
from ilrs_science.sky.kernels import orientation_series
from ilrs_science.sky.place import SurfacePlace

PLACE = SurfacePlace(-89.45, 222.69, 1900.0)
ARCSEC = 648_000.0 / np.pi
ORIGIN = 8e8


@pytest.mark.parametrize("body", BODIES)
def test_a_body_is_where_it_is_to_rounding(body: str) -> None:
    seconds = np.linspace(-3e6, 3e6, 4001)
    fine, plain = fine_sky(ORIGIN, seconds), sky_after(ORIGIN, seconds)
    if body == "moon":
        assert np.abs(fine.body(body).velocity - plain.body(body).velocity).max() < 1e-10
        return
    one, two = (apparent(sky, body, PLACE.observer(sky)) for sky in (fine, plain))
    assert np.abs(one[0] - two[0]).max() * ARCSEC < 2e-6
    assert one[1] == pytest.approx(two[1], rel=1e-12)


@given(st.floats(*coverage()), st.floats(1.0, 1e7), st.integers(1, 3000))
def test_rotation_spin_and_the_moon_s_motion_agree_at_any_time(
    middle: float, width: float, count: int
) -> None:
    low, high = coverage()
    origin = float(np.floor(middle))
    seconds = np.clip(np.linspace(-width, width, count), low - origin, high - origin)
    fine, plain = fine_sky(origin, seconds), sky_after(origin, seconds)
    assert np.abs(fine.rotation - plain.rotation).max() < 2e-12
    assert np.abs(fine.spin - plain.spin).max() < 1e-14
    assert np.abs(fine.moon_velocity - plain.moon_velocity).max() < 1e-10
    assert np.abs(fine.moon_acceleration - plain.moon_acceleration).max() < 1e-14
    assert np.abs(fine.moon_position - plain.moon_position).max() < 1e-3  # at borders of records


def test_series_and_shapes_are_those_of_any_sky() -> None:
    seconds = np.arange(1200.0).reshape(3, 400) * 60.0
    fine, plain = fine_sky(ORIGIN, seconds), sky_after(ORIGIN, seconds)
    for order in range(3):
        one, two = (sky.evaluate(orientation_series(), order) for sky in (fine, plain))
        assert one.shape == (3, 400, 3)
        assert one == pytest.approx(two, rel=1e-9, abs=1e-15)
    assert fine.tdb.tolist() == plain.tdb.tolist()
    assert fine_sky(ORIGIN, np.empty(0)).rotation.shape == (0, 3, 3)
