"""The plan model without widgets: the quick plan, the search, stopping, bounds and words."""

from __future__ import annotations

import pytest

from ilrs_science.errors import UnknownNameError
from ilrs_science.panels.plan_model import LONGEST_S, PlanModel


@pytest.fixture(scope="module")
def model() -> PlanModel:
    made = PlanModel()
    made.open()
    assert made.worker.wait(300)
    return made


def test_a_quick_plan_is_made_and_checked(model: PlanModel) -> None:
    assert model.wrong == ""
    assert model.stage == "idle"
    assert model.result.checked
    assert "sessions, value" in model.said
    assert "found no fault" in model.said


def test_the_rows_account_for_every_session(model: PlanModel) -> None:
    rows = model.rows()
    assert [row.name for row in rows] == [one.name for one in model.loaded.experiments]
    assert sum(row.planned for row in rows) == len(model.result.plan)
    assert sum(row.wanted for row in rows) == len(model.result.plan) + len(model.result.plan.left_out)
    assert sum(row.value for row in rows) == pytest.approx(model.result.objective)
    for row in rows:
        assert bool(row.reason) == (row.planned < row.wanted)


def test_more_time_never_gives_less(model: PlanModel) -> None:
    before = model.result.objective
    model.seconds = 2
    model.search()
    assert model.worker.wait(300)
    assert model.result.objective >= before


def test_a_search_can_be_stopped(model: PlanModel) -> None:
    reached = []
    model.observe(
        lambda change: (
            (reached.append(change["new"]), model.cancel()) if change["new"] == "planning" else None
        ),
        "stage",
    )
    model.seconds = LONGEST_S
    model.search()
    assert model.worker.wait(60)
    assert reached == ["planning"]
    assert model.result is not None
    model.unobserve_all()


@pytest.mark.parametrize(
    ("given", "kept"), [(0, 1), (-5, 1), (1e9, LONGEST_S), (float("nan"), 1), (7.5, 7.5)]
)
def test_the_time_budget_is_bounded(model: PlanModel, given: float, kept: float) -> None:
    model.seconds = given
    assert model.seconds == kept


def test_an_unknown_campaign_is_refused_and_the_nearest_named() -> None:
    with pytest.raises(UnknownNameError, match="polar_winter"):
        PlanModel(campaign="polar_wintr")


def test_a_time_without_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="no unit"):
        PlanModel(time_limit="20")


def test_nothing_planned_yet_is_said() -> None:
    fresh = PlanModel()
    assert fresh.verdict == "Nothing is planned yet."
    assert fresh.rows() == []


def test_the_code_names_campaign_and_time() -> None:
    code = PlanModel(time_limit="2 min").code()
    compile(code, "code", "exec")
    assert 'ilrs.load_campaign("polar_winter")' in code
    assert 'time_limit="120 s"' in code


def test_repr_is_one_honest_line() -> None:
    assert repr(PlanModel()) == "<PlanModel polar_winter, 20 s, idle>"
