"""Fields take what a visitor sends, cut it to size, and say in words what is wrong with the rest."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.errors import RequestError
from ilrs_science.panels.condition_fields import (
    DIRECTION,
    LONGEST_TEXT,
    Choice,
    Field,
    Named,
    Number,
    Several,
    Span,
)
from ilrs_science.units import parse_quantity

ELEVATION = Span(
    key="limits", label="Elevation", tooltip="How high.", low=-90.0, high=90.0, first=(5.0, 90.0)
)
MARGIN = Number(key="margin", label="Margin", tooltip="How low.", unit="deg", low=0.0, high=90.0, first=2.0)
LIMIT = Number(
    key="max", label="At most", tooltip="How far.", unit="km", low=0.0, high=1e9, first=None, optional=True
)
HOUR = Number(key="min", label="From", tooltip="First hour.", unit="h", low=0.0, high=24.0, first=8.0)
PHASE = Choice(key="phase", label="Phase", tooltip="How much.", options=(("Any", ""), ("All", "umbra")))
TARGET = Named(
    key="target", label="Target", tooltip="What.", folders=("targets",), first="crab", direction=True
)
ORBITER = Named(key="orbiter", label="Orbiter", tooltip="Who.", folders=("orbits",), first="queqiao2")
EMITTERS = Several(key="emitters", label="Emitters", tooltip="Who else.", folders=("orbits",))
ALL: tuple[Field, ...] = (ELEVATION, MARGIN, LIMIT, HOUR, PHASE, TARGET, ORBITER, EMITTERS)

anything = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.lists(st.text()))


def test_a_label_carries_its_unit() -> None:
    assert [one.description for one in (ELEVATION, LIMIT, PHASE)] == [
        "Elevation [deg]",
        "At most [km]",
        "Phase",
    ]


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.label)
def test_what_is_there_at_first_stays_as_it_is(one: Field) -> None:
    assert one.bounded(one.default) == one.default
    assert one.bounded(one.value_of({})) == one.value_of({})


@given(st.sampled_from([MARGIN, LIMIT, HOUR, PHASE, TARGET, ORBITER]), anything)
def test_anything_is_cut_to_text_of_a_bounded_length(one: Field, value: object) -> None:
    assert len(one.bounded(value)) <= LONGEST_TEXT


@given(st.lists(st.text(), max_size=40))
def test_names_are_cut_in_number_and_length(names: list[str]) -> None:
    kept = EMITTERS.bounded(names)
    assert len(kept) <= 16
    assert all(len(name) <= LONGEST_TEXT for name in kept)


@given(st.tuples(st.floats(), st.floats()))
def test_limits_are_ordered_inside_the_range_and_apart(pair: tuple[float, float]) -> None:
    low, high = ELEVATION.bounded(pair)
    assert -90.0 <= low < high <= 90.0
    assert high - low >= 0.0999


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        ((5.0, 90.0), {"min": "5 deg"}),
        ((-90.0, -1.5), {"max": "-1.5 deg"}),
        ((-3.0, 40.0), {"min": "-3 deg", "max": "40 deg"}),
        ((-90.0, 90.0), {"min": "-90 deg"}),
    ],
)
def test_an_end_of_the_range_is_no_limit(value: tuple[float, float], parts: dict[str, str]) -> None:
    assert ELEVATION.parts(value) == parts
    assert ELEVATION.value_of(parts) == value


@given(st.tuples(st.floats(-90, 90), st.floats(-90, 90)))
def test_limits_survive_the_way_there_and_back(pair: tuple[float, float]) -> None:
    kept = ELEVATION.bounded(pair)
    assert ELEVATION.value_of(ELEVATION.parts(kept)) == kept


@pytest.mark.parametrize(
    ("one", "text", "written"),
    [
        (MARGIN, "3", "3 deg"),
        (MARGIN, " 2.50 ", "2.5 deg"),
        (MARGIN, "30 arcmin", "0.5 deg"),
        (MARGIN, "1e1", "10 deg"),
        (LIMIT, "384399.5", "384399.5 km"),
        (LIMIT, "0.5 AU", "74798935.35 km"),
        (HOUR, "22", "22 h"),
        (HOUR, "90 min", "1.5 h"),
    ],
)
def test_a_number_may_carry_its_unit_or_not(one: Number, text: str, written: str) -> None:
    (value,) = one.parts(one.bounded(text)).values()
    assert value == written
    assert one.parts(one.value_of({one.key: value})) == {one.key: value}


@given(st.floats(0, 90))
def test_a_number_keeps_its_digits(number: float) -> None:
    value = MARGIN.parts(MARGIN.bounded(repr(number)))["margin"]
    assert math.isclose(parse_quantity(value, "deg"), number, rel_tol=1e-14, abs_tol=1e-300)


def test_an_empty_number_is_left_out_where_it_may_be() -> None:
    assert LIMIT.parts("") == {}
    assert LIMIT.value_of({}) == ""
    assert MARGIN.value_of({}) == "2"


@pytest.mark.parametrize(
    ("one", "text", "says"),
    [
        (MARGIN, "", "Margin is empty; write a number of deg"),
        (MARGIN, "91", "Margin is 0 to 90 deg, not 91 deg"),
        (MARGIN, "-1", "Margin is 0 to 90 deg, not -1 deg"),
        (MARGIN, "high", "Margin: 'high' is not a number with a unit, such as '10 deg'"),
        (MARGIN, "3 km", "Margin: 'km' is not a unit here; use deg, arcmin, arcsec, rad, mas"),
        (MARGIN, "1e999", "Margin: inf is not a finite number of deg, arcmin, arcsec, rad, mas"),
        (MARGIN, "1..2", "Margin: '.2' is not a unit here; use deg, arcmin, arcsec, rad, mas"),
        (HOUR, "25", "From is 0 to 24 h, not 25 h"),
        (LIMIT, "nan", "At most: 'nan' is not a number with a unit, such as '10 km'"),
    ],
)
def test_a_wrong_number_is_said_with_its_name(one: Number, text: str, says: str) -> None:
    with pytest.raises(RequestError) as caught:
        one.parts(one.bounded(text))
    assert str(caught.value) == says


@given(st.text(max_size=80))
def test_any_text_is_a_number_in_range_or_one_line(text: str) -> None:
    said, value = "Margin", "0 deg"
    try:
        (value,) = MARGIN.parts(MARGIN.bounded(text)).values()
    except RequestError as error:
        said = str(error)
    assert said.startswith("Margin")
    assert "\n" not in said
    assert 0.0 <= parse_quantity(value, "deg") <= 90.0


def test_a_choice_is_one_of_its_words() -> None:
    assert [PHASE.bounded(value) for value in ("umbra", "corona", None, ["umbra"])] == ["umbra", "", "", ""]
    assert (PHASE.parts("umbra"), PHASE.parts("")) == ({"phase": "umbra"}, {})
    assert (PHASE.value_of({"phase": "umbra"}), PHASE.value_of({})) == ("umbra", "")


def test_a_direction_is_told_by_other_fields() -> None:
    assert TARGET.parts(DIRECTION) == {}
    assert TARGET.parts("vega") == {"target": "vega"}
    assert (TARGET.value_of({}), TARGET.value_of({"target": "vega"})) == (DIRECTION, "vega")


@pytest.mark.parametrize("name", ["", "Vega", "a b", "<b>", DIRECTION, "x" * 65])
def test_what_is_no_name_is_said(name: str) -> None:
    with pytest.raises(RequestError, match="Orbiter: choose a name"):
        ORBITER.parts(name)


def test_no_names_are_left_out() -> None:
    assert EMITTERS.parts(()) == {}
    assert EMITTERS.parts(("a", "b")) == {"emitters": ["a", "b"]}
    assert EMITTERS.value_of({"emitters": ["a"]}) == ("a",)
