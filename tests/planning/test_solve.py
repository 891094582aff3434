"""Solving gives the optimum where brute force can tell, an honest status and bound everywhere."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from ilrs_science.errors import RequestError
from ilrs_science.planning.judge.check import check
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.search.greedy import greedy
from ilrs_science.planning.search.progress import Progress
from ilrs_science.planning.search.whole import score
from ilrs_science.planning.solve import solve
from tests.planning import psplib
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

FEW = settings(max_examples=12)


@given(small_problems(stores=False))
@FEW
def test_without_stores_the_optimum_is_that_of_brute_force(asked: Problem) -> None:
    result = solve(asked, time_limit="20 s", workers=1)
    assert result.status == "OPTIMAL"
    assert result.objective == result.bound == brute_force(asked)
    assert result.checked


@given(small_problems())
@FEW
def test_with_stores_the_optimum_of_brute_force_lies_between_objective_and_bound(asked: Problem) -> None:
    result = solve(asked, time_limit="4 s", workers=1)
    best = brute_force(asked)
    assert result.objective is not None
    assert result.bound is not None
    assert best is not None
    assert best <= result.bound
    if result.status == "OPTIMAL":
        assert result.objective >= best  # a start between two ticks may do better
    assert check(asked, result.plan) == []


@given(small_problems())
@FEW
def test_relaxing_never_lowers_the_optimum(asked: Problem) -> None:
    first = solve(asked, time_limit="4 s", workers=1)
    wider = [entry.model_copy(update={"windows": None}) for entry in asked.activities]
    for easier in (asked.replace(activities=wider), asked.replace(resources=_doubled(asked))):
        second = solve(easier, time_limit="4 s", workers=1, first=first.plan)
        assert (second.objective or 0) >= (first.objective or 0)
        assert (second.bound or 0) >= (first.objective or 0)


def _doubled(asked: Problem) -> list[object]:
    changes = {"renewable": "capacity", "battery": "capacity_Wh", "storage": "capacity_Mbit"}
    return [
        entry.model_copy(update={changes[entry.kind]: 2 * getattr(entry, changes[entry.kind])})
        if entry.kind in changes
        else entry
        for entry in asked.resources
    ]


def test_a_saturating_battery_limits_what_fits() -> None:
    # The battery is full (10 Wh) at dawn, when 12 W come in for ever: whatever is not used at once is lost.
    # Before dawn 8 Wh are there; a (12 Wh) fits only while 12 W come in, b (9 Wh) fits only after a recharge.
    asked = problem(
        activity("a", 2, energy_W=36, windows=[(0, 6 * TICK)]),
        activity("b", 3, energy_W=18, windows=[(6 * TICK, 12 * TICK)]),
        resources=(battery(10, 10, minimum_Wh=2, generation=[(4 * TICK, 12.0)]),),
    )
    result = solve(asked, time_limit="10 s")
    assert set(result.plan.starts) == {"a", "b"}
    assert result.plan.starts["a"] >= 4 * TICK - 1
    assert result.status == "OPTIMAL"


def test_a_storage_that_a_pass_cannot_empty_limits_what_fits() -> None:
    entries = [activity(f"a{k}", 1, data_Mbit_s=1) for k in range(5)]
    asked = problem(*entries, resources=(storage(1200), link((4, 6, 0.5))))
    result = solve(asked, time_limit="10 s")
    assert (result.status, result.objective, result.bound) == ("OPTIMAL", 3.0, 3.0)


def test_a_battery_that_dies_by_itself_is_said_with_its_moment() -> None:
    asked = problem(activity("a"), resources=(battery(10, 5, load=[(0, 6.0)]),))
    result = solve(asked)
    assert (result.status, result.objective, len(result.plan)) == ("INFEASIBLE", None, 0)
    assert "falls 7.000 Wh below its minimum after 3000 s (2031-01-01T00:50:00" in result.certificate.note
    assert "no plan exists for 1 activity" in repr(result)


def test_what_cannot_all_be_done_is_infeasible_and_the_plan_empty() -> None:
    both = [activity(name, 7, optional=False, demands={"robot": 1}) for name in "ab"]
    result = solve(problem(*both, resources=(renewable(),)), time_limit="10 s")
    assert (result.status, result.objective, result.bound, len(result.plan)) == ("INFEASIBLE", None, None, 0)
    assert set(result.plan.left_out) == {"a", "b"}


def test_nothing_to_do_is_done_at_once() -> None:
    result = solve(problem())
    assert (result.status, result.objective, result.bound) == ("OPTIMAL", 0.0, 0.0)


def test_an_activity_without_windows_is_left_out() -> None:
    result = solve(problem(activity("a", windows=[]), activity("b")), time_limit="5 s")
    assert result.plan.left_out == ("a",)
    assert repr(result) == "<PlanResult OPTIMAL: 1 of 2, value 1.0 (bound 1.0), checked>"


def crowded() -> Problem:
    """Forty activities that compete for one robot; greedy misses the optimum."""
    entries = [
        activity(
            f"a{k:02d}", 1 + k * 7 % 5, value=3 + k * 11 % 13, demands={"robot": 1}, energy_W=6 * (k % 3)
        )
        for k in range(40)
    ]
    return problem(
        *entries, resources=(renewable(), battery(20, 10, generation=[(0, 3.0)])), horizon_s=48 * TICK
    )


def test_it_is_never_worse_than_greedy_and_the_first_report_is_the_greedy_plan() -> None:
    seen: list[Progress] = []
    asked = crowded()
    result = solve(asked, time_limit="10 s", progress=seen.append)
    floor = greedy(asked)
    assert floor is not None
    assert (result.objective or 0) * 1000 >= score(asked, floor.starts)
    assert seen[0].phase == "greedy"
    assert all(check(asked, Plan.of(asked, report.starts)) == [] for report in seen if report.starts)
    assert dict(seen[-1].starts or {}) == result.plan.starts
    values = [report.objective or 0 for report in seen]
    bounds = [report.bound for report in seen]
    assert values == sorted(values)
    assert bounds == sorted(bounds, reverse=True)
    assert all((report.gap or 0) >= 0 for report in seen)


def test_a_tiny_time_limit_gives_the_greedy_plan_and_an_honest_status() -> None:
    result = solve(crowded(), time_limit="1 ms")
    assert result.status == "FEASIBLE"
    assert result.checked
    assert result.certificate.stopped == "time"
    assert result.bound is not None
    assert result.objective is not None
    assert result.bound >= result.objective > 0


def test_cancel_keeps_the_best() -> None:
    event = threading.Event()
    result = solve(crowded(), time_limit="60 s", progress=lambda _: event.set(), cancel=event.is_set)
    assert result.certificate.stopped == "cancel"
    assert result.status == "FEASIBLE"
    assert len(result.plan) > 0
    assert result.runtime < 20


def test_an_error_of_the_listener_is_raised() -> None:
    def broken(report: Progress) -> None:
        if report.phase != "greedy":
            raise RuntimeError("the page is gone")

    with pytest.raises(RuntimeError, match="the page is gone"):
        solve(crowded(), time_limit="20 s", progress=broken)


def test_deterministic_mode_gives_the_same_plan_twice() -> None:
    one, two = (solve(crowded(), time_limit="2 s", seed=5, deterministic=True) for _ in range(2))
    assert one.plan == two.plan
    assert (one.status, one.bound) == (two.status, two.bound)
    assert one.certificate == two.certificate


def test_a_plan_to_begin_with_is_kept_if_nothing_is_better() -> None:
    asked = problem(activity("a", 3), activity("b", 3))
    first = Plan.of(asked, {"a": 5 * TICK, "b": TICK})
    assert solve(asked, first=first).objective == 2.0


@pytest.mark.parametrize("text", ["60", "0 s", "-5 s", "nan s", "soon"])
def test_a_bad_time_limit_is_refused(text: str) -> None:
    with pytest.raises(RequestError):
        solve(problem(activity("a")), time_limit=text)


@pytest.mark.parametrize("name", ["J30_1", "J30_181", "J30_21", "J30_341"])
def test_known_optima_of_psplib_are_proved(shared_dir: Path, name: str) -> None:
    folder = shared_dir / "instances" / "psplib_j30"
    if not folder.is_dir():
        pytest.skip("the PSPLIB instances beside the checkout are not here")
    result = solve(psplib.read(folder / f"{name}.txt"), time_limit="30 s")
    assert result.status == "OPTIMAL"
    assert result.objective == psplib.best_known(folder)[f"{name}.txt"]
    assert result.checked


@pytest.mark.parametrize("wrong", [{"horizon_s": 3}, "PROBLEM.json", None])
def test_what_is_no_problem_is_refused_in_a_line(wrong: Any) -> None:
    with pytest.raises(RequestError, match=r"^problem .* cannot be used; give a Problem"):
        solve(wrong)


@pytest.mark.parametrize("wrong", [{"seed": -1}, {"workers": 0}, {"first": {"a": 0}}])
def test_a_wrong_request_is_refused_before_the_search(wrong: dict[str, Any]) -> None:
    with pytest.raises(RequestError):
        solve(problem(activity("a")), **wrong)


def test_a_result_may_come_first() -> None:
    asked = problem(activity("a"))
    result = solve(asked, time_limit="2 s")
    assert solve(asked, time_limit="2 s", first=result).objective == 1
    with pytest.raises(RequestError, match="move 'a' to which start"):
        result.move("a", None)
    with pytest.raises(RequestError, match="span 5 cannot be used; give a pair"):
        result.forbid("a", 5)  # type: ignore[arg-type]
