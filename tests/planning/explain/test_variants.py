"""The same problem asked differently keeps what is not changed."""

from __future__ import annotations

from ilrs_science.planning.explain.variants import frozen, only, required, with_predecessors
from ilrs_science.planning.plan import Plan
from tests.planning.problems import TICK, activity, problem


def test_predecessors_and_needs_come_with_their_followers_but_a_choice_stays_open() -> None:
    asked = problem(
        activity("a"), activity("b", precedences=["a"]), activity("c", needs=["b"]), activity("d", choice="either"),
        activity("e", choice="either"), activity("f", precedences=["either"]),
    )  # fmt: skip
    assert with_predecessors(asked, ["c"]) == ({"a", "b", "c"}, set())
    assert with_predecessors(asked, ["f"]) == ({"d", "e", "f"}, set())
    assert with_predecessors(asked, ["f"], done=["e"]) == ({"e", "f"}, set())


def test_what_only_one_way_needs_may_be_needed_and_no_more() -> None:
    asked = problem(
        activity("set_up"), activity("d", choice="either", precedences=["set_up"]), activity("e", choice="either"),
        activity("f", needs=["either"]),
    )  # fmt: skip
    assert with_predecessors(asked, ["f"]) == ({"d", "e", "f"}, {"set_up"})
    assert with_predecessors(asked, ["d"]) == ({"d", "set_up"}, set())


def test_a_part_of_a_problem_forgets_the_rest() -> None:
    asked = problem(
        activity("a"),
        activity("b", precedences=["a"], exclusions=["a", "c"]),
        activity("c"),
        objective="makespan",
    )
    part = only(asked, {"b", "c"})
    assert part.by_id["b"].precedences == ()
    assert part.by_id["b"].exclusions == ("c",)
    assert part.by_id["c"] is asked.by_id["c"]
    assert part.objective == "value"


def test_one_of_a_choice_that_is_required_closes_the_others() -> None:
    asked = required(problem(activity("a", choice="one"), activity("b", choice="one"), activity("c")), {"a"})
    assert [entry.optional for entry in asked.activities] == [False, False, True]
    assert asked.by_id["b"].windows == ()
    both = required(problem(activity("a", choice="one"), activity("b", choice="one")), {"a", "b"})
    assert [entry.windows for entry in both.activities] == [None, None]


def test_what_is_frozen_can_go_but_not_move() -> None:
    asked = problem(activity("a", 2, forbidden=[(9 * TICK, 10 * TICK)]), activity("b"), activity("c"))
    held = frozen(asked, Plan.of(asked, {"a": TICK, "b": 0}), {"b"})
    assert held.by_id["a"].starts(held.horizon_s) == [(TICK, TICK)]
    assert held.by_id["a"].optional
    assert held.by_id["b"] is asked.by_id["b"]
