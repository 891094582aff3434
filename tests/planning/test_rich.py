"""Warm-up, choices, needs, curves, several stores, shares: the planner against brute force and hand-made cases."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from ilrs_science.planning.judge.check import Rule, check
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.search.greedy import greedy
from ilrs_science.planning.search.whole import score
from ilrs_science.planning.solve import solve
from tests.planning.problems import (
    TICK,
    activity,
    battery,
    brute_force,
    link,
    problem,
    renewable,
    rich_problems,
    storage,
)


def rules(asked: Problem, **starts: int) -> list[Rule]:
    return [one.rule for one in check(asked, Plan.of(asked, starts))]


def best(asked: Problem) -> dict[str, int]:
    result = solve(asked, time_limit="10 s", workers=1)
    assert result.status == "OPTIMAL"
    assert result.checked
    return result.plan.starts


@given(rich_problems())
@settings(max_examples=25)
def test_the_best_of_brute_force_lies_between_objective_and_bound(asked: Problem) -> None:
    result, known = solve(asked, time_limit="2 s", workers=1), brute_force(asked)
    if known is None:  # not even the empty plan holds, whatever starts between two ticks
        assert result.objective is None or result.checked
        return
    assert result.objective is not None
    assert known <= (result.bound or 0) + 1e-9
    assert check(asked, result.plan) == []
    if result.status == "OPTIMAL":
        assert result.objective >= known - 1e-9


@given(rich_problems())
@settings(max_examples=60)
def test_a_greedy_plan_keeps_every_rule(asked: Problem) -> None:
    plan = greedy(asked)
    if plan is not None:
        assert check(asked, plan) == []
        assert score(asked, plan.starts) >= 0


def test_warm_up_and_cool_down_hold_what_the_activity_demands() -> None:
    asked = problem(
        activity("a", 2, demands={"robot": 1}, warm_up_s=TICK, cool_down_s=2 * TICK),
        activity("b", 2, demands={"robot": 1}, warm_up_s=TICK),
        resources=(renewable(),),
        horizon_s=8 * TICK,
    )
    # a is held for 5 ticks and b for 3: both fit into 8 ticks in one way only, b second; b first also ends in time.
    assert rules(asked, a=TICK, b=6 * TICK) == []
    assert rules(asked, a=TICK, b=6 * TICK - 1) == [Rule.RESOURCE]
    assert rules(asked, a=TICK - 1) == rules(asked, a=4 * TICK + 1) == [Rule.WINDOW]
    assert set(best(asked)) == {"a", "b"}
    assert len(best(asked.replace(horizon_s=8 * TICK - 1))) == 1


def test_warm_up_draws_its_own_power() -> None:
    # 3 Wh may be drawn: 6 W for 2 ticks of warm-up (2 Wh) and 6 W for one tick (1 Wh).
    fields: dict[str, Any] = {"energy_W": 6, "warm_up_s": 2 * TICK, "warm_up_W": 6}
    asked = problem(activity("a", **fields), resources=(battery(5, 5, minimum_Wh=2),))
    assert rules(asked, a=2 * TICK) == []
    less = asked.replace(resources=(battery(5, 5, minimum_Wh=2.001),))
    assert rules(less, a=2 * TICK) == [Rule.BATTERY]
    assert best(less) == {}


def test_of_a_choice_one_is_done_and_it_serves_those_that_follow() -> None:
    asked = problem(
        activity("radar", 3, choice="survey", value=2),
        activity("lidar", 1, choice="survey", value=1),
        activity("drill", 2, value=5, precedences=["survey"]),
        horizon_s=4 * TICK,
    )
    assert best(asked) == {"lidar": 0, "drill": TICK} or best(asked)["drill"] >= TICK
    assert rules(asked, radar=0, lidar=0) == [Rule.CHOICE]
    assert rules(asked, drill=0) == [Rule.PRECEDENCE]
    assert set(best(asked.replace(horizon_s=5 * TICK))) == {"radar", "drill"}


def test_a_choice_without_an_optional_member_must_be_made() -> None:
    fields: dict[str, Any] = {"choice": "relay", "optional": False, "value": 0, "demands": {"robot": 1}}
    asked = problem(
        activity("a", 12, **fields), activity("b", 11, **fields), activity("c", 2, demands={"robot": 1}),
        resources=(renewable(),),
    )  # fmt: skip
    assert len(best(asked)) == 1
    assert rules(asked, c=0) == [Rule.MANDATORY]
    assert solve(asked.replace(resources=(renewable(capacity=0),))).status == "INFEASIBLE"
    lone = activity("a", 1, choice="relay", optional=False), activity("b", 1, choice="relay")
    with pytest.raises(
        ValueError, match="choice 'relay': either all of its activities are optional or none is"
    ):
        problem(*lone)


def test_the_makespan_takes_the_shorter_of_a_choice() -> None:
    pair = [activity(name, ticks, choice="mode") for name, ticks in (("long", 5), ("short", 3))]
    result = solve(problem(*pair, objective="makespan"), time_limit="10 s", workers=1)
    assert (result.status, result.objective, set(result.plan.starts)) == ("OPTIMAL", 3 * TICK, {"short"})


def test_what_is_needed_is_done_at_whatever_time() -> None:
    asked = problem(
        activity("a", 4, value=3, needs=["b"], demands={"robot": 1}),
        activity("b", 4, value=0, demands={"robot": 1}),
        activity("c", 6, value=2, demands={"robot": 1}),
        resources=(renewable(),), horizon_s=8 * TICK,
    )  # fmt: skip
    assert set(best(asked)) == {"a", "b"}
    assert rules(asked, a=0) == [Rule.NEED]
    assert set(best(asked.replace(horizon_s=7 * TICK))) == {"c"}


def test_a_person_can_close_a_span() -> None:
    asked = problem(activity("a", 2, forbidden=[(2 * TICK, 4 * TICK)]), horizon_s=6 * TICK)
    assert asked.activities[0].starts(asked.horizon_s) == [(0, 0), (4 * TICK, 4 * TICK)]
    assert rules(asked, a=1) == [Rule.FORBIDDEN]
    locked = activity("a", 2, forbidden=[(2 * TICK, 4 * TICK)], locked_start=TICK)
    with pytest.raises(ValueError, match="locked_start 600 is in a span that is forbidden to it"):
        problem(locked)


def test_a_start_is_worth_what_the_curve_says() -> None:
    curve = [(0, 0.2), (4 * TICK, 1.0), (6 * TICK, 0.5)]
    pair = [activity(name, 3, value=10, value_curve=curve, demands={"robot": 1}) for name in "ab"]
    asked = problem(*pair, resources=(renewable(),))
    result = solve(asked, time_limit="10 s", workers=1)
    # One within [4, 6) ticks for 10, the other after it, from 7 ticks on, for 5.
    assert (result.status, result.objective) == ("OPTIMAL", 15.0)
    assert check(asked, result.plan) == []


def test_two_stations_with_batteries_of_their_own() -> None:
    stores = tuple(battery(4, 4) | {"id": name} for name in ("base", "orbiter"))
    asked = problem(
        *(activity(f"a{k}", energy_W=18, battery=name) for k, name in enumerate(("base", "base", "orbiter"))),
        resources=stores,
    )
    assert rules(asked, a0=0, a1=TICK) == [Rule.BATTERY]
    assert len(best(asked)) == 2
    assert "a2" in best(asked)


def test_two_stations_share_the_passes_of_one_relay() -> None:
    # Each station makes 600 Mbit and holds 600; only one pass of the relay helps, and it serves one station.
    stores = tuple(storage(600) | {"id": name} for name in ("base", "orbiter"))
    made = [
        activity(f"{name}{k}", data_Mbit_s=1, storage=name, value=2 if name == "base" else 1)
        for name in ("base", "orbiter")
        for k in range(2)
    ]
    sent = [
        activity(f"send {name}", drain_Mbit_s=1, storage=name, windows=[(4 * TICK, 5 * TICK)],
                 demands={"relay": 1}, value=0)
        for name in ("base", "orbiter")
    ]  # fmt: skip
    asked = problem(*made, *sent, resources=(*stores, renewable("relay")))
    result = solve(asked, time_limit="10 s", workers=1)
    assert (result.status, result.objective) == ("OPTIMAL", 5.0)
    assert "send base" in result.plan.starts


def test_the_charge_at_the_end_is_kept() -> None:
    asked = problem(activity("a", energy_W=12), resources=(battery(5, 5, final_Wh=3),))
    assert best(asked) == {"a": best(asked)["a"]}
    more = asked.replace(resources=(battery(5, 5, final_Wh=3.001),))
    assert best(more) == {}
    assert rules(more, a=0) == [Rule.FINAL_CHARGE]


def test_urgent_data_leave_first_and_in_time() -> None:
    # The pass of ticks 4 to 5 takes 600 Mbit: the urgent ones of b, although a was first.
    fields: dict[str, Any] = {"data_Mbit_s": 1}
    asked = problem(
        activity("a", **fields),
        activity("b", latency_s=3 * TICK, urgency=1, **fields),
        resources=(storage(9000), link((4, 5, 1.0))),
    )
    assert rules(asked, a=0, b=TICK) == []
    assert rules(asked.replace(activities=[asked.activities[0], activity("b", latency_s=3 * TICK, **fields)]),
                 a=0, b=TICK) == [Rule.LATENCY]  # fmt: skip
    assert rules(asked, b=TICK - 1) == [Rule.LATENCY]
    assert rules(asked, b=9 * TICK) == []  # not judged beyond the horizon
    assert set(best(asked.replace(horizon_s=7 * TICK))) == {"a", "b"}


def test_a_partner_has_its_share_of_the_value() -> None:
    entries = [
        activity(f"{who}{k}", 2, value=value, partner=who, demands={"robot": 1})
        for who, value in (("cnsa", 4), ("esa", 1))
        for k in range(3)
    ]
    asked = problem(*entries, resources=(renewable(),), horizon_s=6 * TICK)
    assert solve(asked, time_limit="10 s", workers=1).objective == 12.0
    fair = asked.replace(shares={"esa": 0.2})
    result = solve(fair, time_limit="10 s", workers=1)
    # cnsa twice and esa once is 1 of 9; cnsa once and esa twice is 2 of 6.
    assert (result.status, result.objective, result.bound) == ("OPTIMAL", 6.0, 6.0)
    assert rules(fair, cnsa0=0, cnsa1=2 * TICK, esa0=4 * TICK) == [Rule.SHARE]
    with pytest.raises(ValueError, match="no activity of partner 'esx'; did you mean esa"):
        asked.replace(shares={"esx": 0.2})
    with pytest.raises(ValueError, match=r"add up to 1\.1"):
        asked.replace(shares={"esa": 0.6, "cnsa": 0.5})
