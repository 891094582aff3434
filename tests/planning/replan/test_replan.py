"""What remains is right whatever has happened, and a new plan keeps the rules and most starts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilrs_science.errors import RequestError
from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.execution.execute import execute
from ilrs_science.planning.judge.check import check
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.replan.remaining import remaining
from ilrs_science.planning.replan.replan import replan
from ilrs_science.planning.replan.stability import steady
from ilrs_science.planning.search.greedy import greedy
from tests.planning.problems import TICK, activity, battery, problem, renewable, rich_problems, small_problems


@given(small_problems() | rich_problems(), st.integers(0, 5), st.integers(0, TICK - 1))
@settings(max_examples=150)
def test_with_nothing_wrong_the_rest_of_the_plan_is_a_plan_of_what_remains(
    asked: Problem, tick: int, second: int
) -> None:
    plan = greedy(asked)
    now = tick * TICK + second
    if plan is None or any(one.latency_s is not None for one in asked.activities):
        return
    asked = asked.replace(shares={})
    rest = remaining(asked, plan, execute(asked, plan, until_s=now))
    locked = {one.id: one.locked_start for one in rest.problem.activities if one.locked_start is not None}
    later = {name: start - now for name, start in plan.starts.items() if name not in rest.settled}
    assert rest.whole(asked, later) == plan
    assert check(rest.problem, Plan.of(rest.problem, {**later, **locked})) == []


@given(small_problems(), st.integers(0, 4), st.data())
@settings(max_examples=40)
def test_a_new_plan_on_the_way_keeps_the_rules(asked: Problem, tick: int, data: st.DataObject) -> None:
    plan = greedy(asked)
    if plan is None:
        return
    start = data.draw(st.integers(0, tick)) * TICK
    fault = Disruption(kind="instrument_fault", start_s=start, end_s=5 * TICK, resources=("robot",))
    ran = execute(asked, plan, [fault], until_s=tick * TICK)
    new = replan(asked, plan, ran, disruptions=[fault], time_limit="2 s")
    assert new.status in ("OPTIMAL", "FEASIBLE")
    assert set(ran.done.starts) <= set(new.plan.starts)
    rules = {str(one.rule) for one in check(asked, new.plan)}
    assert not rules & {"resource", "exclusion", "precedence", "window", "choice", "need", "battery"}
    again = execute(asked, new.plan, [fault])
    late = [run for run in again.runs if run.outcome == "skipped" and run.planned_s >= tick * TICK]
    assert late == []


def test_a_stop_is_tried_again_and_what_has_ended_is_gone() -> None:
    asked = problem(
        activity("a", 2, demands={"robot": 1}), activity("b", 2, demands={"robot": 1}, precedences=["a"]),
        activity("c", 2, demands={"robot": 1}), resources=(renewable(),),
    )  # fmt: skip
    plan = Plan.of(asked, {"a": 0, "c": 2 * TICK, "b": 6 * TICK})
    fault = Disruption(kind="instrument_fault", start_s=3 * TICK, end_s=4 * TICK, resources=("robot",))
    ran = execute(asked, plan, [fault], until_s=3 * TICK)
    assert [run.outcome for run in ran.runs] == ["done", "aborted", "waiting"]
    rest = remaining(asked, plan, ran, disruptions=[fault])
    assert [one.id for one in rest.problem.activities] == ["b", "c"]
    assert rest.problem.horizon_s == 9 * TICK
    assert rest.problem.by_id["b"].precedences == ()
    assert rest.problem.renewables[0].steps(9 * TICK) == [(0, TICK, 0), (TICK, 9 * TICK, 1)]
    new = replan(asked, plan, ran, disruptions=[fault], time_limit="5 s")
    assert (new.value, new.bound, new.status, new.asked, new.kept) == (3.0, 3.0 + new.price, "OPTIMAL", 1, 1)
    assert new.plan.starts["b"] == 6 * TICK
    assert new.plan.starts["c"] >= 4 * TICK


def test_what_runs_is_locked_for_the_rest_of_its_time() -> None:
    asked = problem(
        activity("a", 4, energy_W=6, demands={"robot": 1}, warm_up_s=TICK, cool_down_s=TICK),
        activity("b", 2, demands={"robot": 1}), resources=(renewable(), battery(5, 5)),
    )  # fmt: skip
    plan = Plan.of(asked, {"a": TICK, "b": 8 * TICK})
    for now, starts, length, warm in ((0, TICK, 4, TICK), (2 * TICK, 0, 3, 0)):
        rest = remaining(asked, plan, execute(asked, plan, until_s=now))
        going = rest.problem.by_id["a"]
        assert (going.locked_start, going.duration_s, going.warm_up_s) == (starts, length * TICK, warm)
    rest = remaining(asked, plan, execute(asked, plan, until_s=5 * TICK + 60))
    cooling = rest.problem.by_id["a"]
    assert (cooling.duration_s, cooling.cool_down_s, cooling.value) == (0, TICK - 60, 0)
    assert remaining(asked, plan, execute(asked, plan, until_s=6 * TICK)).problem.by_id.keys() == {"b"}


def test_until_the_frozen_time_nothing_moves() -> None:
    asked = problem(activity("a", 2), activity("b", 1), activity("c", 1))
    plan = Plan.of(asked, {"a": 2 * TICK, "b": 6 * TICK})
    ran = execute(asked, plan, until_s=TICK)
    rest = remaining(asked, plan, ran, frozen_until_s=4 * TICK)
    spans = {one.id: one.starts(rest.problem.horizon_s) for one in rest.problem.activities}
    assert spans == {
        "a": [(TICK, TICK)], "b": [(3 * TICK, 10 * TICK)], "c": [(3 * TICK, 10 * TICK)],
    }  # fmt: skip


def test_a_price_on_moving_is_paid_only_where_it_is_worth_it() -> None:
    # c (3) fits only if b (2) moves from tick 4 to tick 8.
    entries = [
        activity("b", 4, value=2, demands={"robot": 1}),
        activity("c", 4, value=3, demands={"robot": 1}, windows=[(4 * TICK, 8 * TICK)]),
    ]
    asked = problem(*entries, resources=(renewable(),), horizon_s=12 * TICK)
    plan = Plan.of(asked, {"b": 4 * TICK})
    ran = execute(asked, plan, until_s=0)
    moved = replan(asked, plan, ran, price=2.9, time_limit="5 s")
    assert (moved.value, moved.kept, moved.stability) == (5.0, 0, 0.0)
    kept = replan(asked, plan, ran, price=3.1, time_limit="5 s")
    assert (kept.value, kept.kept, kept.bound) == (2.0, 1, 5.1)
    assert repr(kept) == "<Replan OPTIMAL: value 2, 1 of 1 starts stay>"


def test_the_bonus_is_exact_over_a_value_curve() -> None:
    curve = [(2 * TICK, 0.5), (4 * TICK, 0.333)]
    asked = problem(activity("a", 1, value=777.123, value_curve=curve))
    worth = asked.by_id["a"].worth_at
    for start in (0, TICK, 2 * TICK, 5 * TICK):
        lifted = steady(asked, {"a": start}, 1.234).by_id["a"].worth_at
        for at in (0, TICK, TICK + 1, 2 * TICK, 2 * TICK + 1, 4 * TICK, 5 * TICK, 5 * TICK + 1):
            assert lifted(at) == worth(at) + (1234 if at == start else 0), (start, at)


def test_what_cannot_be_replanned_is_refused() -> None:
    asked = problem(activity("a", 2))
    plan = Plan.of(asked, {"a": 0})
    with pytest.raises(RequestError, match="nothing remains"):
        replan(asked, plan, execute(asked, plan))
    short = problem(activity("a", 2), objective="makespan")
    with pytest.raises(RequestError, match="seeks value"):
        replan(short, plan, execute(short, plan, until_s=0))


def test_what_is_done_counts_toward_the_shares() -> None:
    held = {"demands": {"robot": 1}}
    asked = problem(
        activity("a", 2, value=3, partner="north", windows=[(0, 2 * TICK)], **held),
        activity("b", 2, value=6, partner="south", windows=[(4 * TICK, 8 * TICK)], **held),
        activity("c", 2, value=1, partner="north", windows=[(8 * TICK, 12 * TICK)], **held),
        resources=(renewable(),),
        shares={"north": 0.4},
    )
    plan = Plan.of(asked, {"a": 0, "b": 4 * TICK, "c": 8 * TICK})
    assert check(asked, plan) == []
    new = replan(asked, plan, execute(asked, plan, until_s=3 * TICK), time_limit="5 s")
    assert (new.value, new.status, new.kept, new.plan) == (10.0, "OPTIMAL", 2, plan)
    assert new.bound == 10.0 + 2 * new.price


def test_shares_that_can_no_longer_be_kept_are_given_up() -> None:
    asked = problem(
        activity("a", 2, value=3, partner="north", demands={"robot": 1}, windows=[(0, 2 * TICK)]),
        activity("b", 2, value=6, partner="south", windows=[(4 * TICK, 8 * TICK)], optional=False),
        resources=(renewable(),),
        shares={"north": 0.3},
    )
    plan = Plan.of(asked, {"a": 0, "b": 4 * TICK})
    fault = Disruption(kind="instrument_fault", start_s=TICK, end_s=3 * TICK, resources=("robot",))
    ran = execute(asked, plan, [fault], until_s=3 * TICK)
    new = replan(asked, plan, ran, disruptions=[fault], time_limit="5 s")
    assert new.plan.starts == {"b": 4 * TICK}


def test_a_plan_or_an_execution_of_another_problem_is_refused() -> None:
    asked, other = problem(activity("a", 2)), problem(activity("b", 2))
    plan = Plan.of(asked, {"a": 0})
    ran = execute(asked, plan, until_s=TICK)
    with pytest.raises(RequestError, match="the plan names an activity that the problem lacks"):
        replan(asked, Plan.of(other, {"b": 0}), ran)
    with pytest.raises(RequestError, match="of another problem"):
        replan(other, Plan.of(other, {"b": 0}), ran)
