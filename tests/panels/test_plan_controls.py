"""The first row of the plan dashboard."""

from __future__ import annotations

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


def test_the_bar_is_there_only_while_something_is_searched() -> None:
    model = small_model(opened=False)
    shown = PlanControls(model)
    seen = {}
    for stage in ("idle", "windows", "planning", "editing"):
        model.stage = stage
        shown.follow()
        seen[stage] = shown.bar.layout.visibility
    assert seen == {"idle": "hidden", "windows": "hidden", "planning": "visible", "editing": "visible"}
