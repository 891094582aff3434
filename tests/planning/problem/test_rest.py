"""What is left at a moment: what is done is gone, what runs is locked, what can no longer be done is left out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.problem.rest import Rest
from ilrs_science.planning.search.greedy import greedy
from tests.planning.problems import TICK, activity, problem, renewable, rich_problems, small_problems

HORIZON = 12 * TICK


def rest(asked: Problem, now: int, settled: dict[str, int], **more: object) -> Rest:
    """The rest of a plan in which what has ended is done."""
    done = {name for name, start in settled.items() if start + asked.by_id[name].duration_s <= now}
    return Rest(asked, now, settled, done, **({"until": asked.horizon_s} | more))  # type: ignore[arg-type]


def test_windows_are_counted_from_the_moment() -> None:
    asked = problem(
        activity("a", 2, windows=[(0, 3 * TICK), (5 * TICK, 9 * TICK)], forbidden=[(6 * TICK, 7 * TICK)])
    )
    (left,) = rest(asked, 4 * TICK, {}).activities()
    assert left.windows == ((TICK, 5 * TICK),)
    assert left.forbidden == ((2 * TICK, 3 * TICK),)


def test_a_window_that_is_too_short_now_is_gone_and_the_activity_with_it() -> None:
    asked = problem(
        activity("a", 2, windows=[(0, 3 * TICK)]), activity("b", 1, precedences=["a"]), activity("c")
    )
    assert [one.id for one in rest(asked, TICK, {}).activities()] == ["a", "b", "c"]
    assert [one.id for one in rest(asked, TICK + 1, {}).activities()] == ["c"]


def test_what_is_needed_may_be_done_before_or_still_be_done() -> None:
    asked = problem(
        activity("a", 1, windows=[(0, TICK)]), activity("b", 1, needs=["a"]), activity("c", needs=["b"])
    )
    assert [one.id for one in rest(asked, 2 * TICK, {}).activities()] == []
    left = rest(asked, 2 * TICK, {"a": 0}).activities()
    assert [(one.id, one.needs) for one in left] == [("b", ()), ("c", ("b",))]


def test_lags_count_from_what_has_ended() -> None:
    lag = {"after": "a", "min_lag_s": 3 * TICK, "max_lag_s": 5 * TICK}
    asked = problem(activity("a", 1), activity("b", 1, precedences=[lag]))
    (left,) = rest(asked, 2 * TICK, {"a": 0}).activities()
    assert left.starts(HORIZON - 2 * TICK) == [(2 * TICK, 4 * TICK)]
    assert left.precedences == ()


def test_what_runs_is_locked_and_what_cools_down_keeps_what_it_holds() -> None:
    asked = problem(
        activity("a", 3, value=2, cool_down_s=TICK, demands={"robot": 1}), activity("b", exclusions=["a"]),
        resources=(renewable(),),
    )  # fmt: skip
    running, other = rest(asked, 2 * TICK, {"a": TICK}).activities()
    assert (running.locked_start, running.duration_s, running.cool_down_s, running.value) == (
        0,
        2 * TICK,
        TICK,
        2,
    )
    assert other.exclusions == ("a",)
    cooling, other = rest(asked, 4 * TICK + 1, {"a": TICK}).activities()
    assert (cooling.duration_s, cooling.cool_down_s, cooling.value) == (0, TICK - 1, 0)
    (other,) = rest(asked, 5 * TICK, {"a": TICK}).activities()
    assert other.exclusions == ()


def test_of_a_choice_nothing_else_is_left_once_one_is_done() -> None:
    asked = problem(
        activity("a", choice="one"),
        activity("b", choice="one"),
        activity("c", precedences=["one"], exclusions=["one"]),
    )
    assert [one.id for one in rest(asked, TICK, {}).activities()] == ["a", "b", "c"]
    (left,) = rest(asked, TICK, {"a": 0}).activities()
    assert (left.id, left.precedences, left.exclusions) == ("c", (), ())
    assert rest(asked, 0, {}).activities()[2].exclusions == ("a", "b")


def test_locks_pins_and_the_end_of_the_view() -> None:
    asked = problem(activity("a", 1, locked_start=6 * TICK), activity("b", 2), activity("c", 1))
    seen = rest(asked, 2 * TICK, {}, until=5 * TICK, pinned={"b": 3 * TICK}, earliest=4 * TICK).activities()
    assert [one.id for one in seen] == ["b", "c"]
    assert seen[0].starts(3 * TICK) == [(TICK, TICK)]
    assert seen[1].starts(3 * TICK) == [(2 * TICK, 2 * TICK)]
    assert rest(asked, 2 * TICK, {}).activities()[0].locked_start == 4 * TICK
    late = rest(asked, 7 * TICK, {}).activities()[0]
    assert late.locked_start is None  # it was missed, and may be tried again


def test_value_curves_go_on_from_what_they_are_now() -> None:
    asked = problem(activity("a", 1, value=4, value_curve=[(0, 1.0), (3 * TICK, 0.5), (6 * TICK, 0.25)]))
    (left,) = rest(asked, 4 * TICK, {}).activities()
    assert left.value_curve == ((0, 0.5), (2 * TICK, 0.25))
    assert [left.worth_at(at) for at in (0, 2 * TICK)] == [2000, 1000]


@given(small_problems() | rich_problems(), st.integers(0, 6))
def test_every_later_start_of_a_plan_is_still_allowed(asked: Problem, tick: int) -> None:
    plan = greedy(asked)
    now = tick * TICK
    if plan is None:
        return
    settled = {name: start for name, start in plan.starts.items() if start < now}
    left = {one.id: one for one in rest(asked, now, settled).activities()}
    fresh = problem(horizon_s=max(1, asked.horizon_s - now))
    for name, start in plan.starts.items():
        if start - asked.by_id[name].warm_up_s >= now:
            spans = left[name].starts(fresh.horizon_s)
            assert any(first <= start - now <= last for first, last in spans)
    assert isinstance(plan, Plan)
