"""The simulator agrees with hand-made cases and with stepping through every second."""

from __future__ import annotations

import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from ilrs_science.planning.judge.simulate import Simulation, simulate
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from tests.planning.by_seconds import Queue, charge_by_seconds
from tests.planning.problems import (
    TICK,
    activity,
    battery,
    link,
    problem,
    rich_problems,
    small_problems,
    storage,
)


def test_a_full_battery_takes_no_more() -> None:
    # 5 Wh + 12 W for 6 ticks (12 Wh) is full at 10 Wh after 2.5 ticks; then 30 W against 12 W for 2 ticks: -6 Wh.
    asked = problem(activity("a", 2, energy_W=30), resources=(battery(10, 5, generation=[(0, 12.0)]),))
    charge = simulate(asked, Plan.of(asked, {"a": 6 * TICK})).to_frame()["battery_charge"]
    assert charge.to_list() == [5.0, 10.0, 4.0, 10.0]


def test_an_empty_storage_gives_no_more() -> None:
    # 600 Mbit at tick 0; a pass of 2 ticks at 1 Mbit/s could drain 1200; then 1 tick of 1 Mbit/s stays.
    asked = problem(
        activity("a", data_Mbit_s=1), resources=(storage(2000, 600), link((1, 3, 1.0))), horizon_s=6 * TICK
    )
    volume = simulate(asked, Plan.of(asked, {"a": 4 * TICK})).to_frame()["stored_data"]
    assert volume.to_list() == [600.0, 600.0, 0.0, 0.0, 600.0, 600.0]


def test_the_moment_of_a_breach_is_exact() -> None:
    # 5 Wh less 6 W: 2 Wh are left after 3 ticks of the 4; 1 Wh is missing at the end, and stays so.
    asked = problem(activity("a", 4, energy_W=6), resources=(battery(10, 5, minimum_Wh=2),))
    (breach,) = simulate(asked, Plan.of(asked, {"a": TICK})).breaches
    assert (breach.kind, breach.start_s, breach.end_s, breach.depth) == ("battery", 4 * TICK, 12 * TICK, 1.0)
    assert str(breach) == "battery 'battery' falls 1.000 Wh below its minimum after 2400 s"


def test_a_pass_draws_the_power_of_its_link() -> None:
    asked = problem(resources=(battery(10, 5), storage(), link((1, 2, 1.0), power=6.0)))
    assert simulate(asked, Plan.of(asked, {})).to_frame()["battery_charge"].iloc[-1] == 4.0


def test_steps_before_the_epoch_hold_from_it() -> None:
    asked = problem(
        resources=(battery(10, 5, generation=[(-TICK, 99.0), (-1, 6.0)], load=[(20 * TICK, 9.0)]),)
    )
    assert simulate(asked, Plan.of(asked, {})).to_frame()["battery_charge"].to_list() == [5.0, 10.0]


def test_without_battery_and_storage_there_is_nothing_to_see() -> None:
    asked = problem(activity("a"))
    assert simulate(asked, Plan.of(asked, {"a": 0})).to_frame().empty


@st.composite
def planned(draw: st.DrawFn, problems: st.SearchStrategy[Problem]) -> tuple[Problem, Plan]:
    """A small problem, and a plan that may break any rule."""
    asked = draw(problems)
    moment = st.none() | st.integers(-TICK, asked.horizon_s + TICK)
    drawn = {entry.id: draw(moment) for entry in asked.activities}
    return asked, Plan.of(asked, {name: start for name, start in drawn.items() if start is not None})


@given(planned(small_problems()) | planned(rich_problems()))
@settings(max_examples=40)
def test_it_agrees_with_stepping_through_every_second(case: tuple[Problem, Plan]) -> None:
    asked, plan = case
    seen = simulate(asked, plan)
    for store in asked.batteries:
        levels = charge_by_seconds(asked, plan, store)
        assert [levels[time] for time in seen.times] == list(seen.charge_mJ[store.id])
        low = store.minimum_Wh * 3_600_000
        assert _first(seen, store.id, "battery") == _before([level < low for level in levels])
        short = store.final_Wh > store.minimum_Wh and levels[-1] < store.final_Wh * 3_600_000
        assert (_first(seen, store.id, "final_charge") is not None) == short
    for bin_ in asked.storages:
        queue = Queue(asked, plan, bin_)
        assert [queue.levels[time] for time in seen.times] == list(seen.volume_bit[bin_.id])
        full = bin_.capacity_Mbit * 1_000_000
        assert _first(seen, bin_.id, "storage") == _before([level > full for level in queue.levels])
        late = {breach.activity for breach in seen.breaches if breach.kind == "latency"}
        assert late & {name for name, *_ in queue.asked} == queue.late


def _first(seen: Simulation, resource: str, kind: str) -> int | None:
    found = [one.start_s for one in seen.breaches if (one.resource, one.kind) == (resource, kind)]
    return found[0] if found else None


def _before(broken: list[bool]) -> int | None:
    """Last second before the first that is broken."""
    return broken.index(True) - 1 if True in broken else None


def test_the_solver_is_never_imported() -> None:
    names = ("judge.check", "judge.simulate", "judge.certificate", "result", "search.greedy")
    modules = ", ".join(f"ilrs_science.planning.{name}" for name in names)
    code = f"import sys, {modules}; sys.exit(any(name.startswith('ortools') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
