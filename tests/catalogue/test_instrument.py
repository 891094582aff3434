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


def test_a_rate_that_is_not_stated_is_that_of_the_products():
    bare = {name: value for name, value in CAMERA.items() if name != "data_rate"}
    image = {"id": "image", "volume": "200 Mbit", "every": "30 min"}
    sample = {"id": "sample", "volume": "15 Mbit"}
    assert Instrument(**bare, products=[image]).data_rate == pytest.approx(200 / 1800)
    assert Instrument(**CAMERA, products=[image]).data_rate == 1.0
    counted = Instrument(**CAMERA, products=[image, sample])
    uncounted = Instrument(**bare, products=[image, sample])
    assert (uncounted.data_rate, [one.id for one in uncounted.on_demand]) == (None, ["sample"])
    assert (counted.data_rate, counted.on_demand) == (1.0, ())


def test_an_instrument_says_something_about_its_data():
    with pytest.raises(RequestError, match="write data_rate, such as 10 kbit/s, or products"):
        Instrument(**{name: value for name, value in CAMERA.items() if name != "data_rate"})


def test_a_passive_instrument_draws_nothing_in_any_mode():
    mirror = Instrument(**{**CAMERA, "power": {"operate": "0 W"}, "data_rate": "0 Mbit/s"})
    assert mirror.passive
    assert not mirror.replace(power={"operate": "0 W", "off": "1 W"}).passive


def test_an_instrument_with_all_its_parts_comes_back_as_it_was():
    camera = Instrument(
        **CAMERA,
        platforms=["lander", "rover"],
        characteristics=[{"id": "aperture", "value": "150 mm", "basis": "sourced S28"}],
        products=[{"id": "image", "volume": "32 Mbit"}],
        duty_cycle="50 %",
        lifetime="8 yr",
        pointing={"mount": "mast", "view": "surface"},
        hazards=["laser"],
        other_conditions=["rover at rest"],
    )
    assert camera.replace() == camera
    assert hash(camera.replace()) == hash(camera)
    assert Instrument.model_validate_json(camera.model_dump_json()) == camera
    assert dict(camera.numbers())["products.volume"] == 32.0


@pytest.mark.parametrize(
    "change",
    [
        {"platforms": ["balloon"]},
        {"duty_cycle": "0 %"},
        {"duty_cycle": "120 %"},
        {"hazards": ["curse"]},
        {"field_of_view_across": "0 deg"},
        {"settling": "-1 h"},
        {"pointing": {"mount": "mast"}},
    ],
)
def test_new_fields_that_make_no_sense_are_refused(change):
    with pytest.raises(RequestError):
        Instrument(**{**CAMERA, **change})
