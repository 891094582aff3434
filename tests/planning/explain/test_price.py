"""Forcing an activity in costs what the best plan with it loses, and never less than the bound says."""

from __future__ import annotations

import pytest

from ilrs_science.planning.explain.budget import Answer, Budget
from ilrs_science.planning.explain.changes import changes
from ilrs_science.planning.explain.price import Price, price
from ilrs_science.planning.plan import Plan
from tests.planning.problems import TICK, activity, problem, renewable

ROBOT = {"demands": {"robot": 1}}


def test_moving_the_others_is_cheaper_than_dropping_them() -> None:
    asked = problem(
        activity("a", 4, value=5, **ROBOT), activity("b", 4, value=1, windows=[(4 * TICK, 8 * TICK)], **ROBOT),
        resources=(renewable(),),
    )  # fmt: skip
    found = price(asked, Plan.of(asked, {"a": 3 * TICK}), ["b"], Budget("5 s"))
    assert found.in_place.value == 1
    assert found.anew.value == 6
    assert (found.cost, found.least, found.proved, found.gone) == (-1, -1, True, ())
    assert found.summary == "a plan with it is worth 6, 1 more than this one (proved best): nothing goes"


def test_what_must_stay_cannot_go() -> None:
    asked = problem(
        activity("a", 8, optional=False, **ROBOT),
        activity("b", 8, value=9, **ROBOT),
        resources=(renewable(),),
    )
    found = price(asked, Plan.of(asked, {"a": 0}), ["b"], Budget("5 s"))
    assert found.impossible
    assert found.proved
    assert (found.cost, found.least) == (None, None)
    assert repr(found) == "<Price b: no plan holds it (proved)>"


def test_a_known_bound_makes_the_price_exact_at_once() -> None:
    asked = problem(
        activity("a", 8, value=5, **ROBOT), activity("b", 8, value=5, **ROBOT), resources=(renewable(),)
    )
    found = price(asked, Plan.of(asked, {"a": 0}), ["b"], Budget("5 s"), bound=5)
    assert (found.cost, found.least, found.proved, found.gone) == (0, 0, True, ("a",))
    assert found.summary == "forcing it in costs nothing of 5 (proved): a goes"


@pytest.mark.parametrize(
    ("value", "bound", "words"),
    [
        (7.0, 9.0, "forcing it in costs 1 to 3 of 10 (not proved): nothing goes"),
        (7.0, None, "forcing it in costs 3 of 10 at the most (not proved): nothing goes"),
        (7.0, 12.0, "forcing it in costs 3 of 10 at the most (not proved): nothing goes"),
        (
            11.0,
            12.0,
            "a plan with it is worth 11, 1 more than this one (a better one may exist): nothing goes",
        ),
    ],
)
def test_a_price_that_is_not_proved_is_told_as_a_range(value: float, bound: float | None, words: str) -> None:
    asked = problem(activity("a"))
    plan = Plan.of(asked, {"a": 0})
    answer = Answer("FEASIBLE", plan, value, bound, 1.0)
    told = Price(("b",), 10.0, answer, answer, bound, changes(asked, plan, plan))
    assert told.summary == words


def test_no_plan_holds_what_needs_another_of_its_own_choice() -> None:
    asked = problem(
        activity("a", value=9, choice="c"), activity("b", value=9, choice="c", needs=["a"], precedences=["a"])
    )
    found = price(asked, Plan.of(asked, {"a": 0}), ["b"], Budget("5 s"))
    assert found.summary == "no plan holds it (proved)"


def test_the_chosen_one_may_give_way_to_another_of_its_choice() -> None:
    asked = problem(
        activity("slow", 8, value=3, choice="c", **ROBOT), activity("quick", 4, value=2, choice="c", **ROBOT),
        activity("b", 6, value=4, needs=["c"], **ROBOT), resources=(renewable(),),
    )  # fmt: skip
    found = price(asked, Plan.of(asked, {"slow": 0}), ["b"], Budget("5 s"))
    assert found.summary == "a plan with it is worth 6, 3 more than this one (proved best): slow goes"


def test_a_locked_one_of_its_choice_leaves_no_plan() -> None:
    asked = problem(activity("a", choice="c", locked_start=0), activity("b", choice="c"))
    assert price(asked, Plan.of(asked, {"a": 0}), ["b"], Budget("5 s")).impossible


def test_what_has_no_start_is_in_no_plan_and_takes_no_search() -> None:
    asked = problem(activity("a", 2, windows=[(0, 2 * TICK)], warm_up_s=TICK), activity("b", needs=["a"]))
    for name in asked.by_id:
        found = price(asked, Plan.of(asked, {}), [name], Budget("5 s"))
        assert found.impossible
        assert found.anew.time_s == 0
