"""A span begins with what was left before, and what is planned in it is a plan of the whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.planning.judge.check import check
from ilrs_science.planning.judge.simulate import simulate
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.search.greedy import greedy
from ilrs_science.planning.search.span import LUNATION_S, cuts, span
from tests.planning.problems import TICK, activity, battery, link, problem, renewable, small_problems, storage


@given(small_problems(), st.integers(1, 5), st.integers(0, TICK - 1))
def test_what_is_planned_in_two_spans_is_a_plan(asked: Problem, tick: int, second: int) -> None:
    at = min(asked.horizon_s - 1, tick * TICK + second)
    first = greedy(span(asked, {}, 0, at))
    if first is None:
        return
    second_one = span(asked, first.starts, at, asked.horizon_s)
    then = greedy(second_one)
    if then is None:
        return
    later = {name: start + at for name, start in then.starts.items() if name not in first.starts}
    assert check(asked, Plan.of(asked, first.starts | later)) == []


def test_charge_and_data_are_carried_and_rounded_against_us() -> None:
    asked = problem(
        activity("a", 2, energy_W=7, data_Mbit_s=0.3, demands={"robot": 1}),
        activity("b", 1, demands={"robot": 1}),
        resources=(
            battery(capacity=20, initial=10, generation=[(0, 1), (8 * TICK, 2)]),
            storage(capacity=1000, initial=1),
            link((0, 1, 0.1), (3, 9, 0.1)),
            renewable(profile=[(2 * TICK, 2), (7 * TICK, 0)]),
        ),
    )
    moment = 4 * TICK + 1
    settled = {"a": 2 * TICK + 30}
    small = span(asked, settled, moment, 10 * TICK)
    levels = simulate(asked, Plan.of(asked, settled), (moment,))
    at = levels.times.index(moment)
    charge, volume = levels.charge_mJ["battery"][at], levels.volume_bit["storage"][at]
    store, memory = small.batteries[0], small.storages[0]
    assert 0 <= charge - round(store.initial_Wh * 3_600_000) < 3600
    assert 0 <= round(memory.initial_Mbit * 1e6) - volume < 1
    assert store.generation == ((0, 1.0), (8 * TICK - moment, 2.0))
    assert small.links[0].passes == ((0, 5 * TICK - 1, 0.1),)
    assert small.renewables[0].steps(small.horizon_s) == [
        (0, 3 * TICK - 1, 2), (3 * TICK - 1, 6 * TICK - 1, 0)
    ]  # fmt: skip
    assert small.by_id["a"].locked_start == 0
    assert small.by_id["a"].duration_s == 29


def test_a_duty_that_can_wait_need_not_be_done() -> None:
    asked = problem(
        activity("now", 1, optional=False, windows=[(0, 3 * TICK)]), activity("then", 1, optional=False)
    )
    small = span(asked, {}, 0, 5 * TICK)
    assert {one.id: one.optional for one in small.activities} == {"now": False, "then": True}
    assert not span(asked, {}, 0, 12 * TICK).by_id["then"].optional


def test_a_year_is_cut_into_about_twelve() -> None:
    assert len(cuts(problem(horizon_s=365 * 86400))) == 13
    assert cuts(problem(horizon_s=28 * 86400)) == [0, 28 * 86400]
    assert cuts(problem(horizon_s=3 * LUNATION_S)) == [0, LUNATION_S, 2 * LUNATION_S, 3 * LUNATION_S]
