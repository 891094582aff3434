"""Whether a left-out activity fits beside the others is answered with a plan or with a proof."""

from __future__ import annotations

from ilrs_science.planning.explain.budget import Budget
from ilrs_science.planning.explain.fits import beside, fits
from ilrs_science.planning.judge.check import check
from ilrs_science.planning.plan import Plan
from tests.planning.problems import TICK, activity, problem, renewable

ROBOT = {"demands": {"robot": 1}}


def test_it_fits_if_the_others_move() -> None:
    asked = problem(activity("a", 4, **ROBOT), activity("b", 8, **ROBOT), resources=(renewable(),))
    found = fits(asked, Plan.of(asked, {"a": 3 * TICK}), ["b"], Budget("5 s"))
    assert found.verdict is True
    assert found.plan is not None
    assert not check(asked, found.plan)
    assert set(found.plan.starts) == {"a", "b"}
    assert repr(found) == "<Fits b: fits if the other one may move>"


def test_it_does_not_fit_and_a_search_proves_it() -> None:
    asked = problem(activity("a", 5, **ROBOT), activity("b", 8, **ROBOT), resources=(renewable(),))
    found = fits(asked, Plan.of(asked, {"a": 0}), ["b"], Budget("5 s"))
    assert (found.verdict, found.proof) == (False, "search")


def test_the_bound_of_the_plan_is_proof_enough() -> None:
    asked = problem(
        activity("a", 5, value=3, **ROBOT), activity("b", 8, value=2, **ROBOT), resources=(renewable(),)
    )
    plan = Plan.of(asked, {"a": 0})
    found = fits(asked, plan, ["b"], Budget("5 s"), bound=4.9)
    assert (found.verdict, found.proof, found.answer.time_s) == (False, "bound", 0.0)
    assert fits(asked, plan, ["b"], Budget("5 s"), bound=5.0).proof == "search"


def test_a_bound_is_no_proof_where_a_later_start_is_worth_less() -> None:
    late = activity("a", 6, value=3, value_curve=[(TICK, 0.0)], **ROBOT)
    asked = problem(
        late, activity("b", 6, value=2, windows=[(0, 6 * TICK)], **ROBOT), resources=(renewable(),)
    )
    found = fits(asked, Plan.of(asked, {"a": 0}), ["b"], Budget("5 s"), bound=3.0)
    assert found.verdict is True


def test_missing_predecessors_come_with_it_and_the_rest_is_no_part_of_the_question() -> None:
    asked = problem(
        activity("a", 4, **ROBOT), activity("p", 4, **ROBOT), activity("b", 4, precedences=["p"], **ROBOT),
        activity("other", 4, exclusions=["a"], **ROBOT), resources=(renewable(),),
    )  # fmt: skip
    plan = Plan.of(asked, {"a": 0})
    assert {entry.id: entry.required for entry in beside(asked, plan, ["b"]).activities} == dict.fromkeys(
        "apb", True
    )
    found = fits(asked, plan, ["b"], Budget("5 s"))
    assert found.activities == ("b", "p")
    assert found.verdict is True


def test_another_of_the_same_choice_does_not_stand_in_for_it() -> None:
    asked = problem(activity("a", choice="c"), activity("b", choice="c", needs=["a"]))
    found = fits(asked, Plan.of(asked, {"a": 0}), ["b"], Budget("5 s"))
    assert found.summary == "proved not to fit"


def test_what_has_no_start_does_not_fit_and_takes_no_search() -> None:
    asked = problem(activity("a", 2, windows=[(0, 2 * TICK)], warm_up_s=TICK), activity("b"))
    found = fits(asked, Plan.of(asked, {"b": 0}), ["a"], Budget("5 s"))
    assert found.summary == "proved not to fit beside the other one, even if it moves"
    assert found.answer.time_s == 0
