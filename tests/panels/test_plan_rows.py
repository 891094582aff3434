"""Rows of experiments and of what is left out."""

from __future__ import annotations

from ilrs_science.catalogue.library import load_catalogue
from ilrs_science.panels.plan_rows import experiment_rows, left_out_rows
from ilrs_science.planning.solve import solve
from tests.panels.planned import small_campaign


def test_rows_account_for_every_session_and_value() -> None:
    campaign = small_campaign(load_catalogue())
    result = solve(campaign.problem, time_limit="10 s")
    missing = left_out_rows(campaign, result.left_out())
    assert {row.id for row in missing} == set(result.plan.left_out)
    assert [row.reason.startswith("needs ") for row in missing] == [False, True]
    rows = experiment_rows(campaign, result, missing)
    assert [row.id for row in rows] == ["volatile_drilling", "surface_radiation"]
    assert sum(row.planned for row in rows) == len(result.plan)
    assert sum(row.value for row in rows) == result.objective
    assert [bool(row.reason) for row in rows] == [False, True]
    assert rows[1].reason == missing[0].reason
    assert [row.wanted for row in rows] == [2, 3], "sessions of the campaign, not repeats of the record"
