"""A condition as it is filled in becomes the constraint that it stands for, or says what is wrong."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.catalogue.constraint import (
    Day,
    Direction,
    Eclipse,
    LocalSolarTime,
    Not,
    Occultation,
    PassOver,
    RadioQuiet,
    RangeTo,
    Season,
    Separation,
    SunElevation,
    TargetElevation,
    parse_constraint,
)
from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.panels.condition_fields import DIRECTION, fits
from ilrs_science.panels.condition_forms import FORMS
from ilrs_science.panels.conditions import Condition

SKY = {"target": DIRECTION, "target.ra": "83.6", "target.dec": "22"}


@pytest.mark.parametrize(
    ("condition", "place", "constraint"),
    [
        (Condition("day"), "site", Day()),
        (Condition("day", negated=True), "orbit", ~Day()),
        (Condition("sun_elevation", {"limits": (-1.4, 90.0)}), "site", SunElevation(min="-1.4 deg")),
        (
            Condition("local_solar_time", {"min": "22", "max": "2"}),
            "site",
            LocalSolarTime(min="22 h", max="2 h"),
        ),
        (Condition("season", {"half": "winter"}), "site", Season(half="winter")),
        (Condition("season", {"half": "", "limits": (0.0, 2.0)}), "site", Season(min="0 deg")),
        (Condition("season", {"half": "winter", "limits": (-2.0, 1.0)}), "orbit", Season(max="1 deg")),
        (Condition("eclipse", {"phase": "umbra", "by": "moon"}), "orbit", Eclipse(phase="umbra", by="moon")),
        (Condition("eclipse", {"by": "moon"}), "site", Eclipse()),
        (Condition("pass_over", {"orbiter": "llo_100"}), "site", PassOver(orbiter="llo_100", min="10 deg")),
        (Condition("pass_over", {"site": "malapert"}), "orbit", PassOver(site="malapert", min="10 deg")),
        (Condition("pass_over", {"limits": (0.0, 90.0)}), "site", PassOver(orbiter="queqiao2")),
        (Condition("range_to", {"min": "1000", "max": ""}), "site", RangeTo(min="1000 km")),
        (Condition("occultation", SKY), "orbit", Occultation(target=Direction(ra="83.6 deg", dec="22 deg"))),
        (
            Condition("target_elevation", SKY),
            "site",
            TargetElevation(target=Direction(ra="83.6 deg", dec="22 deg"), min="10 deg"),
        ),
        (
            Condition("separation", {"bodies.0": "crab", "bodies.1": DIRECTION, "bodies.1.ra": "1"}),
            "site",
            Separation(bodies=("crab", Direction(ra="1 deg", dec="-29 deg")), min="20 deg"),
        ),
        (
            Condition("radio_quiet", {"margin": "1", "emitters": ["queqiao2", "kashi"]}),
            "site",
            RadioQuiet(margin="1 deg", emitters=("queqiao2", "kashi")),
        ),
    ],
)
def test_what_is_filled_in_is_the_constraint(condition: Condition, place: str, constraint: Any) -> None:
    assert condition.constraint(place) == constraint


@pytest.mark.parametrize(
    ("condition", "place", "says"),
    [
        (Condition("solar_beta"), "site", "it needs an orbit as the place; choose one, or another condition"),
        (Condition("range_to", {"max": ""}), "site", "needs min or max, such as min: 0 km"),
        (Condition("range_to", {"min": "5", "max": "3"}), "site", "min 5 km is not below max 3 km"),
        (
            Condition("range_to", {"min": "x"}),
            "site",
            "At least: 'x' is not a number with a unit, such as '10 km'",
        ),
        (Condition("local_solar_time", {"max": "8"}), "site", "min and max are the same hour"),
        (Condition("separation", {"bodies.1": "sun"}), "site", "needs two different bodies, not sun twice"),
        (Condition("target_elevation", {"target": "<b>"}), "site", "Target: choose a name"),
        (
            Condition("occultation", {**SKY, "target.dec": "100"}),
            "orbit",
            "Declination is -90 to 90 deg, not 100 deg",
        ),
    ],
)
def test_what_is_wrong_is_one_line_in_words(condition: Condition, place: str, says: str) -> None:
    with pytest.raises(RequestError) as caught:
        condition.constraint(place)
    assert str(caught.value) == says


def test_an_unknown_kind_is_refused_and_the_nearest_named() -> None:
    with pytest.raises(UnknownNameError, match="did you mean night"):
        Condition("nightt")


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize("place", ["site", "orbit"])
def test_every_kind_at_first_survives_the_way_there_and_back(kind: str, place: str) -> None:
    for condition in (Condition(kind), Condition(kind, negated=True)):
        if fits(condition.form.at, place):
            constraint = condition.constraint(place)
            assert Condition.of(constraint).constraint(place) == constraint
            assert Condition.of(constraint.model_dump(mode="json")) == Condition.of(constraint)


@pytest.mark.parametrize(
    "spec",
    [
        {"kind": "not", "of": {"kind": "eclipse", "phase": "umbra", "by": "moon"}},
        {"kind": "season", "min": "-0.5 deg", "max": "1.25 deg"},
        {"kind": "separation", "bodies": [{"ra": "3 deg", "dec": "4 deg"}, "moon"], "max": "9.5 deg"},
        {"kind": "radio_quiet", "margin": "2 deg", "within": "100000 km", "emitters": ["llo_100"]},
        {"kind": "range_to", "body": "kashi", "min": "360000 km", "max": "390000 km"},
        {"kind": "local_solar_time", "min": "22 h", "max": "90 min"},
    ],
)
def test_constraints_survive_the_way_there_and_back(spec: dict[str, Any]) -> None:
    assert Condition.of(spec).constraint("orbit") == parse_constraint(spec)


def test_joined_constraints_take_a_row_each() -> None:
    for joined in (Day() & SunElevation(min="0 deg"), Day() | ~Day(), Not(of=Not(of=Day()))):
        with pytest.raises(RequestError, match="give each condition a row of its own"):
            Condition.of(joined)


def test_a_malformed_constraint_is_refused_as_everywhere() -> None:
    with pytest.raises(RequestError, match=r"sun_elevation\.min: 5 has no unit"):
        Condition.of({"kind": "sun_elevation", "min": 5})


def test_filling_in_makes_another_condition() -> None:
    first = Condition("radio_quiet")
    second = first.filled("margin", "3")
    assert (first.values["margin"], second.values["margin"]) == ("0", "3")
    assert second.filled("nonsense", 4) == second


def test_a_field_that_hangs_on_another_comes_and_goes() -> None:
    season = Condition("season")
    assert [one.key for one in season.wanted("site")] == ["half"]
    assert [one.key for one in season.filled("half", "").wanted("site")] == ["half", "limits"]
    assert [one.key for one in season.wanted("orbit")] == ["limits"]
    assert len(Condition("target_elevation", SKY).wanted("site")) == 4
    assert len(Condition("target_elevation").wanted("site")) == 2


junk = st.one_of(st.none(), st.integers(), st.text(max_size=70), st.sampled_from(["sun", "1", "", DIRECTION]))


@given(st.sampled_from(sorted(FORMS)), st.sampled_from(["site", "orbit"]), st.booleans(), st.data())
def test_anything_filled_in_is_a_constraint_or_one_line(
    kind: str, place: str, negated: bool, data: st.DataObject
) -> None:
    texts = {one.key: data.draw(junk) for one in FORMS[kind].fields if isinstance(one.default, str)}
    condition = Condition(kind, texts, negated)
    try:
        label = condition.constraint(place).label
    except RequestError as error:
        label = str(error)
    assert label
    assert label.isprintable() or any(not str(text).isprintable() for text in texts.values())
