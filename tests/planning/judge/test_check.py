"""The checker finds every kind of fault, and only that."""

from __future__ import annotations

import pytest

from ilrs_science.planning.judge.check import Rule, check
from ilrs_science.planning.plan import Placement, Plan
from ilrs_science.planning.problem.problem import Problem
from tests.planning.problems import TICK, activity, battery, link, problem, renewable, storage


@pytest.fixture
def asked() -> Problem:
    return problem(
        activity("a", 2, windows=[(0, 4 * TICK)], energy_W=6, demands={"robot": 1}),
        activity(
            "b", 2, precedences=[{"after": "a", "min_lag_s": TICK, "max_lag_s": 3 * TICK}], data_Mbit_s=1
        ),
        activity("c", 1, demands={"robot": 1}, locked_start=8 * TICK),
        activity("d", 1, optional=False, exclusions=["c"]),
        activity("e", 1, energy_W=24, data_Mbit_s=1.0, demands={"robot": 2}),
        resources=(
            renewable(capacity=2, profile=[(10 * TICK, 1)]),
            battery(10, 5, minimum_Wh=1, generation=[(5 * TICK, 6.0)]),
            storage(1200),
            link((6, 8, 1.0)),
        ),
    )


GOOD = {"a": 0, "b": 4 * TICK, "c": 8 * TICK, "d": 9 * TICK, "e": 6 * TICK}


def test_a_good_plan_passes(asked: Problem) -> None:
    assert check(asked, Plan.of(asked, GOOD)) == []


@pytest.mark.parametrize(
    ("changes", "rule", "says"),
    [
        ({"a": 3 * TICK}, Rule.WINDOW, "'a' from 1800 to 3000 s is not within one of its windows"),
        ({"a": -1}, Rule.WINDOW, "'a' from -1 to 1199 s is not within one of its windows"),
        ({"e": 12 * TICK}, Rule.WINDOW, "'e' from 7200 to 7800 s is not within one of its windows"),
        ({"d": None}, Rule.MANDATORY, "'d' must be done but is left out"),
        ({"c": None}, Rule.MANDATORY, "'c' must be done but is left out"),
        ({"c": 8 * TICK + 1}, Rule.LOCK, "'c' starts at 4801 s but is locked to 4800 s"),
        ({"b": 3 * TICK - 1}, Rule.PRECEDENCE, "'b' starts 599 s after 'a' ends; allowed: 600 to 1800 s"),
        ({"b": 5 * TICK + 1}, Rule.PRECEDENCE, "'b' starts 1801 s after 'a' ends; allowed: 600 to 1800 s"),
        ({"a": None}, Rule.PRECEDENCE, "'b' is done without 'a'"),
        ({"d": 8 * TICK + 1}, Rule.EXCLUSION, "'d' runs at the same time as 'c'"),
        ({"e": 8 * TICK - 1}, Rule.RESOURCE, "3 of 'robot' are held at 4800 s but there are 2"),
        ({"e": 9 * TICK + 1}, Rule.RESOURCE, "2 of 'robot' are held at 6000 s but there are 1"),
        ({"e": 3 * TICK}, Rule.BATTERY, "battery 'battery' falls 2.000 Wh below its minimum after 2100 s"),
        ({"e": 5 * TICK}, Rule.STORAGE, "storage 'storage' overflows by 600.000 Mbit after 3300 s"),
    ],
)
def test_each_kind_of_fault_is_caught(asked: Problem, changes: dict[str, int], rule: Rule, says: str) -> None:
    starts = {name: start for name, start in (GOOD | changes).items() if start is not None}
    found = check(asked, Plan.of(asked, starts))
    assert (rule, says) in [(violation.rule, violation.message) for violation in found]


def test_a_wrong_duration_is_caught(asked: Problem) -> None:
    plan = Plan.of(asked, GOOD)
    longer = [
        Placement(id=entry.id, start_s=entry.start_s, end_s=entry.end_s - (entry.id == "b"))
        for entry in plan.placements
    ]
    (violation,) = check(asked, plan.replace(placements=tuple(longer)))
    assert str(violation) == "duration: 'b' lasts 1199 s instead of 1200 s"


def test_names_that_do_not_belong_are_caught(asked: Problem) -> None:
    plan = Plan.of(asked, GOOD)
    stranger = Placement(id="x", start_s=0, end_s=1)
    assert [str(found) for found in check(asked, plan.replace(placements=(*plan.placements, stranger)))] == [
        "known: the problem has no activity 'x'"
    ]
    twice = check(asked, plan.replace(left_out=("a",)))
    assert [str(found) for found in twice] == ["known: 'a' is named 2 times"]
    other = check(asked, plan.replace(epoch="2032-01-01T00:00:00Z"))
    assert [found.rule for found in other] == [Rule.KNOWN]


def test_an_activity_may_use_two_windows_that_touch() -> None:
    asked = problem(activity("a", 2, windows=[(0, TICK), (TICK, 2 * TICK)]))
    assert check(asked, Plan.of(asked, {"a": 0})) == []


def test_a_moment_needs_no_resource() -> None:
    asked = problem(activity("a", 0, demands={"robot": 5}), activity("b", 2), resources=(renewable(),))
    assert check(asked, Plan.of(asked, {"a": TICK, "b": 0})) == []
