"""The plan model without widgets: the quick plan, the search, stopping, explaining, editing, going back."""

from __future__ import annotations

from typing import Any

import pytest

from ilrs_science.panels.plan_edit import EditChoice
from ilrs_science.panels.plan_model import LONGEST_S, PlanModel
from tests.panels.planned import small_model

DRILL = "volatile_drilling.1"


def done(model: PlanModel) -> PlanModel:
    """The model, its work finished without complaint."""
    assert model.worker.wait(60)
    assert (model.stage, model.wrong) == ("idle", "")
    return model


@pytest.fixture(scope="module")
def model() -> PlanModel:
    """Quick plan, search, lock: three plans."""
    made = done(small_model())
    made.search()
    done(made)
    made.apply(EditChoice(session=DRILL))
    return done(made)


def test_every_plan_has_a_name_and_a_line(model: PlanModel) -> None:
    assert [kept.name for kept in model.plans] == ["plan1", "plan2", "plan3"]
    assert model.plans[0].line == 'plan1 = campaign.plan(time_limit="1 s", cancel=lambda: True)'
    assert model.plans[1].line == 'plan2 = campaign.plan(time_limit="10 s", first=plan1.plan)'
    assert model.plans[2].line == f'plan3 = plan2.lock("{DRILL}", time_limit="10 s")'
    assert all(kept.result.checked for kept in model.plans)


def test_the_code_makes_the_plan_that_is_shown(model: PlanModel) -> None:
    model.go_back("plan3")
    lines = model.code().splitlines()
    compile(model.code(), "code", "exec")
    assert lines[3:] == [
        'campaign = ilrs.load_campaign("polar_winter")',
        *(kept.line for kept in model.plans),
        "figures.campaign_timeline(campaign, plan3)",
    ]
    model.go_back("plan1")
    assert model.code().endswith("figures.campaign_timeline(campaign, plan1)")
    assert "plan2" not in model.code()
    made: dict[str, Any] = {"campaign": model.loaded}
    exec("\n".join(kept.line for kept in model.plans), made)
    assert made["plan3"].problem == model.plans[2].result.problem
    assert made["plan3"].objective == model.plans[2].result.objective


def test_a_search_reports_value_and_bound_and_never_loses(model: PlanModel) -> None:
    objectives = [kept.result.objective for kept in model.plans]
    assert objectives[1] >= objectives[0]
    assert objectives[1] == model.plans[1].result.bound == 14
    model.go_back("plan2")
    assert (model.history[-1].objective, model.history[-1].bound) == (14, 14)


def test_the_edit_is_kept_by_the_next_search(model: PlanModel) -> None:
    model.go_back("plan3")
    assert model.next_line() == 'plan4 = ilrs.solve(plan3.problem, time_limit="10 s", first=plan3.plan)'
    model.go_back("plan2")
    assert model.next_line() == 'plan4 = campaign.plan(time_limit="10 s", first=plan2.plan)'


def test_going_back_brings_verdict_and_search_of_that_plan(model: PlanModel) -> None:
    model.go_back("plan3")
    model.go_back("plan2")
    assert model.said == model.verdict
    assert [(one.objective, one.bound) for one in model.history][-1] == (14, 14)
    model.go_back("plan1")
    assert model.said == model.verdict
    assert f"value {model.plans[0].result.objective:g}" in model.said
    assert model.history == [], "the quick plan was not searched for"


def test_going_back_to_nothing_changes_nothing(model: PlanModel) -> None:
    model.go_back("plan2")
    model.go_back("plan99")
    assert model.shown is model.plans[1]


def test_an_explanation_comes_in_steps() -> None:
    model = small_model()
    steps: list[Any] = []
    model.observe(lambda change: steps.append(change["new"]), "explanation")
    model.explain(model.result.plan.left_out[0])
    done(model)
    known = [step for step in steps if step is not None]
    assert known[0].price is None
    assert known[0].blocked
    assert known[-1].price is not None
    assert model.explanation is known[-1]
    assert model.explanation.families is not None
    named = model.explanation.name
    answers = {row.id: row.answer for row in model.left_out()}
    assert "crew and robots" in answers[named]
    model.explain("nobody")
    assert model.worker.wait(60)
    assert model.wrong.startswith("Unknown activity")
    assert model.wrong_at == "explaining"
    assert model.said == model.verdict


def test_an_impossible_edit_leaves_the_plan_and_says_why() -> None:
    model = small_model()
    model.apply(EditChoice(session=DRILL, action="move", start="2031-02-25"))
    assert model.worker.wait(60)
    assert "cannot start" in model.wrong
    assert model.wrong_at == "editing"
    assert [kept.name for kept in model.plans] == ["plan1"]
    model.search()
    done(model)


def test_an_edit_tells_its_cost() -> None:
    model = small_model()
    model.search()
    done(model)
    model.apply(EditChoice(session=DRILL, action="forbid", start="2031-02-24", end="2031-02-24 02:00"))
    done(model)
    assert model.edit.cost == 14 - 12
    assert model.shown.name == "plan3"


def test_shares_hold_and_their_front_has_bounds() -> None:
    model = small_model()
    model.shares = {"china": 0.9}
    model.search()
    done(model)
    china = sum(4 for name in model.result.plan.starts if name.startswith("surface"))
    assert china >= 0.9 * model.result.objective
    assert 'shares={"china": 0.9}' in model.shown.line
    model.trade()
    done(model)
    assert all(point.value <= point.bound for point in model.front.points)


def test_a_search_can_be_stopped_and_its_plan_stays() -> None:
    model = small_model()
    reached: list[str] = []
    model.observe(
        lambda change: (
            (reached.append(change["new"]), model.cancel()) if change["new"] == "planning" else None
        ),
        "stage",
    )
    model.seconds = LONGEST_S
    model.search()
    done(model)
    assert reached == ["planning"]
    assert model.result.plan.placements


def test_another_horizon_forgets_the_plans_of_the_former() -> None:
    model = small_model()
    model._keep(model._opened - 1, "late", "plan9 = ...", model.result)
    assert len(model.plans) == 1
    model._forget()
    assert (model.plans, model.shown, model.rows(), model.left_out()) == ([], None, [], [])
    assert model.verdict == "Nothing is planned yet."


def test_the_shipped_campaign_opens_with_a_checked_plan() -> None:
    model = PlanModel()
    assert repr(model) == "<PlanModel polar_winter, 20 s, idle>"
    model.open()
    assert model.worker.wait(300)
    assert model.wrong == ""
    assert model.result.checked
    assert "found no fault" in model.said
    rows = model.rows()
    assert [row.id for row in rows] == [one.id for one in model.loaded.experiments]
    assert sum(row.value for row in rows) == pytest.approx(model.result.objective)
    for row in rows:
        assert bool(row.reason) == (row.planned < row.wanted)
