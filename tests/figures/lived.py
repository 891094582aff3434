"""Operations of a small plan for figures: a robot that breaks, kept going and planned anew."""

from __future__ import annotations

from functools import cache

from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.replan.operate import Operation, Operator, operate
from tests.planning.problems import TICK, activity, battery, link, problem, renewable, storage

FAULT = Disruption(kind="instrument_fault", start_s=TICK, end_s=5 * TICK, resources=("robot",))


def station() -> tuple[Problem, Plan]:
    """Two things for one robot, and a third that needs nothing."""
    asked = problem(
        activity("a.1", 3, value=1, demands={"robot": 1}, energy_W=6),
        activity("b.1", 3, value=5, demands={"robot": 1}, windows=[(0, 9 * TICK)]),
        activity("c.1", 2, value=2, data_Mbit_s=0.5),
        resources=(
            renewable(),
            battery(20, 15, minimum_Wh=2),
            storage(3000),
            link((1, 2, 1.0), (4, 5, 1.0), (8, 9, 1.0)),
        ),
        horizon_s=16 * TICK,
    )
    return asked, Plan.of(asked, {"a.1": 0, "b.1": 3 * TICK, "c.1": 0})


@cache
def lives() -> dict[str, Operation]:
    """What comes of it in two ways."""
    asked, plan = station()
    return {
        mode: operate(asked, plan, [FAULT], operator=Operator(mode=mode, watch_s=TICK, time_limit="2 s"))
        for mode in ("keep_going", "on_board")  # type: ignore[misc]
    }
