"""Names of plans and the lines that make them."""

from __future__ import annotations

import pytest

from ilrs_science.panels.plan_kept import KeptPlan, search_line
from ilrs_science.planning.solve import solve
from tests.panels.planned import five_sessions


@pytest.fixture(scope="module")
def kept() -> KeptPlan:
    return KeptPlan("plan2", "lock a", "plan2 = ...", solve(five_sessions(), time_limit="5 s"))


def test_the_label_has_name_origin_and_value(kept: KeptPlan) -> None:
    assert kept.label == "plan2 · lock a · value 14"


def test_the_line_begins_with_the_plan_before(kept: KeptPlan) -> None:
    line = search_line("plan3", kept, {}, had={}, edited=False, seconds=20)
    assert line == 'plan3 = campaign.plan(time_limit="20 s", first=plan2.plan)'
    assert (
        search_line("plan1", None, {}, had={}, edited=False, seconds=5)
        == 'plan1 = campaign.plan(time_limit="5 s")'
    )


def test_edits_and_shares_are_kept_in_the_line(kept: KeptPlan) -> None:
    line = search_line("plan3", kept, {}, had={}, edited=True, seconds=20)
    assert line == 'plan3 = ilrs.solve(plan2.problem, time_limit="20 s", first=plan2.plan)'
    shared = search_line("plan3", kept, {"china": 0.5}, had={}, edited=False, seconds=20)
    assert 'ilrs.solve(campaign.problem.replace(shares={"china": 0.5}), ' in shared


def test_shares_that_the_problem_has_are_not_said_again(kept: KeptPlan) -> None:
    china = {"china": 0.5}
    assert search_line("plan3", kept, china, had=china, edited=True, seconds=5).startswith(
        "plan3 = ilrs.solve(plan2.problem,"
    )
    freed = search_line("plan3", kept, {}, had=china, edited=False, seconds=5)
    assert "campaign.problem.replace(shares={})" in freed
