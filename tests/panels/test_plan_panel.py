"""The plan panel over a small campaign: it opens with a plan, cards follow, disabled controls say why."""

from __future__ import annotations

import datetime as dt

import pytest

from ilrs_science.panels import PlanPanel
from ilrs_science.panels.plan_panel import listing
from tests.panels.planned import small_model

DRILL = "volatile_drilling.1"


@pytest.fixture(scope="module")
def panel() -> PlanPanel:
    """With a quick plan and a searched one."""
    made = PlanPanel(small_model(opened=False))
    assert made.model.worker.wait(60)
    made.model.search()
    assert made.model.worker.wait(60)
    return made


def test_timeline_and_table_show_the_plan(panel: PlanPanel) -> None:
    shown = panel._figure.data()
    assert {"Possible", "Light"} <= {trace.get("name") for trace in shown["data"]}
    bars = [trace for trace in shown["data"] if trace["type"] == "bar" and trace["name"] != "Possible"]
    assert sum(len(trace["base"]) for trace in bars) == len(panel.model.result.plan)
    assert "<td>volatile_drilling</td>" in panel._table.value
    assert panel._table.value == listing(panel.model)


def test_the_search_is_drawn_with_value_and_bound(panel: PlanPanel) -> None:
    names = [trace["name"] for trace in panel._search.data()["data"]]
    assert names == ["No plan can exceed this", "Best plan so far"]
    assert "proved" in panel._search.label


def test_each_control_has_its_line_of_python(panel: PlanPanel) -> None:
    assert "campaign.plan(time_limit=&quot;10 s&quot;, first=plan2.plan)" in panel._controls.code.value
    assert "plan2.left_out()" in panel._left_out.code.value
    assert "plan2.explain(&quot;" in panel._edit.code.value
    assert "figures.compare_plans(plan1, plan2" in panel._compare.code.value
    assert "plan2.to_json()" in panel._files.value
    assert "figures.campaign_timeline(campaign, plan2)" in panel.code.value


def test_disabled_controls_say_why(panel: PlanPanel) -> None:
    plan, stop = panel._controls.plan, panel._controls.stop
    assert not plan.disabled
    assert (stop.disabled, stop.tooltip) == (True, "Nothing is being planned")
    panel.model.stage = "planning"
    assert (plan.disabled, plan.tooltip) == (True, "Wait for the present work to end")
    assert not stop.disabled
    assert panel._left_out._made[0].button.disabled
    panel.model.stage = "idle"
    assert not panel._left_out._made[0].button.disabled


def test_a_bad_choice_is_a_sentence_and_the_plan_stays(panel: PlanPanel) -> None:
    panel._controls.choose("days", -3.0)
    assert "1 to 366 days, not -3" in panel._controls.message.value
    assert (panel._controls.plan.disabled, panel._controls.plan.tooltip) == (
        True,
        "Set right what is wrong first",
    )
    panel._controls.choose("first_day", None)
    assert "not a date" in panel._controls.message.value
    panel._controls._wrong.clear()
    panel._controls.follow()
    assert "sessions, value" in panel._controls.message.value
    assert panel.model.shown.name == "plan2"


def test_every_input_says_unit_and_purpose(panel: PlanPanel) -> None:
    inputs = panel._controls.inputs
    for name, unit in (("days", "[d]"), ("seconds", "[s]"), ("first_day", "[UTC]")):
        assert unit in inputs[name].description
    assert inputs["first_day"].value == dt.date(2031, 2, 24)
    assert all(len(control.tooltip) > 20 for control in inputs.values())


def test_the_price_of_what_is_left_out_is_told(panel: PlanPanel) -> None:
    row = panel._left_out._made[0]
    row.button.click()
    assert panel.model.worker.wait(60)
    assert panel._edit.choice.session == row._name
    assert f"{row._name} is left out" in panel._edit._answer.value
    assert "<b>Price:</b>" in panel._edit._answer.value


def test_a_click_on_a_bar_chooses_its_session(panel: PlanPanel) -> None:
    panel._figure.clicked = {"curve": 1, "point": 0, "id": DRILL}
    assert panel._edit.choice.session == DRILL
    panel._figure.clicked = {"curve": 1, "point": 0, "id": "<script>"}
    assert panel._edit.choice.session == DRILL


def test_an_edit_is_certified_compared_and_undone(panel: PlanPanel) -> None:
    panel._edit.choose(DRILL)
    panel._edit._do.click()
    assert panel.model.worker.wait(60)
    assert panel.model.shown.line.startswith(f'plan3 = plan2.lock("{DRILL}"')
    assert "costs nothing" in panel._edit._cost.value
    assert f"{DRILL} · 2031-02-24" in str(panel._edit._session.options)
    assert ", locked" in str(panel._edit._session.options)
    assert "plan2 and plan3 are worth the same" in panel._compare._said.value
    panel._compare._back.click()
    assert panel.model.shown.name == "plan2"
    assert panel._edit._cost.value == ""


def test_a_fault_stands_beside_the_edit(panel: PlanPanel) -> None:
    panel._edit._action.value = "move"
    assert panel._edit._others.value == "stay"
    panel._edit._start.value = "noon"
    panel._edit._do.click()
    assert panel.model.worker.wait(60)
    assert "not a date" in panel._edit._wrong.value
    assert "sessions, value" in panel._controls.message.value
    panel._edit._start.value = ""
    assert "Write the start" in panel._edit._fault.value
    assert panel._edit._do.disabled
    panel._edit._action.value = "lock"
