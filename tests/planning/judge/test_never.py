"""What no plan can hold is told before any search, with the reason."""

from __future__ import annotations

from typing import Any

import pytest

from ilrs_science.planning.judge.hopeless import hopeless
from ilrs_science.planning.judge.never import never, no_start
from tests.planning.problems import TICK, activity, brute_force, problem, renewable


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"windows": []}, "it has no window"),
        (
            {"windows": [(0, 2 * TICK)], "warm_up_s": 60},
            "its warm-up of 60 s and cool-down of 0 s leave it no start in its windows",
        ),
        ({"forbidden": [(0, 12 * TICK)]}, "the spans forbidden to it leave it no start"),
        (
            {"forbidden": [(TICK, 12 * TICK)], "warm_up_s": 60},
            "the spans forbidden to it, with its warm-up of 60 s and cool-down of 0 s, leave it no start",
        ),
    ],
)
def test_what_has_no_start_says_what_takes_it(fields: dict[str, Any], why: str) -> None:
    asked = problem(activity("a", 2, **fields))
    assert no_start(asked.by_id["a"], asked.horizon_s) == why
    assert never(asked) == {"a": why}


def test_what_can_be_done_is_not_told() -> None:
    asked = problem(activity("a", demands={"robot": 1}), activity("b", needs=["a"]), resources=(renewable(),))
    assert no_start(asked.by_id["a"], asked.horizon_s) == ""
    assert never(asked) == {}


def test_a_demand_that_no_capacity_meets_counts_the_whole_profile() -> None:
    robot = renewable(profile=[(3 * TICK, 2)])
    asked = problem(
        activity("a", demands={"robot": 3}), activity("b", demands={"robot": 2}), resources=(robot,)
    )
    assert never(asked) == {"a": "it needs 3 of 'robot', there are 2 at most"}


def test_what_needs_the_impossible_is_impossible_along_the_chain() -> None:
    asked = problem(
        activity("c", precedences=["b"]), activity("b", needs=["a"]), activity("a", windows=[]), activity("d")
    )
    assert never(asked) == {
        "c": "it needs 'b', which can never be done",
        "b": "it needs 'a', which can never be done",
        "a": "it has no window",
    }
    assert brute_force(asked) == 1


def test_what_needs_another_of_its_choice_is_impossible() -> None:
    asked = problem(activity("a", choice="c"), activity("b", choice="c", value=5, needs=["a"]))
    assert never(asked) == {"b": "it needs 'a', which is of the same choice 'c'"}
    assert brute_force(asked) == 1


def test_a_duty_that_can_never_be_done_leaves_no_plan() -> None:
    asked = problem(activity("a", optional=False, demands={"robot": 3}), resources=(renewable(),))
    assert hopeless(asked) == ["'a' must be done but it needs 3 of 'robot', there is 1 at most"]
    either = problem(
        activity("a", choice="c", optional=False, windows=[]),
        activity("b", choice="c", optional=False, demands={"robot": 2}),
        resources=(renewable(),),
    )
    assert hopeless(either) == [
        (
            "one of the choice 'c' must be done but none can be: 'a': it has no window; "
            "'b': it needs 2 of 'robot', there is 1 at most"
        )
    ]
