from __future__ import annotations

import math
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, ValidationError

from ilrs_science import units
from ilrs_science.errors import UnitError
from ilrs_science.unit_names import QUANTITIES, spellings
from ilrs_science.units import (
    Fraction,
    PlainAngle,
    Power,
    Temperature,
    format_quantity,
    number_in,
    numbers_in,
    parse_quantity,
    registry,
)

CANONICAL = ["deg", "km", "m", "W", "Wh", "s", "Mbit/s", "Mbit", "K", "kg", "MHz", "m**2"]


class Load(BaseModel):
    model_config = ConfigDict(extra="forbid")

    power: Power = 0.0
    duty: Fraction = 1.0
    angle: PlainAngle = 0.0


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        # exact by the definition of the unit: SI brochure 9, IAU 2012 Resolution B2 (au)
        ("120 W", "W", 120.0),
        ("1.5kW", "W", 1500.0),
        ("250 mW", "W", 0.25),
        ("3.6 MJ", "Wh", 1000.0),
        ("2 h", "s", 7200.0),
        ("1 d", "s", 86400.0),
        ("90 min", "s", 5400.0),
        ("1 AU", "km", 149597870.7),
        ("30 arcmin", "deg", 0.5),
        ("3600 arcsec", "deg", 1.0),
        ("1 GB", "Mbit", 8000.0),
        ("512 kbit/s", "Mbit/s", 0.512),
        ("-20 degC", "K", 253.15),
        ("1 t", "kg", 1000.0),
        ("2.2 GHz", "MHz", 2200.0),
        ("80 %", "1", 0.8),
        ("0.8", "1", 0.8),
        (0.8, "1", 0.8),
        ("1 km^2", "m**2", 1e6),
        ("-1e3 W", "W", -1000.0),
        (".5 km", "km", 0.5),
    ],
)
def test_text_with_a_unit_becomes_a_number_in_the_canonical_unit(
    text: object, unit: str, value: float
) -> None:
    assert parse_quantity(text, unit) == value


def test_a_radian_is_180_over_pi_degrees() -> None:
    assert parse_quantity(f"{math.pi!r} rad", "deg") == pytest.approx(180.0, abs=1e-12)


@pytest.mark.parametrize(
    ("text", "unit", "message"),
    [
        (12, "W", "12 has no unit; write '12 W'"),
        ("12", "W", "'12' has no unit; write '12 W'"),
        ("12 km", "W", "'km' is not a unit here; use W, kW, mW, MW"),
        ("12 parsec", "km", "'parsec' is not a unit here; use km, m, AU"),
        ("much", "W", "'much' is not a number with a unit, such as '10 W'"),
        ("5 Mbit", "deg", "'Mbit' is not a unit here; use deg, arcmin, arcsec, rad, mas"),
        ("20 C", "K", "'C' is not a unit here; use K, degC"),
        ("5 W", "1", "'W' is not a unit here; use %, or a number between 0 and 1"),
        (True, "W", "'True' is not a number with a unit, such as '10 W'"),
        (None, "W", "'None' is not a number with a unit, such as '10 W'"),
        ("1e999 W", "W", "inf is not a finite number of W, kW, mW, MW"),
        (math.nan, "1", "nan is not a finite number of %, or a number between 0 and 1"),
    ],
)
def test_a_wrong_quantity_is_one_line_that_says_what_to_write(text: object, unit: str, message: str) -> None:
    with pytest.raises(UnitError) as caught:
        parse_quantity(text, unit)
    assert str(caught.value) == message


def assert_read_or_refused(text: str, unit: str) -> None:
    """A finite number, or an error of one line."""
    value, message = 0.0, ""
    try:
        value = parse_quantity(text, unit)
    except UnitError as error:
        message = str(error)
    assert math.isfinite(value)
    assert len(message.splitlines()) <= 1


@given(st.text(max_size=80), st.sampled_from([*CANONICAL, "1"]))
def test_any_text_is_a_finite_number_or_a_unit_error(text: str, unit: str) -> None:
    assert_read_or_refused(text, unit)


@given(st.from_regex(r"[0-9]{1,3} [A-Za-z/*^0-9%]{1,12}", fullmatch=True), st.sampled_from(CANONICAL))
def test_any_unit_name_is_known_or_refused(text: str, unit: str) -> None:
    assert_read_or_refused(text, unit)


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from([*CANONICAL, "1"]))
def test_a_quantity_survives_a_round_trip_through_text(value: float, unit: str) -> None:
    assert parse_quantity(format_quantity(value, unit), unit) == value


def test_every_field_type_reads_its_own_unit() -> None:
    names = [name for name in units.__all__ if name[0].isupper() and not name.isupper()]
    assert len(names) == 20
    for name in names:
        (_, serializer, _) = getattr(units, name).__metadata__
        text = serializer.func(2.5)
        unit = text.partition(" ")[2] or "1"
        assert parse_quantity(text, unit) == 2.5


def test_a_field_reads_text_and_writes_text() -> None:
    load = Load.model_validate({"power": "1.2 kW", "duty": "25 %"})
    assert (load.power, load.duty) == (1200.0, 0.25)
    assert load.model_dump_json() == '{"power":"1200 W","duty":"0.25","angle":"0 deg"}'
    assert Load.model_validate_json(load.model_dump_json()) == load
    assert load.model_dump() == {"power": 1200.0, "duty": 0.25, "angle": 0.0}


def test_a_field_refuses_a_bare_number_and_a_plain_field_takes_it() -> None:
    with pytest.raises(ValidationError, match="12 has no unit; write '12 W'"):
        Load.model_validate({"power": 12})
    assert Load.model_validate({"angle": -89.45}).angle == -89.45
    assert Load.model_validate({"angle": "30 arcmin"}).angle == 0.5
    with pytest.raises(ValidationError, match="not a finite number"):
        Load.model_validate({"angle": math.inf})


def test_a_field_takes_its_own_numbers_back_in_a_canonical_context() -> None:
    assert Load.model_validate({"power": 12.0}, context={"canonical": True}).power == 12.0


def test_the_json_schema_says_text_with_a_unit() -> None:
    schema = Load.model_json_schema()["properties"]["power"]
    assert schema["type"] == "string"
    assert schema["description"] == "in W, kW, mW, MW"


def test_there_is_one_registry_and_angle_is_no_plain_number() -> None:
    assert registry() is registry()
    assert not registry().Quantity(1.0, "deg").dimensionless
    assert not registry().Quantity(1.0, "Mbit").dimensionless


@pytest.mark.parametrize("unit", ["1", "deg", "W"])
def test_an_integer_beyond_every_float_is_refused_in_one_line(unit: str) -> None:
    with pytest.raises(UnitError, match="not a finite number"):
        parse_quantity(10**400, unit)


@pytest.mark.parametrize(
    ("unit", "canonical"),
    [(unit, canonical) for canonical in sorted(QUANTITIES - {"1"}) for unit in spellings(canonical)],
)
def test_every_spelling_is_converted_as_the_registry_does(unit: str, canonical: str) -> None:
    for number in (0.0, 1.0, 7.5):
        expected = registry().Quantity(number, unit).to(canonical).magnitude
        assert math.isclose(
            parse_quantity(f"{number} {unit}", canonical), expected, rel_tol=1e-14, abs_tol=1e-14
        )


@pytest.mark.parametrize("text", ["5 uW", "5 W*s", "5 Watts", "5 watthours", "5 kg*m**2/s**3"])
def test_what_is_not_in_the_table_is_no_unit(text: str) -> None:
    with pytest.raises(UnitError, match="use W, kW, mW, MW"):
        parse_quantity(text, "W")


@pytest.mark.parametrize(
    ("text", "kelvin"), [("0 K", 0.0), ("-273.15 degC", 0.0), ("-173.15 celsius", 100.0)]
)
def test_a_temperature_from_absolute_zero_on_is_read(text: str, kelvin: float) -> None:
    class Cold(BaseModel):
        least: Temperature

    assert Cold.model_validate({"least": text}).least == kelvin
    for below in ("-1 K", "-274 degC"):
        with pytest.raises(ValidationError, match="below absolute zero"):
            Cold.model_validate({"least": below})


def test_usual_units_need_no_registry() -> None:
    code = "import sys, ilrs_science as ilrs; ilrs.load_catalogue(); assert 'pint' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("100 kbit/s", 0.1), (0.1, 0.1), (np.float32(0.5), 0.5), (np.int64(2), 2.0), (math.inf, math.inf)],
)
def test_a_call_takes_text_with_a_unit_or_a_number(value: object, expected: float) -> None:
    assert number_in(value, "Mbit/s", "data_rate") == expected


@pytest.mark.parametrize("value", [None, math.nan, True, [], "3", "3 km", "fast", object()])
def test_a_call_with_no_number_names_the_parameter(value: object) -> None:
    with pytest.raises(UnitError, match=r"^data_rate: "):
        number_in(value, "Mbit/s", "data_rate")


def test_a_series_is_numbers_or_one_text() -> None:
    assert numbers_in([1, 2], "km", "distance").tolist() == [1.0, 2.0]
    assert float(numbers_in("400000 km", "km", "distance")) == 4e5
    with pytest.raises(UnitError, match=r"distance: \['a'\] are not numbers of km"):
        numbers_in(["a"], "km", "distance")
