"""Temperature of solar cells."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.catalogue.plant import SolarArray
from ilrs_science.environment.constants import ASTRONOMICAL_UNIT_KM
from ilrs_science.environment.power.array import array_power
from ilrs_science.environment.power.cells import RATED_K, cell_temperature, thermal_factor
from ilrs_science.errors import RequestError

PLAIN = SolarArray(nominal_power="1 kW")
COLD = SolarArray(nominal_power="1 kW", temperature_coefficient="-0.2 %")
FLAT = SolarArray(nominal_power="1 kW", temperature_coefficient="-0.2 %", tracking="horizontal")


def kelvin(face: float, sunlight: float, elevation: float, array: SolarArray = PLAIN) -> float:
    return float(cell_temperature(array, face=face, sunlight=sunlight, elevation=elevation))


def power(array: SolarArray, elevation: float, visible: float = 1.0) -> float:
    return float(array_power(array, visible=visible, elevation=elevation, distance=ASTRONOMICAL_UNIT_KM))


def test_face_on_at_the_pole_the_panel_alone_is_in_balance() -> None:
    # 2 * 0.85 * 5.6704e-8 * T**4 = (0.92 - 0.3) * 1361
    assert kelvin(1.0, 1.0, 0.0) == pytest.approx((0.62 * 1361.0 / (1.7 * 5.670374e-8)) ** 0.25, rel=1e-6)
    assert kelvin(1.0, 1.0, 0.0) == pytest.approx(306.0, abs=0.5)


def test_flat_at_noon_on_the_equator_the_ground_heats_it_from_below() -> None:
    # By hand: 0.62 * 1361 + (0.85 * 0.88 + 0.92 * 0.12) * 1361 = 2012 W/m2 on two sides of 0.85.
    assert kelvin(1.0, 1.0, 90.0) == pytest.approx((2012.1 / (1.7 * 5.670374e-8)) ** 0.25, abs=0.1)
    assert kelvin(1.0, 1.0, 90.0) == pytest.approx(380.0, abs=0.5)


def test_the_ground_itself_would_be_as_warm_as_diviner_sees_it() -> None:
    # The same balance of the ground, (1 - A) S = e s T**4 with e = 0.95: 386 K, equator noon 385 +- 5 K in
    # Hayne et al. 2017, doi:10.1002/2017JE005387.
    ground = (0.88 * 1361.0 / (0.95 * 5.670374e-8)) ** 0.25
    assert ground == pytest.approx(385.0, abs=5.0)


def test_better_cells_stay_cooler() -> None:
    better = SolarArray(area="1 m**2", efficiency="40 %")
    assert kelvin(1.0, 1.0, 0.0, better) < kelvin(1.0, 1.0, 0.0)


def test_a_quarter_of_the_light_makes_the_temperature_fall_by_its_fourth_root() -> None:
    assert kelvin(1.0, 0.25, 0.0) == pytest.approx(kelvin(1.0, 1.0, 0.0) * 0.25**0.25)
    assert kelvin(1.0, 0.0, 30.0) == 0.0


def test_without_a_coefficient_nothing_changes() -> None:
    assert thermal_factor(PLAIN, face=1.0, sunlight=1.0, elevation=90.0) == 1.0
    assert power(PLAIN, 60.0) == 1000.0


def test_a_hot_array_loses_a_fifth_of_a_percent_a_kelvin() -> None:
    assert power(FLAT, 90.0) == pytest.approx(1000.0 * (1.0 - 0.002 * (kelvin(1.0, 1.0, 90.0) - RATED_K)))
    assert power(FLAT, 90.0) == pytest.approx(843.0, abs=2.0)
    assert power(COLD, 0.0) == pytest.approx(990.0, abs=1.0)


def test_a_cold_array_in_dim_light_does_better_than_rated() -> None:
    assert power(COLD, 0.0, visible=0.25) > 250.0


def test_no_light_is_no_power_however_cold() -> None:
    assert power(COLD, 10.0, visible=0.0) == 0.0
    assert power(FLAT, -5.0) == 0.0


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.2), st.floats(-10.0, 90.0))
def test_temperatures_are_those_of_panels(face: float, sunlight: float, elevation: float) -> None:
    assert 0.0 <= kelvin(face, sunlight, elevation) < 400.0
    factor = float(thermal_factor(COLD, face=face, sunlight=sunlight, elevation=elevation))
    assert 0.8 < factor < 1.0 + 0.002 * RATED_K + 1e-9


@pytest.mark.parametrize("value", ["0.2 %", "-2 %"])
def test_a_coefficient_is_negative_and_small(value: str) -> None:
    with pytest.raises(RequestError, match="temperature_coefficient"):
        SolarArray(nominal_power="1 kW", temperature_coefficient=value)


def test_many_epochs_are_one_call() -> None:
    elevation = np.linspace(-5.0, 90.0, 50)
    together = array_power(FLAT, visible=np.ones(50), elevation=elevation, distance=ASTRONOMICAL_UNIT_KM)
    np.testing.assert_allclose(together, [power(FLAT, one) for one in elevation], rtol=1e-12)
