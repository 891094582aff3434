"""Figures of a member are those of its operation, counted by hand."""

from __future__ import annotations

import math

import pytest

from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.execution.execute import execute
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.replan.operate import Operation, Operator, operate
from ilrs_science.studies.ensemble.figures import NAMES, figures_of
from tests.planning.problems import TICK, activity, battery, problem
from tests.studies.ensemble.small import FAULT, station

NOBODY = Operator(mode="keep_going", watch_s=TICK)


def test_without_faults_all_is_done_and_nothing_lost() -> None:
    asked, plan = station()
    found = figures_of(plan, operate(asked, plan, operator=NOBODY), [])
    assert tuple(found) == NAMES
    # a makes 900 Mbit and c 600 Mbit; three passes take 600 Mbit each.
    # 6 W for 3 ticks is 3 Wh, twice: 15 Wh become 9 Wh, 7 Wh above the minimum.
    assert found == {
        "planned_value": 8.0, "done_value": 8.0, "done_count": 3, "aborted_count": 0, "skipped_count": 0,
        "replan_count": 0, "starts_kept": 1.0, "used_energy": pytest.approx(6.0),
        "delivered_volume": pytest.approx(1500.0),
        "least_charge": pytest.approx(7.0), "lost_time": 0.0, "station_lost": 0,
    }  # fmt: skip


def test_a_stop_a_new_plan_and_the_data_of_both_runs_are_counted() -> None:
    asked, plan = station()
    who = Operator(watch_s=TICK, time_limit="1 s", deterministic=True, workers=1)
    done = operate(asked, plan, [FAULT], operator=who)
    found = figures_of(plan, done, [FAULT])
    assert (found["done_value"], found["done_count"], found["aborted_count"]) == (8.0, 3, 1)
    assert found["replan_count"] == len(done.replans) > 0
    asked_s, kept = sum(one.asked for one in done.replans), sum(one.kept for one in done.replans)
    assert found["starts_kept"] == kept / asked_s
    # the run that was stopped after a tick made 300 Mbit more
    left = done.execution.volume_bit["storage"][-1] / 1e6
    assert found["delivered_volume"] == pytest.approx(1800.0 - left)


def test_time_asleep_in_safe_mode_and_lost_is_counted_once() -> None:
    # 2 W take 3 Wh to the minimum in 9 ticks; 0.8 W asleep empty the other 3 Wh in 22.5 more.
    asked = problem(
        activity("a", 8, value=1),
        resources=(battery(10, 6, minimum_Wh=3, load=[(0, 2)]),),
        horizon_s=48 * TICK,
    )
    plan = Plan.of(asked, {"a": 0})
    halts = [
        Disruption(kind="safe_mode", start_s=5 * TICK, end_s=7 * TICK),
        Disruption(kind="safe_mode", start_s=6 * TICK, end_s=10 * TICK),
    ]
    for wrong, since in (([], 9), (halts, 5)):
        ran = execute(asked, plan, wrong)
        found = figures_of(plan, Operation(ran, (), ran.planned_value), wrong)
        assert ran.lost_s == pytest.approx(31.5 * TICK, abs=1)
        assert found["station_lost"] == 1
        assert found["lost_time"] == pytest.approx((48 - since) * TICK / 86400, abs=2e-5)


def test_without_stores_there_is_no_charge_and_no_volume() -> None:
    asked = problem(activity("a", 1))
    plan = Plan.of(asked, {"a": 0})
    found = figures_of(plan, operate(asked, plan, operator=NOBODY), [])
    assert math.isnan(found["least_charge"])
    assert (found["used_energy"], found["delivered_volume"]) == (0.0, 0.0)
