"""Constants against an independent collection of them."""

import pytest
from scipy import constants

from ilrs_science.environment.constants import ASTRONOMICAL_UNIT_KM, STEFAN_BOLTZMANN


def test_constants_are_those_of_codata_and_the_iau() -> None:
    assert pytest.approx(constants.Stefan_Boltzmann, rel=1e-9) == STEFAN_BOLTZMANN
    assert pytest.approx(constants.astronomical_unit / 1000.0, rel=1e-12) == ASTRONOMICAL_UNIT_KM
