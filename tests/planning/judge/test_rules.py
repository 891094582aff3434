"""Each rule of the checker at its very edge: kept to the second, broken by one second or one unit."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.planning.judge.check import Rule, Violation, check
from ilrs_science.planning.plan import Placement, Plan
from ilrs_science.planning.problem.problem import Problem
from tests.planning.problems import TICK, activity, battery, link, problem, renewable, small_problems, storage


def broken(asked: Problem, **starts: int) -> list[Violation]:
    """What the checker finds if activities start at these seconds."""
    return check(asked, Plan.of(asked, starts))


def rules(asked: Problem, **starts: int) -> list[Rule]:
    return [found.rule for found in broken(asked, **starts)]


@pytest.mark.parametrize(
    ("start", "kept"),
    [(599, False), (600, True), (1200, True), (1201, False), (3599, False), (3600, True), (3601, False)],
)
def test_an_activity_lies_whole_within_one_window(start: int, kept: bool) -> None:
    # 600 s in [600, 1800) or [3600, 4200).
    asked = problem(activity("a", windows=[(3600, 4200), (600, 1800)]))
    assert rules(asked, a=start) == ([] if kept else [Rule.WINDOW])


def test_a_gap_of_one_second_cannot_be_bridged() -> None:
    asked = problem(activity("a", 1, windows=[(0, 700), (701, 1400)]))
    assert rules(asked, a=400) == [Rule.WINDOW]
    assert rules(asked, a=100) == []


def test_windows_that_overlap_or_nest_are_one() -> None:
    asked = problem(activity("a", 2, windows=[(0, 900), (100, 300), (600, 1500)]))
    assert rules(asked, a=300) == []
    assert rules(asked, a=301) == [Rule.WINDOW]


def test_without_windows_the_horizon_is_the_window() -> None:
    asked = problem(activity("a"))
    assert rules(asked, a=0) == rules(asked, a=11 * TICK) == []
    assert rules(asked, a=11 * TICK + 1) == [Rule.WINDOW]
    assert rules(asked, a=-1) == [Rule.WINDOW]


def test_empty_windows_are_never_open() -> None:
    assert rules(problem(activity("a", windows=[])), a=0) == [Rule.WINDOW]


def test_a_moment_may_be_at_the_end_of_its_window() -> None:
    asked = problem(activity("a", 0, windows=[(600, 1200)]))
    assert [rules(asked, a=at) for at in (599, 600, 1200, 1201)] == [[Rule.WINDOW], [], [], [Rule.WINDOW]]


@pytest.mark.parametrize(
    ("lag", "limits", "kept"),
    [
        (0, {}, True),
        (-1, {}, False),
        (-600, {"min_lag_s": -600}, True),
        (-601, {"min_lag_s": -600}, False),
        (5, {"max_lag_s": 5}, True),
        (6, {"max_lag_s": 5}, False),
        (7, {"min_lag_s": 7, "max_lag_s": 7}, True),
    ],
)
def test_a_lag_is_counted_from_end_to_start(lag: int, limits: dict[str, int], kept: bool) -> None:
    asked = problem(activity("a", 2), activity("b", precedences=[{"after": "a", **limits}]))
    assert rules(asked, a=TICK, b=3 * TICK + lag) == ([] if kept else [Rule.PRECEDENCE])


def test_a_lag_without_upper_limit_says_any() -> None:
    asked = problem(activity("a"), activity("b", precedences=["a"]))
    (found,) = broken(asked, a=0, b=0)
    assert found == Violation(
        Rule.PRECEDENCE, "'b' starts -600 s after 'a' ends; allowed: 0 to any s", "b", None, 0
    )


def test_each_predecessor_that_is_missing_is_named() -> None:
    asked = problem(activity("a"), activity("b"), activity("c", precedences=["a", "b"]))
    assert [found.message for found in broken(asked, c=0)] == [
        "'c' is done without 'a'",
        "'c' is done without 'b'",
    ]


@pytest.mark.parametrize(
    ("a", "b", "kept"), [(0, 1200, True), (0, 1199, False), (1200, 0, True), (1199, 0, False), (0, 0, False)]
)
def test_exclusions_hold_for_the_pair_whoever_names_it(a: int, b: int, kept: bool) -> None:
    asked = problem(activity("a", 2), activity("b", 2, exclusions=["a"]))
    assert rules(asked, a=a, b=b) == ([] if kept else [Rule.EXCLUSION])
    if not kept:
        assert broken(asked, a=a, b=b)[0].at_s == max(a, b)


def test_an_exclusion_of_what_is_left_out_is_kept() -> None:
    assert rules(problem(activity("a"), activity("b", exclusions=["a"])), b=0) == []


def test_what_must_be_done_and_is_nowhere_is_named_once() -> None:
    asked = problem(activity("a", optional=False), activity("b", locked_start=TICK), activity("c"))
    found = broken(asked)
    assert [(one.rule, one.activity, one.at_s) for one in found] == [
        (Rule.MANDATORY, "a", None), (Rule.MANDATORY, "b", None),
    ]  # fmt: skip


def test_capacity_is_counted_per_resource() -> None:
    asked = problem(
        activity("a", 2, demands={"robot": 1, "crew": 2}),
        activity("b", 2, demands={"robot": 1, "crew": 2}),
        resources=(renewable("robot", 2), renewable("crew", 3)),
    )
    (found,) = broken(asked, a=0, b=1199)
    assert (found.rule, found.resource, found.at_s, found.activity) == (Rule.RESOURCE, "crew", 1199, None)
    assert rules(asked, a=0, b=1200) == []


def test_each_span_of_overuse_is_told_once_at_its_begin() -> None:
    long = [activity(name, 4, demands={"robot": 1}) for name in "ab"]
    short = [activity(name, 1, demands={"robot": 1}) for name in "cd"]
    asked = problem(*long, *short, resources=(renewable(capacity=1),))
    found = broken(asked, a=0, b=TICK, c=2 * TICK, d=8 * TICK)
    assert [(one.at_s, one.message) for one in found] == [
        (TICK, "2 of 'robot' are held at 600 s but there are 1")
    ]


def test_a_drop_of_the_profile_breaks_what_is_held_and_a_rise_mends_it() -> None:
    profile = [(2 * TICK, 0), (3 * TICK, 1)]
    asked = problem(activity("a", 4, demands={"robot": 1}), resources=(renewable(profile=profile),))
    assert [found.at_s for found in broken(asked, a=0)] == [2 * TICK]
    assert [found.at_s for found in broken(asked, a=2 * TICK)] == [2 * TICK]
    assert broken(asked, a=3 * TICK) == []


def test_a_profile_before_the_epoch_holds_from_it() -> None:
    asked = problem(activity("a", demands={"robot": 1}), resources=(renewable(profile=[(-5, 0)]),))
    assert rules(asked, a=0) == [Rule.RESOURCE]


@pytest.mark.parametrize(("watt", "kept"), [(24.0, True), (24.001, False)])
def test_a_battery_may_reach_its_minimum_but_not_fall_below(watt: float, kept: bool) -> None:
    # 5 Wh less 4 Wh in one tick (24 W) leave the minimum of 1 Wh; 1 mW more for 600 s is 0.6 J too much.
    asked = problem(activity("a", energy_W=watt), resources=(battery(10, 5, minimum_Wh=1),))
    assert rules(asked, a=0) == ([] if kept else [Rule.BATTERY])


@pytest.mark.parametrize(("rate", "kept"), [(1.0, True), (1.000001, False)])
def test_a_storage_may_be_full_but_not_fuller(rate: float, kept: bool) -> None:
    asked = problem(activity("a", data_Mbit_s=rate), resources=(storage(600),))
    assert rules(asked, a=0) == ([] if kept else [Rule.STORAGE])


def test_two_breaches_are_two_violations_with_their_depths() -> None:
    # Each a draws 7 Wh of 5 Wh; between them 60 W for 3 ticks fill the battery again.
    asked = problem(
        activity("a", energy_W=42),
        activity("b", energy_W=42),
        resources=(battery(5, 5, generation=[(3 * TICK, 60.0), (6 * TICK, 0.0)]),),
    )
    found = broken(asked, a=0, b=8 * TICK)
    assert [(one.rule, one.resource, one.at_s) for one in found] == [
        (Rule.BATTERY, "battery", 428), (Rule.BATTERY, "battery", 8 * TICK + 428),
    ]  # fmt: skip
    assert all("falls 2.000 Wh below its minimum" in one.message for one in found)


def test_a_pass_empties_the_storage_for_the_next() -> None:
    pair = [activity(name, data_Mbit_s=1) for name in "ab"]
    asked = problem(*pair, resources=(storage(600), link((2, 3, 1.0))))
    assert rules(asked, a=0, b=3 * TICK) == []
    assert rules(asked, a=0, b=TICK) == [Rule.STORAGE]


def test_an_end_that_does_not_fit_the_duration_is_a_fault_of_its_own() -> None:
    asked = problem(activity("a", 2, windows=[(0, 2 * TICK)]))
    for end, said in ((1199, [Rule.DURATION]), (1201, [Rule.DURATION, Rule.WINDOW]), (-5, [Rule.DURATION])):
        plan = Plan(epoch=asked.epoch, placements=(Placement(id="a", start_s=0, end_s=end),))
        assert [found.rule for found in check(asked, plan)] == said


def test_a_name_twice_in_the_plan_is_told_and_both_are_judged() -> None:
    asked = problem(
        activity("a", windows=[(0, TICK)]), activity("b", demands={"robot": 1}), resources=(renewable(),)
    )
    twice = (Placement(id="a", start_s=0, end_s=600), Placement(id="a", start_s=900, end_s=1500))
    found = check(asked, Plan(epoch=asked.epoch, placements=twice, left_out=("b", "b")))
    assert [str(one) for one in found] == [
        "known: 'a' is named 2 times",
        "known: 'b' is named 2 times",
        "window: 'a' from 900 to 1500 s is not within one of its windows",
    ]


def test_a_stranger_takes_nothing() -> None:
    asked = problem(activity("a", 2, demands={"robot": 1}), resources=(renewable(), battery(1, 1)))
    mixed = (Placement(id="a", start_s=0, end_s=1200), Placement(id="ghost", start_s=0, end_s=1200))
    found = check(asked, Plan(epoch=asked.epoch, placements=mixed))
    assert [(one.rule, one.activity) for one in found] == [(Rule.KNOWN, "ghost")]


def test_another_epoch_is_told_with_both() -> None:
    asked = problem()
    (found,) = check(asked, Plan(epoch="2031-01-02T00:00:00Z"))
    assert found.message == "the plan counts from 2031-01-02T00:00:00Z, the problem from 2031-01-01T00:00:00Z"


def test_every_rule_has_one_word() -> None:
    assert [rule.value for rule in Rule] == [
        "known", "duration", "window", "forbidden", "mandatory", "choice", "need", "lock", "precedence", "exclusion",
        "resource", "battery", "final_charge", "storage", "latency", "share", "certificate",
    ]  # fmt: skip


@given(small_problems(), st.data())
def test_taking_away_the_last_one_never_breaks_a_sound_plan(asked: Problem, data: st.DataObject) -> None:
    starts: dict[str, Any] = {}
    for entry in asked.activities:
        tick = data.draw(st.integers(0, 6))
        trial = {**starts, entry.id: tick * TICK}
        if not check(asked, Plan.of(asked, trial)):
            starts = trial
    if (
        starts
    ):  # activities only follow earlier ones, and each takes from the stores: without the last, all holds
        fewer = dict(list(starts.items())[:-1])
        assert check(asked, Plan.of(asked, fewer)) == []
