"""A small problem, a plan and faults that the tests of ensembles share."""

from __future__ import annotations

import random

from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from tests.planning.problems import TICK, activity, battery, link, problem, renewable, storage


def station() -> tuple[Problem, Plan]:
    """Three activities with a robot, a battery and a storage, and a plan of all of them."""
    asked = problem(
        activity("a", 3, value=1, demands={"robot": 1}, energy_W=6, data_Mbit_s=0.5),
        activity("b", 3, value=5, demands={"robot": 1}, energy_W=6, windows=[(0, 9 * TICK)]),
        activity("c", 2, value=2, data_Mbit_s=0.5),
        resources=(
            renewable(),
            battery(20, 15, minimum_Wh=2),
            storage(3000),
            link((1, 2, 1.0), (4, 5, 1.0), (8, 9, 1.0)),
        ),
        horizon_s=16 * TICK,
    )
    return asked, Plan.of(asked, {"a": 0, "b": 3 * TICK, "c": 0})


FAULT = Disruption(kind="instrument_fault", start_s=TICK, end_s=5 * TICK, resources=("robot",))


def drawn(asked: Problem, seed: int) -> list[Disruption]:
    """A robot that fails at a random tick, for some ticks."""
    luck = random.Random(seed)
    start = TICK * luck.randrange(8)
    return [FAULT.model_copy(update={"start_s": start, "end_s": start + TICK * luck.randint(1, 4)})]
