"""The harmonic field against an independent potential, at the poles too, and against the laws it must keep."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import assoc_legendre_p_all, factorial

from ilrs_science.errors import RequestError
from ilrs_science.sky.gravity import GravityField, lunar_gravity

HEIGHTS = st.floats(1740.0, 20000.0)
ANGLES = st.floats(-180.0, 180.0)


def place(latitude, longitude, radius):
    """Position from spherical coordinates in degrees."""
    lat, lon = np.radians([latitude, longitude])
    return radius * np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def potential(field, position):
    """Potential by the textbook double sum over SciPy's Legendre functions, slow and sharing nothing. [km2/s2]

    U = GM/r sum (R/r)^n Pnm(sin lat) N (C cos m lon + S sin m lon), N = sqrt((2 - d0m)(2n+1)(n-m)!/(n+m)!)
    (Heiskanen and Moritz 1967, 1-77); SciPy's functions carry the Condon-Shortley phase, taken out here.
    """
    x, y, z = position
    r = np.sqrt(x * x + y * y + z * z)
    longitude, degree = np.arctan2(y, x), field.degree
    table = assoc_legendre_p_all(degree, degree, z / r)[0][:, : degree + 1]
    total = 0.0
    for n in range(degree + 1):
        m = np.arange(n + 1)
        norm = np.sqrt(np.where(m == 0, 1, 2) * (2 * n + 1) * factorial(n - m) / factorial(n + m))
        wave = field.cosine[n, : n + 1] * np.cos(m * longitude) + field.sine[n, : n + 1] * np.sin(
            m * longitude
        )
        total += (field.radius / r) ** n * np.sum((-1.0) ** m * norm * table[n, : n + 1] * wave)
    return field.gm / r * total


def slope(field, position, step=0.5):
    """Gradient of the potential by differences of sixth order."""
    weights = {-3: -1 / 60, -2: 3 / 20, -1: -3 / 4, 1: 3 / 4, 2: -3 / 20, 3: 1 / 60}
    return np.array(
        [
            sum(w * potential(field, position + k * step * axis) for k, w in weights.items()) / step
            for axis in np.eye(3)
        ]
    )


@pytest.mark.parametrize("latitude", [-90.0, -89.9999, -45.0, 0.0, 30.0, 89.99, 90.0])
@pytest.mark.parametrize("degree", [2, 3, 20])
def test_acceleration_is_the_slope_of_an_independent_potential(latitude, degree):
    field, position = lunar_gravity(degree), place(latitude, 123.4, 1837.4)
    found, expected = field.acceleration(position), slope(field, position)
    # the differences of a potential of 2.7 km2/s2 over a km lose digits beyond 2e-15 km/s2
    assert found == pytest.approx(expected, abs=5e-14)


def test_the_degree_50_field_is_the_slope_of_an_independent_potential_too():
    field, position = lunar_gravity(50), place(-88.0, 222.7, 1787.4)
    assert field.acceleration(position) == pytest.approx(slope(field, position, 0.3), abs=5e-14)


@given(latitude=st.floats(-90.0, 90.0), longitude=ANGLES, radius=HEIGHTS)
def test_degree_zero_is_a_point_mass(latitude, longitude, radius):
    field, position = lunar_gravity(0), place(latitude, longitude, radius)
    expected = -field.gm * position / np.linalg.norm(position) ** 3
    assert field.acceleration(position) == pytest.approx(expected, rel=1e-14, abs=1e-19)


@given(latitude=st.floats(-90.0, 90.0), longitude=ANGLES, radius=st.floats(1800.0, 3000.0))
def test_the_divergence_and_the_curl_of_the_field_vanish(latitude, longitude, radius):
    field, position, step = lunar_gravity(12), place(latitude, longitude, radius), 0.05
    columns = [
        (field.acceleration(position + step * axis) - field.acceleration(position - step * axis)) / (2 * step)
        for axis in np.eye(3)
    ]
    gradient = np.stack(columns)
    size = field.gm / radius**3
    assert abs(np.trace(gradient)) < 1e-7 * size
    assert np.abs(gradient - gradient.T).max() < 1e-7 * size


def test_far_away_only_the_point_mass_is_left():
    position = place(20.0, 30.0, 1e7)
    whole, point = lunar_gravity(100).acceleration(position), lunar_gravity(0).acceleration(position)
    assert whole == pytest.approx(point, rel=1e-10)


def test_the_field_has_no_jump_at_the_pole():
    field = lunar_gravity(100)
    pole = field.acceleration(place(-90.0, 0.0, 1787.4))
    near = field.acceleration(
        np.stack([place(-90.0 + 1e-9, lon, 1787.4) for lon in (0.0, 90.0, 180.0, 270.0)])
    )
    assert near == pytest.approx(np.tile(pole, (4, 1)), abs=1e-13)


# gggrx_0900c_sha.tab, as quoted in the COMMENT of the file: GM 4902.79996708864 km3/s2 at 1738 km; J2 = -sqrt(5) C20.
def test_the_shipped_field_has_the_constants_of_its_paper():
    field = lunar_gravity(100)
    assert (field.radius, field.degree) == (1738.0, 100)
    assert field.gm == pytest.approx(4902.79996708864, rel=1e-15)
    assert -np.sqrt(5) * field.cosine[2, 0] == pytest.approx(2.0323e-4, rel=1e-4)
    assert np.all(field.cosine[1] == 0)
    assert repr(field) == "<GravityField 100x100: GM 4902.799967 km3/s2 at 1738 km>"


@pytest.mark.parametrize("degree", [-1, 101])
def test_a_degree_that_the_file_does_not_hold_is_refused(degree):
    with pytest.raises(RequestError, match="is not between 0 and 100"):
        lunar_gravity(degree)


def test_a_cut_field_is_another_field():
    field = lunar_gravity(10)
    assert isinstance(field, GravityField)
    assert field.cut(4).cosine.shape == (5, 5)
    assert field.degree == 10
