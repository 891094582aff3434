"""Ageing: what years, landings and half-lives leave."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.catalogue.plant import ArrayAgeing
from ilrs_science.catalogue.source import PowerSource
from ilrs_science.environment.power.ageing import array_ageing, source_heat, source_power, years_after

SINCE = np.datetime64("2030-01-01", "us")
YEAR = np.timedelta64(round(365.25 * 86400), "s")


def after(*years: float) -> np.ndarray:
    return np.array([SINCE + np.timedelta64(round(year * 365.25 * 86400), "s") for year in years])


def source(**fields: object) -> PowerSource:
    return PowerSource(**{"id": "unit", "power": "100 W", "since": "2030-01-01", **fields})  # type: ignore[arg-type]


def test_years_are_julian_and_begin_with_the_count() -> None:
    assert years_after(SINCE, after(-3.0, 0.0, 2.5)).tolist() == [0.0, 0.0, 2.5]


def test_losses_of_years_multiply() -> None:
    ageing = ArrayAgeing(since="2030-01-01", radiation="2 %", dust="3 %")
    expected = [1.0, (0.98 * 0.97) ** 0.5, (0.98 * 0.97) ** 10]
    np.testing.assert_allclose(array_ageing(ageing, after(-1.0, 0.5, 10.0)), expected, rtol=1e-12)


def test_a_record_without_ageing_stays() -> None:
    assert array_ageing(None, after(0.0, 100.0)).tolist() == [1.0, 1.0]


def test_2000_days_at_the_rates_of_the_docstring_are_the_losses_that_apollo_measured() -> None:
    # Hollick & O'Brien 2013, doi:10.1002/2013SW000978, abstract: covered cells lost 4 to 10 % in 2000 days.
    for rate, loss in ((0.0074, 0.04), (0.0191, 0.10)):
        left = array_ageing(ArrayAgeing(since="2030-01-01", dust=rate), after(2000.0 / 365.25))
        assert 1.0 - float(left[0]) == pytest.approx(loss, abs=5e-4)


def test_every_landing_takes_its_part_from_then_on() -> None:
    ageing = ArrayAgeing(
        since="2030-01-01", landing="10 %", landings=("2032-01-01", "2029-06-01", "2031-01-01")
    )
    times = np.array(
        ["2030-12-31T23:59:59", "2031-01-01", "2031-12-31", "2032-01-01", "2040-01-01"], "datetime64[us]"
    )
    assert array_ageing(ageing, times).tolist() == pytest.approx([1.0, 0.9, 0.9, 0.81, 0.81])


def test_plutonium_halves_in_88_years() -> None:
    # Half-life of Pu-238: 87.7 years. After 14 years 89.5 % of the heat is left.
    heat = source_heat([source(heat="2 kW", half_life="87.7 yr")], after(0.0, 14.0, 87.7))
    np.testing.assert_allclose(heat, [2000.0, 2000.0 * 0.5 ** (14.0 / 87.7), 1000.0], rtol=1e-9)
    assert float(heat[1]) / 2000.0 == pytest.approx(0.895, abs=5e-4)


def test_the_converter_wears_besides_but_the_heat_does_not() -> None:
    unit = source(heat="2 kW", half_life="87.7 yr", degradation="1 %")
    assert source_power([unit], after(10.0))[0] == pytest.approx(100.0 * 0.5 ** (10 / 87.7) * 0.99**10)
    assert source_heat([unit], after(10.0))[0] == pytest.approx(2000.0 * 0.5 ** (10 / 87.7))


def test_a_fission_unit_runs_at_its_throttle_until_its_life_ends() -> None:
    unit = source(power="40 kW", throttle="25 %", life="10 yr")
    assert source_power([unit], after(-1.0, 0.0, 9.99, 10.0, 20.0)).tolist() == [10_000.0] * 3 + [0.0, 0.0]


def test_sources_add_up_and_a_plain_one_is_constant() -> None:
    plain = PowerSource(id="plain", power="20 W")
    assert source_power([plain, source()], after(-5.0, 50.0)).tolist() == [120.0, 120.0]
    assert source_power([], after(1.0)).tolist() == [0.0]
    assert source_heat([plain], after(1.0)).tolist() == [0.0]


@given(st.lists(st.floats(-5.0, 40.0), min_size=2, max_size=8), st.floats(0.0, 0.5), st.floats(0.0, 0.5))
def test_ageing_never_gives_power_back_and_takes_epochs_in_any_order(
    years: list[float], dust: float, landing: float
) -> None:
    ageing = ArrayAgeing(
        since="2030-01-01", dust=dust, landing=landing, landings=("2033-03-03", "2050-01-01")
    )
    times = after(*years)
    left = array_ageing(ageing, times)
    order = np.argsort(times)
    assert np.all(np.diff(left[order]) <= 0.0)
    np.testing.assert_array_equal(array_ageing(ageing, times[order]), left[order])
