"""The forms cover the schema: every kind, every field, every range, in words that a person can read."""

from __future__ import annotations

from typing import get_args

import pytest

from ilrs_science.catalogue.constraint import AllOf, AnyConstraint, AnyOf, Constraint, Not
from ilrs_science.catalogue.constraint.limits import Limits
from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.errors import RequestError
from ilrs_science.panels.condition_fields import Choice, Field, Named, Number, Several, Span, fits
from ilrs_science.panels.condition_forms import FORMS, Form, forms_at
from ilrs_science.panels.conditions import Condition
from ilrs_science.windows.constraints import find_windows

KINDS: dict[str, type[Constraint]] = {
    one.model_fields["kind"].default: one
    for one in get_args(get_args(AnyConstraint)[0])
    if one not in (AllOf, AnyOf, Not)
}
PLACES = {"site": "malapert", "station": "connecting_ridge_station", "orbit": "queqiao2"}
each_form = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)


def heads(form: Form) -> set[str]:
    """Fields of the schema that a form fills in."""
    found = {one.key.partition(".")[0] for one in form.fields if not isinstance(one, Span)}
    return found | ({"min", "max"} if any(isinstance(one, Span) for one in form.fields) else set())


def test_every_kind_has_a_form_and_every_form_a_kind() -> None:
    assert set(FORMS) == set(KINDS)


@each_form
def test_every_field_of_the_schema_can_be_filled_in(form: Form) -> None:
    assert heads(form) == set(KINDS[form.kind].model_fields) - {"kind"}


@each_form
def test_a_slider_spans_what_is_possible(form: Form) -> None:
    model = KINDS[form.kind]
    for one in form.fields:
        if isinstance(one, Span) and issubclass(model, Limits):
            low, high = model.possible
            assert (max(low, 0.0) if form.kind == "pass_over" else low, high) == (one.low, one.high)
            assert one.unit == model.unit


@each_form
def test_choices_are_those_of_the_schema(form: Form) -> None:
    for one in form.fields:
        if isinstance(one, Choice):
            allowed = str(KINDS[form.kind].model_fields[one.key].annotation)
            assert all(not value or f"'{value}'" in allowed for _, value in one.options)


@each_form
def test_every_field_says_what_it_does_and_in_which_unit(form: Form) -> None:
    assert len(form.tooltip) > 20
    for one in form.fields:
        assert len(one.tooltip) > 20 or isinstance(one, Named)
        assert isinstance(one, Choice | Named | Several) or one.description.endswith("]")
        assert not one.tooltip.endswith(".")


@each_form
def test_keys_are_unique_and_conditions_among_them(form: Form) -> None:
    keys = [one.key for one in form.fields]
    assert len(keys) == len(set(keys))
    assert all(one.only_if is None or one.only_if[0] in keys for one in form.fields)


def test_forms_of_a_group_stand_together() -> None:
    groups = [form.group for form in FORMS.values()]
    assert len({form.title for form in FORMS.values()}) == len(FORMS)
    assert [one for one, before in zip(groups, [None, *groups], strict=False) if one != before] == list(
        dict.fromkeys(groups)
    )


@pytest.mark.parametrize("place", PLACES)
def test_kinds_are_offered_or_left_out(place: str) -> None:
    offered, left_out = forms_at(place)
    assert {form.kind for form in (*offered, *left_out)} == set(FORMS)
    assert not any(fits(form.at, place) for form in left_out)


@pytest.mark.parametrize("place", PLACES)
@each_form
def test_what_is_offered_is_what_the_search_takes(form: Form, place: str) -> None:
    where, span = PLACES[place], ("2031-02-24", "2031-02-26")
    if fits(form.at, place):
        found = find_windows(Condition(form.kind).constraint(place), where, *span)
        assert found.span is not None
        return
    other = str(form.at)
    with pytest.raises(RequestError):
        find_windows(Condition(form.kind).constraint(other), where, *span)


def of_type(kind: type[Field]) -> list[Field]:
    return [one for form in FORMS.values() for one in form.fields if isinstance(one, kind)]


def test_names_at_first_are_those_of_the_catalogue() -> None:
    catalogue = load_catalogue()
    shelves = {"sites": catalogue.sites, "orbits": catalogue.orbits}
    for one in of_type(Named):
        folders = [folder for folder in one.folders if folder in shelves]  # type: ignore[attr-defined]
        if "bodies" not in one.folders:  # type: ignore[attr-defined]
            assert any(one.default in shelves[folder] for folder in folders)


def test_numbers_at_first_are_in_range() -> None:
    for one in of_type(Number):
        assert one.parts(one.default) == {} or one.key in one.parts(one.default)
