"""The first row of the plan dashboard."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ilrs_science.panels.plan_controls import PlanControls
from tests.panels.planned import small_model


def test_its_line_is_that_of_the_next_search() -> None:
    model = small_model(opened=False)
    shown = PlanControls(model)
    shown.follow()
    assert "load_campaign(&quot;polar_winter&quot;)\nplan1 = campaign.plan(" in shown.code.value
    shown.choose("seconds", 7.0)
    assert "time_limit=&quot;7 s&quot;" in shown.code.value


def test_a_length_opens_the_campaign_anew_and_a_fault_does_not(monkeypatch: Any) -> None:
    model = small_model(opened=False)
    opened: list[float] = []
    monkeypatch.setattr(model, "open", lambda: opened.append(model.days))
    shown = PlanControls(model)
    shown.choose("days", 5.0)
    shown.choose("days", 9999.0)
    assert opened == [5.0]
    assert "not 9999" in shown.message.value
    shown.choose("campaign", "polar_winter")
    assert shown.message.value.count("alert") == 0


def test_a_refused_day_is_taken_once_the_length_allows_it(monkeypatch: Any) -> None:
    model = small_model(opened=False)
    monkeypatch.setattr(model, "open", lambda: None)
    shown = PlanControls(model)
    shown.inputs["first_day"].value = dt.date(2050, 12, 20)
    assert "is not within" in shown.message.value
    assert shown.plan.disabled
    shown.inputs["days"].value = 5
    assert (model.first_day, model.days) == ("2050-12-20", 5)
    assert not shown.plan.disabled


def test_a_time_of_search_that_is_none_is_told_as_a_length_is() -> None:
    model = small_model(opened=False)
    shown = PlanControls(model)
    for given in (0, 1e9, -1):
        shown.inputs["seconds"].value = given
        assert "the time of search is 1 to 120 s" in shown.message.value.lower()
        assert (shown.plan.disabled, model.seconds) == (True, 10)
    shown.inputs["seconds"].value = 30
    assert (shown.plan.disabled, model.seconds) == (False, 30)


def test_what_is_wrong_elsewhere_keeps_plans_from_being_made() -> None:
    shown = PlanControls(small_model(opened=False))
    shown.mark("shares", "The least share is 0 to 100 %.")
    assert shown.plan.disabled
    assert "0 to 100 %" in shown.message.value
    shown.mark("shares", "")
    assert not shown.plan.disabled


def test_the_bar_is_there_only_while_something_is_searched() -> None:
    model = small_model(opened=False)
    shown = PlanControls(model)
    seen = {}
    for stage in ("idle", "windows", "planning", "editing"):
        model.stage = stage
        shown.follow()
        seen[stage] = shown.bar.layout.visibility
    assert seen == {"idle": "hidden", "windows": "hidden", "planning": "visible", "editing": "visible"}
