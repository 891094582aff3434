"""Explanations answer what was asked, in the order of the questions, and every answer is true."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.planning.explain.budget import Answer, Budget
from ilrs_science.planning.explain.explanation import Explanation, explain
from ilrs_science.planning.explain.variants import required
from ilrs_science.planning.judge.check import check
from ilrs_science.planning.plan import Plan
from ilrs_science.planning.problem.problem import Problem
from ilrs_science.planning.result import PlanResult
from ilrs_science.planning.solve import solve
from tests.planning.problems import (
    TICK,
    activity,
    brute_force,
    problem,
    renewable,
    rich_problems,
    small_problems,
)

ROBOT = {"demands": {"robot": 1}}


def rivals() -> Problem:
    """Twelve ticks of one robot: two sessions of six ticks fit, one that is worth less is left out."""
    return problem(
        activity("a", 6, value=5, **ROBOT),
        activity("b", 6, value=4, **ROBOT),
        activity("c.1", 4, value=4, **ROBOT),
        activity("c.2", 2, value=2, precedences=["c.1"], **ROBOT),
        resources=(renewable(),),
    )


def test_a_left_out_activity_is_explained_with_proof() -> None:
    result = solve(rivals(), time_limit="5 s")
    found = result.explain("b", depth="family")
    assert not found.done
    assert found.fits is not None
    assert found.fits.verdict is False
    assert found.price is not None
    assert (found.price.cost, found.price.least, found.price.proved) == (1.0, 1.0, True)
    assert found.price.gone == ("a",)
    assert found.families is not None
    assert found.families.to_blame == ("crew and robots",)
    assert repr(found).startswith("<Explanation b is left out; no start is free: robot blocks 100% (")
    assert repr(found).endswith(
        "; proved not to fit beside the 3 others, even if they move; forcing it in costs 1 of 11 (proved): a goes; "
        "would fit without crew and robots>"
    )
    assert "c.1" in found._repr_html_()
    assert set(found.to_frame()["activity"]) == {"b"}


def test_an_experiment_stands_for_its_sessions_that_are_left_out() -> None:
    asked = rivals()
    result = solve(
        asked.replace(
            activities=[
                *asked.activities[:2],
                *(entry.model_copy(update={"value": 0.1}) for entry in asked.activities[2:]),
            ]
        ),
        time_limit="5 s",
    )
    found = result.explain("c")
    assert found.activities == ("c.1", "c.2")
    assert len(found.blocked) == 2
    assert found.price is not None
    assert found.price.cost == pytest.approx(3.8)


def test_a_done_activity_tells_where_else_it_could_be() -> None:
    result = solve(problem(activity("a", 2)), time_limit="5 s")
    found = result.explain("a")
    assert found.done
    assert found.fits is None
    assert found.blocked[0].free == ((0, 10 * TICK),)


def test_the_first_question_takes_no_solver_and_progress_tells_each_answer() -> None:
    result = solve(rivals(), time_limit="5 s")
    told: list[Explanation] = []
    found = result.explain("b", depth="price", progress=told.append)
    assert told[0] == result.explain("b", depth="blocked")
    assert told[1].fits is not None
    assert told[1].price is None
    assert told[-1] == found


def test_a_cancel_leaves_what_is_not_known_unknown() -> None:
    result = solve(rivals(), time_limit="5 s")
    found = explain(result.problem, result.plan, "b", cancel=lambda: True)
    assert found.fits is not None
    assert found.fits.verdict is None
    assert found.price is not None
    assert found.price.cost is None
    assert "not known" in found.summary


def test_wrong_requests_name_the_nearest() -> None:
    result = solve(rivals(), time_limit="5 s")
    with pytest.raises(UnknownNameError, match=r"did you mean c"):
        result.explain("c.9")
    with pytest.raises(UnknownNameError, match="blocked"):
        result.explain("b", depth="deep")  # type: ignore[arg-type]
    read = PlanResult.from_json(result.to_json())
    assert read == result
    with pytest.raises(RequestError, match="problem="):
        read.explain("b")
    with pytest.raises(RequestError, match="another problem"):
        PlanResult.from_json(result.to_json(), problem=problem(activity("a")))
    again = PlanResult.from_json(result.to_json(), problem=result.problem)
    assert again.explain("b", depth="blocked") == result.explain("b", depth="blocked")


@settings(max_examples=25, deadline=None)
@given(small_problems(), st.data())
def test_fit_and_price_agree_with_trying_every_plan(asked: Problem, data: st.DataObject) -> None:
    result = solve(asked, time_limit="5 s")
    assume(result.status == "OPTIMAL" and result.plan.left_out)
    name = data.draw(st.sampled_from(result.plan.left_out))
    found = explain(asked, result.plan, name, bound=result.bound)
    forced = asked.replace(
        activities=[
            entry.model_copy(update={"optional": entry.id != name and entry.optional})
            for entry in asked.activities
        ]
    )
    best = brute_force(forced) if forced.by_id[name].starts(asked.horizon_s) else None
    assert found.price is not None
    assert found.fits is not None
    if best is None:  # whole ticks are not all starts, so that a plan may still exist
        assert found.price.impossible or not check(forced, found.price.plan or result.plan)
        return
    assert result.objective is not None
    assert found.price.cost is not None
    assert found.price.cost <= result.objective - best + 1e-9
    assert found.price.proved
    assert found.price.plan is not None
    assert not check(forced, found.price.plan)
    if found.fits.plan is not None:
        assert set(found.fits.plan.starts) >= {*result.plan.starts, name}
        assert not check(asked, found.fits.plan)


def ways() -> Problem:
    """A session that is done at length or in short, and a second one after it; a long rival holds the robot."""
    return problem(
        activity("a", 12, value=5, **ROBOT),
        activity("e.1@long", 4, value=3, choice="e.1", **ROBOT),
        activity("e.1@short", 2, value=2, choice="e.1", **ROBOT),
        activity("e.2", 1, value=1, precedences=["e.1"], **ROBOT),
        resources=(renewable(),),
    )


@pytest.mark.parametrize("name", ["e.1", "e.2", "e"])
def test_one_way_of_a_session_is_enough(name: str) -> None:
    found = solve(ways(), time_limit="5 s").explain(name, depth="family")
    assert found.fits is not None
    assert found.fits.verdict is False
    assert found.price is not None
    assert (found.price.cost, found.price.proved, found.price.gone) == (1, True, ("a",))
    assert found.families is not None
    assert found.families.to_blame == ("crew and robots",)


def test_another_way_than_the_one_that_was_chosen_has_its_price() -> None:
    asked = ways()
    result = solve(asked.replace(activities=asked.activities[1:]), time_limit="5 s")
    assert "e.1@long" in result.plan.starts
    assert result.explain("e.1").done
    found = result.explain("e.1@short")
    assert found.fits is not None
    assert found.fits.plan is not None
    assert set(found.fits.plan.starts) == {"e.1@short", "e.2"}
    assert found.price is not None
    assert (found.price.cost, found.price.gone) == (1, ("e.1@long",))


@settings(max_examples=6, deadline=None)
@given(rich_problems(), st.data())
def test_the_price_of_a_rich_activity_is_what_the_best_plan_with_it_loses(
    asked: Problem, data: st.DataObject
) -> None:
    result = solve(asked, time_limit="5 s")
    assume(result.status == "OPTIMAL" and result.plan.left_out)
    name = data.draw(st.sampled_from(result.plan.left_out))
    forced = required(asked, {name})
    best = solve(forced, time_limit="5 s").objective
    found = explain(asked, result.plan, name, bound=result.bound)
    assert found.price is not None
    assert found.price.proved
    assert result.objective is not None
    assert found.price.cost == (None if best is None else pytest.approx(result.objective - best))
    if found.price.plan is not None:
        assert not check(forced, found.price.plan)


def test_the_last_question_has_all_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[float] = []

    def asked(budget: Budget, *_: object, **__: object) -> Answer:
        left.append(budget.left)
        return Answer("UNKNOWN", None, None, None, 0.0)

    asked_of = rivals()
    plan = Plan.of(asked_of, {"a": 0})
    monkeypatch.setattr(Budget, "ask", asked)
    for depth in ("fits", "price"):
        explain(asked_of, plan, "b", depth=depth, time_limit="1000 s")
    assert left[0] > 900
    assert left[1] < 300
    assert left[2] > 900


def test_what_is_done_could_also_start_elsewhere() -> None:
    asked = problem(activity("a"))
    assert "; could also start at" in explain(asked, Plan.of(asked, {"a": TICK}), "a").summary
