"""A plan in operation: nothing happens where nothing goes wrong, and a new plan is worth more than none."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.execution.execute import execute
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.replan.operate import Operator, operate
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
)

BOARD = Operator(mode="on_board", watch_s=TICK, time_limit="2 s")
GROUND = Operator(mode="ground", watch_s=TICK, turnaround_s=2 * TICK, time_limit="2 s")
NOBODY = Operator(mode="keep_going", watch_s=TICK)


@given(small_problems() | rich_problems(), st.sampled_from([BOARD, GROUND, NOBODY]))
@settings(max_examples=60)
def test_where_nothing_goes_wrong_no_new_plan_is_made(asked: Problem, who: Operator) -> None:
    plan = greedy(asked)
    if plan is not None:
        done = operate(asked, plan, operator=who)
        assert done.replans == ()
        whole = execute(asked, plan)
        assert done.execution.runs == whole.runs
        for name, series in whole.charge_mJ.items():
            known = dict(zip(done.execution.times, done.execution.charge_mJ[name], strict=True))
            assert {time: known[time] for time in whole.times} == dict(zip(whole.times, series, strict=True))


def faulty() -> tuple[Problem, Plan, Disruption]:
    """A robot that fails while it does the less valuable of two things, of which one window closes early."""
    asked = problem(
        activity("a", 3, value=1, demands={"robot": 1}),
        activity("b", 3, value=5, demands={"robot": 1}, windows=[(0, 9 * TICK)]),
        resources=(renewable(), link((1, 2, 1.0), (4, 5, 1.0), (8, 9, 1.0))),
        horizon_s=16 * TICK,
    )
    plan = Plan.of(asked, {"a": 0, "b": 3 * TICK})
    return (
        asked,
        plan,
        Disruption(kind="instrument_fault", start_s=TICK, end_s=5 * TICK, resources=("robot",)),
    )


def test_on_board_what_failed_is_tried_again() -> None:
    asked, plan, fault = faulty()
    assert operate(asked, plan, [fault], operator=NOBODY).value == 5.0
    done = operate(asked, plan, [fault], operator=BOARD)
    assert done.value == 6.0
    assert [(run.id, run.outcome) for run in done.execution.runs] == [
        ("a", "aborted"), ("b", "done"), ("a", "done"),
    ]  # fmt: skip
    assert len(done.replans) >= 1
    assert repr(done).startswith("<Operation value 6 of 6, ")


def test_from_the_ground_the_new_plan_waits_for_contact() -> None:
    asked, plan, fault = faulty()
    done = operate(asked, plan, [fault], operator=GROUND)
    # Seen at tick 1, in the pass of tick 1; ready at tick 3, sent in the pass of tick 4.
    assert done.replans[0].now_s == 4 * TICK
    again = [run for run in done.execution.runs if run.id == "a" and run.outcome == "done"]
    assert [run.planned_s >= 4 * TICK for run in again] == [True]
    assert done.value == 6.0


def test_without_contact_the_ground_can_do_nothing() -> None:
    asked, plan, fault = faulty()
    silent = Disruption(kind="outage", start_s=0)
    done = operate(asked, plan, [fault, silent], operator=GROUND)
    assert done.replans == ()
    assert done.value == operate(asked, plan, [fault, silent], operator=NOBODY).value


def test_the_same_seed_gives_the_same_operation() -> None:
    asked, plan, fault = faulty()
    one, two = (operate(asked, plan, [fault], operator=BOARD, seed=3) for _ in range(2))
    assert one.execution == two.execution
    assert [new.plan for new in one.replans] == [new.plan for new in two.replans]


def test_it_tells_how_far_it_is_and_ends_where_it_is_stopped() -> None:
    asked, plan, fault = faulty()
    told: list[tuple[int, int]] = []
    operate(asked, plan, [fault], operator=NOBODY, progress=lambda *at: told.append(at))
    assert told[0] == (TICK, asked.horizon_s)
    assert told[-1] == (asked.horizon_s, asked.horizon_s)
    stopped = operate(asked, plan, [fault], operator=NOBODY, cancel=lambda: True)
    assert stopped.execution.until_s == TICK


def test_what_does_not_touch_the_plan_needs_no_new_one() -> None:
    asked, plan, _ = faulty()
    after = Disruption(kind="instrument_fault", start_s=7 * TICK, end_s=12 * TICK, resources=("robot",))
    done = operate(asked, plan, [after], operator=BOARD)
    assert (done.replans, done.value) == ((), 6.0)


def test_what_will_be_lost_is_planned_anew_before_it_is() -> None:
    asked, plan, _ = faulty()
    entries = [one.model_copy(update={"energy_W": 6.0}) for one in asked.activities]
    asked = asked.replace(activities=entries, resources=[*asked.resources, battery(10, 10)])
    load = Disruption(kind="extra_load", start_s=TICK, end_s=6 * TICK, power_W=6.0)
    # a and b take 3 Wh each, the load 5: without a new plan b is not begun, as the battery would not last.
    nobody = operate(asked, plan, [load], operator=NOBODY)
    assert [run.reason for run in nobody.execution.failed] == ["no window is left: battery would not last"]
    done = operate(asked, plan, [load], operator=BOARD)
    assert [new.now_s for new in done.replans] == [TICK]
    assert done.execution.failed == ()
    assert done.value == nobody.value == 1.0
    light = load.model_copy(update={"power_W": 1.0})
    assert operate(asked, plan, [light], operator=BOARD).replans == ()
