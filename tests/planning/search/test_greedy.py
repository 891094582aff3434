"""The greedy plan keeps every rule and is never empty-handed where placing one by one suffices."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.planning.judge.check import check
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.search.greedy import greedy, repair
from ilrs_science.planning.search.whole import score
from tests.planning.problems import (
    TICK,
    activity,
    battery,
    brute_force,
    link,
    problem,
    renewable,
    small_problems,
    storage,
)


@given(small_problems())
def test_every_greedy_plan_passes_the_checker(asked: Problem) -> None:
    plan = greedy(asked)
    assert plan is not None
    assert check(asked, plan) == []


@given(small_problems(), st.data())
def test_every_repaired_plan_passes_the_checker(asked: Problem, data: st.DataObject) -> None:
    wanted = {entry.id: data.draw(st.integers(0, asked.horizon_s)) for entry in asked.activities}
    starts = repair(asked, wanted)
    assert starts is not None
    assert check(asked, Plan.of(asked, starts)) == []


@given(small_problems())
def test_repair_leaves_a_good_plan_alone_or_adds_to_it(asked: Problem) -> None:
    plan = greedy(asked)
    assert plan is not None
    repaired = repair(asked, plan.starts)
    assert repaired is not None
    assert plan.starts.items() <= repaired.items()


def test_the_most_rewarding_comes_first() -> None:
    asked = problem(
        activity("a", 6, value=5, demands={"robot": 1}),
        activity("b", 6, value=6, demands={"robot": 1}),
        activity("c", 6, value=7, demands={"robot": 1}),
        resources=(renewable(),),
    )
    plan = greedy(asked)
    assert plan is not None
    assert set(plan.starts) == {"b", "c"}


def test_it_waits_for_the_battery() -> None:
    # 24 Wh are needed; 5 Wh and 6 W give that after 19 ticks at the latest, less what comes in meanwhile.
    asked = problem(
        activity("a", 2, energy_W=48),
        resources=(battery(30, 5, generation=[(0, 6.0)]),),
        horizon_s=40 * TICK * 6,
    )
    plan = greedy(asked)
    assert plan is not None
    assert plan.starts["a"] >= 9 * TICK


def test_it_waits_for_the_pass() -> None:
    asked = problem(activity("a", 1, data_Mbit_s=1), resources=(storage(600, 600), link((3, 6, 1.0))))
    plan = greedy(asked)
    assert plan is not None
    assert plan.starts == {"a": 3 * TICK}


def test_locks_and_their_predecessors_are_placed() -> None:
    asked = problem(
        activity("a", 2, demands={"robot": 1}),
        activity("b", 2, demands={"robot": 1}, precedences=["a"], locked_start=3 * TICK),
        activity("c", 4, demands={"robot": 1}, value=100),
        resources=(renewable(),),
    )
    plan = greedy(asked)
    assert plan is not None
    assert plan.starts["b"] == 3 * TICK
    assert plan.starts["a"] <= TICK
    assert check(asked, plan) == []


def test_there_is_no_plan_where_not_all_that_must_be_done_fits() -> None:
    both = [activity(name, 7, optional=False, demands={"robot": 1}) for name in "ab"]
    assert greedy(problem(*both, resources=(renewable(),))) is None


def test_a_bare_rcpsp_is_planned() -> None:
    asked = problem(
        activity("a", 2, demands={"robot": 1}),
        activity("b", 3, demands={"robot": 1}),
        activity("c", 1, precedences=["a"]),
        objective="makespan",
        resources=(renewable(),),
    )
    plan = greedy(asked)
    assert plan is not None
    assert score(asked, plan.starts) == brute_force(asked) == -5 * TICK


def test_the_same_seed_gives_the_same_plan() -> None:
    entries = [activity(f"a{k}", 1 + k % 3, value=k % 5, demands={"robot": 1}) for k in range(12)]
    asked = problem(*entries, resources=(renewable(),))
    assert greedy(asked, seed=3) == greedy(asked, seed=3)
