"""What runs out first if contact is lost for good."""

from __future__ import annotations

from ilrs_science.planning.plan import Plan
from ilrs_science.studies.endurance import endurance
from tests.planning.problems import TICK, activity, battery, link, problem, storage

DAY = 86400


def test_a_storage_that_nobody_empties_fills_up() -> None:
    entries = [
        activity(f"a{k}", 1, data_Mbit_s=0.5, windows=[(2 * k * TICK, (2 * k + 1) * TICK)]) for k in range(4)
    ]
    asked = problem(*entries, resources=(storage(capacity=650), link((1, 12, 1.0))))
    plan = Plan.of(asked, {f"a{k}": 2 * k * TICK for k in range(4)})
    found = endurance(asked, plan)
    assert found["storage"] is not None
    assert 4 * TICK <= found["storage"] * DAY <= 5 * TICK
    assert found["energy"] is None
    assert found["plan"] == 7 * TICK / DAY


def test_silence_that_begins_later_counts_from_then() -> None:
    asked = problem(activity("a", 2), activity("b", 1))
    plan = Plan.of(asked, {"a": 0, "b": 5 * TICK})
    assert endurance(asked, plan, from_s=2 * TICK)["plan"] == 4 * TICK / DAY
    assert endurance(asked, plan, from_s=8 * TICK)["plan"] == 0


def test_energy_runs_out_where_the_load_is_more_than_comes_in() -> None:
    asked = problem(
        activity("a", 1, energy_W=6, windows=[(9 * TICK, 10 * TICK)]),
        resources=(battery(capacity=5, initial=5, minimum_Wh=1, load=[(0, 3)]),),
    )
    found = endurance(asked, Plan.of(asked, {"a": 9 * TICK}))
    assert found["energy"] is not None
    assert 7 * TICK <= found["energy"] * DAY <= 9 * TICK  # 4 Wh at 3 W last 8 ticks
