"""A board lets an activity in exactly where the checker would, and tries the starts that matter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.planning.judge.check import Rule, check
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.search.board import Board
from tests.planning.problems import TICK, activity, battery, link, problem, renewable, small_problems, storage

#: What a board leaves to whoever fills it: predecessors may follow, and nothing must be there yet.
LATER = {Rule.MANDATORY}


def placed(asked: Problem, *wanted: tuple[str, int]) -> dict[str, int]:
    """Starts after asking for some of them in turn. [ticks]"""
    board = Board(asked)
    for name, tick in wanted:
        board.place(asked.by_id[name], tick * TICK)
    return {name: start // TICK for name, start in board.starts.items()}


@given(small_problems(), st.data())
def test_it_says_what_the_checker_says(asked: Problem, data: st.DataObject) -> None:
    board = Board(asked)
    assert board.alive
    for entry in data.draw(st.permutations(asked.activities)):
        if any(before.after not in board.starts for before in entry.precedences):
            continue
        start = data.draw(st.integers(0, asked.horizon_s))
        plan = Plan.of(asked, {**board.starts, entry.id: start})
        sound = not [found for found in check(asked, plan) if found.rule not in LATER]
        assert board.place(entry, start) is sound
        assert (board.starts.get(entry.id) == start) is sound


@given(small_problems())
def test_the_earliest_start_tried_keeps_every_rule(asked: Problem) -> None:
    board = Board(asked)
    for entry in asked.activities:
        if all(before.after in board.starts for before in entry.precedences):
            board.place_early(entry)
    assert check(asked, Plan.of(asked, board.starts)) == []


def test_what_is_refused_leaves_no_trace() -> None:
    asked = problem(
        activity("a", 4, demands={"robot": 1}, energy_W=6, data_Mbit_s=0.25),
        activity("b", 4, demands={"robot": 1}, energy_W=24, data_Mbit_s=0.25),
        resources=(renewable(), battery(10, 10), storage(600)),
    )
    board = Board(asked)
    assert not board.place(asked.by_id["b"], 0), "16 Wh of 10"
    assert board.starts == {}
    assert board.place(asked.by_id["a"], 0), "neither robot nor room for data is held by the refused one"


def test_one_may_begin_when_the_other_ends() -> None:
    pair = [activity(name, 2, demands={"robot": 1}) for name in "ab"]
    asked = problem(*pair, resources=(renewable(),))
    assert placed(asked, ("a", 2), ("b", 4)) == {"a": 2, "b": 4}
    assert placed(asked, ("a", 2), ("b", 0)) == {"a": 2, "b": 0}
    assert placed(asked, ("a", 2), ("b", 3)) == {"a": 2}
    assert placed(asked, ("a", 2), ("b", 1)) == {"a": 2}


def test_a_profile_is_counted_where_it_holds() -> None:
    asked = problem(
        activity("a", 2, demands={"robot": 2}),
        resources=(renewable(capacity=1, profile=[(3 * TICK, 2), (6 * TICK, 0)]),),
    )
    assert [tick for tick in range(11) if placed(asked, ("a", tick))] == [3, 4]


def test_exclusions_hold_both_ways() -> None:
    asked = problem(activity("a", 2), activity("b", 2, exclusions=["a"]))
    assert placed(asked, ("a", 1), ("b", 2)) == {"a": 1}
    assert placed(asked, ("b", 1), ("a", 2)) == {"b": 1}
    assert placed(asked, ("b", 1), ("a", 3)) == {"b": 1, "a": 3}


@pytest.mark.parametrize(("tick", "fits"), [(3, False), (4, True), (6, True), (7, False)])
def test_lags_hold_for_the_follower(tick: int, fits: bool) -> None:
    # a ends at tick 3; b may start 1 to 3 ticks later.
    after = {"after": "a", "min_lag_s": TICK, "max_lag_s": 3 * TICK}
    asked = problem(activity("a", 2), activity("b", 1, precedences=[after]))
    assert ("b" in placed(asked, ("a", 1), ("b", tick))) is fits


@pytest.mark.parametrize(("tick", "fits"), [(2, False), (3, True), (5, True), (6, False)])
def test_lags_hold_for_the_predecessor_that_comes_later(tick: int, fits: bool) -> None:
    # b starts at tick 8; a of 2 ticks must end 1 to 3 ticks before, at tick 5 to 7.
    after = {"after": "a", "min_lag_s": TICK, "max_lag_s": 3 * TICK}
    asked = problem(activity("a", 2), activity("b", 1, precedences=[after]))
    assert ("a" in placed(asked, ("b", 8), ("a", tick))) is fits


def test_a_recharge_lets_a_second_one_in() -> None:
    # 10 Wh; each takes 8 Wh in 2 ticks; 6 W bring back 1 Wh a tick, so the second starts with 2 + 6 or more less 6 Wh.
    pair = [activity(name, 2, energy_W=24) for name in "ab"]
    asked = problem(*pair, resources=(battery(10, 10, generation=[(0, 6.0)]),))
    # After a: 10 - 8 + 2 = 4 Wh at tick 2. b draws 18 W net: 6 Wh, so 6 Wh must be there: 2 ticks later.
    assert placed(asked, ("a", 0), ("b", 3)) == {"a": 0}
    assert placed(asked, ("a", 0), ("b", 4)) == {"a": 0, "b": 4}


def test_charge_that_a_full_battery_cannot_take_does_not_help_later() -> None:
    # Full at the epoch, 6 W until tick 4: none of it counts at tick 8, where 12 Wh are wanted of 10.
    asked = problem(
        activity("a", 2, energy_W=36), resources=(battery(10, 10, generation=[(0, 6.0), (4 * TICK, 0.0)]),)
    )
    assert placed(asked, ("a", 8)) == {}
    assert placed(asked, ("a", 2)) == {"a": 2}


def test_a_later_draw_is_kept_from_breach_by_an_earlier_one() -> None:
    pair = [activity(name, 2, energy_W=18) for name in "ab"]
    asked = problem(*pair, resources=(battery(10, 10),))
    assert placed(asked, ("a", 8), ("b", 0)) == {"a": 8}, "6 Wh each of 10"


def test_a_station_that_uses_itself_up_is_not_alive() -> None:
    assert Board(problem(resources=(battery(10, 5, load=[(0, 2.5)]),))).alive
    assert not Board(problem(resources=(battery(10, 5, load=[(0, 2.501)]),))).alive


def test_the_earliest_start_is_at_an_end_that_frees_what_is_needed() -> None:
    asked = problem(
        activity("a", 3, demands={"robot": 1}),
        activity("b", 2, demands={"robot": 1}),
        activity("c", 2, exclusions=["b"]),
        resources=(renewable(),),
    )
    board = Board(asked)
    assert board.place(asked.by_id["a"], TICK)
    assert board.place_early(asked.by_id["b"])
    assert board.starts["b"] == 4 * TICK
    assert board.place(asked.by_id["c"], 0) or board.place_early(asked.by_id["c"])
    assert board.starts["c"] == 0


def test_data_wait_for_the_pass_that_makes_room() -> None:
    asked = problem(
        activity("a", 1, data_Mbit_s=1), resources=(storage(600, 600), link((2, 4, 0.5), (6, 8, 1.0)))
    )
    board = Board(asked)
    assert board.place_early(asked.by_id["a"])
    # The first pass frees 600 Mbit by tick 4, its end; before, 0.5 Mbit/s are missing while data come in.
    assert board.starts["a"] == 4 * TICK


@pytest.mark.parametrize(("taken", "found"), [((), 8), ((8,), 9), ((8, 9), 7), ((7, 8, 9), 10)])
def test_near_is_the_nearest_free_start(taken: tuple[int, ...], found: int) -> None:
    others = [activity(f"o{tick}", 1, demands={"robot": 1}, locked_start=tick * TICK) for tick in taken]
    asked = problem(
        activity("a", 1, demands={"robot": 1}), *others, resources=(renewable(),), horizon_s=40 * TICK
    )
    board = Board(asked)
    for tick in taken:
        assert board.place(asked.by_id[f"o{tick}"], tick * TICK)
    assert board.place_near(asked.by_id["a"], 8 * TICK)
    assert board.starts["a"] in (found * TICK, (16 - found) * TICK)


def test_near_is_at_most_three_hours_away() -> None:
    asked = problem(activity("a", 1, windows=[(30 * TICK, 31 * TICK)]), horizon_s=80 * TICK)
    assert Board(asked).place_near(asked.by_id["a"], 12 * TICK)
    assert not Board(asked).place_near(asked.by_id["a"], 11 * TICK)
    assert Board(asked).place_near(asked.by_id["a"], 48 * TICK)
    assert not Board(asked).place_near(asked.by_id["a"], 49 * TICK)


def test_a_moment_holds_nothing() -> None:
    asked = problem(
        activity("a", 0, demands={"robot": 5}),
        activity("b", 6, demands={"robot": 1}),
        resources=(renewable(),),
    )
    assert placed(asked, ("b", 0), ("a", 3)) == {"b": 0, "a": 3}
