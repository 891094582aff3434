"""The room of a buffer agrees with the simulator, and one more use changes it as if it had been placed."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given, settings

from ilrs_science.planning.explain.scene import Scene
from ilrs_science.planning.judge.simulate import simulate
from ilrs_science.planning.model.buffers import Buffer
from ilrs_science.planning.model.level import level_of
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.parts import MEGABIT, WATT_HOUR
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.search.greedy import greedy
from tests.planning.problems import small_problems


@settings(max_examples=50, deadline=None)
@given(small_problems())
def test_room_is_what_the_simulator_leaves(asked: Problem) -> None:
    plan = greedy(asked)
    assume(plan is not None)
    simulated = simulate(asked, plan)
    charge, volume = (next(iter(series.values())) for series in (simulated.charge_mJ, simulated.volume_bit))
    battery, storage = Scene(asked, plan).stores
    low = round(asked.batteries[0].minimum_Wh * WATT_HOUR)
    size = round(asked.storages[0].capacity_Mbit * MEGABIT)
    assert np.interp(simulated.times, battery.level.times, battery.level.room).astype(int).tolist() == [
        level - low for level in charge
    ]
    assert np.interp(simulated.times, storage.level.times, storage.level.room).astype(int).tolist() == [
        size - level for level in volume
    ]


def test_one_more_use_is_like_one_more_placed() -> None:
    buffer = Buffer("battery", 100, 50, np.array([0, 30]), np.array([2, -1]), {})
    bare, use = level_of(buffer, [(5, 10, 3)], 60), [(-2, 0, 1), (0, 8, 4)]
    more = bare.with_uses(use, 20)
    again = level_of(buffer, [(5, 10, 3), (18, 20, 1), (20, 28, 4)], 60)
    assert np.interp(again.times, more.times, more.room).tolist() == again.room.tolist()


def test_a_scene_without_an_activity_is_that_of_the_plan_without_it() -> None:
    asked = Problem(horizon_s=10, activities=[{"id": "a", "duration_s": 1}, {"id": "b", "duration_s": 1}])
    scene = Scene(asked, Plan.of(asked, {"a": 0, "b": 3}))
    assert scene.without("a").spans == {"b": (3, 4)}
    assert scene.without("b").without("a").spans == {}
    assert scene.without("c") is scene
