"""The part of a disc that shows above the skyline: against the circular segment and against counting points."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.environment.light.illumination import (
    angular_radius,
    skyline_at,
    visibility,
    visible_fraction,
)
from ilrs_science.errors import RequestError

SUN = 0.2666


def skyline(elevation: np.ndarray) -> xr.Dataset:
    azimuth = np.arange(elevation.size) * 360.0 / elevation.size
    return xr.Dataset({"horizon_elevation": ("azimuth", elevation)}, {"azimuth": azimuth})


@given(depth=st.floats(-1.5, 1.5), azimuth=st.floats(0.0, 360.0), level=st.floats(-5.0, 5.0))
def test_over_a_level_skyline_it_is_the_circular_segment(depth: float, azimuth: float, level: float) -> None:
    # Segment of height h above a chord: A = r^2 acos(1 - h/r) - (r - h) sqrt(2 r h - h^2).
    h = np.clip(1.0 + depth, 0.0, 2.0)
    segment = (np.arccos(1.0 - h) - (1.0 - h) * np.sqrt(max(2.0 * h - h * h, 0.0))) / np.pi
    found = visible_fraction(azimuth, level + depth * SUN, SUN, skyline(np.full(720, level)))
    assert found == pytest.approx(segment, abs=1e-9)


@pytest.mark.parametrize("seed", range(8))
def test_over_a_rough_skyline_it_is_the_share_of_points_above(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rough = skyline(rng.uniform(-0.6, 0.6, 1440))
    azimuth, elevation = rng.uniform(0.0, 360.0), rng.uniform(-0.4, 0.4)
    x, y = rng.uniform(-SUN, SUN, (2, 400_000))
    inside = np.hypot(x, y) < SUN
    above = elevation + y > skyline_at(rough, azimuth + x / np.cos(np.radians(elevation)))
    counted = np.mean(above[inside])
    # 314 000 points: three standard deviations are 0.0027.
    assert visible_fraction(azimuth, elevation, SUN, rough) == pytest.approx(counted, abs=0.003)


@given(
    azimuth=st.floats(0.0, 360.0),
    elevation=st.floats(-2.0, 2.0),
    seed=st.integers(0, 50),
    raised=st.floats(0.0, 1.0),
)
def test_a_higher_skyline_never_shows_more(
    azimuth: float, elevation: float, seed: int, raised: float
) -> None:
    rough = np.random.default_rng(seed).uniform(-1.0, 1.0, 720)
    low, high = (visible_fraction(azimuth, elevation, SUN, skyline(rough + up)) for up in (0.0, raised))
    assert 0.0 <= high <= low + 1e-12 <= 1.0 + 1e-12


@given(azimuth=st.floats(-720.0, 720.0), elevation=st.floats(-1.0, 1.0))
def test_azimuth_goes_round(azimuth: float, elevation: float) -> None:
    rough = skyline(np.random.default_rng(3).uniform(-0.5, 0.5, 720))
    around = visible_fraction(azimuth % 360.0, elevation, SUN, rough)
    assert visible_fraction(azimuth, elevation, SUN, rough) == pytest.approx(around, abs=1e-9)


def test_a_notch_as_wide_as_the_disc_lets_light_through() -> None:
    wall = np.full(1440, 1.0)
    wall[400:402] = -1.0
    assert visible_fraction(100.125, 0.0, SUN, skyline(wall)) > 0.4
    assert visible_fraction(99.0, 0.0, SUN, skyline(wall)) == 0.0


def test_a_disc_overhead_is_whole_and_one_underfoot_hidden() -> None:
    level = skyline(np.zeros(720))
    assert visible_fraction([0.0, 10.0], [89.99, -89.99], SUN, level).tolist() == [1.0, 0.0]


def test_shapes_broadcast() -> None:
    found = visible_fraction(np.zeros((3, 1)), np.linspace(-1.0, 1.0, 5), SUN, skyline(np.zeros(720)))
    assert found.shape == (3, 5)


def test_discs_have_their_known_size() -> None:
    # Sun at 1 AU: 959.63 arcsec (Auwers) within 0.1; Earth from 384 400 km: 0.95 deg.
    assert angular_radius("sun", 149_597_870.7) * 3600.0 == pytest.approx(959.3, abs=0.4)
    assert angular_radius("earth", 384_400.0) == pytest.approx(0.950, abs=0.001)


def _flat(level: float = 0.0) -> xr.Dataset:
    azimuth = np.arange(1440) * 0.25
    return xr.Dataset({"horizon_elevation": ("azimuth", np.full(1440, level))}, {"azimuth": azimuth})


def _jagged() -> xr.Dataset:
    azimuth = np.arange(1440) * 0.25
    peaks = np.random.default_rng(3).uniform(-1.0, 3.0, 480)
    return xr.Dataset(
        {"horizon_elevation": ("azimuth", np.interp(azimuth, np.arange(480) * 0.75, peaks, period=360.0))},
        {"azimuth": azimuth},
    )


@pytest.mark.parametrize("elevation", [-0.2, -0.1, 0.0, 0.13, 0.25])
def test_a_darkened_limb_agrees_with_a_sum_over_small_cells(elevation: float) -> None:
    u, radius = 0.6, 0.27
    x, y = np.meshgrid(np.linspace(-1, 1, 2001), np.linspace(-1, 1, 2001))
    square = x**2 + y**2
    light = np.where(square < 1.0, 1.0 - u * (1.0 - np.sqrt(np.clip(1.0 - square, 0.0, 1.0))), 0.0)
    expected = light[y > -elevation / radius].sum() / light.sum()
    found = float(visible_fraction(10.0, elevation, radius, _flat(), limb_darkening=u))
    assert found == pytest.approx(expected, abs=1e-3)


def test_a_darkened_limb_dims_a_sliver_and_leaves_whole_half_and_hidden_as_they_are() -> None:
    for elevation, part in ((-0.3, 0.0), (0.0, 0.5), (0.3, 1.0)):
        assert float(visible_fraction(0.0, elevation, 0.27, _flat(), limb_darkening=0.6)) == pytest.approx(
            part
        )
    plain, dim = (float(visible_fraction(0.0, -0.2, 0.27, _flat(), limb_darkening=u)) for u in (0.0, 0.6))
    assert 0.0 < dim < plain


@pytest.mark.parametrize("coefficient", [-0.1, 1.1, np.nan])
def test_an_impossible_limb_darkening_is_refused(coefficient: float) -> None:
    with pytest.raises(RequestError, match="limb darkening"):
        visible_fraction(0.0, 0.0, 0.27, _flat(), limb_darkening=coefficient)


def test_visibility_is_the_fraction_where_a_part_shows_and_goes_on_beyond() -> None:
    rng = np.random.default_rng(1)
    azimuth, elevation = rng.uniform(0.0, 360.0, 5000), rng.uniform(-2.0, 4.0, 5000)
    radius, skyline = np.full(5000, 0.27), _jagged()
    part = visible_fraction(azimuth, elevation, radius, skyline)
    going_on = visibility(azimuth, elevation, radius, skyline)
    some = (part > 1e-6) & (part < 1.0 - 1e-6)
    assert some.sum() > 500
    np.testing.assert_array_equal(part[some], going_on[some])
    assert (going_on[part == 0.0] <= 1e-6).all()
    assert (going_on[part == 1.0] >= 1.0 - 1e-6).all()


def test_visibility_never_jumps() -> None:
    azimuth = np.linspace(10.0, 30.0, 100_001)
    going_on = visibility(azimuth, np.full_like(azimuth, 1.0), np.full_like(azimuth, 0.27), _jagged())
    # the steepest slope of this skyline is 5 deg in 1 deg of azimuth: 2e-4 deg are 0.004 radii
    assert np.abs(np.diff(going_on)).max() < 0.01
    assert going_on.min() < -3.0
    assert going_on.max() > 4.0


def test_over_a_flat_skyline_visibility_beyond_is_the_distance_of_the_edge_in_radii() -> None:
    elevation = np.array([-0.54, -0.27, 0.0, 0.27, 0.54])
    found = visibility(np.zeros(5), elevation, np.full(5, 0.27), _flat())
    np.testing.assert_allclose(found, [-1.0, 0.0, 0.5, 1.0, 2.0], atol=1e-12)
