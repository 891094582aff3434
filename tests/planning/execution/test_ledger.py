"""Energy and data are conserved, to the millijoule and the bit, whatever goes wrong."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.execution.execute import Spread, execute
from ilrs_science.planning.execution.execution import Execution
from ilrs_science.planning.execution.executive import Executive
from ilrs_science.planning.execution.ledger import DataBalance, EnergyBalance
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.search.greedy import greedy
from tests.planning.execution.test_execute import troubles
from tests.planning.problems import TICK, activity, battery, problem, rich_problems, small_problems


def executed(asked: Problem, data: st.DataObject, **options: object) -> Execution:
    rules = Executive(
        patience_s=data.draw(st.sampled_from([0, 2 * TICK])),
        abort_charge=data.draw(st.sampled_from([0.0, 0.3])),
        hibernate=data.draw(st.sampled_from(["never", "dark"])),
    )
    wrong = data.draw(troubles(asked))
    return execute(asked, greedy(asked) or Plan.of(asked, {}), wrong, executive=rules, **options)


@given(small_problems() | rich_problems(), st.data())
@settings(max_examples=150)
def test_what_was_there_and_came_is_what_went_and_is_left(asked: Problem, data: st.DataObject) -> None:
    ran = executed(asked, data, spread=Spread(duration=0.2, power=0.3), seed=data.draw(st.integers(0, 9)))
    assert set(ran.energy) == {one.id for one in asked.batteries}
    assert set(ran.data) == {one.id for one in asked.storages}
    for name, energy in ran.energy.items():
        assert energy.initial_mJ + energy.generated_mJ == energy.used_mJ + energy.spilled_mJ + energy.final_mJ
        assert energy.final_mJ == ran.charge_mJ[name][-1]
        assert min(energy.generated_mJ, energy.used_mJ, energy.spilled_mJ, energy.unmet_mJ) >= 0
        full = next(round(one.capacity_Wh * 3_600_000) for one in asked.batteries if one.id == name)
        if energy.spilled_mJ:
            assert max(ran.charge_mJ[name]) == full
        if energy.unmet_mJ:
            assert min(ran.charge_mJ[name]) == 0
    for name, held in ran.data.items():
        assert held.initial_bit + held.made_bit == held.sent_bit + held.final_bit
        assert held.final_bit == ran.volume_bit[name][-1]
        assert min(held.made_bit, held.sent_bit) >= 0


@given(small_problems(), st.data())
@settings(max_examples=100)
def test_the_sums_are_those_of_what_ran(asked: Problem, data: st.DataObject) -> None:
    # What ran is told by the runs alone: power and rate of each over the time that it had.
    kinds = st.sampled_from(["instrument_fault", "array_loss", "safe_mode"])
    kind, start = data.draw(kinds), data.draw(st.integers(0, 5)) * TICK
    share = data.draw(st.sampled_from([0.25, 1.0]))
    wrong = Disruption(kind=kind, start_s=start, end_s=start + TICK, share=share,
                       resources=("robot",) if kind == "instrument_fault" else ())  # fmt: skip
    ran = execute(asked, greedy(asked) or Plan.of(asked, {}), [wrong])
    energy, held = ran.energy["battery"], ran.data["storage"]
    lengths = {run.id: (run.end_s or 0) - run.start_s for run in ran.runs if run.start_s is not None}
    (link,) = asked.links
    asked_for = sum(asked.by_id[name].power_mW * length for name, length in lengths.items())
    asked_for += sum(round(link.power_W * 1000) * (end - begin) for begin, end, _ in link.passes)
    assert energy.used_mJ + energy.unmet_mJ == asked_for
    steps = [(time, round(watt * 1000)) for time, watt in asked.batteries[0].generation]
    lost = round(1000 * share) if kind == "array_loss" else 0
    assert energy.generated_mJ == sum(
        power * TICK * (1000 - (lost if time == start else 0)) // 1000 for time, power in steps
    )
    assert held.made_bit == sum(asked.by_id[name].rate_bit_s * length for name, length in lengths.items())
    assert held.sent_bit <= sum(round(rate * 1e6) * (end - begin) for begin, end, rate in link.passes)


def test_a_full_battery_spills_and_an_empty_one_owes() -> None:
    # 6 W into 10 Wh of which 9 are there: 1 Wh fits, 1 of each later tick is spilled.
    sunny = problem(resources=(battery(10, 9, generation=[(0, 6.0)]),))
    energy = execute(sunny, Plan.of(sunny, {})).energy["battery"]
    assert (energy.generated_mJ, energy.spilled_mJ, energy.unmet_mJ) == (43_200_000, 39_600_000, 0)
    # 6 W for 12 ticks of a battery that holds 5 Wh at its epoch; asleep it draws 40 %.
    dark = problem(resources=(battery(10, 5, load=[(0, 6.0)]),))
    energy = execute(dark, Plan.of(dark, {}), executive=Executive(sleep_load=1.0)).energy["battery"]
    assert (energy.used_mJ, energy.unmet_mJ, energy.final_mJ) == (18_000_000, 25_200_000, 0)


def test_a_balance_goes_on_from_where_it_was() -> None:
    energy = EnergyBalance.begun(50).after(30, 10, 60).after(0, 100, 60)
    assert energy == EnergyBalance(50, 30, 70, 10, 40, 0)
    data = DataBalance.begun(10).after(5, 8).after(0, 100)
    assert data == DataBalance(10, 5, 15, 0)


def test_what_is_stopped_keeps_what_it_used() -> None:
    asked = problem(activity("a", 4, energy_W=6), resources=(battery(50, 50),))
    halt = Disruption(kind="safe_mode", start_s=TICK, end_s=2 * TICK)
    ran = execute(asked, Plan.of(asked, {"a": 0}), [halt])
    assert ran.energy["battery"].used_mJ == 3_600_000  # 6 W for one tick
    assert ran.value == 0
