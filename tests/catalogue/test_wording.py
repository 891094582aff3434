"""What is wrong is told in words of the field, without those of the program that found it."""

from __future__ import annotations

import pytest

from ilrs_science.catalogue.experiment import Experiment
from ilrs_science.catalogue.instrument import Instrument
from ilrs_science.catalogue.site import Site
from ilrs_science.catalogue.wording import listed, models_at, unit_at, unknown
from ilrs_science.errors import RequestError

WORK = {"id": "x", "category": "basic_experiment", "field": "isru", "session": "1 h", "instruments": ["a"]}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"id": False}, 'id: is read as false, not as text; quote it, as in "no"'),
        ({"objective": 12}, 'objective: is a number, not text; quote it, as in "12"'),
        (
            {"conditions": [{"kind": "day"}]},
            "conditions: is a list; for all of them write {kind: all_of, of: [...]}",
        ),
        (
            {"conditions": {"min": "1 deg"}},
            "conditions: has no kind; write a map such as {kind: sun_elevation",
        ),
        ({"conditions": {"kind": "dusk"}}, "conditions: unknown kind 'dusk'"),
        ({"session": "-1 h"}, "session: must be more than 0 s (given: '-1 h')"),
        ({"repeats": 1.5}, "repeats: is not a whole number (given: '1.5')"),
        ({"sites": {"a": 1}}, "sites: is not a list, such as [a, b]"),
        ({"emits": ["lite"]}, "emits.0: unknown choice 'lite'; did you mean light?; one of radio, light"),
        ({"objective": "x" * 2001}, "objective: is too long; at most 2000 characters"),
        ({"priority": 9}, "priority: must be at most 5 (given: '9')"),
    ],
)
def test_a_constructor_speaks_plainly(change: dict[str, object], says: str) -> None:
    with pytest.raises(RequestError) as caught:
        Experiment(**{**WORK, **change})
    message = str(caught.value)
    assert says in message
    assert len(message.splitlines()) == 1
    assert "Input should" not in message
    assert message.count(";") == says.count(";") or "did you mean" in message or "kind" in message


def test_a_field_of_a_part_names_the_fields_of_that_part() -> None:
    with pytest.raises(RequestError, match=r"power\.peek: no such field; did you mean peak"):
        Instrument(
            id="x", kind="y", mass="1 kg", power={"operate": "1 W", "peek": "2 W"}, data_rate="1 kbit/s"
        )


def test_units_are_those_of_the_field() -> None:
    assert unit_at(Instrument, ("mass",)) == " kg"
    assert unit_at(Instrument, ("power", "operate")) == " W"
    assert (
        unit_at(Instrument, ("duty_cycle",)) == unit_at(Site, ("name",)) == unit_at(Site, ("nothing",)) == ""
    )


def test_a_step_may_be_the_kind_of_a_constraint() -> None:
    (found,) = models_at(Experiment, ("conditions", "all_of", "of", 0, "sun_elevation"))
    assert found.__name__ == "SunElevation"


def test_few_names_are_listed_and_many_counted() -> None:
    assert listed(["a", "b"], "how") == "a, b"
    assert listed(map(str, range(13)), "ilrs") == "one of 13; see: ilrs"
    assert unknown("field", "lenght", ["length"]) == "unknown field 'lenght'; did you mean length?"
