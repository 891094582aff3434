"""Rows of conditions and the constraints they stand for."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ilrs_science as ilrs
from ilrs_science.catalogue.constraint import Constraint, parse_constraint
from ilrs_science.catalogue.constraint.union import _CLASSES
from ilrs_science.errors import RequestError
from ilrs_science.panels.condition_kinds import KINDS
from ilrs_science.panels.conditions import MOST, Condition, constraint_of, rows_of

LIT, LINK = ilrs.SunElevation(min="-1.4 deg"), ilrs.EarthElevation(min="2 deg", max="50 deg")


def test_every_kind_of_constraint_is_offered() -> None:
    assert {kind.constraint for kind in KINDS.values()} == set(_CLASSES) - {"all_of", "any_of", "not"}


@pytest.mark.parametrize("key", KINDS)
def test_a_fresh_row_is_a_sound_constraint_and_comes_back(key: str) -> None:
    fresh = Condition.fresh(key)
    (row,), joined = rows_of(fresh.constraint)
    assert (row.constraint, joined) == (fresh.constraint, "all")
    assert KINDS[row.key].constraint == KINDS[key].constraint


@pytest.mark.parametrize("key", KINDS)
@pytest.mark.parametrize("negated", [True, False])
def test_the_python_line_of_a_row_is_its_constraint(key: str, negated: bool) -> None:
    row = Condition(key, Condition.fresh(key).texts, negated)
    assert eval(row.code(), {"ilrs": ilrs}) == row.constraint


@pytest.mark.parametrize("key", KINDS)
def test_every_kind_and_field_says_what_it_is_for(key: str) -> None:
    kind = KINDS[key]
    assert len(kind.help) > 20
    for field in kind.fields:
        assert len(field.help) > 9
        assert bool(field.unit) != bool(field.choices or field.names)


@pytest.mark.parametrize(
    ("constraint", "joined"),
    [(LIT & ~LINK, "all"), (LIT | LINK | ilrs.Day(), "any"), (~LIT, "all"), (None, "all")],
)
def test_rows_and_constraint_are_two_ways_to_say_the_same(constraint: Constraint | None, joined: str) -> None:
    rows, found = rows_of(constraint)
    assert found == joined
    assert constraint_of(rows, found) == constraint


def test_a_mapping_as_a_notebook_has_it_is_read() -> None:
    rows, _ = rows_of({"kind": "local_solar_time", "min": "22 h", "max": "2 h"})
    assert dict(rows[0].texts) == {"min": "22", "max": "2"}


@pytest.mark.parametrize(
    ("key", "texts", "words"),
    [
        ("sun_elevation", {"min": "abc"}, "Sun elevation: at least: 'abc' is not a number of deg"),
        ("sun_elevation", {"min": "nan"}, "'nan' is not a number of deg"),
        ("sun_elevation", {"min": "95"}, "Sun elevation: 95 deg is outside -90 to 90 deg"),
        ("sun_elevation", {}, "Sun elevation: needs min or max"),
        ("separation", {"first": "sun", "second": "sun", "min": "3"}, "two different bodies"),
        ("local_solar_time", {"min": "9"}, "Hour of the lunar day: max: it is missing"),
        ("target_elevation", {"target": "<script>", "min": "3"}, "Elevation of a target: "),
    ],
)
def test_a_wrong_field_is_one_sentence_that_names_the_condition(
    key: str, texts: dict[str, str], words: str
) -> None:
    with pytest.raises(RequestError) as caught:
        _ = Condition(key, texts).constraint
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_numbers_may_carry_their_unit_a_comma_or_a_typographic_minus() -> None:
    for text in ("-1.5", "−1.5", "-1,5", " -1.5 deg "):
        assert Condition("sun_elevation", {"min": text}).constraint == ilrs.SunElevation(min="-1.5 deg")


def test_too_many_rows_or_a_nested_constraint_are_refused() -> None:
    with pytest.raises(RequestError, match=f"takes {MOST} conditions, not 9"):
        rows_of(ilrs.AllOf(of=(ilrs.Day(),) * 9))
    with pytest.raises(RequestError, match="has no row for"):
        rows_of(ilrs.AllOf(of=(LIT | LINK, ilrs.Day())))


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(RequestError, match="is no kind of condition"):
        Condition("sunshine", {})


@given(
    st.sampled_from(list(KINDS)),
    st.dictionaries(st.sampled_from(["min", "max", "target", "half"]), st.text()),
)
def test_whatever_a_visitor_types_is_a_constraint_or_a_sentence(key: str, texts: dict[str, str]) -> None:
    row, found = Condition(key, texts), None
    assert all(len(text) <= 64 for text in row.texts.values())
    with suppress(RequestError):
        found = row.constraint
    assert found is None or parse_constraint(found) == found
