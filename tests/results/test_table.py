"""Tables of a plan at two stations name what people know, and count sessions, not ways."""

from __future__ import annotations

from typing import Any

import pytest

from ilrs_science.planning.plan import Plan
from ilrs_science.planning.result import PlanResult
from ilrs_science.planning.solve import solve
from ilrs_science.results.table import left_out_table, plan_table, summary_table
from tests.results.stations import DOSE, LASER, two_stations


@pytest.fixture(scope="module")
def campaign() -> Any:
    return two_stations()


@pytest.fixture(scope="module")
def result(campaign: Any) -> PlanResult:
    return solve(campaign.problem, time_limit="10 s")


def test_a_plan_names_experiment_and_station(campaign: Any, result: PlanResult) -> None:
    names = campaign.catalogue.experiments
    table = plan_table(campaign, result).set_index("id")["experiment"].to_dict()
    assert table[f"{LASER}.1/ilrs_orbital_station"].startswith(f"{names[LASER].name} (at ")
    assert table[f"{DOSE}.1"] == names[DOSE].name


def test_a_summary_counts_sessions_whatever_their_way(campaign: Any, result: PlanResult) -> None:
    table = summary_table(campaign, result).set_index("id")
    assert table["done"].to_dict() == {LASER: 1, DOSE: 1}
    assert table["value"].to_dict() == {LASER: 7.0, DOSE: 5.0}
    assert table["value"].sum() == result.objective
    assert (table["window_h"] == 1.0).all()


def test_another_way_of_what_is_done_is_not_left_out(campaign: Any, result: PlanResult) -> None:
    assert left_out_table(campaign, result)["id"].tolist() == [f"{DOSE}.2"]


def test_of_an_empty_plan_every_way_is_left_out_but_no_downlink(campaign: Any, result: PlanResult) -> None:
    empty = result.model_copy(update={"plan": Plan.of(campaign.problem, {})})
    assert len(left_out_table(campaign, empty)) == 4
