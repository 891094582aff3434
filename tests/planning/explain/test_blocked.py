"""What blocks each start agrees with the checker, start by start, and says whom to thank."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ilrs_science.planning.explain.blocked import Blocked, blocked, blocked_in
from ilrs_science.planning.explain.scene import Scene
from ilrs_science.planning.judge.check import Rule, check
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.search.greedy import greedy
from tests.planning.problems import (
    TICK,
    activity,
    battery,
    link,
    problem,
    renewable,
    rich_problems,
    small_problems,
    storage,
)

STEP = 120


def rules_met(found: Blocked, start: int) -> set[Rule]:
    """Rules that a start breaks, as the explanation says."""
    return {one.rule for one in found.obstacles if one.first_s <= start <= one.last_s}


def rules_broken(asked: Problem, plan: Plan, name: str, start: int) -> set[Rule]:
    """Rules that a start breaks, as the checker finds."""
    return {one.rule for one in check(asked, Plan.of(asked, {**plan.starts, name: start}))}


@settings(max_examples=150, deadline=None)
@given(small_problems(), st.data())
def test_each_start_is_blocked_by_the_rules_that_the_checker_finds_broken(
    asked: Problem, data: st.DataObject
) -> None:
    plan = greedy(asked)
    assume(plan is not None)
    name = data.draw(st.sampled_from([entry.id for entry in asked.activities]))
    kept = data.draw(st.sets(st.sampled_from([entry.id for entry in asked.activities])))
    starts = {one: start for one, start in plan.starts.items() if one in kept and one != name}
    rest = Plan.of(asked, starts)
    assume(not check(asked, rest))
    found = blocked(asked, rest, name)
    for first, last in found.allowed:
        for start in {*range(first, last + 1, STEP), last}:
            broken = rules_broken(asked, rest, name, start)
            assert rules_met(found, start) == broken
            assert any(low <= start <= high for low, high in found.free) == (not broken)


@settings(max_examples=60, deadline=None)
@given(small_problems(), st.data())
def test_an_end_of_a_blocked_span_is_exact_to_the_second(asked: Problem, data: st.DataObject) -> None:
    plan = greedy(asked)
    assume(plan is not None and not check(asked, plan))
    name = data.draw(st.sampled_from([entry.id for entry in asked.activities]))
    rest = Plan.of(asked, {one: start for one, start in plan.starts.items() if one != name})
    assume(not check(asked, rest))
    found = blocked(asked, rest, name)
    for low, high in found.free:
        assert not rules_broken(asked, rest, name, low)
        assert not rules_broken(asked, rest, name, high)
        for beside in (low - 1, high + 1):
            if any(first <= beside <= last for first, last in found.allowed):
                assert rules_broken(asked, rest, name, beside)


def test_a_held_resource_names_its_holder_and_the_starts() -> None:
    asked = problem(
        activity("a", 2, demands={"robot": 1}),
        activity("b", 3, demands={"robot": 1}),
        resources=(renewable(),),
    )
    found = blocked(asked, Plan.of(asked, {"a": 5 * TICK}), "b")
    (only,) = found.obstacles
    assert (only.first_s, only.last_s, only.rule, only.by) == (
        2 * TICK + 1,
        7 * TICK - 1,
        Rule.RESOURCE,
        ("a",),
    )
    assert only.reason == "a holds robot"
    assert found.free == ((0, 2 * TICK), (7 * TICK, 9 * TICK))


def test_a_resource_that_is_too_small_says_how_much_there_is() -> None:
    asked = problem(activity("b", demands={"robot": 3}), resources=(renewable(capacity=2),))
    found = blocked(asked, Plan.of(asked, {}), "b")
    assert found.free == ()
    assert found.obstacles[0].reason == "3 of robot are needed, there are 2"


def test_an_empty_battery_says_when_and_after_whom() -> None:
    asked = problem(activity("a", 4, energy_W=6), activity("b", 2, energy_W=6), resources=(battery(5, 5),))
    found = blocked(asked, Plan.of(asked, {"a": 0}), "b")
    assert found.free == ()
    assert found.obstacles[0].by == ("a",)
    middle = sum(found.allowed[0]) // 2
    assert found.obstacles[0].reason.startswith("battery would be at its minimum at 2031-01-01")
    assert found.obstacles[0].reason.endswith("after a")
    assert middle > 0


def test_a_full_storage_blocks_until_the_pass() -> None:
    asked = problem(
        activity("a", data_Mbit_s=1), activity("b", data_Mbit_s=1),
        resources=(storage(600), link((3, 4, 1.0))),
    )  # fmt: skip
    found = blocked(asked, Plan.of(asked, {"a": 0}), "b")
    assert found.free == ((3 * TICK, 11 * TICK),)
    assert found.obstacles[0].rule == Rule.STORAGE


def test_order_and_disturbance_name_the_other() -> None:
    asked = problem(
        activity("a", 2),
        activity("b", 1, precedences=[{"after": "a", "min_lag_s": TICK, "max_lag_s": 2 * TICK}]),
        activity("c", 1, exclusions=["a"]),
        activity("d", 1, precedences=["c"]),
    )
    plan = Plan.of(asked, {"a": 3 * TICK})
    assert blocked(asked, plan, "b").free == ((6 * TICK, 7 * TICK),)
    assert blocked(asked, plan, "c").free == ((0, 2 * TICK), (5 * TICK, 11 * TICK))
    missing = blocked(asked, plan, "d")
    assert missing.free == ()
    assert missing.obstacles[0].reason == "c must come before and is left out"


def test_a_done_activity_is_looked_at_as_if_taken_out() -> None:
    asked = problem(activity("a", 2), activity("b", 1, precedences=["a"]))
    plan = Plan.of(asked, {"a": 0, "b": 6 * TICK})
    assert blocked(asked, plan, "a").free == ((0, 4 * TICK),)


def test_shares_tell_what_blocks_alone() -> None:
    asked = problem(
        activity("a", 4, demands={"robot": 1}), activity("c", 2),
        activity("b", 1, demands={"robot": 1}, exclusions=["c"], windows=[(0, 6 * TICK)]),
        resources=(renewable(),),
    )  # fmt: skip
    shares = blocked(asked, Plan.of(asked, {"a": 0, "c": 3 * TICK}), "b").shares
    assert list(shares["rule"]) == ["resource", "exclusion"]
    total = 5 * TICK + 1
    assert shares["share"].tolist() == pytest.approx([4 * TICK / total, (3 * TICK - 1) / total])
    assert shares["alone"].tolist() == pytest.approx([(2 * TICK + 1) / total, TICK / total])


def test_the_summary_says_it_in_a_sentence() -> None:
    asked = problem(
        activity("a", 12, demands={"robot": 1}), activity("b", demands={"robot": 1}), activity("w", windows=[]),
        resources=(renewable(),),
    )  # fmt: skip
    scene = Scene(asked, Plan.of(asked, {"a": 0}))
    assert repr(blocked_in(scene, "b")) == "<Blocked b: no start is free: robot blocks 100% (a)>"
    assert blocked_in(scene, "w").summary == "w: no start is possible: it has no window"
    assert blocked_in(Scene(asked, Plan.of(asked, {})), "b").summary.startswith(
        "b: could start at 2031-01-01 00:00"
    )
    table = blocked_in(scene, "b").to_frame()
    assert table.loc[0, "by"] == "a"
    assert table.loc[0, "hours"] == pytest.approx(11 / 6)
    assert "a holds robot" in blocked_in(scene, "b")._repr_html_()


@given(rich_problems(), st.data())
@settings(max_examples=120, deadline=None)
def test_rich_starts_are_blocked_by_the_rules_that_the_checker_finds_broken(
    asked: Problem, data: st.DataObject
) -> None:
    starts: dict[str, int] = {}
    assume(not check(asked, Plan.of(asked, starts)))
    name = data.draw(st.sampled_from([entry.id for entry in asked.activities]))
    for entry in asked.activities:
        at = data.draw(st.integers(0, 12)) * TICK // 2
        if entry.id != name and not check(asked, Plan.of(asked, {**starts, entry.id: at})):
            starts[entry.id] = at
    plan = Plan.of(asked, starts)
    found = blocked(asked, plan, name)
    for first, last in found.allowed:
        for start in {*range(first, last + 1, TICK // 4), last}:
            assert rules_met(found, start) == rules_broken(asked, plan, name, start)


@given(rich_problems(), st.data())
@settings(max_examples=60, deadline=None)
def test_a_done_activity_of_a_rich_plan_is_free_where_it_is(asked: Problem, data: st.DataObject) -> None:
    plan = greedy(asked)
    assume(plan is not None and plan.placements)
    name = data.draw(st.sampled_from([placed.id for placed in plan.placements]))
    found = blocked(asked, plan, name)
    for first, last in found.allowed:
        for start in {*range(first, last + 1, TICK // 4), last, plan.starts[name]}:
            broken = rules_broken(asked, plan, name, start)
            if any(low <= start <= high for low, high in found.allowed):
                assert any(low <= start <= high for low, high in found.free) == (not broken)


def test_a_rule_is_not_taken_for_a_resource() -> None:
    asked = problem(
        activity("a", 12, exclusions=["b"]),
        activity("b", 2, energy_W=12),
        resources=(battery(10, 5, final_Wh=4),),
    )
    found = blocked(asked, Plan.of(asked, {"a": 0}), "b")
    assert {one.what for one in found.tally} == {"the exclusion rule", "final charge of battery"}
    never = problem(activity("a", 2, windows=[(0, 2 * TICK)], warm_up_s=5))
    assert blocked(never, Plan.of(never, {}), "a").summary == (
        "a: no start is possible: its warm-up of 5 s and cool-down of 0 s leave it no start in its windows"
    )
