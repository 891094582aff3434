"""Plans by name, without any work: keeping, showing, forgetting."""

from __future__ import annotations

import pytest

from ilrs_science.panels.plan_state import PlanState
from ilrs_science.planning.solve import solve
from tests.panels.planned import small_campaign


@pytest.fixture
def state() -> PlanState:
    made = PlanState()
    made._loaded = (made.campaign, made.first_day, made.days), small_campaign(made.catalogue)
    return made


def test_plans_are_numbered_and_the_latest_is_shown(state: PlanState) -> None:
    result = solve(state.asked, time_limit="5 s")
    for what in ("quick plan", "search of 1 s"):
        state._keep(state._opened, what, f"plan{state._made + 1} = ...", result)
    assert [kept.name for kept in state.plans] == ["plan1", "plan2"]
    assert state.shown is state.plans[1]
    assert state.code().splitlines()[-3:] == [
        "plan1 = ...",
        "plan2 = ...",
        "figures.campaign_timeline(campaign, plan2)",
    ]
    state._forget()
    state._keep(state._opened, "again", "plan1 = ...", result)
    assert [kept.name for kept in state.plans] == ["plan1"]


def test_before_a_plan_there_are_words_and_a_line(state: PlanState) -> None:
    assert state.verdict == "Nothing is planned yet."
    assert state.next_line() == 'plan1 = campaign.plan(time_limit="20 s")'
    compile(state.code(), "code", "exec")
