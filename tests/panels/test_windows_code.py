"""The lines of Python give back the very constraint, and read as a person would write them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ilrs_science as ilrs
from ilrs_science.catalogue.constraint import Constraint, parse_constraint
from ilrs_science.panels.condition_fields import fits
from ilrs_science.panels.condition_forms import FORMS
from ilrs_science.panels.conditions import Condition
from ilrs_science.panels.windows_code import code_of, expression

SPAN = (np.datetime64("2031-02-24", "us"), np.datetime64("2031-03-24", "us"))


@pytest.mark.parametrize(
    ("constraint", "text"),
    [
        (ilrs.Day(), "ilrs.Day()"),
        (~ilrs.Night(), "~ilrs.Night()"),
        (ilrs.SunElevation(min="-1.4 deg"), 'ilrs.SunElevation(min="-1.4 deg")'),
        (ilrs.PassOver(orbiter="queqiao2"), 'ilrs.PassOver(orbiter="queqiao2")'),
        (ilrs.LocalSolarTime(min="22 h", max="90 min"), 'ilrs.LocalSolarTime(min="22 h", max="5400 s")'),
        (ilrs.RadioQuiet(emitters=("kashi",)), 'ilrs.RadioQuiet(emitters=("kashi",))'),
        (
            ilrs.Occultation(target=ilrs.Direction(ra="83.6 deg", dec="22 deg")),
            'ilrs.Occultation(target=ilrs.Direction(ra="83.6 deg", dec="22 deg"))',
        ),
        (
            ilrs.Separation(bodies=("sun", "earth"), min="20 deg"),
            'ilrs.Separation(min="20 deg", bodies=("sun", "earth"))',
        ),
    ],
)
def test_a_constraint_reads_as_a_person_would_write_it(constraint: Constraint, text: str) -> None:
    assert expression(constraint) == text
    assert eval(text, {"ilrs": ilrs}) == constraint


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize("place", ["site", "orbit"])
def test_every_kind_is_given_back(kind: str, place: str) -> None:
    condition = Condition(kind, negated=True)
    if fits(condition.form.at, place):
        constraint = condition.constraint(place)
        assert eval(expression(constraint), {"ilrs": ilrs}) == constraint


@given(st.floats(-90, 90), st.floats(0.1, 1e10))
def test_numbers_keep_their_digits(angle: float, distance: float) -> None:
    for spec in (
        {"kind": "sun_elevation", "max": f"{angle!r} deg"},
        {"kind": "range_to", "min": f"{distance!r} km"},
    ):
        constraint = parse_constraint(spec)
        assert eval(expression(constraint), {"ilrs": ilrs}) == constraint


def test_a_few_constraints_stand_on_one_line_and_many_below_each_other() -> None:
    few: tuple[Constraint, ...] = (ilrs.Day(), ilrs.Eclipse())
    assert "constraint = ilrs.Day() & ilrs.Eclipse()\n" in code_of("malapert", few, "all", SPAN)
    many = code_of("malapert", few * 4, "any", SPAN)
    assert "constraint = (\n    ilrs.Day()\n    | ilrs.Eclipse()\n    | ilrs.Day()\n" in many


def test_the_place_is_told_by_its_id() -> None:
    lines = code_of("llo_100", (ilrs.Day(),), "all", SPAN).splitlines()
    assert lines == [
        "import ilrs_science as ilrs",
        "",
        "constraint = ilrs.Day()",
        'windows = ilrs.find_windows(constraint, "llo_100", "2031-02-24", "2031-03-24")',
    ]


def test_without_constraints_everything_is_open() -> None:
    scope: dict[str, Any] = {}
    exec(code_of("malapert", (), "all", SPAN), scope)
    assert scope["windows"] == ilrs.Windows.everything(*SPAN)
