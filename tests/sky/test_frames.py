from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.sky.frames import PA_FROM_ME, horizontal_axes, moon_me_rotation, moon_spin, selenographic
from ilrs_science.sky.kernels import orientation_series

ARCSEC = np.pi / 648000.0
angle = st.floats(-3000.0, 3000.0)
latitude, longitude = st.floats(-90.0, 90.0), st.floats(-360.0, 360.0)


def is_rotation(matrix: np.ndarray) -> bool:
    orthonormal = np.allclose(matrix @ np.swapaxes(matrix, -1, -2), np.eye(3), atol=1e-14)
    return bool(orthonormal and np.allclose(np.linalg.det(matrix), 1.0, atol=1e-14))


@given(st.lists(st.tuples(angle, angle, angle), min_size=1, max_size=5))
def test_the_lunar_rotation_is_orthonormal_and_right_handed(angles: list[tuple[float, float, float]]) -> None:
    assert is_rotation(moon_me_rotation(np.array(angles)))


@given(latitude, longitude)
def test_local_axes_are_orthonormal_and_left_handed(lat: float, lon: float) -> None:
    axes = horizontal_axes(lat, lon)
    assert is_rotation(axes * np.array([[1.0], [-1.0], [1.0]]))  # north, east, up: azimuth runs clockwise
    assert axes[2] * 1737.4 == pytest.approx(selenographic(lat, lon, 1737.4))


def test_local_axes_point_north_east_and_up() -> None:
    assert horizontal_axes(0.0, 0.0) == pytest.approx(np.array([[0, 0, 1], [0, 1, 0], [1, 0, 0]]))
    assert horizontal_axes(0.0, 90.0) == pytest.approx(
        np.array([[0, 0, 1], [-1, 0, 0], [0, 1, 0]]), abs=1e-15
    )
    # at the south pole north follows the meridian of the longitude
    assert horizontal_axes(-90.0, 0.0) == pytest.approx(
        np.array([[1, 0, 0], [0, 1, 0], [0, 0, -1]]), abs=1e-15
    )


@given(latitude, longitude, st.floats(1700.0, 1800.0))
def test_selenographic_coordinates_are_those_of_a_sphere(lat: float, lon: float, radius: float) -> None:
    x, y, z = selenographic(lat, lon, radius)
    assert np.linalg.norm([x, y, z]) == pytest.approx(radius)
    assert np.degrees(np.arcsin(np.clip(z / radius, -1, 1))) == pytest.approx(lat, abs=1e-5)
    if abs(lat) < 89.0:
        assert (np.degrees(np.arctan2(y, x)) - lon + 180.0) % 360.0 == pytest.approx(180.0, abs=1e-9)


def test_mean_earth_axes_lie_104_arcsec_from_principal_axes() -> None:
    # hypot(67.92, 78.56, 0.30) arcsec, the angles of moon_080317.tf: 875 m at the surface
    cosine = (np.trace(PA_FROM_ME) - 1.0) / 2.0
    assert np.arccos(cosine) / ARCSEC == pytest.approx(np.sqrt(67.92**2 + 78.56**2 + 0.30**2), abs=0.01)
    assert is_rotation(PA_FROM_ME)


def test_the_rotation_is_that_of_spice() -> None:
    # spiceypy.pxform("J2000", "MOON_ME", 0.0) with moon_pa_de421_1900-2050.bpc and moon_080317.tf
    expected = np.array(
        [
            [0.7842404015338301, 0.5578419475346585, 0.2716235523160608],
            [-0.6200450529413165, 0.7205801008029451, 0.3103360286041851],
            [-0.0226080721216309, -0.4117968915588808, 0.9109951674830040],
        ]
    )
    assert moon_me_rotation(orientation_series().at(np.zeros(1)))[0] == pytest.approx(expected, abs=1e-11)


@given(st.floats(-1e9, 1e9))
def test_the_spin_is_the_derivative_of_the_rotation(epoch: float) -> None:
    series, step = orientation_series(), 60.0
    before, now, after = moon_me_rotation(series.at(epoch + np.array([-step, 0.0, step])))
    # a vector fixed in space turns backward in Moon-fixed axes: dR/dt = -[w x] R
    slope = (after - before) / (2.0 * step) @ now.T
    spin = moon_spin(series.at(np.array([epoch])), series.at(np.array([epoch]), 1))[0]
    assert [slope[1, 2], slope[2, 0], slope[0, 1]] == pytest.approx(spin, abs=1e-13)


def test_the_moon_turns_once_in_a_sidereal_month() -> None:
    epochs = np.linspace(0.0, 6e8, 1000)
    series = orientation_series()
    spin = np.linalg.norm(moon_spin(series.at(epochs), series.at(epochs, 1)), axis=1)
    # 27.321661 d, Explanatory Supplement to the Astronomical Almanac
    assert 2.0 * np.pi / spin.mean() / 86400.0 == pytest.approx(27.321661, abs=1e-3)
