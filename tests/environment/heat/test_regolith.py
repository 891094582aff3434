"""Regolith: the properties of Hayne et al. 2017 and the layers that stand for them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from ilrs_science.environment.heat.regolith import BOTTOM, Regolith, column
from ilrs_science.errors import RequestError

MOON = Regolith()


def test_density_and_conductivity_go_from_the_surface_to_the_deep_values() -> None:
    # Hayne et al. 2017, table A1: 1100 to 1800 kg/m3, 7.4e-4 to 3.4e-3 W/m/K; 63 % of the way at H = 6 cm.
    assert MOON.density([0.0, 10.0]) == pytest.approx([1100.0, 1800.0])
    assert MOON.conductivity([0.0, 10.0], 0.0) == pytest.approx([7.4e-4, 3.4e-3])
    assert MOON.density(0.06) == pytest.approx(1800.0 - 700.0 / np.e)


def test_radiation_between_the_grains_adds_chi_times_the_contacts_at_350_k() -> None:
    # Equation A5: k = kc (1 + 2.7 (T / 350 K)^3).
    assert MOON.conductivity(0.0, 350.0) == pytest.approx(7.4e-4 * 3.7)
    assert MOON.conductivity(0.0, 175.0) == pytest.approx(7.4e-4 * (1.0 + 2.7 / 8.0))


def test_the_specific_heat_is_that_of_lunar_soil() -> None:
    # Hemingway et al. 1973, Proc. 4th Lunar Sci. Conf. 3, 2481: fit to soils, 90 to 350 K. [J/g/K]
    temperature = np.linspace(90.0, 350.0, 27)
    soil = np.polynomial.polynomial.polyval(
        temperature, (-2.3173e-2, 2.1270e-3, 1.5009e-5, -7.3699e-8, 9.6552e-11)
    )
    assert MOON.heat_capacity(temperature) == pytest.approx(1000.0 * soil, rel=0.05)


def test_ground_is_brighter_in_grazing_light() -> None:
    # Equation A8: A0 + a at 45 deg, but for b / 256; A0 + 8 a + b at 90 deg.
    assert MOON.reflected([0.0, 45.0, 90.0]) == pytest.approx([0.12, 0.18 + 0.25 / 256.0, 0.12 + 0.48 + 0.25])
    assert np.all(np.diff(MOON.reflected(np.linspace(0.0, 90.0, 91))) > 0.0)


def test_no_ground_reflects_more_than_it_gets() -> None:
    assert float(Regolith(albedo=0.5).reflected(90.0)) == 1.0


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"albedo": 1.2}, r"albedo of 1.2 is outside 0 to 1"),
        ({"albedo": -0.1}, r"albedo of -0.1 is outside 0 to 1"),
        ({"albedo": float("nan")}, r"albedo of nan is outside"),
        ({"emissivity": 0.0}, r"emissivity of 0 is outside 0.1 to 1"),
        ({"scale_height": 0.0}, r"scale_height of 0 is outside"),
        ({"surface_density": -1.0}, r"surface_density of -1 is outside"),
        ({"heat_flow": -0.01}, r"heat_flow of -0.01 is outside"),
    ],
)
def test_impossible_ground_is_refused_in_one_line(wrong: dict[str, float], says: str) -> None:
    with pytest.raises(RequestError, match=says) as caught:
        Regolith(**wrong)
    assert "\n" not in str(caught.value)


def test_the_layers_grow_with_depth_and_reach_the_bottom() -> None:
    ground = column(MOON)
    gaps = np.diff(ground.depth)
    assert ground.depth[0] == 0.0
    assert gaps[1:] / gaps[:-1] == pytest.approx(1.2)
    assert ground.depth[-2] < BOTTOM <= ground.depth[-1]
    even = column(MOON, first=0.01, growth=1.0, bottom=0.5)
    assert even.depth == pytest.approx(np.linspace(0.0, 0.5, 51))


def test_the_layers_weigh_what_the_ground_weighs() -> None:
    ground = column(MOON)
    whole, _ = quad(MOON.density, 0.0, ground.depth[-1])
    assert ground.mass.sum() == pytest.approx(whole, rel=1e-9)
    first, _ = quad(MOON.density, 0.0, ground.depth[1] / 2.0)
    assert ground.mass[0] == pytest.approx(first, rel=1e-9)


def test_resistances_in_a_row_are_the_integral_over_depth() -> None:
    ground = column(MOON)
    whole, _ = quad(lambda z: 1.0 / MOON.conductivity(z, 0.0), 0.0, ground.depth[-1])
    assert (1.0 / ground.conductance).sum() == pytest.approx(whole, rel=1e-9)


@given(
    height=st.floats(1e-4, 100.0),
    surface=st.floats(1e-5, 5.0),
    deep=st.floats(1e-5, 5.0),
    temperature=st.floats(20, 400),
)
def test_any_ground_has_positive_layers(
    height: float, surface: float, deep: float, temperature: float
) -> None:
    regolith = Regolith(scale_height=height, surface_conductivity=surface, deep_conductivity=deep)
    ground = column(regolith)
    assert np.all(ground.mass > 0.0)
    assert np.all(ground.conductance > 0.0)
    assert np.all(regolith.conductivity(ground.depth, temperature) > 0.0)


@given(temperature=st.floats(2.0, 1000.0), radiative=st.floats(0.0, 100.0))
def test_temperature_and_potential_go_both_ways(temperature: float, radiative: float) -> None:
    ground = column(Regolith(radiative=radiative))
    assert ground.temperature(ground.potential(temperature)) == pytest.approx(temperature, rel=1e-9)


def test_the_slope_of_the_potential_is_the_conductivity_over_that_by_contact() -> None:
    ground = column(MOON)
    slope = (ground.potential(250.01) - ground.potential(249.99)) / 0.02
    assert slope == pytest.approx(MOON.conductivity(0.5, 250.0) / MOON.conductivity(0.5, 0.0), rel=1e-6)


def test_the_rise_carries_the_heat_flow() -> None:
    ground = column(MOON)
    assert np.diff(ground.rise) * ground.conductance == pytest.approx(0.018)
