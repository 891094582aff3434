"""The plan panel: it opens with a plan, and disabled controls say why."""

from __future__ import annotations

import pytest

from ilrs_science.panels import PlanPanel


@pytest.fixture(scope="module")
def panel() -> PlanPanel:
    made = PlanPanel()
    assert made.model.worker.wait(300)
    return made


def test_timeline_and_table_show_the_quick_plan(panel: PlanPanel) -> None:
    shown = panel._figure.data()
    names = {trace.get("name") for trace in shown["data"]}
    assert {"Possible", "Battery", "Storage", "Light", "Link"} <= names
    assert "Lunar exploration and utilization" in names
    assert panel._table.value.count("<tr>") == 10
    assert "left out" in panel._table.value.lower()


def test_bars_are_sessions_of_the_plan(panel: PlanPanel) -> None:
    bars = [
        trace
        for trace in panel._figure.data()["data"]
        if trace["type"] == "bar" and trace["name"] != "Possible"
    ]
    assert sum(len(trace["base"]) for trace in bars) == len(panel.model.result.plan)


def test_disabled_controls_say_why(panel: PlanPanel) -> None:
    assert not panel._plan.disabled
    assert panel._stop.disabled
    assert panel._stop.tooltip == "Nothing is being planned"
    panel.model.stage = "planning"
    assert panel._plan.disabled
    assert panel._plan.tooltip == "Wait for the present work to end"
    assert not panel._stop.disabled
    panel.model.stage = "idle"


def test_a_bad_choice_is_a_sentence(panel: PlanPanel) -> None:
    panel._choose("campaign", "summer")
    assert 'role="alert"' in panel._message.value
    assert "Unknown campaign" in panel._message.value
    panel.model.wrong = ""


def test_every_control_says_unit_and_purpose(panel: PlanPanel) -> None:
    assert "[s]" in panel._seconds.description
    for control in (panel._campaign, panel._seconds):
        assert len(control.tooltip) > 20


def test_text_in_the_table_is_escaped() -> None:
    from ilrs_science.panels.controls import table

    assert "<script>" not in table("<script>", ("<script>",), [("<script>",)])
