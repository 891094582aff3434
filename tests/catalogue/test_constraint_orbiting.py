"""Constraints of orbiters, and the fields by which others look at them: what is read, said and written back."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import ilrs_science as ilrs
from ilrs_science.catalogue.constraint import (
    AnyConstraint,
    Direction,
    Eclipse,
    Occultation,
    PassOver,
    RadioQuiet,
    RangeTo,
    Separation,
    SolarBeta,
    TargetElevation,
    parse_constraint,
)
from ilrs_science.catalogue.library import read_constraint
from ilrs_science.errors import RequestError, UnknownNameError

names = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)
angles = st.integers(0, 89).map(lambda angle: f"{angle} deg")
directions = st.builds(
    lambda ra, dec: {"ra": f"{ra} deg", "dec": f"{dec} deg"}, st.integers(0, 359), st.integers(-90, 90)
)
specs = st.one_of(
    st.builds(lambda low: {"kind": "solar_beta", "min": low}, angles),
    st.builds(lambda name, low: {"kind": "pass_over", "orbiter": name, "min": low}, names, angles),
    st.builds(lambda name: {"kind": "pass_over", "site": name, "max": "90 deg"}, names),
    st.builds(lambda aim: {"kind": "occultation", "target": aim}, names.filter("moon".__ne__) | directions),
    st.builds(
        lambda by, phase: {"kind": "eclipse", "by": by, "phase": phase},
        st.sampled_from([None, "earth", "moon"]),
        st.sampled_from(["any", "penumbra", "umbra"]),
    ),
    st.builds(lambda body: {"kind": "range_to", "body": body, "max": "1000 km"}, names),
    st.builds(lambda emitters: {"kind": "radio_quiet", "emitters": emitters}, st.lists(names, max_size=16)),
)


@given(specs)
def test_a_constraint_survives_a_round_trip_through_yaml(spec: dict[str, Any]) -> None:
    constraint = parse_constraint(spec)
    written = yaml.safe_dump(constraint.model_dump(mode="json", exclude_none=True))
    assert parse_constraint(yaml.safe_load(written)) == constraint
    assert "\n" not in constraint.label


@given(specs)
def test_the_command_line_reads_what_python_reads(spec: dict[str, Any]) -> None:
    assert read_constraint(json.dumps(spec)) == parse_constraint(spec)


@pytest.mark.parametrize(
    ("constraint", "label"),
    [
        (SolarBeta(min="-20 deg", max="20 deg"), "solar_beta >= -20 deg <= 20 deg"),
        (PassOver(orbiter="queqiao2", min="10 deg"), "pass of queqiao2 >= 10 deg"),
        (PassOver(orbiter="llo_100"), "pass of llo_100 >= 0 deg"),
        (PassOver(site="malapert", min="5 deg", max="80 deg"), "pass over malapert >= 5 deg <= 80 deg"),
        (Occultation(target="crab"), "occultation of crab"),
        (Occultation(target=Direction(ra="83.6 deg", dec="22 deg")), "occultation of ra 83.6 dec 22"),
        (Eclipse(), "eclipse"),
        (Eclipse(phase="umbra"), "eclipse (umbra)"),
        (Eclipse(by="earth"), "eclipse by the Earth"),
        (Eclipse(by="moon", phase="umbra"), "eclipse by the Moon (umbra)"),
        (RangeTo(body="queqiao2", max="5000 km"), "range to queqiao2 <= 5000 km"),
        (TargetElevation(target="kashi", min="3 deg"), "elevation of kashi >= 3 deg"),
        (Separation(bodies=("sun", "queqiao2"), min="10 deg"), "separation sun-queqiao2 >= 10 deg"),
        (RadioQuiet(), "radio_quiet (margin 0 deg)"),
        (
            RadioQuiet(margin="2 deg", emitters=("queqiao2", "malapert")),
            "radio_quiet (margin 2 deg, also queqiao2, malapert)",
        ),
    ],
)
def test_the_label_says_what_must_hold(constraint: AnyConstraint, label: str) -> None:
    assert constraint.label == label


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        (
            {"kind": "pass_over"},
            "pass_over: name the orbiter that passes over this site, or the site that this orbiter passes over",
        ),
        (
            {"kind": "pass_over", "orbiter": "queqiao2", "site": "malapert"},
            "pass_over: name the orbiter that passes over this site, or the site that this orbiter passes over",
        ),
        ({"kind": "pass_over", "orbiter": "Relay 2"}, "pass_over.orbiter: 'Relay 2' is not a name such as queqiao2"),
        ({"kind": "pass_over", "site": "malapert", "max": "-3 deg"}, "pass_over: min 0 deg is not below max -3 deg"),
        ({"kind": "pass_over", "site": "malapert", "min": "95 deg"}, "pass_over: 95 deg is outside -90 to 90 deg"),
        ({"kind": "pass_over", "site": "malapert", "min": 5}, "pass_over.min: 5 has no unit; write '5 deg'"),
        ({"kind": "solar_beta"}, "solar_beta: needs min or max, such as min: 0 deg"),
        ({"kind": "solar_beta", "max": "91 deg"}, "solar_beta: 91 deg is outside -90 to 90 deg"),
        ({"kind": "occultation"}, "occultation.target: is missing"),
        (
            {"kind": "occultation", "target": "moon"},
            "occultation: the Moon does not hide itself; name what it hides, such as sun",
        ),
        ({"kind": "eclipse", "by": "mars"}, "eclipse.by: unknown choice 'mars'; one of earth, moon"),
        ({"kind": "range_to", "body": 3, "max": "5 km"}, "range_to.body: 3 is not a name such as queqiao2"),
        (
            {"kind": "radio_quiet", "emitters": "queqiao2"},
            "radio_quiet.emitters: is not a list, such as [a, b] (given: 'queqiao2')",
        ),
        ({"kind": "radio_quiet", "emitters": ["a", 3]}, "radio_quiet.emitters.1: 3 is not a name such as queqiao2"),
    ],
)  # fmt: skip
def test_a_wrong_constraint_is_one_line_that_says_what_to_do(spec: object, message: str) -> None:
    with pytest.raises(RequestError) as caught:
        parse_constraint(spec)
    assert str(caught.value) == message


def test_too_many_emitters_are_refused() -> None:
    with pytest.raises(RequestError, match=r"radio_quiet\.emitters: is a list of 17; at most 16"):
        parse_constraint({"kind": "radio_quiet", "emitters": [f"e{number}" for number in range(17)]})


def test_a_misspelt_kind_leads_to_the_new_ones() -> None:
    with pytest.raises(UnknownNameError, match="did you mean pass_over"):
        parse_constraint({"kind": "passover", "orbiter": "queqiao2"})


def test_the_command_line_reads_a_pass() -> None:
    found = read_constraint("{kind: pass_over, orbiter: queqiao2, min: 10 deg}")
    assert found == PassOver(orbiter="queqiao2", min="10 deg")


def test_they_are_in_front_of_the_house() -> None:
    assert (ilrs.PassOver, ilrs.SolarBeta, ilrs.Occultation) == (PassOver, SolarBeta, Occultation)


def test_they_join_as_all_others_do() -> None:
    both = SolarBeta(min="0 deg") & ~Occultation(target="crab")
    assert both.label == "(solar_beta >= 0 deg and not occultation of crab)"
    assert parse_constraint(both.model_dump(mode="json")) == both
