"""No plan loses a start by narrowing, and the one good second of a month is found."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ilrs_science.planning.problem.problem import Activity, Problem
from ilrs_science.planning.search.narrow import Narrowed, narrowed
from tests.planning.problems import (
    TICK,
    activity,
    battery,
    every_plan,
    in_seconds,
    link,
    problem,
    renewable,
    rich_problems,
    small_problems,
    storage,
)

few = st.one_of(small_problems(), rich_problems()).filter(lambda asked: len(asked.activities) < 4)


def spans(asked: Problem, name: str = "a") -> list[tuple[int, int]]:
    return narrowed(asked).by_id[name].starts(asked.horizon_s)


@given(few)
@settings(max_examples=40, deadline=None)
def test_every_plan_that_holds_keeps_all_its_starts(asked: Problem) -> None:
    asked = in_seconds(asked)
    left = narrowed(asked)
    for plan in every_plan(asked, 1):
        for name, start in plan.starts.items():
            allowed = left.by_id[name].starts(asked.horizon_s)
            assert any(first <= start <= last for first, last in allowed), (name, start)


def test_to_checker_and_certificate_it_is_the_same_problem() -> None:
    asked = problem(activity("a", 2, energy_W=60.0), resources=(battery(),))
    left = narrowed(asked)
    assert isinstance(left.by_id["a"], Narrowed)
    assert left.digest == asked.digest
    assert left.to_json() == asked.to_json()


def test_nothing_to_take_out_gives_the_very_problem() -> None:
    asked = problem(activity("a", 2))
    assert narrowed(asked) is asked


def test_a_battery_allows_the_last_second_alone() -> None:
    """10 Wh are drawn in two ticks; 5 Wh are there, and 5 Wh come in the tick before the end."""
    entry = activity("a", 2, energy_W=30.0)
    asked = problem(entry, resources=(battery(generation=[(10 * TICK, 30.0)]),))
    assert spans(asked) == [(9 * TICK, 10 * TICK)]
    poorer = battery(initial=4.0, generation=[(10 * TICK, 36.0)], final_Wh=7.0)  # at most 6 Wh are left
    assert spans(problem(entry, resources=(poorer,))) == []


def test_data_without_a_pass_are_made_so_late_that_nothing_is_judged() -> None:
    entry = activity("a", 1, data_Mbit_s=0.5, latency_s=2 * TICK)
    asked = problem(entry, resources=(storage(),))
    assert spans(asked) == [(9 * TICK + 1, 11 * TICK)]


def test_data_leave_in_time_where_a_downlink_might_run() -> None:
    entry = activity("a", 1, data_Mbit_s=0.5, latency_s=TICK)
    sender = activity("d", 2, drain_Mbit_s=0.5, windows=[(4 * TICK, 7 * TICK)])
    assert spans(problem(entry, sender, resources=(storage(),))) == [
        (3 * TICK, 6 * TICK),
        (10 * TICK + 1, 11 * TICK),
    ]


def test_what_is_locked_takes_its_place() -> None:
    locked = activity("b", 2, demands={"robot": 1}, locked_start=4 * TICK)
    entry = activity("a", 3, demands={"robot": 1}, windows=[(0, 10 * TICK)], precedences=["b"])
    asked = problem(entry, locked, resources=(renewable(),))
    assert spans(asked) == [(6 * TICK, 7 * TICK)]
    before = activity("c", 3, demands={"robot": 1})
    follower = locked | {"precedences": [{"after": "c", "max_lag_s": 100}]}
    assert spans(problem(before, follower, resources=(renewable(),)), "c") == [(TICK - 100, TICK)]


def test_what_follows_something_impossible_is_impossible() -> None:
    asked = problem(activity("a", 4, energy_W=60.0), activity("b", 1, needs=["a"]), resources=(battery(),))
    assert spans(asked, "b") == []


def test_a_member_of_a_choice_that_needs_another_of_it_is_impossible() -> None:
    asked = problem(activity("b", 1, choice="one"), activity("a", 1, choice="one", precedences=["b"]))
    assert spans(asked) == []


def test_a_changed_copy_forgets_what_was_found_for_the_old_one() -> None:
    entry = activity("a", 2, energy_W=30.0)
    asked = problem(entry, resources=(battery(generation=[(10 * TICK, 30.0)]),))
    found = narrowed(asked).by_id["a"]
    weaker = found.model_copy(update={"energy_W": 1.0})
    assert type(weaker) is Activity
    assert weaker.starts(asked.horizon_s) == [(0, 10 * TICK)]
    alone = found.model_copy(update={"needs": ()})
    assert alone.starts(asked.horizon_s) == [(9 * TICK, 10 * TICK)]


def test_passes_keep_a_storage_from_overflowing() -> None:
    entry = activity("a", 3, data_Mbit_s=0.5)
    asked = problem(entry, resources=(storage(600.0), link((4, 6, 0.25))))
    assert spans(asked) == [(3 * TICK, 4 * TICK)]  # 300 of the 900 Mbit must leave meanwhile
