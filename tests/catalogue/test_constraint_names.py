"""Every name that a constraint mentions is found, with the place where it stands and where it may lead."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.catalogue.constraint import (
    AnyConstraint,
    Constraint,
    Day,
    Direction,
    Occultation,
    PassOver,
    PhaseAngle,
    RadioQuiet,
    RangeTo,
    Separation,
    TargetElevation,
)
from ilrs_science.catalogue.constraint.names import _FIELDS, BODY_NAMES, Mention, mentions
from ilrs_science.catalogue.library.kinds import KINDS
from ilrs_science.sky.bodies import BODIES

CRAB = Direction(ra="83.6 deg", dec="22 deg")


def found(spec: object) -> list[tuple[str, str]]:
    """Dotted place and name of each mention."""
    return [(".".join(map(str, one.place)), one.name) for one in mentions(spec)]


def test_the_bodies_are_those_of_the_ephemeris() -> None:
    assert frozenset(BODIES) == BODY_NAMES


def test_every_field_belongs_to_its_kind_and_every_folder_to_the_catalogue() -> None:
    kinds = {cls.model_fields["kind"].default: cls for cls in get_args(get_args(AnyConstraint)[0])}
    for kind, fields in _FIELDS.items():
        assert set(fields) <= set(kinds[kind].model_fields)
        for folders in fields.values():
            assert set(folders) <= {"bodies", *KINDS}


@pytest.mark.parametrize(
    ("constraint", "expected"),
    [
        (Day(), []),
        (TargetElevation(target="crab", min="0 deg"), [("target", "crab")]),
        (TargetElevation(target=CRAB, min="0 deg"), []),
        (Separation(bodies=("sun", "crab"), min="1 deg"), [("bodies.0", "sun"), ("bodies.1", "crab")]),
        (Separation(bodies=(CRAB, "sun"), min="1 deg"), [("bodies.1", "sun")]),
        (PhaseAngle(body="venus", max="9 deg"), [("body", "venus")]),
        (RangeTo(body="kashi", max="9 km"), [("body", "kashi")]),
        (PassOver(orbiter="llo_100"), [("orbiter", "llo_100")]),
        (PassOver(site="malapert"), [("site", "malapert")]),
        (Occultation(target="crab"), [("target", "crab")]),
        (RadioQuiet(emitters=("a", "b")), [("emitters.0", "a"), ("emitters.1", "b")]),
        (
            Day() & ~(PassOver(site="malapert") | Occultation(target="crab")),
            [("of.1.of.of.0.site", "malapert"), ("of.1.of.of.1.target", "crab")],
        ),
    ],
)
def test_names_are_found_at_their_places(constraint: Constraint, expected: list[tuple[str, str]]) -> None:
    assert found(constraint) == expected
    assert found(constraint.model_dump(mode="json")) == expected


@pytest.mark.parametrize(
    ("constraint", "folders"),
    [
        (PassOver(orbiter="x"), ("orbits",)),
        (PassOver(site="x"), ("sites",)),
        (PhaseAngle(body="x", max="9 deg"), ("bodies",)),
        (RangeTo(body="x", max="9 km"), ("bodies", "orbits", "sites", "ground_stations")),
        (RadioQuiet(emitters=("x",)), ("orbits", "sites", "ground_stations")),
        (Occultation(target="x"), ("bodies", "targets", "orbits", "sites", "ground_stations")),
    ],
)
def test_a_name_leads_to_records_of_a_kind_that_fits(
    constraint: Constraint, folders: tuple[str, ...]
) -> None:
    (only,) = mentions(constraint)
    assert (only.name, only.folders) == ("x", folders)


@pytest.mark.parametrize(
    "spec",
    [
        None,
        5,
        [],
        "day",
        {},
        {"kind": ["pass_over"], "orbiter": "x"},
        {"kind": "no_such", "target": "x"},
        {"kind": "occultation", "target": {"ra": "1 deg", "dec": "2 deg"}},
        {"kind": "occultation", "target": 3},
        {"kind": "separation", "bodies": 7},
        {"kind": "all_of", "of": [None, 4, "day"]},
    ],
)
def test_what_is_malformed_mentions_nothing(spec: object) -> None:
    assert list(mentions(spec)) == []


def test_of_what_is_nested_without_end_only_the_top_is_read() -> None:
    spec: dict[str, object] = {"kind": "occultation", "target": "crab"}
    for _ in range(5000):
        spec = {"kind": "not", "of": spec}
    assert list(mentions(spec)) == []


values = st.recursive(
    st.none() | st.integers() | st.sampled_from(["sun", "pass_over", "not"]),
    lambda part: (
        st.lists(part, max_size=3)
        | st.dictionaries(st.sampled_from(["kind", "of", "target", "bodies", "orbiter"]), part, max_size=4)
    ),
    max_leaves=12,
)


@given(values)
def test_anything_can_be_asked_for_its_names(value: object) -> None:
    assert all(isinstance(one, Mention) and isinstance(one.name, str) for one in mentions(value))
