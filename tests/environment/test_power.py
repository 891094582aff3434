"""Array power: geometry and the Sun's distance."""

from __future__ import annotations

import numpy as np
import pytest

from ilrs_science.catalogue.plant import SolarArray, Tracking
from ilrs_science.environment.power import ASTRONOMICAL_UNIT_KM, array_power, facing


def power(tracking: str, elevation: float, visible: float = 1.0, au: float = 1.0) -> float:
    array = SolarArray(nominal_power="1 kW", tracking=tracking)  # type: ignore[arg-type]
    distance = au * ASTRONOMICAL_UNIT_KM
    return float(array_power(array, visible=visible, elevation=elevation, distance=distance))


def test_power_follows_the_cosine_of_incidence() -> None:
    assert power("two_axis", 1.5) == pytest.approx(1000.0)
    assert power("vertical", 60.0) == pytest.approx(500.0)
    assert power("horizontal", 30.0) == pytest.approx(500.0)
    assert power("horizontal", -1.0) == 0.0, "the Sun below the plane lights the back"


def test_power_follows_the_visible_disc_and_the_inverse_square() -> None:
    assert power("two_axis", 1.5, visible=0.25) == pytest.approx(250.0)
    assert power("two_axis", 1.5, au=1.0167) == pytest.approx(1000.0 / 1.0167**2)


def test_area_and_efficiency_give_the_same_as_nominal_power() -> None:
    # 1361 W/m2 (Kopp & Lean 2011): 10 m2 at 20 % are 2722 W.
    array = SolarArray(area="10 m**2", efficiency="20 %")  # type: ignore[arg-type]
    found = array_power(array, visible=1.0, elevation=0.0, distance=ASTRONOMICAL_UNIT_KM)
    assert found == pytest.approx(2722.0)


@pytest.mark.parametrize("tracking", [one for one in Tracking if one is not Tracking.FIXED])
def test_facing_is_a_fraction_for_every_tracking(tracking: Tracking) -> None:
    seen = facing(tracking, np.linspace(-90.0, 90.0, 37))
    assert np.all((seen >= -1e-12) & (seen <= 1.0))
