from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from ilrs_science.catalogue.constraint import (
    AllOf,
    AnyConstraint,
    AnyOf,
    Day,
    EarthElevation,
    Night,
    Not,
    Separation,
    SunElevation,
    parse_constraint,
)
from ilrs_science.errors import RequestError, UnknownNameError

LIT, LINK = SunElevation(min="0 deg"), EarthElevation(min="5 deg")


def limits(low: float, high: float) -> st.SearchStrategy[dict[str, str]]:
    """One or two limits in order."""
    angle = st.floats(low, high, allow_nan=False).map(lambda value: f"{value!r} deg")
    pair = st.lists(st.floats(low, high), min_size=2, max_size=2, unique=True).map(sorted)
    both = pair.map(lambda p: {"min": f"{p[0]!r} deg", "max": f"{p[1]!r} deg"})
    return st.one_of(angle.map(lambda a: {"min": a}), angle.map(lambda a: {"max": a}), both)


leaves = st.one_of(
    st.just({"kind": "day"}),
    st.just({"kind": "night"}),
    limits(-90, 90).map(lambda some: {"kind": "sun_elevation", **some}),
    limits(-90, 90).map(lambda some: {"kind": "earth_elevation", **some}),
    limits(0, 180).map(lambda some: {"kind": "separation", "bodies": ["sun", "earth"], **some}),
)
specs = st.recursive(
    leaves,
    lambda part: st.one_of(
        st.builds(lambda of: {"kind": "all_of", "of": of}, st.lists(part, min_size=1, max_size=3)),
        st.builds(lambda of: {"kind": "any_of", "of": of}, st.lists(part, min_size=1, max_size=3)),
        st.builds(lambda of: {"kind": "not", "of": of}, part),
    ),
    max_leaves=6,
)


@given(specs)
def test_a_constraint_survives_a_round_trip_through_json(spec: dict[str, Any]) -> None:
    constraint = parse_constraint(spec)
    assert parse_constraint(constraint.model_dump(mode="json")) == constraint
    assert "\n" not in constraint.label


@given(specs)
def test_equal_constraints_have_equal_hashes(spec: dict[str, Any]) -> None:
    assert hash(parse_constraint(spec)) == hash(parse_constraint(spec))


def test_a_constraint_passes_through() -> None:
    assert parse_constraint(LIT) is LIT
    assert parse_constraint({"kind": "all_of", "of": [LIT, {"kind": "day"}]}) == LIT & Day()


def test_operators_make_flat_groups() -> None:
    assert LIT & LINK & Day() == AllOf(of=(LIT, LINK, Day()))
    assert LIT & (LINK & Day()) == AllOf(of=(LIT, LINK, Day()))
    assert LIT | LINK | Night() == AnyOf(of=(LIT, LINK, Night()))
    assert (LIT & LINK) | Day() == AnyOf(of=(AllOf(of=(LIT, LINK)), Day()))


def test_not_undoes_itself() -> None:
    assert Not(of=LIT) == ~LIT
    assert ~~LIT == LIT


@pytest.mark.parametrize("other", [5, None, {"kind": "day"}])
def test_a_constraint_combines_with_constraints_only(other: Any) -> None:
    with pytest.raises(TypeError):
        LIT & other
    with pytest.raises(TypeError):
        LIT | other


@pytest.mark.parametrize(
    ("constraint", "label"),
    [
        (LIT, "sun_elevation >= 0 deg"),
        (EarthElevation(min="2 deg", max="10 deg"), "earth_elevation >= 2 deg <= 10 deg"),
        (Separation(bodies=("sun", "earth"), max="30 arcmin"), "separation sun-earth <= 0.5 deg"),
        (Day(), "day"),
        (LIT & ~LINK, "(sun_elevation >= 0 deg and not earth_elevation >= 5 deg)"),
        (LIT | Night(), "(sun_elevation >= 0 deg or night)"),
    ],
)
def test_the_label_says_what_must_hold(constraint: AnyConstraint, label: str) -> None:
    assert constraint.label == label


def test_a_constraint_is_frozen() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        LIT.min = 3.0  # type: ignore[misc]


def nested(depth: int) -> dict[str, object]:
    spec: dict[str, object] = {"kind": "day"}
    for _ in range(depth):
        spec = {"kind": "not", "of": spec}
    return spec


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        (5, "a constraint is a mapping with a kind, such as {kind: sun_elevation, min: 0 deg}; got 5"),
        ({}, "a constraint is a mapping with a kind, such as {kind: sun_elevation, min: 0 deg}; got {}"),
        (
            {"kind": "not", "of": [{"kind": "day"}]},
            "a constraint is a mapping with a kind, such as {kind: sun_elevation, min: 0 deg}; got [{'kind': 'day'}]",
        ),
        ({"kind": "day", "x": 1}, "day.x: unknown field (known: kind)"),
        ({"kind": "day", "of": 4}, "day.of: unknown field (known: kind)"),
        (
            {
                "kind": "all_of",
                "of": [{"kind": "day"}, {"kind": "sun_elevation", "min": "5 deg", "mx": "7 deg"}],
            },
            "all_of.of.1.mx: unknown field (known: kind, min, max)",
        ),
        ({"kind": "sun_elevation"}, "sun_elevation: needs min or max, such as min: 0 deg"),
        ({"kind": "sun_elevation", "min": 5}, "sun_elevation.min: 5 has no unit; write '5 deg'"),
        (
            {"kind": "not", "of": {"kind": "sun_elevation", "min": "5 m"}},
            "not.of.min: 'm' is not a unit here; use deg, arcmin, arcsec, rad, mas",
        ),
        ({"kind": "sun_elevation", "min": "95 deg"}, "sun_elevation: 95 deg is outside -90 to 90 deg"),
        (
            {"kind": "separation", "bodies": ["sun", "earth"], "min": "-1 deg"},
            "separation: -1 deg is outside 0 to 180 deg",
        ),
        (
            {"kind": "sun_elevation", "min": "5 deg", "max": "2 deg"},
            "sun_elevation: min 5 deg is not below max 2 deg",
        ),
        ({"kind": "separation", "min": "5 deg"}, "separation.bodies: is missing"),
        (
            {"kind": "separation", "bodies": ["sun", "Ma rs"], "min": "5 deg"},
            "separation.bodies.1: 'Ma rs' is neither a name such as jupiter nor {ra: 266.4 deg, dec: -29.0 deg}",
        ),
        (
            {"kind": "separation", "bodies": ["sun", "sun"], "min": "5 deg"},
            "separation: needs two different bodies, not sun twice",
        ),
        (
            {"kind": "all_of", "of": []},
            "all_of.of: is a list of 0; at least 1 is needed",
        ),
        ({"kind": "all_of"}, "all_of.of: is missing"),
        (nested(20), "constraints are nested deeper than 16 levels"),
    ],
)
def test_a_wrong_constraint_is_one_line(spec: object, message: str) -> None:
    with pytest.raises(RequestError) as caught:
        parse_constraint(spec)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "spec", [{"kind": "sun_elevatoin"}, {"kind": "not", "of": {"kind": "sun_elevatoin"}}]
)
def test_an_unknown_kind_lists_the_nearest_and_the_known(spec: object) -> None:
    with pytest.raises(
        UnknownNameError, match="unknown constraint 'sun_elevatoin'; did you mean sun_elevation"
    ):
        parse_constraint(spec)


def test_deep_but_allowed_nesting_is_read() -> None:
    assert parse_constraint(nested(16)).kind == "not"


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.floats(allow_nan=False), st.text(max_size=8)),
    lambda part: st.one_of(
        st.lists(part, max_size=3), st.dictionaries(st.text(max_size=6), part, max_size=3)
    ),
    max_leaves=6,
)
kinds = st.sampled_from(["day", "sun_elevation", "separation", "all_of", "any_of", "not"])
fields = st.sampled_from(["min", "max", "bodies", "of", "x"])


@given(
    kinds, st.dictionaries(fields, st.one_of(json_values, leaves, st.lists(leaves, max_size=2)), max_size=3)
)
def test_any_mapping_is_a_constraint_or_a_one_line_error(kind: str, rest: dict[str, object]) -> None:
    message = ""
    try:
        parse_constraint({"kind": kind, **rest})
    except RequestError as error:
        message = str(error)
    assert "\n" not in message
