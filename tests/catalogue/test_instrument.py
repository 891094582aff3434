import pytest

from ilrs_science.catalogue.instrument import Instrument, PowerModes, TemperatureLimits
from ilrs_science.errors import RequestError

CAMERA = {
    "id": "camera",
    "kind": "camera",
    "mass": "2 kg",
    "power": {"operate": "6 W"},
    "data_rate": "1 Mbit/s",
}


def test_a_bare_number_is_refused_with_the_text_to_write():
    with pytest.raises(RequestError, match="120 has no unit; write '120 W'"):
        PowerModes(operate=120)


def test_modes_that_are_not_stated_have_honest_defaults():
    modes = Instrument(**CAMERA).power
    assert (modes.standby, modes.operate, modes.peak, modes.warm_up) == (0.0, 6.0, None, None)


def test_peak_below_operating_power_is_refused():
    with pytest.raises(RequestError, match="peak power is below"):
        PowerModes(operate="6 W", peak="5 W")


def test_temperature_limits_stand_in_order():
    assert TemperatureLimits(operate_min="-20 degC").operate_min == pytest.approx(253.15)
    with pytest.raises(RequestError, match="not in order"):
        TemperatureLimits(operate_min="-20 degC", survive_min="0 degC")


@pytest.mark.parametrize(
    "change", [{"mass": "-1 kg"}, {"data_rate": "3 W"}, {"emits": ["noise"]}, {"colour": "red"}]
)
def test_what_makes_no_sense_is_refused(change):
    with pytest.raises(RequestError):
        Instrument(**{**CAMERA, **change})
