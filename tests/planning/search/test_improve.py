"""Lines of plans only ever better the incumbent, end when they are told to, and pass errors on."""

from __future__ import annotations

import threading
import time

import pytest

from ilrs_science.planning.judge.check import check
from ilrs_science.planning.model.limits import Limits
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.search.greedy import greedy
from ilrs_science.planning.search.improve import Improver, Team
from ilrs_science.planning.search.incumbent import Incumbent
from ilrs_science.planning.search.progress import Progress
from ilrs_science.planning.search.whole import score
from ilrs_science.planning.solve import solve
from tests.planning.problems import TICK, activity, battery, problem, renewable


def crowded(many: int = 60) -> Problem:
    """Activities that compete for one robot and a weak battery; greedy misses the best plan."""
    entries = [
        activity(
            f"a{k:03d}", 1 + k * 7 % 5, value=3 + k * 11 % 13, demands={"robot": 1}, energy_W=6 * (k % 3)
        )
        for k in range(many)
    ]
    return problem(
        *entries, resources=(renewable(), battery(20, 10, generation=[(0, 3.0)])), horizon_s=many * TICK
    )


def test_a_line_betters_the_greedy_plan_and_offers_it_checked() -> None:
    best = Incumbent(crowded(), Limits(60.0))
    line = Improver(best, 0)
    line.floor()
    assert best.best is not None
    floor = score(best.problem, best.best)
    plan = greedy(best.problem)
    assert plan is not None
    line.take()
    line.run_counted(0.5, lambda: False)
    assert score(best.problem, best.best) > floor
    assert check(best.problem, Plan.of(best.problem, best.best)) == []


def test_a_line_goes_on_from_a_better_plan_of_another() -> None:
    best = Incumbent(crowded(), Limits(60.0))
    one, other = Improver(best, 1), Improver(best, 2)
    one.floor()
    one.take()
    one.run_counted(0.3, lambda: False)
    assert other.value < one.value
    other.take()
    assert other.value == one.value


def test_a_team_ends_when_told_to() -> None:
    event = threading.Event()
    best = Incumbent(crowded(), Limits(600.0), cancel=event.is_set)
    with Team(best, 2, 600.0) as team:
        assert team.floor(120.0)
        event.set()
        began = time.monotonic()
        team.wait(600.0)
    assert time.monotonic() - began < 60
    assert best.cancelled


def test_an_error_of_the_listener_ends_the_team_and_is_raised() -> None:
    def broken(_: Progress) -> None:
        raise RuntimeError("the page is gone")

    with (
        pytest.raises(RuntimeError, match="the page is gone"),
        Team(Incumbent(crowded(), Limits(600.0), progress=broken), 1, 600.0) as team,
    ):
        team.wait(600.0)


def test_deterministic_mode_gives_the_same_plan_twice() -> None:
    one, two = (solve(crowded(), time_limit="1 s", seed=5, deterministic=True) for _ in range(2))
    assert one.plan == two.plan
    assert one.certificate == two.certificate


def test_a_large_problem_is_improved_without_a_model() -> None:
    phases: list[str] = []
    asked = crowded(420)
    result = solve(asked, time_limit="6 s", progress=lambda step: phases.append(step.phase))
    assert "search" not in phases
    assert result.checked
    assert result.objective is not None
    assert result.bound is not None
    assert result.bound >= result.objective > 0
