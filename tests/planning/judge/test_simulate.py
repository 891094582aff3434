"""The simulator agrees with hand-made cases and with stepping through every second."""

from __future__ import annotations

import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from ilrs_science.planning.judge.simulate import simulate
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from tests.planning.problems import TICK, activity, battery, link, problem, small_problems, storage


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
def planned(draw: st.DrawFn) -> tuple[Problem, Plan]:
    """A small problem, and a plan that may break any rule."""
    asked = draw(small_problems())
    moment = st.none() | st.integers(-TICK, asked.horizon_s + TICK)
    drawn = {entry.id: draw(moment) for entry in asked.activities}
    return asked, Plan.of(asked, {name: start for name, start in drawn.items() if start is not None})


@given(planned())
@settings(max_examples=40)
def test_it_agrees_with_stepping_through_every_second(case: tuple[Problem, Plan]) -> None:
    asked, plan = case
    seen = simulate(asked, plan)
    charge, volume = _by_seconds(asked, plan)
    assert [charge[time] for time in seen.times] == list(seen.charge_mJ)
    assert [volume[time] for time in seen.times] == list(seen.volume_bit)
    low = asked.battery.minimum_Wh * 3_600_000
    first_low = next((second for second, level in enumerate(charge) if level < low), None)
    first = next((breach.start_s for breach in seen.breaches if breach.kind == "battery"), None)
    assert first == (None if first_low is None else first_low - 1)
    full = asked.storage.capacity_Mbit * 1_000_000
    first_full = next((second for second, level in enumerate(volume) if level > full), None)
    first = next((breach.start_s for breach in seen.breaches if breach.kind == "storage"), None)
    assert first == (None if first_full is None else first_full - 1)


def _by_seconds(asked: Problem, plan: Plan) -> tuple[list[int], list[int]]:
    """Charge [mJ] and volume [bit] at every second, one second at a time."""
    charge, volume = (
        [round(asked.battery.initial_Wh * 3_600_000)],
        [round(asked.storage.initial_Mbit * 1_000_000)],
    )
    running = [(asked.by_id[placed.id], placed.start_s, placed.end_s) for placed in plan.placements]
    (home,) = asked.links
    for second in range(asked.horizon_s):
        watt = next((level for time, level in reversed(asked.battery.generation) if time <= second), 0.0)
        rate = 0
        for start, end, drain in home.passes:
            if start <= second < end:
                watt -= home.power_W
                rate -= round(drain * 1_000_000)
        for entry, start, end in running:
            if start <= second < end:
                watt -= entry.energy_W
                rate += round(entry.data_Mbit_s * 1_000_000)
        charge.append(min(charge[-1] + round(1000 * watt), round(asked.battery.capacity_Wh * 3_600_000)))
        volume.append(max(volume[-1] + rate, 0))
    return charge, volume


def test_the_solver_is_never_imported() -> None:
    names = ("judge.check", "judge.simulate", "judge.certificate", "result", "search.greedy")
    modules = ", ".join(f"ilrs_science.planning.{name}" for name in names)
    code = f"import sys, {modules}; sys.exit(any(name.startswith('ortools') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
