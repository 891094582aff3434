"""What no plan can mend is told before any search: which two locks, and when a battery empties."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from ilrs_science.planning.judge.hopeless import hopeless
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.solve import solve
from tests.planning.problems import (
    TICK,
    activity,
    battery,
    brute_force,
    problem,
    renewable,
    small_problems,
    storage,
)

A = "'a' (locked: 2031-01-01T00:00:00Z to 2031-01-01T00:20:00Z)"
B = "'b' (locked: 2031-01-01T00:10:00Z to 2031-01-01T00:30:00Z)"


def two(a: dict[str, Any], b: dict[str, Any], *, lock: int = TICK, **resource: Any) -> list[str]:
    """Why there is no plan with two activities of two ticks, locked to 0 and, unless said otherwise, one tick later."""
    asked = problem(
        activity("a", 2, locked_start=0, **a),
        activity("b", 2, locked_start=lock, **b),
        activity("c"),
        resources=(renewable(**resource),),
    )
    return hopeless(asked)


def test_two_locks_on_one_instrument_are_both_named_with_their_times() -> None:
    use = {"demands": {"robot": 1}}
    assert two(use, use) == [f"{A} and {B} need 2 of 'robot' but there is 1 at 2031-01-01T00:10:00Z"]
    assert two(use, use, lock=2 * TICK) == []
    assert two(use, use, capacity=2) == []
    assert two(use, use, capacity=2, profile=[(TICK + 60, 1)]) == [
        f"{A} and {B} need 2 of 'robot' but there is 1 at 2031-01-01T00:11:00Z"
    ]


def test_one_lock_that_asks_for_too_much_is_named_alone() -> None:
    assert two({"demands": {"robot": 3}}, {"demands": {"robot": 1}}, capacity=2) == [
        f"{A} needs 3 of 'robot' but there are 2 at 2031-01-01T00:00:00Z"
    ]


def test_three_locks_that_only_together_ask_for_too_much_are_all_named() -> None:
    asked = problem(
        *(activity(name, locked_start=0, demands={"crew": 1}) for name in "abc"),
        resources=(renewable("crew", 2),),
    )
    (line,) = hopeless(asked)
    assert all(f"'{name}' (locked: " in line for name in "abc")
    assert line.endswith("need 3 of 'crew' but there are 2 at 2031-01-01T00:00:00Z")


def test_many_locks_on_one_instrument_give_a_few_lines() -> None:
    many = [activity(f"a{k}", locked_start=0, demands={"robot": 1}) for k in range(200)]
    assert len(hopeless(problem(*many, resources=(renewable(),)))) == 3


def test_locks_that_disturb_each_other_are_named_once() -> None:
    said = [f"{A} and {B} must not run at the same time, but each has to be then"]
    assert two({"exclusions": ["b"]}, {}) == said
    assert two({}, {"exclusions": ["a"]}) == said
    assert two({"exclusions": ["b"]}, {"exclusions": ["a"]}) == said
    assert two({"exclusions": ["b"]}, {}, lock=2 * TICK) == []


@pytest.mark.parametrize(
    ("lags", "lock", "says"),
    [
        ({}, TICK, "has to start 0 s or more after the end of the first, but it starts -600 s after it"),
        ({}, 2 * TICK, None),
        (
            {"min_lag_s": 60},
            2 * TICK,
            "has to start 60 s or more after the end of the first, but it starts 0 s",
        ),
        (
            {"max_lag_s": 60},
            3 * TICK,
            "has to start 0 to 60 s after the end of the first, but it starts 600 s",
        ),
        ({"min_lag_s": -TICK}, TICK, None),
    ],
)
def test_locks_in_the_wrong_order_are_both_named(lags: dict[str, int], lock: int, says: str | None) -> None:
    lines = two({}, {"precedences": [{"after": "a", **lags}]}, lock=lock)
    assert len(lines) == (says is not None)
    if says:
        assert lines[0].startswith("'a' (locked: ")
        assert says in lines[0]


def test_a_must_with_a_single_start_counts_as_locked() -> None:
    asked = problem(
        activity("a", 2, optional=False, windows=[(0, 2 * TICK)], demands={"robot": 1}),
        activity("b", 2, optional=False, windows=[(TICK, 4 * TICK)], demands={"robot": 1}),
        activity("c", 2, locked_start=0, demands={"robot": 1}),
        resources=(renewable(),),
    )
    (line,) = hopeless(asked)
    assert line.startswith("'a' (only start: 2031-01-01T00:00:00Z to 2031-01-01T00:20:00Z) and 'c' (locked: ")


def test_a_battery_that_empties_by_itself_is_told_with_its_moment() -> None:
    asked = problem(activity("a", locked_start=0, energy_W=9), resources=(battery(10, 5, load=[(0, 6.0)]),))
    assert hopeless(asked) == [
        (
            "battery 'battery' falls 7.000 Wh below its minimum after 3000 s (2031-01-01T00:50:00Z) "
            "even if nothing is done"
        )
    ]


def test_a_battery_that_the_locks_empty_is_told_with_them() -> None:
    asked = problem(
        activity("a", 2, locked_start=0, energy_W=12),
        activity("b", 2, locked_start=2 * TICK, energy_W=12),
        activity("c", 2, locked_start=8 * TICK, energy_W=12),
        activity("d", 2, energy_W=12),
        resources=(battery(10, 7),),
    )
    assert hopeless(asked) == [
        (
            "battery 'battery' falls 5.000 Wh below its minimum after 2100 s (2031-01-01T00:35:00Z) "
            "with what has to be done then: 'a', 'b', 'c'"
        )
    ]


def test_a_storage_that_the_locks_fill_is_told_with_them() -> None:
    asked = problem(activity("a", 2, locked_start=0, data_Mbit_s=1), resources=(storage(600),))
    (line,) = hopeless(asked)
    assert line.startswith("storage 'storage' overflows by 600.000 Mbit after 600 s (2031-01-01T00:10:00Z)")


@given(small_problems())
@settings(max_examples=25)
def test_a_problem_with_a_plan_is_never_called_hopeless(asked: Problem) -> None:
    must = [entry.model_copy(update={"optional": False}) for entry in asked.activities]
    for each in (asked, asked.replace(activities=must)):
        if brute_force(each) is not None:
            assert hopeless(each) == []


def test_a_search_gives_the_reasons_as_its_note() -> None:
    both = [activity(name, locked_start=0, demands={"robot": 1}) for name in "ab"]
    asked = problem(*both, resources=(renewable(),))
    for isolate in (False, True):
        result = solve(asked, isolate=isolate)
        assert (result.status, result.certificate.stopped) == ("INFEASIBLE", "proof")
        assert result.certificate.note == "; ".join(hopeless(asked))
        assert "'a' (locked: " in repr(result)
        assert "'b' (locked: " in repr(result)


def test_warm_up_and_cool_down_count() -> None:
    use = {"demands": {"robot": 1}}
    assert two(use, use, lock=2 * TICK) == []
    for a, b in (({"cool_down_s": 60}, {}), ({}, {"warm_up_s": 60})):
        (line,) = two(use | a, use | b, lock=2 * TICK)
        assert "need 2 of 'robot' but there is 1 at" in line
        (line,) = two({"exclusions": ["b"]} | a, b, lock=2 * TICK)
        assert "must not run at the same time" in line


def test_a_choice_may_stand_for_its_activities() -> None:
    (line,) = two({"choice": "x"}, {"precedences": ["x"]})
    assert "'a' (locked: " in line
    assert "has to start 0 s or more after the end of the first" in line
    (line,) = two({"choice": "x"}, {"exclusions": ["x"]})
    assert "must not run at the same time" in line
    assert two({"choice": "x"}, {"choice": "x"}, lock=2 * TICK) == [
        "'a' and 'b' are both done; they are one choice, 'x'"
    ]


def test_a_charge_that_cannot_be_left_at_the_end_is_told() -> None:
    asked = problem(activity("a"), resources=(battery(10, 5, final_Wh=6),))
    (line,) = hopeless(asked)
    assert "battery 'battery'" in line
    assert line.endswith("even if nothing is done")


def test_a_storage_that_activities_drain_may_be_mended() -> None:
    full = activity("a", 2, locked_start=0, data_Mbit_s=1)
    assert hopeless(problem(full, activity("drain", drain_Mbit_s=1), resources=(storage(600),))) == []
