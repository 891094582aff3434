"""Every kind of constraint: what it may say, how it reads, and that it comes back from YAML as it went."""

from __future__ import annotations

import json

import pytest

from ilrs_science.catalogue.constraint import (
    Constraint,
    Direction,
    Eclipse,
    LocalSolarTime,
    Magnetotail,
    PhaseAngle,
    RadioQuiet,
    RangeTo,
    Season,
    Separation,
    TargetElevation,
    parse_constraint,
)
from ilrs_science.errors import RequestError

LABELS: list[tuple[Constraint, str]] = [
    (TargetElevation(target="jupiter", min="5 deg"), "elevation of jupiter >= 5 deg"),
    (
        TargetElevation(target={"ra": "266.4 deg", "dec": "-29.0 deg"}, max="0 deg"),
        "elevation of ra 266.4 dec -29 <= 0 deg",
    ),
    (Separation(bodies=["sun", "crab"], min="40 deg"), "separation sun-crab >= 40 deg"),
    (PhaseAngle(max="30 deg"), "phase of earth <= 30 deg"),
    (RangeTo(min="3.6e8 m", max="400000 km"), "range to earth >= 360000 km <= 400000 km"),
    (LocalSolarTime(min="22 h", max="2 h"), "local solar time 22 h to 2 h"),
    (Season(half="winter"), "winter of the site"),
    (Season(max="-1 deg"), "sub-solar latitude <= -1 deg"),
    (Eclipse(), "eclipse"),
    (Eclipse(phase="umbra"), "eclipse (umbra)"),
    (RadioQuiet(margin="10 deg"), "radio_quiet (margin 10 deg)"),
    (Magnetotail(), "magnetotail (within 27 deg)"),
]


@pytest.mark.parametrize(("constraint", "label"), LABELS)
def test_a_label_says_what_must_hold(constraint: Constraint, label: str) -> None:
    assert constraint.label == label


@pytest.mark.parametrize("constraint", [constraint for constraint, _ in LABELS])
def test_a_constraint_reads_back_as_it_was_written(constraint: Constraint) -> None:
    assert parse_constraint(json.loads(constraint.model_dump_json())) == constraint
    nested = ~(constraint & Eclipse())
    assert parse_constraint(json.loads(nested.model_dump_json())) == nested
    assert hash(nested) == hash(parse_constraint(json.loads(nested.model_dump_json())))


WRONG = [
    ({"kind": "target_elevation", "min": "5 deg"}, "target"),
    ({"kind": "target_elevation", "target": "jupiter"}, "needs min or max"),
    (
        {"kind": "target_elevation", "target": {"ra": "400 deg", "dec": "0 deg"}, "min": "5 deg"},
        "less than 360",
    ),
    ({"kind": "target_elevation", "target": {"ra": 5, "dec": "0 deg"}, "min": "5 deg"}, "5 has no unit"),
    ({"kind": "target_elevation", "target": 5, "min": "5 deg"}, "neither a name"),
    ({"kind": "separation", "bodies": ["sun", "sun"], "min": "5 deg"}, "two different"),
    ({"kind": "phase_angle", "body": "sun", "max": "5 deg"}, "the Sun has no phase"),
    ({"kind": "phase_angle", "max": "200 deg"}, "outside 0 to 180 deg"),
    ({"kind": "range_to", "max": "5 deg"}, "'deg' is not a unit here; use km, m, AU"),
    ({"kind": "range_to", "body": "earth"}, "needs min or max, such as min: 0 km"),
    ({"kind": "local_solar_time", "min": "6 h", "max": "6 h"}, "the same hour"),
    ({"kind": "local_solar_time", "min": "0 h", "max": "24 h"}, "the same hour"),
    ({"kind": "local_solar_time", "min": "25 h", "max": "2 h"}, "25 h is outside 0 to 24 h"),
    ({"kind": "season"}, "needs min or max"),
    ({"kind": "season", "half": "summer", "min": "0 deg"}, "either half, or min and max"),
    ({"kind": "season", "half": "spring"}, "one of summer, winter"),
    ({"kind": "season", "min": "5 deg"}, "outside -2 to 2 deg"),
    ({"kind": "eclipse", "phase": "total"}, "one of any, penumbra, umbra"),
    ({"kind": "radio_quiet", "margin": "-1 deg"}, "must be at least 0"),
    ({"kind": "radio_quiet", "within": "1 AU"}, "must be at most 200000"),
    ({"kind": "magnetotail", "half_width": "90 deg"}, "less than 90"),
]


@pytest.mark.parametrize(("spec", "words"), WRONG)
def test_a_wrong_kind_is_one_line_that_says_why(spec: dict[str, object], words: str) -> None:
    with pytest.raises(RequestError) as caught:
        parse_constraint(spec)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_direction_is_ra_and_dec() -> None:
    direction = Direction(ra="17.76 deg", dec="-29 deg")
    assert (direction.ra, direction.dec) == (17.76, -29.0)
