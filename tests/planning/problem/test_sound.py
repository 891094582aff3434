"""A fault of one part hides no fault of another, and is not taken for one."""

from __future__ import annotations

from typing import Any

import pytest

from ilrs_science.planning.problem.problem import Problem, ProblemError
from ilrs_science.planning.problem.sound import sound_faults
from tests.planning.problems import TICK, activity, battery, link, renewable, storage

ROBOT = renewable("robot")


def faults_of(activities: Any = (), resources: Any = (ROBOT,), **fields: Any) -> list[str]:
    """Every fault, by line."""
    given = {"epoch": "2031-01-01", "horizon_s": 12 * TICK} | fields
    with pytest.raises(ProblemError) as told:
        Problem(activities=activities, resources=resources, **given)
    return list(told.value.faults)


def test_faults_of_fields_and_between_parts_are_told_together() -> None:
    found = faults_of(
        [
            {**activity("drive"), "duration_s": 1.5},
            activity("drill", 99, demands={"robt": 1}, precedences=["drive", "sleep"]),
            activity("a", precedences=[{"after": "b", "min_lag_s": 9, "max_lag_s": 1}]),
            activity("b", precedences=["a"]),
        ],
        epoch="yesterday",
    )
    for words in (
        "epoch: ",
        "activity 'drive': duration_s: ",
        "activity 'drill': duration_s is 59400",
        "activity 'drill': unknown resource 'robt'",
        "activity 'drill': unknown activity 'sleep'",
        "activity 'a': max_lag_s after 'b' is shorter",
        "precedences go in a circle",
    ):
        assert sum(line.startswith(words) for line in found) == 1
    assert len(found) == 7


def test_a_wrong_part_is_still_known_by_its_name() -> None:
    parts = [
        activity("a", demands={"robot": 1}, precedences=["b"], energy_W=1, data_Mbit_s=1),
        activity("b", none=1),
    ]
    resources = [{**ROBOT, "capacity": "x"}, battery(capacity="x"), storage(capacity=None), link((0, 1, "x"))]
    found = faults_of(parts, resources)
    assert len(found) == 5
    assert sound_faults({"horizon_s": TICK, "activities": parts, "resources": resources}) == []


def test_a_wrong_horizon_or_objective_hides_nothing() -> None:
    for wrong in ({"horizon_s": "soon"}, {"objective": "fun"}):
        found = faults_of([activity("a", demands={"arm": 1})], **wrong)
        assert len(found) == 2
        assert found[1].startswith("activity 'a': unknown resource 'arm'")


def test_shares_are_judged_where_every_partner_is_known() -> None:
    wrong = faults_of([activity("a", partner="north")], shares={"nrth": 0.5}, epoch="yesterday")
    assert wrong[1:] == ["shares: no activity of partner 'nrth'; did you mean north?"]


@pytest.mark.parametrize(
    "wrong", [{"activities": "none"}, {"resources": {"kind": "robot"}}, {"resources": [7]}]
)
def test_of_lists_that_cannot_be_read_nothing_more_is_told(wrong: dict[str, Any]) -> None:
    assert sound_faults({"horizon_s": 0, "activities": [activity("a", demands={"x": 1})], **wrong}) == []


def test_a_makespan_does_everything_unless_it_says_otherwise() -> None:
    fields = {
        "horizon_s": TICK,
        "objective": "makespan",
        "activities": [activity("a"), activity("b", optional=True)],
    }
    assert sound_faults(fields) == ["activity 'b': is optional; a makespan problem does everything"]
