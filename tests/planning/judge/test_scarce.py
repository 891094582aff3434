"""Sums and chains that no plan can keep are told, and only where there is no plan."""

from __future__ import annotations

from hypothesis import given, settings

from ilrs_science.planning.judge.hopeless import hopeless
from ilrs_science.planning.judge.scarce import scarce
from ilrs_science.planning.problem.problem import Problem
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

DAY = "from 2031-01-01T00:00:00Z to 2031-01-01T02:00:00Z"


def duties(*ticks: int, **fields: object) -> list[dict[str, object]]:
    """Mandatory activities a, b, c of some ticks."""
    return [
        activity(name, length, optional=False, **fields) for name, length in zip("abc", ticks, strict=False)
    ]


def test_more_hours_of_a_robot_than_there_are_name_the_fewest_that_need_them() -> None:
    use = {"demands": {"robot": 1}}
    asked = problem(*duties(6, 2, 9, **use), resources=(renewable(),))
    assert scarce(asked) == [f"'a' and 'c' must hold 'robot' for 2.5 h in all {DAY}, but there are 2 h"]
    assert hopeless(asked) == scarce(asked)
    assert scarce(problem(*duties(3, 9, **use), resources=(renewable(),))) == []
    (line,) = scarce(
        problem(*duties(3, 9, **use), resources=(renewable(profile=[(TICK, 0), (2 * TICK, 1)]),))
    )
    assert line.endswith("but there are 1.83333 h")


def test_a_span_within_the_horizon_is_enough() -> None:
    use = {"demands": {"robot": 1}, "windows": [(2 * TICK, 6 * TICK)]}
    (line,) = scarce(problem(*duties(3, 2, **use), resources=(renewable(),)))
    assert line == (
        "'a' and 'b' must hold 'robot' for 0.833333 h in all from 2031-01-01T00:20:00Z to 2031-01-01T01:00:00Z, "
        "but there are 0.666667 h"
    )


def test_energy_and_data_that_there_are_not() -> None:
    asked = problem(
        *duties(2, 2, energy_W=18),
        resources=(battery(10, 5, minimum_Wh=1, generation=[(0, 6), (2 * TICK, 0)]),),
    )
    (line,) = scarce(asked)
    assert line == f"'a' and 'b' must draw 12.000 Wh from battery 'battery' {DAY}, but it can give 6.000 Wh"
    data = problem(*duties(1, 1, data_Mbit_s=1.0), resources=(storage(600), link((0, 1, 0.5))))
    (line,) = scarce(data)
    assert line == f"'a' and 'b' must put 1200.000 Mbit into 'storage' {DAY}, but it can take 900.000 Mbit"
    assert scarce(problem(*duties(1, 1, data_Mbit_s=1.0), resources=(storage(600), link((0, 1, 1.0))))) == []


def test_a_chain_that_is_too_long_names_all_of_it() -> None:
    first, second, third = duties(6, 6, 1)
    asked = problem(first, second | {"precedences": ["a"]}, third | {"precedences": ["b"]})
    assert scarce(asked) == [
        (
            "'c' cannot start before 2031-01-01T02:00:00Z, after 'a' and 'b', "
            "but its last allowed start is 2031-01-01T01:50:00Z"
        )
    ]


def test_a_chain_counts_for_what_a_duty_needs() -> None:
    asked = problem(activity("a", 12), activity("b", optional=False, precedences=["a"]))
    (line,) = scarce(asked)
    assert line.startswith("'b' cannot start before 2031-01-01T02:00:00Z, after 'a', ")
    assert scarce(problem(activity("a", 12), activity("b", precedences=["a"]))) == []


@settings(max_examples=200, deadline=None)
@given(small_problems())
def test_what_is_told_has_no_plan(asked: Problem) -> None:
    must = asked.replace(
        activities=tuple(entry.model_copy(update={"optional": False}) for entry in asked.activities)
    )
    if scarce(must):
        assert brute_force(must) is None
