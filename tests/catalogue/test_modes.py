import pytest

from ilrs_science.catalogue.modes import PowerModes, TemperatureLimits
from ilrs_science.errors import RequestError


def test_a_mode_that_is_not_stated_draws_what_stands_for_it():
    assert PowerModes(operate="6 W").by_mode == {
        "off": 0.0,
        "standby": 0.0,
        "warm_up": 6.0,
        "operate": 6.0,
        "peak": 6.0,
    }


def test_modes_that_are_stated_stay():
    modes = PowerModes(off="1 W", standby="2 W", warm_up="9 W", operate="6 W", peak="12 W")
    assert list(modes.by_mode.values()) == [1.0, 2.0, 9.0, 6.0, 12.0]


def test_no_mode_draws_less_than_nothing():
    for mode in PowerModes.model_fields:
        with pytest.raises(RequestError, match="must be at least 0"):
            PowerModes(**{"operate": "1 W", mode: "-1 W"})


def test_a_ladder_of_temperatures_may_have_gaps():
    limits = TemperatureLimits(survive_min="-50 degC", survive_max="60 degC")
    assert (limits.survive_min, limits.operate_min) == (pytest.approx(223.15), None)


def test_survival_is_wider_than_operation():
    with pytest.raises(RequestError, match="not in order"):
        TemperatureLimits(operate_max="60 degC", survive_max="40 degC")
