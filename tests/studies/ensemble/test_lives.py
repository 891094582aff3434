"""Members come in the order of the dimensions, and the same number has the same luck everywhere."""

from __future__ import annotations

from typing import Any

import pytest

from ilrs_science.catalogue.risk import Risk
from ilrs_science.errors import RequestError, UnknownNameError
from ilrs_science.planning.execution.disruption import Disruption
from ilrs_science.planning.execution.draw import draw
from ilrs_science.studies.ensemble.case import Case, Life
from ilrs_science.studies.ensemble.factors import settings_of
from ilrs_science.studies.ensemble.lives import checked, lives_of
from ilrs_science.studies.ensemble.seeds import seed_of
from tests.studies.ensemble.small import FAULT, drawn, station
from tests.studies.ensemble.test_factors import BASE

CASE = Case(*station())


def lives(scenarios: dict[str, Any], modes: list[str], numbers: list[int], single: bool) -> dict[Any, Life]:
    """What happens by place."""
    settings = settings_of(BASE, {"mode": modes})
    members = lives_of(settings, {CASE.problem.digest: CASE}, scenarios, numbers, 7, single=single)
    return {one.place: one.life for one in members}


def test_numbers_decide_the_luck_whatever_else_there_is() -> None:
    found = lives({"x": [], "y": drawn}, ["ground", "on_board"], [4, 9], False)
    assert list(found) == [
        (mode, scenario, turn) for mode in (0, 1) for scenario in (0, 1) for turn in (0, 1)
    ]
    assert found[0, 1, 1].disruptions == tuple(drawn(CASE.problem, seed_of(7, 9, "disruptions")))
    assert found[0, 1, 1].disruptions == found[1, 1, 1].disruptions != found[0, 1, 0].disruptions
    assert found[0, 0, 1].disruptions == ()
    assert {life.seed for place, life in found.items() if place[2] == 0} == {seed_of(7, 4, "operation")}
    assert lives({"": drawn}, ["on_board"], [9], True) == {(0, 0): found[1, 1, 1]}


def test_risks_are_drawn_and_disruptions_stay() -> None:
    risk = Risk(id="jam", disruption="instrument_fault", hits="robots", interval="3 h",
                lasting={"median": "10 min", "spread": 0.5}, basis={"default": "estimate"})  # fmt: skip
    found = [
        life.disruptions for life in lives({"": [FAULT, risk]}, ["ground"], list(range(20)), True).values()
    ]
    assert all(wrong[0] == FAULT for wrong in found)
    expected = draw([risk], CASE.problem, seed_of(7, 3, "disruptions"), plan=CASE.plan)
    assert found[3][1:] == expected
    assert len({wrong[1:] for wrong in found}) > 5


def test_a_setting_whose_plan_was_not_made_is_passed_over() -> None:
    settings = settings_of(BASE, {"battery.capacity_Wh": [20.0, 30.0]})
    members = lives_of(settings, {CASE.problem.digest: CASE}, {"": []}, [0], 0, single=True)
    assert [one.place for one in members] == [(0, 0)]


def test_a_scenario_that_does_not_fit_is_refused_before_anything_runs() -> None:
    asked, _ = station()
    assert checked([FAULT], asked, "dust") == (FAULT,)
    with pytest.raises(UnknownNameError, match="robbot"):
        checked([Disruption(kind="instrument_fault", start_s=0, resources=("robbot",))], asked, "")
    with pytest.raises(RequestError, match="scenario dust: the entry"):
        checked([3], asked, "dust")
    with pytest.raises(RequestError, match="scenario is neither"):
        checked("dust", asked, "")
